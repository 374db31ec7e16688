"""Everything that was sent, kept in a file by a thread of its own, so that the window never waits for a disk."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from explorer.storage.history_file import HistoryEntry, HistoryFile, HistoryRecord, is_damage
from explorer.storage.reasons import why_not_saved

T = TypeVar("T")
WAITING_AT_MOST = 1_000  # records that are kept in memory while the disk cannot be written
RETRY_SECONDS = 3.0
_NOTHING: tuple[HistoryEntry, ...] = ()

_log = logging.getLogger("explorer.storage")


class History:
    """The history as the window sees it: each method returns at once, and the future has the answer.

    Trouble with the disk is told once through `on_problem` and never raised: what could not be stored is tried again
    every few seconds, and with the next record. Questions are answered with nothing meanwhile.
    """

    def __init__(
        self, path: Path, on_problem: Callable[[str | None], object], on_notice: Callable[[str], object]
    ) -> None:
        """Open nothing yet.

        Args:
            path: where the file is.
            on_problem: takes a sentence, or None when all is well again; called on the history's thread.
            on_notice: takes a sentence about a file that was put aside or written anew; called there too.
        """
        self._path = path
        self._on_problem = on_problem
        self._on_notice = on_notice
        self._troubled = False
        self._retry: threading.Timer | None = None
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
        if self._retry is not None:
            self._retry.cancel()
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
            answer = self._mended(job)
        except (sqlite3.Error, OSError) as error:
            _log.warning("The history failed: %s", error)
            if not self._troubled:
                self._troubled = True
                self._on_problem(f"The history could not be saved: {why_not_saved(error)}.")
            self._try_again_later()
            return otherwise
        if self._troubled and not self._waiting:
            self._troubled = False
            self._on_problem(None)
        return answer

    def _mended(self, job: Callable[[], T]) -> T:
        """Do a job; when the file turns out to be damaged, once more with a new one in its place."""
        try:
            return job()
        except sqlite3.DatabaseError as error:
            if self._file is None or not is_damage(error):
                raise
            self._go_on_without(self._file.put_aside)
            return job()

    def _opened(self) -> HistoryFile:
        if self._file is not None and not self._file.is_there():
            self._go_on_without(self._file.leave)
        if self._file is None:
            self._file = HistoryFile(self._path)
            if self._file.notice is not None:
                self._on_notice(self._file.notice)
        return self._file

    def _go_on_without(self, end: Callable[[], str]) -> None:
        """Let the file go by `end`, which gives a sentence on it; another one is opened when it is needed."""
        notice = end()
        self._file = None
        self._on_notice(notice)

    def _add(self, record: HistoryRecord) -> HistoryEntry | None:
        self._waiting = [*self._waiting, record][-WAITING_AT_MOST:]
        return self._store()[-1]

    def _store(self) -> tuple[HistoryEntry, ...]:
        entries = self._opened().add(self._waiting)
        self._waiting = []
        return entries

    def _try_again_later(self) -> None:
        if self._retry is None:
            self._retry = threading.Timer(RETRY_SECONDS, self._try_again)
            self._retry.daemon = True
            self._retry.start()

    def _try_again(self) -> None:
        with contextlib.suppress(RuntimeError):  # it was closed meanwhile, and stored what it could
            self._ask(self._store_again, _NOTHING)

    def _store_again(self) -> tuple[HistoryEntry, ...]:
        self._retry = None  # there may be need for another one
        return self._store()

    def _close(self) -> None:
        if self._waiting:
            self._guarded(self._store, _NOTHING)
        if self._file is not None:
            self._file.close()
            self._file = None
