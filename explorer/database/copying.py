"""Copies a database page by page, while others use it: SQLite's own way, which also follows what they write."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from explorer.database.failing import Holder, explained, locked
from explorer.database.opening import open_read_only, uri
from explorer.database.trouble import DatabaseError, Trouble

_PAGES_A_STEP = 1_000
_RESTARTS_AT_MOST = 5  # while somebody keeps writing; then it is copied in one go
_SPARE = 1_000_000  # bytes that should be left on the disk

Progress = Callable[[int, int], bool]  # takes pages done and pages in all; False stops


def copy_database(
    source: Path,
    target: Path,
    go_on: Progress | None = None,
    *,
    busy_seconds: float = 2.0,
    holder: Holder | None = None,
) -> None:
    """Write the database at `source`, as it is now, to a new file at `target`; blocks.

    Raises:
        DatabaseError: it could not be read, the copy could not be written, or it was stopped; there is no copy then.
    """
    _need_space(target.parent, _size(source))
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(open_read_only(source, busy_seconds)) as reading, closing(_make(target)) as writing:
            _Copying(source, busy_seconds, go_on, holder).run(reading, writing)
            writing.execute("PRAGMA journal_mode=DELETE").fetchone()  # one file, whatever the original has beside it
    except sqlite3.Error as error:
        _remove(target)
        raise explained(error, source, holder) from error
    except BaseException:
        _remove(target)
        raise


def copy_into(
    source: Path,
    target: Path,
    go_on: Progress | None = None,
    *,
    busy_seconds: float = 2.0,
    holder: Holder | None = None,
) -> None:
    """Put what is in `source` into the living database `target`, in one transaction; blocks.

    Programs that have `target` open see the new content with their next statement. Nothing is changed when it fails.

    Raises:
        DatabaseError: either could not be opened, somebody holds `target`, or it was stopped.
    """
    _need_space(target.parent, _size(source))
    try:
        with closing(open_read_only(source, busy_seconds)) as reading, closing(open_for_writing(target)) as writing:
            writing.execute("PRAGMA foreign_keys=OFF")
            _Copying(target, busy_seconds, go_on, holder).run(reading, writing)
    except sqlite3.Error as error:
        raise explained(error, target, holder) from error


def open_for_writing(path: Path, busy_seconds: float = 2.0) -> sqlite3.Connection:
    """Open an existing database for writing; the caller begins and ends transactions.

    Raises:
        DatabaseError: it is not there, or this user may not write it.
    """
    try:
        connection = sqlite3.connect(
            uri(path, mode="rw"), uri=True, timeout=busy_seconds, isolation_level=None, check_same_thread=False
        )
    except sqlite3.Error as error:
        raise explained(error, path) from error
    if not os.access(path, os.W_OK):
        connection.close()
        raise DatabaseError(
            Trouble.READ_ONLY, f"{path.name} can be read, but not be written by you: change its permissions first."
        )
    connection.execute("PRAGMA trusted_schema=OFF")
    return connection


class _Copying:
    """One copy: counts restarts, and the time for which somebody holds one of the two."""

    def __init__(self, named: Path, busy_seconds: float, go_on: Progress | None, holder: Holder | None) -> None:
        self._named = named
        self._busy_seconds = busy_seconds
        self._go_on = go_on
        self._holder = holder
        self._left: int | None = None
        self._restarts = 0
        self._moved_at = time.monotonic()

    def run(self, source: sqlite3.Connection, target: sqlite3.Connection) -> None:
        try:
            source.backup(target, pages=_PAGES_A_STEP, progress=self._on_step, sleep=0.02)
        except _StartedTooOftenError:
            self._left = None
            self._moved_at = time.monotonic()
            source.backup(target, pages=-1, progress=self._on_step, sleep=0.02)

    def _on_step(self, status: int, left: int, total: int) -> None:
        now = time.monotonic()
        if self._go_on is not None and not self._go_on(total - left, total):
            raise DatabaseError(Trouble.CANCELLED, "Stopped: nothing was changed.")
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            if now - self._moved_at >= self._busy_seconds:
                raise DatabaseError(Trouble.LOCKED, locked(self._named.name, self._holder))
            return
        if self._left is not None and left > self._left:
            self._restarts += 1
        self._left, self._moved_at = left, now
        if self._restarts > _RESTARTS_AT_MOST:
            self._restarts = 0
            raise _StartedTooOftenError


class _StartedTooOftenError(Exception):
    """Somebody writes so often that a copy in steps never ends."""


def _make(target: Path) -> sqlite3.Connection:
    target.touch(mode=0o600)
    return sqlite3.connect(target, isolation_level=None)


def _size(source: Path) -> int:
    try:
        return source.stat().st_size
    except OSError:
        return 0  # opening it says why


def _need_space(folder: Path, size: int) -> None:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < size + _SPARE:
        raise DatabaseError(
            Trouble.NO_SPACE,
            f"The copy needs {size / 1e6:,.0f} MB, and the disk has {free / 1e6:,.0f} MB left: make room first.",
        )


def _remove(path: Path) -> None:
    for suffix in ("", "-journal", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
