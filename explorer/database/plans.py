"""How SQLite finds the rows of a statement, asked of SQLite and put into words."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from explorer.database.names import quoted
from explorer.database.plan_reasons import aliases, why_scanned
from explorer.database.plan_words import words_of
from explorer.database.sql_tokens import first_word, placeholders
from explorer.database.statements import Finding, PlanStep

_COUNTED_AT_MOST = 100_000  # rows; beyond that nobody waits for a number in a sentence
_PLANNED = ("select", "with", "insert", "update", "delete", "replace", "values")


def has_plan(sql: str) -> bool:
    """Tell whether a statement looks for rows at all; ``COMMIT`` and ``CREATE TABLE`` do not."""
    return first_word(sql) in _PLANNED


def plan(
    connection: sqlite3.Connection, sql: str, values: Mapping[str, object] | Sequence[object] | None = None
) -> tuple[PlanStep, ...]:
    """Return how SQLite would find the rows of one statement, without running it.

    Args:
        connection: of the database; reading is enough, also for a statement that writes.
        sql: the statement.
        values: for its placeholders; without them NULL stands in their places, which changes a plan hardly ever.

    Raises:
        sqlite3.Error: the statement is wrong, or the database cannot be read.
    """
    if not has_plan(sql):
        return ()
    if values is None:
        names = placeholders(sql)
        by_name = [name for name in names if not name.startswith("?")]
        values = {name[1:]: None for name in by_name} if by_name else [None] * _highest(names)
    rows = connection.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    depths: dict[int, int] = {}
    steps = []
    for number, parent, _, detail in rows:
        depths[number] = depth = depths.get(parent, -1) + 1
        steps.append(_step(connection, sql, depth, str(detail)))
    return tuple(steps)


def finding_of(steps: Sequence[PlanStep]) -> Finding | None:
    """Return what a person should see first of a plan: the worst of its steps."""
    found = {step.finding for step in steps}
    return next((one for one in (Finding.FULL_SCAN, Finding.SORTS, Finding.INDEX) if one in found), None)


def sentence_of(steps: Sequence[PlanStep]) -> tuple[str, str]:
    """Return the line of the step that `finding_of` speaks of, as SQLite says it, and its words; empty for none."""
    finding = finding_of(steps)
    for step in steps:
        if step.finding is finding:
            return step.detail, step.words
    return "", ""


def _step(connection: sqlite3.Connection, sql: str, depth: int, detail: str) -> PlanStep:
    words, finding, source = words_of(detail, lambda name: _table(connection, sql, name) or name)
    table = _table(connection, sql, source)
    if finding is not Finding.FULL_SCAN:
        return PlanStep(depth, detail, words, finding, table)
    reason, harmless = why_scanned(connection, sql, source, table)
    rows = _rows(connection, table)
    if harmless:
        finding = None
        words = words.replace("every row", "rows")
    elif rows is not None:
        words = words.replace("every row", f"all {rows:,} rows" if rows != 1 else "the only row")
    return PlanStep(depth, detail, f"{words}: {reason}" if reason else words, finding, table)


def _table(connection: sqlite3.Connection, sql: str, source: str) -> str:
    """Return which table a plan's line means: it has the name that the statement gave to the table."""
    name = aliases(sql).get(source.lower(), source)
    row = connection.execute(
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND lower(name) = lower(?)",
        (name.rpartition(".")[2],),
    ).fetchone()
    return str(row[0]) if row is not None else ""


def _rows(connection: sqlite3.Connection, table: str) -> int | None:
    if not table:
        return None
    counted = f"SELECT count(*) FROM (SELECT 1 FROM {quoted(table)} LIMIT {_COUNTED_AT_MOST + 1})"
    try:
        rows = int(connection.execute(counted).fetchone()[0])
    except sqlite3.Error:
        return None
    return rows if rows <= _COUNTED_AT_MOST else None


def _highest(names: Sequence[str]) -> int:
    return max((int(name[1:]) for name in names), default=0)
