"""What the program remembers: drafts, settings, and what it must not write down."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QSplitter

from explorer.ui import names

from .conftest import Person, Start

FILES = names.NOTICE_TEXT.format(kind="files")
LIMIT = names.PARAMETER_VALUE.format(location="query", name="limit")


def saved(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text("utf-8"))["data"]
    return data


def share_of_request(person: Person) -> float:
    rows = person.find(QSplitter, names.COMPOSE_ROWS).sizes()
    return rows[0] / sum(rows)


def test_that_drafts_and_the_open_operation_are_there_again(start: Start) -> None:
    first = start()
    first.until_ready()
    first.write(LIMIT, "7")
    first.choose("POST /items")
    first.write(names.REQUEST_BODY, '{"name": "Ice skates", "price": 60}')
    assert first.leave() == 0

    again = start()
    again.until_ready()
    assert again.read(names.REQUEST_BODY) == '{"name": "Ice skates", "price": 60}'
    again.choose("GET /items")
    assert again.read(LIMIT) == "7"


def test_that_secrets_are_kept_while_the_window_is_open_and_never_written(start: Start) -> None:
    person = start()
    person.until_ready()
    person.choose("POST /users")
    person.write(names.REQUEST_BODY, '{"name": "Ada", "email": "ada@example.com", "password": "correct horse"}')
    person.choose("GET /items")
    person.choose("POST /users")
    assert "correct horse" in person.read(names.REQUEST_BODY)
    person.leave()

    drafts = person.program.folder.drafts.read_text("utf-8")
    assert "ada@example.com" in drafts
    assert "correct horse" not in drafts
    assert "correct horse" not in person.program.folder.settings.read_text("utf-8")


def test_that_colours_zoom_size_and_open_panels_are_remembered(start: Start) -> None:
    first = start(theme=None, size=None)
    first.until_ready()
    dark = first.program.themes.theme.name == "dark"
    first.click(names.TOP_BAR_THEME)
    first.program.themes.set_zoom(90)
    first.trigger(names.SERVER_LOG)
    first.find(QSplitter, names.COMPOSE_ROWS).setSizes([200, 400])
    first.until(lambda: first.find(QSplitter, names.COMPOSE_ROWS).sizes()[0] < 200)
    share = share_of_request(first)
    first.leave()

    again = start(theme=None, size=None)
    again.until_ready()
    assert again.program.themes.theme.name == ("light" if dark else "dark")
    assert again.program.themes.zoom == 90
    assert again.sees(names.LOG_PANEL)
    assert again.window.size() == first.window.size()
    assert share_of_request(again) == pytest.approx(share, abs=0.02)


def test_that_what_the_command_line_says_wins(start: Start) -> None:
    person = start(theme="light", zoom=125)
    assert person.program.themes.theme.name == "light"
    assert person.program.themes.zoom == 125


@pytest.mark.parametrize(("name", "content"), [("settings.json", "{broken"), ("drafts.json", '{"version": 1}')])
def test_that_a_file_that_makes_no_sense_is_put_aside_and_said(
    start: Start, tmp_path: Path, name: str, content: str
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / name).write_text(content, "utf-8")
    person = start(data=data)
    person.until_ready()

    assert f"{name} could not be understood. It was kept as {name}.corrupt-" in person.read(FILES)
    kept = list(data.glob(f"{name}.corrupt-*"))
    assert [path.read_text("utf-8") for path in kept] == [content]
    person.send()
    person.click(names.NOTICE_CLOSE.format(kind="files"))
    assert not person.sees(FILES)


def test_that_a_folder_that_cannot_be_written_is_said_and_saved_later(person: Person) -> None:
    drafts = person.program.folder.drafts
    drafts.mkdir()  # in the way
    person.write(LIMIT, "4")
    person.until(lambda: person.sees(FILES))
    assert "drafts.json could not be saved" in person.read(FILES)
    drafts.rmdir()
    person.until(lambda: person.read(FILES) == "Everything is saved again.")
    assert saved(drafts)["by_operation"]["GET /items"]["values"][1]["text"] == "4"


def test_that_large_bodies_are_there_for_one_run_only(start: Start, tmp_path: Path) -> None:
    bodies = tmp_path / "data" / "bodies"
    bodies.mkdir(parents=True)
    (bodies / "body-of-a-killed-run").write_bytes(b"old")
    person = start(data=tmp_path / "data")
    person.until_ready()
    assert list(bodies.iterdir()) == []
    (bodies / "body-of-this-run").write_bytes(b"new")
    assert person.leave() == 0
    assert list(bodies.iterdir()) == []
