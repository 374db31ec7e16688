from __future__ import annotations

import errno
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from explorer.storage import writer as writer_module
from explorer.storage.writer import Writer


class Problems:
    def __init__(self) -> None:
        self.told: list[str | None] = []
        self._news = threading.Condition()

    def __call__(self, problem: str | None) -> None:
        with self._news:
            self.told.append(problem)
            self._news.notify_all()

    def wait(self, count: int) -> None:
        with self._news:
            assert self._news.wait_for(lambda: len(self.told) >= count, 10), self.told


def constant(content: bytes) -> Callable[[], bytes]:
    return lambda: content


def test_that_a_change_reaches_the_disk_by_itself(tmp_path: Path) -> None:
    done = threading.Event()

    def make() -> bytes:
        done.set()
        return b"1"

    writer = Writer(Problems())
    writer.save(tmp_path / "a", make)
    assert done.wait(10)
    assert writer.flush(10)
    assert (tmp_path / "a").read_bytes() == b"1"


def test_that_only_the_last_of_many_changes_is_written(tmp_path: Path) -> None:
    made: list[int] = []
    writer = Writer(Problems())
    for number in range(500):

        def make(number: int = number) -> bytes:
            made.append(number)
            return str(number).encode()

        writer.save(tmp_path / "a", make)
    assert writer.flush(10)
    assert (tmp_path / "a").read_bytes() == b"499"
    assert made[-1] == 499
    assert len(made) < 50


def test_that_flush_writes_all_files_and_says_so(tmp_path: Path) -> None:
    writer = Writer(Problems())
    assert writer.flush(1)  # nothing to do
    for name in "abc":
        writer.save(tmp_path / name, constant(name.encode()))
    assert writer.flush(10)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a": "a", "b": "b", "c": "c"}


def test_that_what_cannot_be_saved_is_said_kept_and_saved_later(tmp_path: Path) -> None:
    problems = Problems()
    writer = Writer(problems)
    path = tmp_path / "drafts.json"
    path.mkdir()  # in the way
    writer.save(path, constant(b"typed"))
    problems.wait(1)
    assert problems.told[0] is not None
    assert problems.told[0].startswith("drafts.json could not be saved: ")
    path.rmdir()
    assert writer.flush(10)
    assert path.read_bytes() == b"typed"
    problems.wait(2)
    assert problems.told[1:] == [None]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "a could not be saved: the disk is full. Make room; it is tried again."),
        (
            errno.EROFS,
            "a could not be saved: the disk is read-only. Start with --data-dir on another one; it is tried again.",
        ),
        (errno.EIO, "a could not be saved: Input/output error. It is tried again."),
    ],
)
def test_that_the_reason_is_given_in_plain_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    def fail(path: Path, content: bytes) -> None:
        # A full disk cannot be had in a test, so the system's answer is put in its mouth.
        import os

        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(writer_module, "write_atomically", fail)
    problems = Problems()
    writer = Writer(problems)
    writer.save(tmp_path / "a", constant(b"1"))
    assert not writer.flush(0.5)
    problems.wait(1)
    assert problems.told == [sentence]
    monkeypatch.undo()
    assert writer.flush(10)


def test_that_a_newer_change_wins_over_one_that_failed(tmp_path: Path) -> None:
    problems = Problems()
    writer = Writer(problems)
    path = tmp_path / "a"
    path.mkdir()
    writer.save(path, constant(b"old"))
    problems.wait(1)
    writer.save(path, constant(b"new"))
    path.rmdir()
    assert writer.flush(10)
    assert path.read_bytes() == b"new"


def test_that_a_value_that_cannot_be_encoded_does_not_stop_the_others(tmp_path: Path) -> None:
    def fail() -> bytes:
        raise TypeError("no JSON for this")

    problems = Problems()
    writer = Writer(problems)
    writer.save(tmp_path / "bad", fail)
    writer.save(tmp_path / "good", constant(b"1"))
    assert writer.flush(10)
    assert (tmp_path / "good").read_bytes() == b"1"
    assert problems.told[0] is not None
    assert "an error in FastAPI Explorer" in problems.told[0]
    assert problems.told[1:] == []  # the other one is saved, and that one still is not
    writer.save(tmp_path / "bad", constant(b"2"))
    assert writer.flush(10)
    problems.wait(2)
    assert problems.told[1:] == [None]


def test_that_files_in_the_same_trouble_are_told_of_together_and_once(tmp_path: Path) -> None:
    problems = Problems()
    writer = Writer(problems)
    for name in "ab":
        (tmp_path / name).mkdir()  # in the way
        writer.save(tmp_path / name, constant(b"1"))
    assert not writer.flush(0.2)
    problems.wait(2)
    told = list(problems.told)
    assert str(told[-1]).startswith("a and b could not be saved: ")
    assert not writer.flush(0.2)  # tried again, and there is nothing new to say
    assert problems.told == told
    (tmp_path / "a").rmdir()
    (tmp_path / "b").rmdir()
    assert writer.flush(10)
    problems.wait(4)
    assert problems.told[-1] is None
