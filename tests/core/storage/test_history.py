from __future__ import annotations

import os
import queue
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from explorer.storage import history as history_module
from explorer.storage import history_file
from explorer.storage.history import History
from explorer.storage.history_file import HistoryEntry, HistoryFile, HistoryRecord
from tests.disk import SmallDisk


def record(url: str = "http://127.0.0.1:8000/items", *, status: int | None = 200, search: str = "") -> HistoryRecord:
    entry = HistoryEntry(
        at=1.5, method="GET", url=url, operation="GET /items", status=status, cancelled=False, elapsed_ns=7, size=3
    )
    return HistoryRecord(entry=entry, draft=b'{"a":1}', exchange=b'{"b":2}', body=b"abc", search=search)


def unexpected(sentence: str | None) -> None:
    pytest.fail(f"The history said: {sentence}")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[HistoryFile]:
    opened = HistoryFile(tmp_path / "history.sqlite3")
    yield opened
    opened.close()


def test_that_an_entry_comes_back_with_all_that_belongs_to_it(file: HistoryFile) -> None:
    (stored,) = file.add([record()])
    found = file.read(stored.id)
    assert found is not None
    assert (found.entry, found.draft, found.exchange, found.body) == (stored, b'{"a":1}', b'{"b":2}', b"abc")


def test_that_the_newest_entries_come_first_and_page_by_page(file: HistoryFile) -> None:
    file.add([record(f"http://x/{number}") for number in range(5)])
    page = file.find("", limit=2)
    assert [entry.url for entry in page] == ["http://x/4", "http://x/3"]
    assert [entry.url for entry in file.find("", limit=2, before=page[-1].id)] == ["http://x/2", "http://x/1"]


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("404", ["http://x/gone"]),
        ("POST lamp", []),
        ("get LAMP", ["http://x/100%_sure"]),
        ("100%_", ["http://x/100%_sure"]),
        ("100%x", []),
        ("'; drop", []),
    ],
)
def test_that_every_word_must_be_in_what_is_found(file: HistoryFile, text: str, urls: list[str]) -> None:
    file.add([record("http://x/gone", status=404), record("http://x/100%_sure", search="Desk lamp")])
    assert [entry.url for entry in file.find(text, limit=10)] == urls
    assert file.count(text) == len(urls)


def test_that_what_was_removed_can_be_brought_back(file: HistoryFile) -> None:
    first, second = file.add([record("http://x/1"), record("http://x/2")])
    file.remove([first.id])
    assert file.find("", limit=10) == (second,)
    removed = file.remove_all()
    assert file.count("") == 0
    file.restore([*removed, first.id])
    assert file.find("", limit=10) == (second, first)


def test_that_what_was_removed_is_gone_after_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    file = HistoryFile(path)
    file.add([record("http://x/secret")])
    removed = file.remove_all()
    file.close()
    again = HistoryFile(path)
    again.restore(removed)
    assert again.count("") == 0
    again.close()


def test_that_old_entries_make_room_and_old_bodies_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_file, "KEPT_ENTRIES", 3)
    monkeypatch.setattr(history_file, "KEPT_BODIES", 1)
    path = tmp_path / "history.sqlite3"
    file = HistoryFile(path)
    entries = file.add([record() for _ in range(5)])
    file.close()
    again = HistoryFile(path)
    kept = [again.read(entry.id) for entry in entries]
    assert [None if found is None else found.body for found in kept] == [None, None, b"", b"", b"abc"]
    again.close()


def test_that_a_damaged_file_is_kept_aside_and_told(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    path.write_bytes(b"this is no database" * 100)
    file = HistoryFile(path)
    assert file.notice is not None
    assert file.notice.startswith("history.sqlite3 could not be understood. It was kept as history.sqlite3.corrupt-")
    (kept,) = tmp_path.glob("history.sqlite3.corrupt-*")
    assert kept.read_bytes().startswith(b"this is no database")
    assert file.add([record()])[0].id == 1
    file.close()


def test_that_a_file_of_which_a_part_is_gone_is_kept_aside_and_told(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    HistoryFile(path).close()
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE content")
    connection.close()
    file = HistoryFile(path)
    assert file.notice is not None
    assert file.add([record()])[0].id == 1
    file.close()


def test_that_a_newer_file_is_left_for_the_program_that_wrote_it(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    file = HistoryFile(path)
    assert file.notice is not None
    assert "newer FastAPI Explorer" in file.notice
    assert len(list(tmp_path.glob("history.sqlite3.version-99-*"))) == 1
    file.close()


def test_that_each_record_is_on_the_disk_before_its_future_is_done(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    history = History(path, print, print)
    entry = history.add(record()).result(10)
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT id, url FROM entry").fetchall() == [(1, "http://127.0.0.1:8000/items")]
    assert entry is not None
    history.close(10)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="folders have no such rights here")
def test_that_records_wait_for_a_disk_that_cannot_be_written(tmp_path: Path) -> None:
    blocked = tmp_path / "folder"
    blocked.write_text("a file stands where the folder must be")
    told: list[str | None] = []
    news = threading.Event()

    def tell(problem: str | None) -> None:
        told.append(problem)
        news.set()

    history = History(blocked / "history.sqlite3", tell, unexpected)
    assert history.add(record("http://x/1")).result(10) is None
    assert history.find("", limit=10).result(10) == ()
    assert told == [
        "The history could not be saved: the folder cannot be used. "
        "Change its rights or start with --data-dir; it is tried again."
    ]
    blocked.unlink()
    blocked.mkdir()
    assert history.add(record("http://x/2")).result(10) is not None
    assert [entry.url for entry in history.find("", limit=10).result(10)] == ["http://x/2", "http://x/1"]
    assert told[-1] is None
    history.close(10)


@pytest.mark.parametrize("room", [0, 4_096, 12_288, 40_960])
def test_that_a_disk_that_is_full_from_the_start_is_used_as_soon_as_there_is_room(
    small_disk: SmallDisk, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    monkeypatch.setattr(history_module, "RETRY_SECONDS", 0.05)
    told: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    small_disk.fill(but=room)
    history = History(small_disk.root / "history.sqlite3", told.put, unexpected)
    large = replace(record("http://x/1"), body=os.urandom(100_000))
    assert history.add(large).result(10) is None
    assert str(told.get(timeout=10)).startswith("The history could not be saved: the disk ")
    small_disk.make_room()
    assert told.get(timeout=10) is None  # without anybody sending anything
    assert [entry.url for entry in history.find("", limit=9).result(10)] == ["http://x/1"]
    history.close(10)
    assert told.empty()


@pytest.mark.skipif(os.name == "nt", reason="a file that is open cannot be deleted there")
def test_that_a_history_that_is_deleted_meanwhile_is_written_again_with_all_in_it(tmp_path: Path) -> None:
    folder, notices = tmp_path / "data", list[str]()
    folder.mkdir()
    history = History(folder / "history.sqlite3", unexpected, notices.append)
    history.add(record("http://x/1")).result(10)
    shutil.rmtree(folder)
    assert history.add(record("http://x/2")).result(10) is not None
    assert [entry.url for entry in history.find("", limit=10).result(10)] == ["http://x/2", "http://x/1"]
    history.close(10)
    assert notices == ["history.sqlite3 was deleted while FastAPI Explorer ran. It was written again, with all in it."]
    again = HistoryFile(folder / "history.sqlite3")
    assert [entry.url for entry in again.find("", limit=10)] == ["http://x/2", "http://x/1"]
    assert again.notice is None
    again.close()


@pytest.mark.skipif(os.name == "nt", reason="a file that is open cannot be replaced there")
def test_that_a_history_put_in_its_place_is_used(tmp_path: Path) -> None:
    notices = list[str]()
    old = HistoryFile(tmp_path / "old.sqlite3")
    old.add([record("http://x/old")])
    old.close()
    history = History(tmp_path / "history.sqlite3", unexpected, notices.append)
    history.add(record("http://x/1")).result(10)
    (tmp_path / "old.sqlite3").replace(tmp_path / "history.sqlite3")
    history.add(record("http://x/2")).result(10)
    assert [entry.url for entry in history.find("", limit=10).result(10)] == ["http://x/2", "http://x/old"]
    assert notices == ["history.sqlite3 was replaced by another file, which is used from now on."]
    history.close(10)


def test_that_a_history_that_turns_out_to_be_damaged_is_kept_aside_and_goes_on(tmp_path: Path) -> None:
    path, notices = tmp_path / "history.sqlite3", list[str]()
    file = HistoryFile(path)
    file.add([record(f"http://x/{number}", search="word " * 400) for number in range(40)])
    file.close()
    with path.open("r+b") as damaged:
        damaged.seek(10 * 4096)  # in the middle, where nothing is looked at when it is opened
        damaged.write(b"\xff" * 4096 * 6)
    before = path.read_bytes()
    history = History(path, unexpected, notices.append)
    history.find("nothing has this", limit=10).result(10)
    assert history.add(record("http://x/new")).result(10) is not None
    assert [entry.url for entry in history.find("", limit=99).result(10)] == ["http://x/new"]
    history.close(10)
    (notice,) = notices
    (kept,) = tmp_path.glob("history.sqlite3.corrupt-*")
    assert f"history.sqlite3 is damaged. It was kept as {kept.name}; the history begins anew." == notice
    assert kept.read_bytes() == before


def test_that_two_damaged_files_in_one_second_are_both_kept(tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    for number in range(3):
        path.write_bytes(b"this is no database %d" % number * 100)
        HistoryFile(path).close()
    assert len(list(tmp_path.glob("history.sqlite3.corrupt-*"))) == 3


@pytest.mark.parametrize("at", [1e300, -1e300, float("inf"), b"\0", "soon", 2**63 - 1])
def test_that_an_entry_with_odd_values_is_listed_like_any_other(tmp_path: Path, at: object) -> None:
    path = tmp_path / "history.sqlite3"
    file = HistoryFile(path)
    file.add([record()])
    file.close()
    with closing(sqlite3.connect(path)) as other, other:
        other.execute(
            "UPDATE entry SET at = ?, elapsed_ns = ?, size = 'x', status = 'x', url = char(0)", (at, 2**63 - 1)
        )
        other.execute("UPDATE content SET draft = x'0102'")
    file = HistoryFile(path)
    (entry,) = file.find("", limit=1)
    assert (entry.elapsed_ns, entry.size) == (2**63 - 1, 0)
    assert file.read(entry.id) is None  # nobody knows what was sent
    assert file.notice is None
    file.close()
