"""Attach to SQLAlchemy, as far as the app has it: every engine there is and will be, sync and async, unasked.

This is the one place that reaches into SQLAlchemy: its public events on the classes `Engine` and `Pool`, and the names
by which a connection leads to its driver's. SQLite's driver is watched itself (`sqlite_spy`); of every other database
the statements are told as SQLAlchemy sees them, and no changed rows.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from typing import Any

from ..trace.events import FAILED, FETCHED, FINISHED, NOTED, SQL, STARTED, Source
from . import describe, described_values, sqlite_spy
from .callers import caller
from .middleware import HERE, Here
from .sqlite_driver import SpiedConnection, spied_class
from .sqlite_spy import Recorder, SqliteSpy, recording
from .statement_kinds import classify

_KEY = "fastapi_explorer"
_SQLITE_DRIVERS = ("pysqlite", "aiosqlite")


class SqlProbe:
    """Records the SQL of the requests of one app.

    SQLAlchemy may be imported after the app was attached to, when a first route needs it: `look` is cheap, and is
    called with each request.
    """

    def __init__(self, source: Source, *, rows: bool) -> None:
        """`rows` tells whether changed rows are told too."""
        self._recorder = Recorder(source, rows=rows)
        self._listening: list[tuple[Any, str, Any]] = []
        self._detached = False
        sqlite_spy.attach(self._recorder)
        self.look()

    def look(self) -> None:
        """Attach to SQLAlchemy if the app has imported it and we are not there yet."""
        if self._listening or self._detached or "sqlalchemy.engine" not in sys.modules:
            return
        package = sys.modules.get("sqlalchemy")
        engine, pool = getattr(package, "Engine", None), getattr(sys.modules.get("sqlalchemy.pool"), "Pool", None)
        event = getattr(package, "event", None)
        if engine is None or pool is None or event is None:
            return  # still being imported, or older than 2.0
        for target, name, function in (
            (engine, "do_connect", self._on_do_connect),
            (engine, "before_cursor_execute", self._on_before),
            (engine, "after_cursor_execute", self._on_after),
            (engine, "handle_error", self._on_error),
            (engine, "commit", self._on_commit),
            (engine, "rollback", self._on_rollback),
            (pool, "checkout", self._on_checkout),
            (pool, "reset", self._on_reset),
            (pool, "checkin", self._on_checkin),
        ):
            listener = self._while_recording(function)
            event.listen(target, name, listener)
            self._listening.append((target, name, listener))

    def detach(self) -> None:
        """Let go of SQLAlchemy; connections that are open stay as they are and record nothing."""
        self._detached = True
        sqlite_spy.detach(self._recorder)
        event = getattr(sys.modules.get("sqlalchemy"), "event", None)
        while self._listening and event is not None:
            target, name, function = self._listening.pop()
            event.remove(target, name, function)

    def _while_recording(self, function: Callable[..., None]) -> Callable[..., None]:
        """Return a listener that does nothing while another probe records."""

        def listen(*args: Any) -> None:
            if recording() is self._recorder:
                function(*args)

        return listen

    # --- connections --------------------------------------------------------------------------------------------------
    def _on_do_connect(self, dialect: Any, _record: Any, _args: list[Any], named: dict[str, Any]) -> None:
        if dialect.name != "sqlite" or dialect.driver not in _SQLITE_DRIVERS:
            return
        original = named.get("factory", sqlite3.Connection)
        if isinstance(original, type) and issubclass(original, sqlite3.Connection):
            named["factory"] = spied_class(original)

    def _on_checkout(self, connection: Any, record: Any, _proxy: Any) -> None:
        """Take a connection that is older than the probe for a new one, as for one whose server is gone.

        A database in memory would be lost with its connection, and keeps it.
        """
        if type(connection) is sqlite3.Connection and _KEY not in record.record_info:
            record.record_info[_KEY] = True  # once: an engine may have a way of its own to make connections
            file = [row[2] for row in sqlite3.Cursor(connection).execute("PRAGMA database_list") if row[0] == 0]
            if file and file[0]:
                raise sys.modules["sqlalchemy"].exc.DisconnectionError("It was opened before the request was watched.")
        spy = _spy_behind(connection)
        if spy is not None:
            spy.context = HERE.get(), {}

    def _on_reset(self, connection: Any, record: Any, _state: Any) -> None:
        self._finish_open(record.info)
        spy = _spy_behind(connection)
        if spy is not None and HERE.get() is not None:
            spy.context = HERE.get(), caller(sys._getframe(1))  # noqa: SLF001 - there is no other way to the caller

    def _on_checkin(self, connection: Any, record: Any) -> None:
        self._finish_open(record.info)
        spy = _spy_behind(connection)
        if spy is not None:
            spy.context = None, {}

    # --- statements ---------------------------------------------------------------------------------------------------
    def _on_before(
        self,
        connection: Any,
        _cursor: Any,
        statement: str,
        given: Any,
        _context: Any,
        many: bool,
    ) -> None:
        if self._is_told(connection):
            return
        self._finish_open(connection.info)
        here = HERE.get()
        if here is not None:
            told = described_values.many_parameters(given) if many else described_values.parameters(given)
            self._begin(connection, here, classify(statement)[1], statement, told, len(given) if many else 1)

    def _on_after(
        self,
        connection: Any,
        cursor: Any,
        _statement: str,
        _given: Any,
        _context: Any,
        _many: bool,
    ) -> None:
        if _KEY in connection.info and connection.info[_KEY] is not None:
            count = getattr(cursor, "rowcount", -1)
            gives_rows = getattr(cursor, "description", None) is not None
            known = count if type(count) is int and count >= 0 else None
            self._end(
                connection.info,
                FINISHED,
                {"rows": None if gives_rows else known},
                fetched=known if gives_rows else None,
            )

    def _on_error(self, context: Any) -> None:
        if context.connection is not None and context.connection.info.get(_KEY) is not None:
            self._end(context.connection.info, FAILED, describe.exception(context.original_exception))

    def _on_commit(self, connection: Any) -> None:
        self._on_end_of_transaction(connection, "COMMIT")

    def _on_rollback(self, connection: Any) -> None:
        self._on_end_of_transaction(connection, "ROLLBACK")

    def _on_end_of_transaction(self, connection: Any, word: str) -> None:
        if self._is_told(connection):
            return
        self._finish_open(connection.info)
        here = HERE.get()
        if here is not None:
            self._begin(connection, here, word, word, (), 1)

    def _is_told(self, connection: Any) -> bool:
        """Tell whether the driver itself is watched; one on a thread of its own is told who is asking."""
        try:
            driver = connection.connection.dbapi_connection
        except Exception:  # noqa: BLE001 - a connection that is invalid or closed: the statement will say so itself
            return True
        if isinstance(driver, SpiedConnection):
            return True
        spy = _spy_behind(driver)
        if spy is None:
            return False
        spy.context = HERE.get(), caller(sys._getframe(2))  # noqa: SLF001
        return True

    # --- events of other databases ------------------------------------------------------------------------------------
    def _begin(self, connection: Any, here: Here, word: str, statement: str, told: Any, many: int) -> None:
        source = self._recorder.source
        span_id = source.new_span_id()
        connection.info[_KEY] = here, span_id, word
        url = connection.engine.url
        data = {
            "statement": statement[:20_000],
            "parameters": told,
            "many": many,
            "database": url.render_as_string(hide_password=True),
            "connection": id(connection.info) % 10_000,
            **caller(sys._getframe(2)),  # noqa: SLF001
        }
        source.record(here[0], SQL, STARTED, span_id, here[1], word, data)

    def _end(self, info: dict[str, Any], phase: str, data: dict[str, Any], *, fetched: int | None = None) -> None:
        (trace_id, parent_id), span_id, word = info[_KEY]
        info[_KEY] = None
        self._recorder.source.record(trace_id, SQL, phase, span_id, parent_id, word, data)
        if fetched is not None:
            self._recorder.source.record(trace_id, SQL, NOTED, span_id, parent_id, FETCHED, {"rows": fetched, "ns": 0})

    def _finish_open(self, info: dict[str, Any]) -> None:
        """End a COMMIT or ROLLBACK: SQLAlchemy says when it begins, and is next heard of when it is over."""
        if info.get(_KEY) is not None:
            self._end(info, FINISHED, {"rows": None})


def _spy_behind(connection: Any) -> SqliteSpy | None:
    """Return the spy of the connection that aiosqlite keeps for its own thread; None for every other driver."""
    if isinstance(connection, sqlite3.Connection):
        return None
    driver = getattr(connection, "driver_connection", None)
    inner = getattr(driver, "__dict__", {}).get("_connection")
    return inner.explorer_spy if isinstance(inner, SpiedConnection) else None
