"""Cursors and connections of Python's own SQLite driver that tell what they do.

They are subclasses of the driver's classes, put in their place as `sqlite3.connect(factory=…)` allows. So whatever
reaches the driver is seen: what SQLAlchemy sends, what an app sends past it, and what aiosqlite sends on a thread of
its own, which does not know the request: `SqliteSpy.context` tells it.
"""

from __future__ import annotations

import sqlite3
import time
from typing import Any

from ..trace.events import FETCHED, NOTED, SQL
from .sqlite_spy import Recorder, SpanRef, SqliteSpy, recording

_now = time.perf_counter_ns


class SpiedCursor(sqlite3.Cursor):
    """A cursor of the driver that tells what it does."""

    _waiting: tuple[Recorder, SpanRef] | None = None
    _fetched = 0
    _fetch_ns = 0

    def execute(self, sql: Any, *parameters: Any) -> SpiedCursor:
        """Run a statement."""
        spy = _spy(self)
        with spy.turn:
            return spy.run(self, super().execute, sql, parameters)

    def executemany(self, sql: Any, *parameters: Any) -> SpiedCursor:
        """Run a statement with each set of parameters."""
        spy = _spy(self)
        with spy.turn:
            return spy.run(self, super().executemany, sql, parameters, many=True)

    def executescript(self, sql: Any, /) -> sqlite3.Cursor:
        """Run several statements."""
        self.report_rows()
        spy = _spy(self)
        with spy.turn:
            return spy.script(super().executescript, sql)

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""
        started = _now()
        with _spy(self).turn:
            rows = super().fetchall()
        self._fetch_ns += _now() - started
        self._fetched += len(rows)
        self.report_rows()
        return rows

    def fetchmany(self, *size: Any, **named: Any) -> list[Any]:
        """Return the next rows."""
        started = _now()
        with _spy(self).turn:
            rows = super().fetchmany(*size, **named)
        self._fetch_ns += _now() - started
        self._fetched += len(rows)
        if not rows:
            self.report_rows()
        return rows

    def fetchone(self) -> Any:
        """Return the next row, or None."""
        started = _now()
        with _spy(self).turn:
            row = super().fetchone()
        self._fetch_ns += _now() - started
        if row is None:
            self.report_rows()
        else:
            self._fetched += 1
        return row

    def __next__(self) -> Any:
        try:
            with _spy(self).turn:
                row = super().__next__()
        except StopIteration:
            self.report_rows()
            raise
        self._fetched += 1
        return row

    def close(self) -> None:
        """Close it."""
        self.report_rows()
        super().close()

    def await_rows(self, recorder: Recorder, span: SpanRef) -> None:
        """Count the rows that a statement gives from here on."""
        self._waiting, self._fetched, self._fetch_ns = (recorder, span), 0, 0

    def report_rows(self) -> None:
        """Tell how many rows the last statement gave, if that was not told yet."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None and waiting[0] is recording():
            recorder, ((trace_id, parent_id), span_id, _) = waiting
            data = {"rows": self._fetched, "ns": self._fetch_ns}
            recorder.source.record(trace_id, SQL, NOTED, span_id, parent_id, FETCHED, data)


class SpiedConnection(sqlite3.Connection):
    """A connection of the driver whose cursors are spied on; `spied_class` makes the classes that are used."""

    explorer_spy: SqliteSpy

    def __init__(self, *args: Any, **named: Any) -> None:
        self.explorer_spy = SqliteSpy(self)
        super().__init__(*args, **named)

    def cursor(self, *args: Any, **named: Any) -> Any:
        """Return a cursor that is watched."""
        if args or named:
            return super().cursor(*args, **named)  # a cursor of the app's own making
        return super().cursor(SpiedCursor)

    def execute(self, *args: Any) -> Any:
        """Run a statement."""
        return self.cursor().execute(*args)

    def executemany(self, *args: Any) -> Any:
        """Run a statement with each set of parameters."""
        return self.cursor().executemany(*args)

    def executescript(self, sql: Any, /) -> Any:
        """Run several statements."""
        return self.cursor().executescript(sql)

    def commit(self) -> None:
        """Commit."""
        with self.explorer_spy.turn:
            self.explorer_spy.end(super().commit, committing=True)

    def rollback(self) -> None:
        """Roll back."""
        with self.explorer_spy.turn:
            self.explorer_spy.end(super().rollback, committing=False)

    def __exit__(self, *error: object) -> Any:
        with self.explorer_spy.turn:
            return self.explorer_spy.end(super().__exit__, *error, committing=error[0] is None)

    def set_authorizer(self, *args: Any, **named: Any) -> None:
        """Let the app decide what its connection may do."""
        # What the app allows was not made for triggers of ours: from now on this connection goes without.
        self.explorer_spy.rows.take_away()
        self.explorer_spy.rows.usable = False
        super().set_authorizer(*args, **named)


def spied_class(original: type[sqlite3.Connection]) -> type[SpiedConnection]:
    """Return a class that is `original`, under its name, and records what it does."""
    if issubclass(original, SpiedConnection):
        return original
    names = {"__module__": original.__module__, "__qualname__": original.__qualname__}
    made: type[SpiedConnection] = type(original.__name__, (SpiedConnection, original), names)
    return made


def _spy(cursor: sqlite3.Cursor) -> SqliteSpy:
    connection = cursor.connection
    assert isinstance(connection, SpiedConnection)  # noqa: S101 - nobody else makes one
    return connection.explorer_spy
