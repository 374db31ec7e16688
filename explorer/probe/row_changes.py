"""Which rows the transactions of one SQLite connection change.

Triggers stand on the connection from before its first writing statement on, and are taken away before anything that
changes the schema. What they tell is kept until the transaction ends: told at its commit, dropped at its rollback, and
cut back to where a savepoint or a failed statement began. Not seen is what `blobopen` writes, and what a REPLACE takes
away for the sake of a unique index over expressions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from .net_changes import RawChange, notes
from .row_plans import Aside, Versions, plan_for, versions
from .row_triggers import BLOB, GATE, OLD, PART, PREFIX, REPLACING, ROW, TEXT, TriggerPlan

MOST_ROWS = 10_000
MOST_BYTES = 16_000_000
_VALUE_BYTES = 16  # what a number counts for


@dataclass
class Mark:
    """How far the transaction was."""

    kept: int
    total: int
    size: int
    counts: dict[int, int]


class RowChanges:
    """Watches the rows of one connection; used on whatever thread the connection is used on, one at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._plan: TriggerPlan | None = None  # of the triggers that stand
        self._last_plan: TriggerPlan | None = None  # by which what is kept is read
        self._left: TriggerPlan | None = None  # of triggers that could not be taken away
        self._version: Versions = ()
        self._in_transaction = False  # the triggers were made in this transaction, and go with it
        self._replacing_stands = False
        self._checked = False  # in this transaction
        self._schema_changed = False  # in this transaction
        self._has_functions = False
        self._encoding = "utf-8"
        self._replaces = False
        self._parts: tuple[str, tuple[Any, ...]] = "", ()
        self._in_the_way: dict[int, list[tuple[str, tuple[Any, ...]]]] = {}
        self._savepoints: list[tuple[str, Mark]] = []
        self._kept: list[RawChange] = []
        self._counts: dict[int, int] = {}  # by trigger
        self._total = 0
        self._size = 0
        self.span_id = 0
        self.usable = True
        """False once the app itself decides what its connection may do: then nothing of ours stands on it."""

    # --- before and after statements ----------------------------------------------------------------------------------
    def before_write(self, statement: str) -> None:
        """Put the triggers there, unless they stand. Whatever goes wrong, the app's statement runs without them."""
        if not self.usable or self._schema_changed:
            return
        self._replaces = "REPLACE" in statement.upper()
        if self._checked and (self._replacing_stands or not self._replaces):
            return
        try:
            with Aside(self._connection) as cursor:
                self._stand(cursor)
        except (sqlite3.Error, UnicodeError, ValueError):
            self.take_away()
        else:
            self._checked = True

    def before_schema_change(self) -> None:
        """Take the triggers away; until the transaction ends its rows are not told."""
        self.take_away()
        if self._connection.in_transaction:
            self._schema_changed = True

    def take_away(self) -> None:
        """Remove every trigger of ours from the connection."""
        if self._plan is not None:
            self._left = self._plan
        self._plan = None
        self._checked = self._replacing_stands = False
        if self._left is None:
            return
        try:
            with Aside(self._connection) as cursor:
                self._clear(cursor)
        except sqlite3.Error:
            pass  # it is tried again before the next statement that matters

    def failed_by_ours(self, error: BaseException) -> bool:
        """Tell whether a statement may have failed because triggers stand that were made for another schema."""
        if self._plan is None or not isinstance(error, sqlite3.OperationalError):
            return False
        if any(name in str(error) for name in ("NEW.", "OLD.", PREFIX)):
            return True
        try:
            with Aside(self._connection) as cursor:
                return versions(cursor) != self._version
        except sqlite3.Error:
            return False

    @property
    def standing(self) -> bool:
        """Whether triggers of ours stand on the connection."""
        return self._plan is not None

    @property
    def pending(self) -> bool:
        """Whether the transaction changed rows so far."""
        return self._total > 0

    # --- the transaction ----------------------------------------------------------------------------------------------
    def mark(self) -> Mark:
        """Return how far the transaction is."""
        return Mark(len(self._kept), self._total, self._size, dict(self._counts))

    def move(self, mark: Mark) -> None:
        """Let `mark` say how far the transaction is now."""
        mark.kept, mark.total, mark.size, mark.counts = len(self._kept), self._total, self._size, dict(self._counts)

    def back_to(self, mark: Mark) -> None:
        """Forget what was done since then."""
        del self._kept[mark.kept :]
        self._total, self._size, self._counts = mark.total, mark.size, dict(mark.counts)
        self._parts = "", ()

    def savepoint(self, name: str) -> None:
        """Note that the app set a savepoint."""
        self._savepoints.append((name, self.mark()))

    def release(self, name: str) -> None:
        """Note that the app let go of a savepoint, and of those set after it."""
        for i in range(len(self._savepoints) - 1, -1, -1):
            if self._savepoints[i][0] == name:
                del self._savepoints[i:]
                return

    def rolled_back_to(self, name: str) -> None:
        """Note that the app went back to a savepoint, which stays."""
        for i in range(len(self._savepoints) - 1, -1, -1):
            if self._savepoints[i][0] == name:
                self.back_to(self._savepoints[i][1])
                del self._savepoints[i + 1 :]
                break
        if self._in_transaction:
            self._forget_triggers()

    def ended(self, *, committed: bool) -> Iterator[dict[str, Any]]:
        """Note the end of the transaction, and return what it changed: one note's data for each database."""
        kept, counts, total, plan = self._kept, self._counts, self._total, self._last_plan
        told = committed and total and plan is not None and not self._schema_changed
        if not committed and self._in_transaction:
            self._forget_triggers()
        self._kept, self._counts, self._total, self._size = [], {}, 0, 0
        self._savepoints.clear()
        self._in_the_way.clear()
        self._checked = self._schema_changed = self._in_transaction = False
        return notes(plan, kept, counts, total, self._encoding) if told and plan is not None else iter(())

    def _forget_triggers(self) -> None:
        """Note that a rollback may have taken the triggers along: those that are left are found by their names."""
        self.take_away()
        self._in_transaction = False

    # --- triggers -----------------------------------------------------------------------------------------------------
    def _stand(self, cursor: sqlite3.Cursor) -> None:
        version = versions(cursor)
        if self._plan is not None and version != self._version:
            self._left, self._plan = self._plan, None
        self._clear(cursor)
        if self._plan is None:
            plan = plan_for(cursor)
            if plan is None:
                self.usable = False
                return
            self._register()
            (self._encoding,) = cursor.execute("PRAGMA encoding").fetchone()
            self._plan, self._version = plan, version
            self._last_plan = plan
            self._in_transaction = self._connection.in_transaction
            recursive = bool(cursor.execute("PRAGMA recursive_triggers").fetchone()[0])
            self._replacing_stands = recursive  # then the trigger for DELETE sees what is replaced
            for create in plan.create:
                cursor.execute(create)
        needed = self._replaces or any(table.replaces for table in self._plan.tables)
        if needed and not self._replacing_stands:
            self._in_transaction = self._in_transaction or self._connection.in_transaction
            for create in self._plan.create_replacing:
                cursor.execute(create)
            self._replacing_stands = True

    def _clear(self, cursor: sqlite3.Cursor) -> None:
        if self._left is not None:
            for drop in self._left.drop:
                cursor.execute(drop)
            self._left = None

    def _register(self) -> None:
        if not self._has_functions:
            functions: tuple[tuple[str, int, Callable[..., int | None]], ...] = (
                (GATE, 1, self._gate),
                (PART, -1, self._part),
                (ROW, -1, self._row),
                (REPLACING, 1, self._replacing),
                (OLD, -1, self._old),
            )
            for name, count, function in functions:
                self._connection.create_function(name, count, function)
            self._has_functions = True

    # --- called by the triggers: nothing here may raise, or the app's statement fails with it --------------
    def _gate(self, trigger: int) -> int:
        counts = self._counts
        counts[trigger] = counts.get(trigger, 0) + 1
        self._total += 1
        if self._in_the_way:
            self._replaced(trigger)
        return 1 if self._total <= MOST_ROWS and self._size <= MOST_BYTES else 0

    def _part(self, letters: str, *values: Any) -> None:
        before, earlier = self._parts
        self._parts = before + letters, (*earlier, *values)

    def _row(self, trigger: int, letters: str, *values: Any) -> None:
        if self._parts[0]:
            before, earlier = self._parts
            letters, values = before + letters, (*earlier, *values)
            self._parts = "", ()
        self._keep(trigger, letters, values)

    def _keep(self, trigger: int, letters: str, values: tuple[Any, ...]) -> None:
        size = _VALUE_BYTES * len(values)
        if TEXT in letters or BLOB in letters:
            size += sum([len(value) for value in values if type(value) is bytes])
        self._size += size
        if self._size <= MOST_BYTES:
            self._kept.append((trigger, letters, values, self.span_id))

    def _replacing(self, table: int) -> int:
        plan = self._plan
        self._in_the_way.pop(table, None)
        return 1 if plan is not None and (self._replaces or plan.tables[table].replaces) else 0

    def _old(self, table: int, letters: str, *values: Any) -> None:
        if self._parts[0]:
            before, earlier = self._parts
            letters, values = before + letters, (*earlier, *values)
            self._parts = "", ()
        self._in_the_way.setdefault(table, []).append((letters, values))

    def _replaced(self, trigger: int) -> None:
        """Take note that a row was put into a table, so that what was in its way is gone."""
        table, kind = divmod(trigger, 3)
        rows = self._in_the_way.pop(table, ()) if kind < 2 else ()
        for letters, values in rows:
            delete = 3 * table + 2
            self._counts[delete] = self._counts.get(delete, 0) + 1
            self._total += 1
            if self._total <= MOST_ROWS:
                self._keep(delete, letters, values)
