"""The disk behind the list of requests."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from pathlib import Path

import pytest

from explorer.storage.trace_shelf import TraceShelf
from tests.disk import SmallDisk


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[TraceShelf]:
    """Return a shelf for 1,000 bytes."""
    shelf = TraceShelf(tmp_path / "bodies", lambda problem: pytest.fail(str(problem)), most_bytes=1_000)
    yield shelf
    shelf.close()


def test_that_what_was_put_there_is_read_again(shelf: TraceShelf) -> None:
    texts = {f"{n}": bytes([n]) * 100 for n in range(8)}
    assert [shelf.put(key, data) for key, data in texts.items()] == [()] * 8
    assert {key: shelf.get(key) for key in texts} == texts


def test_that_the_oldest_go_and_are_named(shelf: TraceShelf) -> None:
    kept: dict[str, bytes] = {}
    for number in range(60):
        key, data = f"{number}", bytes([number]) * (90 + number * 7 % 50)
        kept[key] = data
        for gone in shelf.put(key, data):
            del kept[gone]
        assert sum(map(len, kept.values())) <= 1_000
    assert list(kept)[-1] == "59"
    assert len(kept) >= 5
    assert {key: shelf.get(key) for key in kept} == kept
    assert shelf.get("0") is None


def test_that_no_more_are_kept_than_may_be_however_small_they_are(tmp_path: Path) -> None:
    shelf = TraceShelf(tmp_path / "bodies", lambda problem: pytest.fail(str(problem)), most_traces=3)
    try:
        gone = [shelf.put(f"{number}", bytes([number])) for number in range(5)]
        assert gone == [(), (), (), ("0",), ("1",)], "the oldest go"
        assert [shelf.get(f"{number}") for number in range(5)] == [None, None, b"\x02", b"\x03", b"\x04"]
    finally:
        shelf.close()


def test_that_one_that_is_too_large_is_refused_and_the_others_stay(shelf: TraceShelf) -> None:
    shelf.put("small", b"1")
    assert shelf.put("large", bytes(1_001)) == ("large",)
    assert shelf.get("small") == b"1"


def test_that_nothing_of_it_is_left_in_the_folder(shelf: TraceShelf, tmp_path: Path) -> None:
    shelf.put("a", b"Authorization: Bearer secret")
    shelf.close()
    assert list((tmp_path / "bodies").glob("*")) == []


def test_that_a_disk_that_takes_nothing_is_told_once_and_used_again_when_it_does(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way of the folder")
    told: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    shelf = TraceShelf(tmp_path / "file" / "bodies", told.put)
    shelf.put("a", b"1")
    assert str(told.get(timeout=10)).startswith("Older requests could not be kept: ")
    assert shelf.get("a") is None
    assert shelf.put("b", b"2") == ("a",)  # whoever lists it must not list it any longer
    (tmp_path / "file").unlink()
    shelf.put("c", b"3")
    assert told.get(timeout=10) is None
    assert shelf.get("c") == b"3"
    shelf.close()
    assert told.empty()


def test_that_a_full_disk_keeps_what_it_took_and_is_used_again_when_there_is_room(small_disk: SmallDisk) -> None:
    told: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    shelf = TraceShelf(small_disk.root / "bodies", told.put)
    large = bytes(range(256)) * 100
    small_disk.fill(but=40_960)  # for the first, and a part of the next one
    shelf.put("before", large)
    shelf.put("no room", large)
    assert told.get(timeout=10) == "Older requests could not be kept: the disk is full. Make room; it is tried again."
    assert shelf.get("before") == large
    assert shelf.get("no room") is None
    small_disk.make_room()
    shelf.put("after", large)
    assert told.get(timeout=10) is None
    assert shelf.get("after") == large
    shelf.close()


def test_that_one_that_comes_back_is_read_as_it_is_now_and_the_order_stays(shelf: TraceShelf) -> None:
    kept: dict[str, bytes] = {}
    for number in range(60):
        key, data = f"{number % 13}", bytes([number]) * (90 + number * 7 % 50)
        gone = shelf.put(key, data)
        kept.pop(key, None)
        kept[key] = data
        assert key not in gone
        for other in gone:
            kept.pop(other, None)
    assert len(kept) >= 5
    assert {key: shelf.get(key) for key in kept} == kept
