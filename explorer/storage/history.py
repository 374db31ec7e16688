"""Everything that was sent, kept in a file by a thread of its own, so that the window never waits for a disk."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from explorer.storage.history_file import HistoryEntry, HistoryFile, HistoryRecord

T = TypeVar("T")
WAITING_AT_MOST = 1_000  # records that are kept in memory while the disk cannot be written

_log = logging.getLogger("explorer.storage")


class History:
    """The history as the window sees it: each method returns at once, and the future has the answer.

    Trouble with the disk is told once through `on_problem` and never raised: what could not be stored is stored with
    the next record. Questions are answered with nothing meanwhile.
    """

    def __init__(self, path: Path, on_problem: Callable[[str | None], object]) -> None:
        """`on_problem` takes a sentence, or None when all is well again; it is called on the history's thread."""
        self._path = path
        self._on_problem = on_problem
        self._troubled = False
        self._file: HistoryFile | None = None
        self._waiting: list[HistoryRecord] = []
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="history")

    def add(self, record: HistoryRecord) -> Future[HistoryEntry | None]:
        """Store a record; gives its entry, or None while it could not be stored."""
        return self._ask(lambda: self._add(record), None)

    def find(self, text: str, *, limit: int, before: int | None = None) -> Future[tuple[HistoryEntry, ...]]:
        """Give the newest entries that hold every word; see `HistoryFile.find`."""
        return self._ask(lambda: self._opened().find(text, limit=limit, before=before), ())

    def count(self, text: str) -> Future[int]:
        """Give how many entries hold every word."""
        return self._ask(lambda: self._opened().count(text), 0)

    def read(self, number: int) -> Future[HistoryRecord | None]:
        """Give all of an entry, or None when it is gone."""
        return self._ask(lambda: self._opened().read(number), None)

    def remove(self, numbers: Sequence[int]) -> Future[None]:
        """Take entries out, until `restore`."""
        return self._ask(lambda: self._opened().remove(numbers), None)

    def restore(self, numbers: Sequence[int]) -> Future[None]:
        """Bring removed entries back."""
        return self._ask(lambda: self._opened().restore(numbers), None)

    def remove_all(self) -> Future[tuple[int, ...]]:
        """Take everything out; gives the ids for `restore`."""
        return self._ask(lambda: self._opened().remove_all(), ())

    def close(self, timeout: float) -> None:
        """Store what waits and close the file; waits up to `timeout` seconds."""
        last = self._pool.submit(self._close)
        self._pool.shutdown(wait=False)
        try:
            last.result(timeout)
        except TimeoutError:
            _log.warning("The history was not closed in time")

    def _ask(self, job: Callable[[], T], otherwise: T) -> Future[T]:
        return self._pool.submit(self._guarded, job, otherwise)

    def _guarded(self, job: Callable[[], T], otherwise: T) -> T:
        try:
            answer = job()
        except (sqlite3.Error, OSError) as error:
            _log.warning("The history failed: %s", error)
            if not self._troubled:
                self._troubled = True
                self._on_problem(f"The history could not be written ({error}): make room or start with --data-dir.")
            return otherwise
        if self._troubled and not self._waiting:
            self._troubled = False
            self._on_problem(None)
        return answer

    def _opened(self) -> HistoryFile:
        if self._file is None:
            self._file = HistoryFile(self._path)
            if self._file.notice is not None:
                self._on_problem(self._file.notice)
        return self._file

    def _add(self, record: HistoryRecord) -> HistoryEntry | None:
        self._waiting = [*self._waiting, record][-WAITING_AT_MOST:]
        entries = self._opened().add(self._waiting)
        self._waiting = []
        return entries[-1]

    def _close(self) -> None:
        def store() -> None:
            if self._waiting:
                self._opened().add(self._waiting)

        self._guarded(store, None)
        if self._file is not None:
            self._file.close()
            self._file = None
