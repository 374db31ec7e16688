"""Records what one connection of Python's own SQLite driver does: statements, ends of transactions, changed rows."""

from __future__ import annotations

import itertools
import os
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeVar

from ..trace.events import CHANGED_ROWS, FAILED, FINISHED, NOTED, SQL, STARTED, Source
from . import describe, described_values
from .callers import caller
from .middleware import HERE, Here
from .row_changes import Mark, RowChanges
from .statement_kinds import END, READ, RELEASE, ROLLBACK_TO, SAVEPOINT, SCHEMA, WRITE, classify

T = TypeVar("T")
SpanRef = tuple[Here, int, str]
"""Trace and parent, the span's own id, and its name."""

_LONGEST_STATEMENT = 20_000
_numbers = itertools.count(1)


class Recorder:
    """What one probe does with what it sees.

    Attributes:
        source: numbers and emits events.
        rows: whether changed rows are told.

    """

    def __init__(self, source: Source, *, rows: bool) -> None:
        self.source = source
        self.rows = rows


_attached: list[Recorder] = []
"""The probes that are attached. A connection may outlive one and serve the next, so it asks who records now."""


def attach(recorder: Recorder) -> None:
    """Let a probe record from here on, instead of any before it."""
    _attached.append(recorder)


def detach(recorder: Recorder) -> None:
    """Let a probe record no more."""
    if recorder in _attached:
        _attached.remove(recorder)


def recording() -> Recorder | None:
    """Return who records now."""
    return _attached[-1] if _attached else None


class CountingCursor(Protocol):
    """What is asked of a cursor beside the driver's own."""

    @property
    def rowcount(self) -> int:
        """How many rows the last statement changed; -1 when it is none of that kind."""
        ...

    @property
    def description(self) -> object:
        """The names of the columns, when the last statement gives rows."""
        ...

    def await_rows(self, recorder: Recorder, span: SpanRef) -> None:
        """Count the rows that a statement gives from here on."""
        ...

    def report_rows(self) -> None:
        """Tell how many rows the last statement gave, if that was not told yet."""
        ...


class SqliteSpy:
    """Records what one connection does.

    Attributes:
        context: the request and the caller's line, set by SQLAlchemy's events where the driver works on another thread.
        turn: held while a thread is inside the driver. SQLite lets one in at a time anyway; but a newer one has
            `in_transaction` wait for that, too, with Python's lock in hand, and the window would stand still with it.

    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._database: str | None = None
        self._number = next(_numbers)
        self.rows = RowChanges(connection)
        self._last: SpanRef | None = None
        self.context: tuple[Here | None, dict[str, Any]] = None, {}
        self.turn = threading.RLock()

    # --- statements ---------------------------------------------------------------------------------------------------
    def run(
        self,
        cursor: CountingCursor,
        call: Callable[..., T],
        statement: object,
        given: tuple[Any, ...],
        *,
        many: bool = False,
    ) -> T:
        """Run a statement as the driver would, and record it."""
        cursor.report_rows()
        if type(statement) is not str:
            return call(statement, *given)
        kind, word, name = classify(statement)
        rows = self.rows
        here = HERE.get() or self.context[0]
        if rows.pending:
            self._settle(self._last)  # a change of the isolation level commits without a word
        recorder = recording()
        if recorder is None or here is None:
            return self._run_unseen(call, statement, given, kind, name)
        if kind == WRITE and recorder.rows:
            rows.before_write(statement)
        elif kind == SCHEMA:
            rows.before_schema_change()
        span = self._last = self._begin(recorder, here, word, statement, given, many=many)
        rows.span_id = span[1]
        mark = rows.mark() if kind == WRITE else None
        before = self._connection.total_changes
        try:
            result = self._call(call, statement, given, mark, many=many)
        except BaseException as error:
            self._fail(recorder, span, error)
            self._undone(mark, kept=self._connection.total_changes != before)
            raise
        counted = cursor.rowcount
        self._finish(recorder, span, counted if counted >= 0 else None)
        if cursor.description is not None:
            cursor.await_rows(recorder, span)
        self._transaction_after(kind, name, span)
        return result

    def _call(
        self, call: Callable[..., T], statement: str, given: tuple[Any, ...], mark: Mark | None, *, many: bool
    ) -> T:
        marked = (_marking(given[0], self.rows, mark),) if many and mark is not None and given else given
        try:
            return call(statement, *marked)
        except sqlite3.Error as error:
            # Another connection changed the schema in the instant since the triggers were looked at.
            if not self.rows.failed_by_ours(error):
                raise
            self.rows.take_away()
            if many and not isinstance(given[0], (list, tuple)):
                raise
            return call(statement, *given)

    def _run_unseen(self, call: Callable[..., T], statement: str, given: tuple[Any, ...], kind: str, name: str) -> T:
        """Run a statement that belongs to no request; the triggers that may stand must not harm it."""
        if kind == SCHEMA or not _attached:
            self.rows.before_schema_change()
        elif kind == WRITE and self.rows.standing:
            self.rows.before_write(statement)
        before = self._connection.total_changes
        mark = self.rows.mark() if kind == WRITE else None
        try:
            result = self._call(call, statement, given, mark, many=False)
        except BaseException:
            self._undone(mark, kept=self._connection.total_changes != before)
            raise
        self._transaction_after(kind, name, None)
        return result

    def script(self, call: Callable[[Any], T], statements: object) -> T:
        """Run a script: the driver commits first, and then runs whatever it holds."""
        here = HERE.get() or self.context[0]
        self.rows.before_schema_change()
        recorder = recording()
        if recorder is None or here is None or type(statements) is not str:
            try:
                return call(statements)
            finally:
                self._settle(None)
        span = self._begin(recorder, here, "SCRIPT", statements, (), many=False)
        try:
            result = call(statements)
        except BaseException as error:
            self._fail(recorder, span, error)
            raise
        else:
            self._finish(recorder, span, None)
            return result
        finally:
            self._settle(None)

    # --- transactions -------------------------------------------------------------------------------------------------
    def end(self, call: Callable[..., T], *args: Any, committing: bool) -> T:
        """Commit or roll back as the driver would; recorded only when there was something to end."""
        here = HERE.get() or self.context[0]
        if not self._connection.in_transaction:
            return call(*args)
        recorder = recording()
        if recorder is None or here is None:
            result = call(*args)
            self._settle(None, committed=committing)
            return result
        word = "COMMIT" if committing else "ROLLBACK"
        span = self._begin(recorder, here, word, word, (), many=False)
        try:
            result = call(*args)
        except BaseException as error:
            self._fail(recorder, span, error)
            self._undone(None, kept=True)
            raise
        self._finish(recorder, span, None)
        self._settle(span, committed=committing)
        return result

    def _transaction_after(self, kind: str, name: str, span: SpanRef | None) -> None:
        rows = self.rows
        if kind == SAVEPOINT:
            rows.savepoint(name)
        elif kind == RELEASE:
            rows.release(name)
        elif kind == ROLLBACK_TO:
            rows.rolled_back_to(name)
        if kind not in (READ, SCHEMA) or rows.pending:
            back = kind == END and span is not None and span[2] == "ROLLBACK"
            self._settle(span, committed=not back)

    def _settle(self, span: SpanRef | None, *, committed: bool = True) -> None:
        """Tell what a transaction changed, if none is open any more."""
        if self._connection.in_transaction:
            return
        for data in self.rows.ended(committed=committed):
            recorder = recording()
            if span is not None and recorder is not None:
                (trace_id, parent_id), span_id, _ = span
                recorder.source.record(trace_id, SQL, NOTED, span_id, parent_id, CHANGED_ROWS, data)

    def _undone(self, mark: Mark | None, *, kept: bool) -> None:
        """Note that a statement failed: it alone was undone, nothing was (OR FAIL), or the whole transaction was."""
        if mark is not None and not kept:
            self.rows.back_to(mark)
        if not self._connection.in_transaction:
            self.rows.ended(committed=False)

    # --- events -------------------------------------------------------------------------------------------------------
    def _begin(
        self, recorder: Recorder, here: Here, word: str, statement: str, given: tuple[Any, ...], *, many: bool
    ) -> SpanRef:
        source = recorder.source
        span_id = source.new_span_id()
        sets = given[0] if many and given and type(given[0]) in (list, tuple) else None
        data: dict[str, Any] = {
            "statement": statement[:_LONGEST_STATEMENT],
            "parameters": (
                described_values.many_parameters(sets or ())
                if many
                else described_values.parameters(given[0] if given else None)
            ),
            "many": 1 if sets is None else len(sets),
            "database": self._database if self._database is not None else self._find_database(),
            "connection": self._number,
            **(self.context[1] or caller(sys._getframe(3))),  # noqa: SLF001 - there is no other way to the caller
        }
        source.record(here[0], SQL, STARTED, span_id, here[1], word, data)
        return here, span_id, word

    def _find_database(self) -> str:
        files = [row[2] for row in sqlite3.Cursor(self._connection).execute("PRAGMA database_list") if row[0] == 0]
        file = files[0] if files else ""
        self._database = file if isinstance(file, str) else os.fsdecode(file or b"")
        return self._database

    def _finish(self, recorder: Recorder, span: SpanRef, rows: int | None) -> None:
        (trace_id, parent_id), span_id, word = span
        data = {"rows": rows, "in_transaction": self._connection.in_transaction}
        recorder.source.record(trace_id, SQL, FINISHED, span_id, parent_id, word, data)

    def _fail(self, recorder: Recorder, span: SpanRef, error: BaseException) -> None:
        (trace_id, parent_id), span_id, word = span
        recorder.source.record(trace_id, SQL, FAILED, span_id, parent_id, word, describe.exception(error))


def _marking(sets: Iterable[Any], rows: RowChanges, mark: Mark | None) -> Iterator[Any]:
    """Pass sets of parameters on, and note before each how far the transaction is: one may fail, the others stay."""
    for one in sets:
        if mark is not None:
            rows.move(mark)
        yield one
