"""The read-only console: runs what a person types, one statement at a time, and says what came of it.

The functions here work on a connection; the thread that owns one calls them. Nothing is held between two calls.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from explorer.database.changes import Value
from explorer.database.console_access import reading_only
from explorer.database.console_errors import position_of, sentence_of
from explorer.database.console_result import ConsoleResult
from explorer.database.grid import Cell, Cut
from explorer.database.plans import has_plan, plan
from explorer.database.sql_tokens import first_word, placeholders, split, tokens
from explorer.database.statements import PlanStep

MOST_ROWS = 1_000
"""Rows of a first answer; more when a person asks for more."""

_MOST_CELLS_BYTES = 32_000_000  # of one answer; beyond that there are more rows, whatever was asked for
_TEXT_SHOWN = 2_000  # characters
_BLOB_SHOWN = 4_096  # bytes
_COUNTED_FROM = 64  # bytes: what is smaller weighs as much
_NOT_THE_STATEMENT = (5, 6, 7, 10, 11, 13, 14, 26)  # SQLite's result codes, from SQLITE_BUSY to SQLITE_NOTADB
_UNFINISHED = (264, 776)  # a killed writer left something that only a writer can mend
_INTEGER = re.compile(r"[+-]?\d{1,18}\Z")
_NUMBER = re.compile(r"[+-]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][+-]?\d+)?\Z")
_BLOB = re.compile(r"[xX]'((?:[0-9A-Fa-f]{2})*)'\Z")

Values = Mapping[str, Value]  # for placeholders, by the names that `placeholders` gives


def run(
    connection: sqlite3.Connection,
    sql: str,
    values: Values | None = None,
    *,
    most: int = MOST_ROWS,
    with_plan: bool = False,
) -> ConsoleResult:
    """Run one statement and return its first rows, or why it failed.

    What is wrong with the statement is in the result; what is wrong with the database (it is locked, damaged, gone) is
    raised as `sqlite3.Error`.

    Args:
        connection: of the database, best a read-only one; statements that write are refused all the same.
        sql: one statement.
        values: for its placeholders.
        most: how many rows to return.
        with_plan: whether to ask also how SQLite finds the rows.
    """
    result = ConsoleResult(statement=sql)
    missing = [name for name in placeholders(sql) if name not in (values or {})]
    if missing:
        return replace(result, error=f"Give a value for {' and '.join(missing)}.", position=_place(sql, missing[0]))
    started = time.perf_counter_ns()
    explain = first_word(sql) == "explain"
    with reading_only(connection, explain=explain) as refusal:
        try:
            result = _read(connection, result, values or {}, most)
            result = replace(result, ns=time.perf_counter_ns() - started)
        except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError) as error:
            result = replace(result, ns=time.perf_counter_ns() - started)
            return _failed(connection, result, error, refusal.sentence)
    return replace(result, plan=_plan(connection, sql, values or {})) if with_plan and not explain else result


def run_all(
    connection: sqlite3.Connection,
    sql: str,
    values: Values | None = None,
    *,
    most: int = MOST_ROWS,
    with_plan: bool = False,
    on_result: Callable[[ConsoleResult], object] | None = None,
) -> tuple[ConsoleResult, ...]:
    """Run every statement of a text in its order, until one fails or is cancelled.

    `on_result` takes each result as soon as it is there; a result's `position` counts from the start of its statement.
    """
    results: list[ConsoleResult] = []
    for statement in split(sql):
        result = run(connection, statement.sql, values, most=most, with_plan=with_plan)
        results.append(result)
        if on_result is not None:
            on_result(result)
        if result.error is not None or result.cancelled:
            break
    return tuple(results)


def explain(connection: sqlite3.Connection, sql: str, values: Values | None = None) -> ConsoleResult:
    """Return how SQLite would find the rows of a statement, which is not run and may be one that writes."""
    result = ConsoleResult(statement=sql)
    if not has_plan(sql):
        return replace(result, error="Only a statement that looks for rows has a plan, such as SELECT or UPDATE.")
    started = time.perf_counter_ns()
    with reading_only(connection, explain=True) as refusal:
        try:
            steps = plan(connection, sql, bound_values(sql, dict.fromkeys(placeholders(sql)) | dict(values or {})))
        except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
            return _failed(connection, result, error, refusal.sentence)
    return replace(result, plan=steps, ns=time.perf_counter_ns() - started)


def value_of(text: str) -> Value:
    """Return what a person means by the text of a placeholder: a number, NULL, x'…' or a text, which may be in '…'."""
    typed = text.strip()
    if typed.upper() == "NULL":
        return None
    if _INTEGER.match(typed):
        return int(typed)
    if _NUMBER.match(typed):
        return float(typed)
    blob = _BLOB.match(typed)
    if blob is not None:
        return bytes.fromhex(blob[1])
    if len(typed) >= 2 and typed[0] == typed[-1] == "'":
        return typed[1:-1].replace("''", "'")
    return text


def bound_values(sql: str, values: Values) -> Mapping[str, Value] | tuple[Value, ...]:
    """Return the values of a statement's placeholders in the form in which sqlite3 takes them."""
    names = placeholders(sql)
    if any(not name.startswith("?") for name in names):
        return {name.lstrip(":@$"): values.get(name) for name in names}
    highest = max((int(name[1:]) for name in names), default=0)
    return tuple(values.get(f"?{number}") for number in range(1, highest + 1))


def _read(connection: sqlite3.Connection, result: ConsoleResult, values: Values, most: int) -> ConsoleResult:
    cursor = connection.execute(result.statement, bound_values(result.statement, values))
    try:
        columns = tuple(str(column[0]) for column in cursor.description or ())
        rows: list[tuple[Cell, ...]] = []
        weight = 0
        for row in cursor:
            if len(rows) >= most or weight > _MOST_CELLS_BYTES:
                return replace(result, columns=columns, rows=tuple(rows), more=True)
            cells = tuple(cell_of(value) for value in row)
            weight += sum(_weight(cell) for cell in cells)
            rows.append(cells)
        return replace(result, columns=columns, rows=tuple(rows))
    finally:
        cursor.close()  # else it would hold the database


def cell_of(value: Value) -> Cell:
    """Return a value as it is handed around: cut when it is long."""
    if isinstance(value, str) and len(value) > _TEXT_SHOWN:
        return Cut(is_text=True, size=len(value), start=value[:_TEXT_SHOWN])
    if isinstance(value, bytes) and len(value) > _BLOB_SHOWN:
        return Cut(is_text=False, size=len(value), start=value[:_BLOB_SHOWN])
    return value


def _weight(cell: Cell) -> int:
    if isinstance(cell, Cut):
        cell = cell.start
    return max(_COUNTED_FROM, len(cell)) if isinstance(cell, str | bytes) else _COUNTED_FROM


def _plan(connection: sqlite3.Connection, sql: str, values: Values) -> tuple[PlanStep, ...]:
    try:
        return plan(connection, sql, bound_values(sql, values))
    except sqlite3.Error:  # somebody changed the schema just now: the rows are there all the same
        return ()


def _failed(connection: sqlite3.Connection, result: ConsoleResult, error: Exception, refused: str) -> ConsoleResult:
    message = str(error)
    if message == "interrupted":
        return replace(result, cancelled=True)
    code = getattr(error, "sqlite_errorcode", None) or 0
    if code & 0xFF in _NOT_THE_STATEMENT or code in _UNFINISHED:
        raise error  # the database is locked, damaged, gone: whoever owns the connection knows the words for that
    if refused and "authoriz" in message:
        return replace(result, error=refused, position=0)
    if "readonly" in message:
        return replace(result, error="The console reads only: nothing was changed.", position=0)
    return replace(
        result,
        error=sentence_of(result.statement, message),
        position=position_of(connection, result.statement, message),
    )


def _place(sql: str, name: str) -> int | None:
    number = 0
    for token in tokens(sql):
        if token.text.startswith("?"):
            asked = int(token.text[1:]) if len(token.text) > 1 else number + 1
            number = max(number, asked)
            if f"?{asked}" == name:
                return token.start
        elif token.text == name:
            return token.start
    return None
