"""What the console gives back."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.database.grid import Cell
from explorer.database.statements import PlanStep


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleResult:
    """The outcome of one statement.

    Attributes:
        statement: what ran.
        columns: names of the result's columns; empty for a statement without rows.
        rows: the rows, the first `MOST_ROWS` of them.
        more: whether there were more.
        ns: how long it took until the last row that was read.
        plan: how SQLite finds the rows; empty when it was not asked.
        error: why it failed, one sentence; None when it did not.
        position: the character of the statement at which it failed, from 0; None when SQLite does not say.
        cancelled: whether a person stopped it.
    """

    statement: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    more: bool = False
    ns: int = 0
    plan: tuple[PlanStep, ...] = ()
    error: str | None = None
    position: int | None = None
    cancelled: bool = False
