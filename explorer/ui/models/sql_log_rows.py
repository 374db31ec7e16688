"""The SQL log as the rows of a table: statements, and below the one that is opened how SQLite finds its rows."""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

from explorer.database.sql_text import shortened
from explorer.database.statements import Finding, LoggedStatement, PlanStep
from explorer.ui.models.xray_words import format_ms
from explorer.ui.widgets.badge import short_method
from explorer.ui.widgets.table_source import PLAIN, RowLook, TableCell, TableColumn

TIME, TRACE, STATEMENT, ROWS, MS, PLAN = range(6)
COLUMNS = (
    TableColumn(title="Time", width=84, sortable=False),
    TableColumn(title="Trace", width=156, sortable=False),
    TableColumn(title="Statement", width=420, sortable=False),
    TableColumn(title="Rows", width=56, right=True, sortable=False),
    TableColumn(title="ms", width=60, right=True, sortable=False),
    TableColumn(title="Plan", width=92, code=False, sortable=False),
)
_PLANS = {
    Finding.FULL_SCAN: ("full scan", "warn", "It reads every row of a table."),
    Finding.SORTS: ("sorts", "warn", "It sorts by hand, because no index has the order."),
    Finding.INDEX: ("index", "ok", "It finds its rows by an index."),
    Finding.REPEATED: ("repeated", "warn", ""),
    Finding.N_PLUS_ONE: ("N+1", "warn", ""),
}
_LONG_PATH = 17
_GONE = TableCell("", "t3")

Plan = tuple[Finding | None, tuple[PlanStep, ...]]
Line = tuple[int, int]
"""Number of a statement, and -1 or the number of a line of its plan."""


class SqlLogRows:
    """What the table shows; the statements are read when they come into sight."""

    def __init__(self) -> None:
        self._read: Callable[[int], LoggedStatement | None] = lambda _number: None
        self._plans: Mapping[str, Plan] = {}
        self._numbers: Sequence[int] = ()
        self._opened_at = -1
        self._plan_lines = 0

    def update(
        self,
        numbers: Sequence[int],
        read: Callable[[int], LoggedStatement | None],
        plans: Mapping[str, Plan],
        opened: int,
    ) -> None:
        """Take other statements, in ascending order; `plans` are those known by their statement.

        The statement numbered `opened` has its plan below it.
        """
        self._read, self._plans, self._numbers = read, plans, numbers
        self._opened_at = self._place(opened)
        self._plan_lines = 0
        if self._opened_at >= 0:
            self._plan_lines = max(1, len(self._steps(read(opened))))

    @property
    def columns(self) -> Sequence[TableColumn]:
        """The columns."""
        return COLUMNS

    @property
    def row_count(self) -> int:
        """How many rows there are, the lines of the opened plan among them."""
        return len(self._numbers) + self._plan_lines

    def line(self, row: int) -> Line:
        """Return what stands in a row."""
        if self._plan_lines and row > self._opened_at:
            if row <= self._opened_at + self._plan_lines:
                return self._numbers[self._opened_at], row - self._opened_at - 1
            row -= self._plan_lines
        return self._numbers[row], -1

    def row_of(self, number: int) -> int:
        """Return where a statement stands; -1 when it is not shown."""
        at = self._place(number)
        return at + self._plan_lines if self._plan_lines and at > self._opened_at else at

    def _place(self, number: int) -> int:
        at = bisect_left(self._numbers, number)
        return at if at < len(self._numbers) and self._numbers[at] == number else -1

    def statement(self, row: int) -> LoggedStatement | None:
        """Return the statement of a row, or the one whose plan it tells."""
        return self._read(self.line(row)[0]) if 0 <= row < self.row_count else None

    def cell(self, row: int, column: int) -> TableCell:
        """Return how a cell reads."""
        number, step = self.line(row)
        statement = self._read(number)
        if statement is None:
            return _GONE
        return self._plan_cell(statement, step, column) if step >= 0 else self._cell(statement, column)

    def plan_words(self, row: int) -> tuple[str, str]:
        """Return a line of the opened plan, as SQLite says it and in words."""
        number, step = self.line(row)
        statement = self._read(number)
        return self._words(statement, step) if statement is not None else ("", "")

    def look(self, row: int) -> RowLook:
        """Return what makes a row stand out: one that failed."""
        number, step = self.line(row)
        statement = self._read(number)
        if statement is None or step >= 0:
            return PLAIN
        return RowLook(token="err", filled=True, spoken="failed") if statement.error else PLAIN

    def copied(self, row: int, column: int) -> str:
        """Return a cell for the clipboard: the statement whole."""
        number, step = self.line(row)
        statement = self._read(number)
        if column == STATEMENT and step < 0 and statement is not None:
            return statement.statement
        return self.cell(row, column).text

    def _cell(self, statement: LoggedStatement, column: int) -> TableCell:
        match column:
            case 0:
                at = datetime.datetime.fromtimestamp(statement.at, datetime.UTC).astimezone()
                return TableCell(at.strftime("%H:%M:%S"), "t2", tip=at.strftime("%H:%M:%S.%f")[:-3])
            case 1:
                spoken = statement.request or "no request"
                return TableCell(
                    _short(statement.request), "acc", link=bool(statement.trace_id), tip=spoken, spoken=spoken
                )
            case 2:
                return TableCell(_text(statement), "err" if statement.error else "t1", tip=_tip(statement))
            case 3:
                return TableCell("" if statement.rows is None else f"{statement.rows:,}", "t2")
            case 4:
                return TableCell(format_ms(statement.ns), "t1")
            case _:
                return self._finding(statement)

    def _finding(self, statement: LoggedStatement) -> TableCell:
        found = statement.findings[0] if statement.findings else self._plans.get(statement.statement, (None, ()))[0]
        if found is None:
            return TableCell("–", "t3", spoken="no plan")
        words, token, tip = _PLANS[found]
        return TableCell(words, token, tip=statement.note or tip)

    def _plan_cell(self, statement: LoggedStatement, step: int, column: int) -> TableCell:
        if column == TRACE:
            return TableCell("EXPLAIN" if step == 0 else "", "t2", bold=True)
        if column != STATEMENT:
            return _GONE
        detail, words = self._words(statement, step)
        return TableCell(f"{detail} {words}".strip(), "t2", tip=f"{detail.strip()}\n{words}".strip())

    def _words(self, statement: LoggedStatement, step: int) -> tuple[str, str]:
        steps = self._steps(statement)
        if not steps:
            return "", "It looks for no rows." if statement.statement in self._plans else "Asking SQLite…"
        one = steps[step]
        return "  " * one.depth + one.detail, one.words

    def _steps(self, statement: LoggedStatement | None) -> tuple[PlanStep, ...]:
        return self._plans.get(statement.statement, (None, ()))[1] if statement is not None else ()


def _text(statement: LoggedStatement) -> str:
    text = shortened(statement.statement)
    return f"{text}  × {statement.many:,}" if statement.many > 1 else text


def _tip(statement: LoggedStatement) -> str:
    lines = [statement.statement]
    if statement.parameters:
        lines.append(f"Values: {statement.parameters}")
    if statement.error:
        lines.append(statement.error)
    if statement.caller:
        lines.append(f"Caused by {statement.caller}")
    if statement.note:
        lines.append(statement.note.capitalize() if statement.note[0].isalpha() else statement.note)
    return "\n".join(lines)


def _short(request: str) -> str:
    """Return a request as short as the column is: ``PUT …/42/items``."""
    method, _, path = request.partition(" ")
    if len(path) > _LONG_PATH:
        path = "…/" + "/".join(path.strip("/").split("/")[-2:])
    return f"{short_method(method)} {path}" if request else "–"
