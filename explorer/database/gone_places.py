"""Where rows that are gone would stand among those that are there, in whatever order these are shown."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from explorer.database.changes import Key, Value
from explorer.database.conditions import Condition
from explorer.database.grid import Order
from explorer.database.names import quoted
from explorer.database.orders import key_of
from explorer.database.schema import Table

_MOST_VALUES = 30_000  # that SQLite takes for one statement, and some to spare


def places_of_gone(
    connection: sqlite3.Connection, table: Table, order: Order | None, passing: Condition, gone: Mapping[Key, Value]
) -> dict[Key, int]:
    """Return how many rows stand before each row that is gone, first the one that stands first.

    SQLite sorts those that are gone among all others, in one pass over the table: right for small tables only. A row
    whose key is there again is left out.

    Args:
        connection: of the database.
        table: of the rows; it has a key.
        order: by which column; None for the key alone.
        passing: which rows are there to be counted.
        gone: the keys, with the values in that column; None for each when there is no such order.
    """
    rows = [(value, *key) for key, value in gone.items()]
    at_once = max(1, _MOST_VALUES // (1 + len(key_of(table))))
    found: list[tuple[int, Key]] = []
    for first in range(0, len(rows), at_once):
        some = rows[first : first + at_once]
        values = [*passing[1], *(value for row in some for value in row)]
        found += [(row[0], row[1:]) for row in connection.execute(_sql(table, order, passing[0], some), values)]
    found.sort(key=lambda one: one[0])
    return {key: before for before, key in found}


def _sql(table: Table, order: Order | None, passing: str, gone: Sequence[tuple[Value, ...]]) -> str:
    key, name = key_of(table), f"main.{quoted(table.name)}"
    keys = [f"k{number}" for number in range(len(key))]
    way = " DESC" if order is not None and order.descending else ""
    by = ", ".join(part + way for part in ("v", *keys))
    value = quoted(order.column) if order is not None else "NULL"  # from here `v` has the column's collation
    living = f"SELECT 0, {value}, {', '.join(key)} FROM {name}" + (f" WHERE {passing}" if passing else "")
    marks = f"(1, {', '.join('?' * (1 + len(key)))})"
    back = " AND ".join(f"{part} IS counted.{column}" for part, column in zip(key, keys, strict=True))
    return (
        f"WITH every(gone, v, {', '.join(keys)}) AS ({living} UNION ALL VALUES {', '.join([marks] * len(gone))}),"
        f" counted AS (SELECT *, sum(1 - gone) OVER (ORDER BY {by} ROWS UNBOUNDED PRECEDING) AS n FROM every)"
        f" SELECT n, {', '.join(keys)} FROM counted WHERE gone AND NOT EXISTS (SELECT 1 FROM {name} WHERE {back})"
        f" ORDER BY {by}"
    )
