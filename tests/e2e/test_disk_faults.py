"""Trouble with what the program keeps: files that make no sense, a disk that is full, a folder that is deleted."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QListView

from explorer.ui import names
from tests.disk import SmallDisk

from .conftest import Person, Start
from .trial import Trial

FILES = names.NOTICE_TEXT.format(kind="files")
ERROR = names.NOTICE_TEXT.format(kind="error")
LIMIT = names.PARAMETER_VALUE.format(location="query", name="limit")
DOCUMENTS = ("settings.json", "drafts.json", "sockets.json", "console.json", "migrations.json")


def history(person: Person) -> list[str]:
    """Return what the list of what was sent shows."""
    model = person.find(QListView, names.HISTORY_LIST).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def visit_all_rooms(person: Person) -> None:
    """Open each room, since what it keeps is read only then."""
    for room in ("sockets", "traces", "database", "compose"):
        person.window.show_room(room)


@pytest.mark.parametrize("kind", ["truncated", "NUL bytes", "newer"])
def test_that_every_file_that_makes_no_sense_is_kept_and_told_of_and_all_goes_on(
    start: Start, tmp_path: Path, kind: str
) -> None:
    good = json.dumps({"version": 1, "data": {"entries": [], "text": "SELECT 1"}}).encode()
    bad = {
        "truncated": good[: len(good) // 2],
        "NUL bytes": bytes(len(good)),
        "newer": good.replace(b'"version": 1', b'"version": 99'),
    }[kind]
    data = tmp_path / "data"
    data.mkdir()
    for name in (*DOCUMENTS, "history.sqlite3"):
        (data / name).write_bytes(bad)
    person = start(data=data)
    person.until_ready()
    visit_all_rooms(person)
    names_of_all = (*DOCUMENTS, "history.sqlite3")
    person.until(lambda: person.sees(FILES) and all(name in person.read(FILES) for name in names_of_all))
    for name in names_of_all:
        (kept,) = data.glob(f"{name}.*-*")
        assert kept.read_bytes() == bad
        assert f"It was kept as {kept.name}" in person.read(FILES)

    person.send()
    person.until(lambda: history(person) == ["GET /items"])
    assert not person.sees(ERROR)
    person.click(names.NOTICE_CLOSE.format(kind="files"))
    assert not person.sees(FILES)


def test_that_numbers_and_texts_beyond_all_measure_do_not_disturb_the_window(start: Start, tmp_path: Path) -> None:
    first = start()
    first.until_ready()
    first.write(LIMIT, "7")
    first.send()
    first.until(lambda: history(first) == ["GET /items?limit=7"])
    first.leave()
    data = first.program.folder
    for path in (data.settings, data.drafts):
        content = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps({**content, "data": grown(content["data"])}), "utf-8")
    entry = {"statement": "SELECT\0 1", "at": 1e300, "rows": 10**30, "ns": 10**30}
    data.console.write_text(json.dumps({"version": 1, "data": {"entries": [entry], "text": "SELECT\0"}}), "utf-8")
    with closing(sqlite3.connect(data.history)) as file, file:
        file.execute("UPDATE entry SET at = 1e300, elapsed_ns = ?, size = ?, status = ?", (2**63 - 1,) * 3)

    again = start()
    again.until_ready()
    visit_all_rooms(again)
    again.until(lambda: len(history(again)) == 1)
    assert not again.window.grab().isNull()
    again.send()
    again.until(lambda: len(history(again)) == 2)
    assert not again.sees(ERROR)


def grown(value: object) -> object:
    """Return plain JSON with numbers that no clock and no screen knows, and a NUL in each text."""
    match value:
        case bool():
            return value
        case int() | float():
            return 10**30
        case str():
            return f"{value}\0"
        case dict():
            return {name: grown(inner) for name, inner in value.items()}
        case list():
            return [grown(inner) for inner in value]
    return value


def test_that_a_full_disk_is_said_once_and_nothing_typed_or_sent_is_lost(start: Start, small_disk: SmallDisk) -> None:
    data = small_disk.root / "data"
    person = start(data=data, database=small_disk.root.parent / "demo.sqlite3")
    person.until_ready()
    person.send()
    person.until(lambda: history(person) == ["GET /items"])
    small_disk.fill()
    person.write(LIMIT, "4")
    person.send()
    assert person.read(names.RESPONSE_STATUS) == "200 OK"
    person.until(lambda: person.sees(FILES) and "the disk is full" in person.read(FILES))
    person.until(lambda: "drafts.json could not be saved" in person.read(FILES))
    person.until(lambda: "The history could not be saved" in person.read(FILES))

    small_disk.make_room()
    person.until(lambda: person.read(FILES) == "Everything is saved again.")
    person.until(lambda: history(person) == ["GET /items?limit=4", "GET /items"])
    assert not person.sees(ERROR)
    person.leave()
    again = start(data=data, database=small_disk.root.parent / "demo.sqlite3")
    again.until_ready()
    assert again.read(LIMIT) == "4"
    again.until(lambda: history(again) == ["GET /items?limit=4", "GET /items"])


def test_that_a_data_folder_that_is_deleted_comes_back_with_all_that_was_in_it(start: Start, tmp_path: Path) -> None:
    data = tmp_path / "data"
    person = start(database=tmp_path / "demo.sqlite3")
    person.until_ready()
    person.write(LIMIT, "3")
    person.send()
    person.until(lambda: history(person) == ["GET /items?limit=3"])
    shutil.rmtree(data)

    person.write(LIMIT, "4")
    person.send()
    person.until(lambda: person.sees(FILES) and "history.sqlite3 was deleted" in person.read(FILES))
    person.until(lambda: history(person) == ["GET /items?limit=4", "GET /items?limit=3"])
    assert not person.sees(ERROR)
    person.leave()
    again = start(database=tmp_path / "demo.sqlite3")
    again.until_ready()
    assert again.read(LIMIT) == "4"
    again.until(lambda: history(again) == ["GET /items?limit=4", "GET /items?limit=3"])


def test_that_large_bodies_that_are_deleted_are_missed_in_words_and_the_next_ones_kept(
    trial: Trial, start: Start
) -> None:
    person = start(make_server=trial.make_server)
    person.until_ready()
    person.choose("GET /large")
    person.send()
    shutil.rmtree(person.program.folder.bodies)
    person.until(lambda: history(person) == ["GET /large"])
    person.send()
    assert person.read(names.RESPONSE_STATUS) == "200 OK"
    response = person.last_exchange.response
    assert response is not None
    assert response.problem == ""
    assert len(response.body.read()) == response.body.size > 2_000_000
    person.until(lambda: history(person) == ["GET /large"] * 2)
    assert not person.sees(ERROR)
