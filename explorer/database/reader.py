"""A thread that reads one database, one job after the other, and holds nothing in between."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from pathlib import Path
from typing import Any, Generic, TypeVar

from explorer.database.failing import Holder, explained, locked, missing
from explorer.database.opening import Identity, identity, open_read_only
from explorer.database.trouble import DatabaseError, Trouble

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], T]

BUSY_SECONDS = 2.0
_STEPS_BETWEEN_LOOKS = 500_000  # of SQLite's machine, some 10 ms: seldom enough to cost nothing
_CONNECTION_IS_SPENT = (Trouble.CORRUPT, Trouble.NO_DATABASE, Trouble.NEEDS_WRITER, Trouble.MISSING, Trouble.DENIED)


class Asked(Future[T], Generic[T]):
    """The answer to come. Cancelling it also stops the statement that runs for it."""

    def __init__(self, reader: Reader, job: Job[T], slot: str) -> None:
        super().__init__()
        self.slot = slot
        self.job = job
        self.stopped = False
        self._reader = reader

    def cancel(self) -> bool:
        """Stop it; return whether it had not begun. Once begun it ends with `Trouble.CANCELLED`, at once."""
        self.stopped = True
        if super().cancel():
            return True
        self._reader.interrupt(self)
        return False


class Reader:
    """Reads one database on a thread of its own.

    A job takes the connection, and must use up or close its cursors. Between jobs nothing is locked. The file is looked
    at before each job: one that was replaced is opened anew. Errors of SQLite become `DatabaseError`.

    Attributes:
        path: the file.
        openings: how often it was opened; a new number means that it may be another file.
    """

    def __init__(
        self,
        path: Path,
        *,
        busy_seconds: float = BUSY_SECONDS,
        holder: Holder | None = None,
        name: str = "database",
        own_temporary: bool = False,
    ) -> None:
        """`holder` names who of ours holds the database, when it is locked; `own_temporary` as in `open_read_only`."""
        self.path = path
        self.openings = 0
        self._busy_seconds = busy_seconds
        self._holder = holder
        self._name = name
        self._own_temporary = own_temporary
        self._connection: sqlite3.Connection | None = None
        self._identity: Identity | None = None
        self._waiting: list[Asked[Any]] = []
        self._current: Asked[Any] | None = None
        self._wake = threading.Condition()
        self._closing = False
        self._thread: threading.Thread | None = None

    def submit(self, job: Job[T], *, slot: str = "", first: bool = False) -> Asked[T]:
        """Run a job on the reader's thread.

        Args:
            job: takes the connection; what it returns is the answer.
            slot: jobs of one slot replace each other: the newest one stops those before it. Empty for none.
            first: whether it goes before everything that waits.
        """
        asked: Asked[T] = Asked(self, job, slot)
        with self._wake:
            if self._closing:
                asked.set_exception(DatabaseError(Trouble.CANCELLED, "The database is closed."))
                return asked
            older = [a for a in (*self._waiting, self._current) if a is not None and slot and a.slot == slot]
            self._waiting = [a for a in self._waiting if a not in older]
            self._waiting.insert(0 if first else len(self._waiting), asked)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
            self._wake.notify()
        for before in older:
            before.cancel()
        return asked

    def interrupt(self, asked: Asked[Any]) -> None:
        """Stop the statement that runs for `asked`, if it runs."""
        with self._wake:
            connection = self._connection
            if self._current is asked and connection is not None:
                with contextlib.suppress(sqlite3.ProgrammingError):  # it was closed just now
                    connection.interrupt()

    def close(self, timeout: float = 1.0) -> None:
        """Stop what runs, cancel what waits and close the file; waits up to `timeout` seconds."""
        with self._wake:
            self._closing = True
            waiting, self._waiting = self._waiting, []
            current, thread = self._current, self._thread
            self._wake.notify()
        for asked in (*waiting, *((current,) if current else ())):
            asked.cancel()
        if thread is not None:
            thread.join(timeout)

    def _run(self) -> None:
        while True:
            with self._wake:
                while not self._waiting and not self._closing:
                    self._wake.wait()
                if self._closing:
                    break
                asked = self._current = self._waiting.pop(0)
            if asked.set_running_or_notify_cancel():
                self._answer(asked)
            with self._wake:
                self._current = None
            del asked  # what it gave must not be kept until the next one
        self._disconnect()

    def _answer(self, asked: Asked[Any]) -> None:
        try:
            answer = asked.job(self._connected(asked))
        except DatabaseError as error:
            failure: BaseException = error
        except (sqlite3.Error, OverflowError) as error:
            failure = explained(error, self.path, self._holder)
        except (CancelledError, MemoryError):
            failure = DatabaseError(Trouble.CANCELLED, "Stopped.")
        except BaseException as error:  # noqa: BLE001 - whoever waits for the answer gets it
            failure = error
        else:
            self._let_go()
            asked.set_result(answer)
            return
        if asked.stopped and isinstance(failure, DatabaseError):
            failure = DatabaseError(Trouble.CANCELLED, "Stopped.")
        elif isinstance(failure, DatabaseError) and failure.trouble is Trouble.LOCKED:
            failure = DatabaseError(Trouble.LOCKED, locked(self.path.name, self._holder))
        failure.__traceback__ = failure.__context__ = None  # its frames hold cursors, and those the file
        self._let_go()
        if isinstance(failure, DatabaseError) and failure.trouble in _CONNECTION_IS_SPENT:
            self._disconnect()
        asked.set_exception(failure)

    def _connected(self, asked: Asked[Any]) -> sqlite3.Connection:
        found = identity(self.path)
        if found is None:
            raise missing(self.path)
        if found != self._identity:
            self._disconnect()
        if self._connection is None:
            connection = open_read_only(self.path, self._busy_seconds, own_temporary=self._own_temporary)
            with self._wake:
                self._connection, self._identity = connection, found
            self.openings += 1
        self._connection.set_progress_handler(lambda: asked.stopped, _STEPS_BETWEEN_LOOKS)
        return self._connection

    def _let_go(self) -> None:
        connection = self._connection
        if connection is None:
            return
        connection.set_progress_handler(None, 0)  # else what the job gave would be kept until the next one
        if connection.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                connection.rollback()

    def _disconnect(self) -> None:
        with self._wake:
            connection, self._connection, self._identity = self._connection, None, None
        if connection is not None:
            with contextlib.suppress(sqlite3.Error):
                connection.close()
