"""Reads the cells of rows, without reading values that are too long to be shown."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Sequence

from explorer.database.changes import Key, Value
from explorer.database.grid import Cell, Cut
from explorer.database.names import quoted, shown
from explorer.database.schema import Table

LONGEST_TEXT = 2_000  # characters
LONGEST_BLOB = 4_096  # bytes
_START = 256
_COLUMNS_AT_ONCE = 400  # SQLite gives at most 2,000 columns, and the key is one more
_PARAMETERS_AT_ONCE = 30_000


def expression(column: str) -> str:
    """Return SQL for a column's value; a longer one than allowed comes one character, or byte, too long."""
    name = quoted(column)
    return (
        f"CASE typeof({name})"
        f" WHEN 'blob' THEN CASE WHEN length({name}) > {LONGEST_BLOB} THEN zeroblob({LONGEST_BLOB + 1}) ELSE {name} END"
        f" WHEN 'text' THEN CASE WHEN length({name}) > {LONGEST_TEXT}"
        f" THEN substr({name}, 1, {LONGEST_TEXT + 1}) ELSE {name} END"
        f" ELSE {name} END"
    )


def too_long(value: Value) -> bool:
    """Tell whether a value must not be handed around whole."""
    return (isinstance(value, str) and len(value) > LONGEST_TEXT) or (
        isinstance(value, bytes) and len(value) > LONGEST_BLOB
    )


def cut(value: Value) -> Cell:
    """Return a value that was read whole, cut if it is too long."""
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return Cut(is_text=True, size=len(value), start=value[:_START])
    if isinstance(value, bytes) and len(value) > LONGEST_BLOB:
        return Cut(is_text=False, size=len(value), start=value[:_START])
    return value


def cells_of(
    connection: sqlite3.Connection, table: Table, key: tuple[str, ...], keys: Sequence[Key]
) -> dict[Key, tuple[Cell, ...]]:
    """Return the cells of the rows that are known by `keys`; a row that is gone is left out.

    Args:
        connection: inside a transaction, if the cells are to be of one moment.
        table: of which.
        key: the key's parts as SQL.
        keys: of the rows.
    """
    columns = shown(table)
    found: dict[Key, tuple[Value, ...]] = {}
    at_once = max(1, _PARAMETERS_AT_ONCE // len(key))
    for start in range(0, len(keys), at_once):
        some = keys[start : start + at_once]
        for first in range(0, max(1, len(columns)), _COLUMNS_AT_ONCE):
            part = columns[first : first + _COLUMNS_AT_ONCE]
            for its_key, values in _rows(connection, table, key, some, part):
                found[its_key] = found.get(its_key, ()) + values
    return {
        its_key: tuple(
            _cut_in_place(connection, table, key, its_key, name, value) if too_long(value) else value
            for name, value in zip(columns, values, strict=True)
        )
        for its_key, values in found.items()
    }


def value_of(connection: sqlite3.Connection, table: Table, key: tuple[str, ...], its_key: Key, column: str) -> Value:
    """Return one value whole; None also when the row is gone."""
    where = " AND ".join(f"{part} IS ?" for part in key)
    sql = f"SELECT {quoted(column)} FROM main.{quoted(table.name)} WHERE {where}"
    row: tuple[Value, ...] | None = connection.execute(sql, its_key).fetchone()
    return row[0] if row else None


def _rows(
    connection: sqlite3.Connection, table: Table, key: tuple[str, ...], keys: Sequence[Key], columns: Sequence[str]
) -> list[tuple[Key, tuple[Value, ...]]]:
    width = len(key)
    if width == 1:
        where = f"{key[0]} IN ({', '.join('?' * len(keys))})"
    else:
        one = f"({', '.join('?' * width)})"
        where = f"({', '.join(key)}) IN (VALUES {', '.join([one] * len(keys))})"
    cells = ", ".join((*key, *map(expression, columns)))
    sql = f"SELECT {cells} FROM main.{quoted(table.name)} WHERE {where}"
    rows = connection.execute(sql, [part for its_key in keys for part in its_key]).fetchall()
    return [(row[:width], row[width:]) for row in rows]


def _cut_in_place(
    connection: sqlite3.Connection, table: Table, key: tuple[str, ...], its_key: Key, column: str, value: Value
) -> Cell:
    if isinstance(value, str) and len(value) > LONGEST_TEXT + 1:  # a NUL inside: SQLite took its length to be short
        return cut(value)
    name = quoted(column)
    where = " AND ".join(f"{part} IS ?" for part in key)
    sql = f"SELECT length({name}) FROM main.{quoted(table.name)} WHERE {where}"
    row = connection.execute(sql, its_key).fetchone()
    size = int(row[0]) if row and row[0] is not None else len(value or "")  # type: ignore[arg-type]
    if isinstance(value, str):
        return Cut(is_text=True, size=size, start=value[:_START])
    return Cut(is_text=False, size=size, start=_start_of_blob(connection, table, key, its_key, column))


def _start_of_blob(
    connection: sqlite3.Connection, table: Table, key: tuple[str, ...], its_key: Key, column: str
) -> bytes:
    if not table.without_rowid and isinstance(its_key[0], int):
        with (
            contextlib.suppress(sqlite3.Error),  # a computed column cannot be read in parts
            connection.blobopen(table.name, column, its_key[0], readonly=True) as blob,
        ):
            return blob.read(_START)
    name = quoted(column)
    where = " AND ".join(f"{part} IS ?" for part in key)
    sql = f"SELECT substr({name}, 1, {_START}) FROM main.{quoted(table.name)} WHERE {where}"
    row = connection.execute(sql, its_key).fetchone()
    return bytes(row[0]) if row and row[0] is not None else b""


def cells_at(
    connection: sqlite3.Connection, table: Table, tail: str, values: Sequence[Value]
) -> list[tuple[Cell, ...]]:
    """Return the cells of rows that have no key, such as a view's.

    `tail` is what comes after FROM and the name, with `values` as its parameters.
    """
    columns = shown(table)
    inner = f"(SELECT * FROM main.{quoted(table.name)} {tail})"
    rows: list[tuple[Value, ...]] = []
    for first in range(0, max(1, len(columns)), _COLUMNS_AT_ONCE):
        part = columns[first : first + _COLUMNS_AT_ONCE]
        sql = f"SELECT {', '.join(map(expression, part)) or 'NULL'} FROM {inner}"
        some = connection.execute(sql, values).fetchall()
        rows = [a + b for a, b in zip(rows, some, strict=False)] if first else some
    long = [name for number, name in enumerate(columns) if any(too_long(row[number]) for row in rows)]
    if not long:
        return list(rows)
    lengths = ", ".join(f"length({quoted(name)})" for name in long)
    sizes = connection.execute(f"SELECT {lengths} FROM {inner}", values).fetchall()
    starts = ", ".join(f"substr({quoted(name)}, 1, {_START})" for name in long)
    begun = connection.execute(f"SELECT {starts} FROM {inner}", values).fetchall()
    answer: list[tuple[Cell, ...]] = []
    for row, its_sizes, its_starts in zip(rows, sizes, begun, strict=False):
        cells: list[Cell] = list(row)
        for name, size, start in zip(long, its_sizes, its_starts, strict=True):
            place = columns.index(name)
            if too_long(row[place]):
                cells[place] = Cut(is_text=isinstance(row[place], str), size=size, start=start)
        answer.append(tuple(cells))
    return answer
