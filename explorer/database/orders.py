"""An order of rows in which one can go on from any row: by the key, or by an index."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Protocol

from explorer.database.changes import Key, Value
from explorer.database.conditions import Condition
from explorer.database.grid import Order
from explorer.database.names import quoted, rowid_name
from explorer.database.schema import Table

Place = tuple[Value, ...]
"""Where a row stands: its key, after the value that it is ordered by, if there is one."""


def key_of(table: Table) -> tuple[str, ...]:
    """Return the parts of a table's key as SQL: the rowid, or the primary key; empty when rows have no key."""
    rowid = rowid_name(table)
    if rowid is not None:
        return (rowid,)
    return tuple(quoted(name) for name in table.key_columns) if table.without_rowid else ()


def is_key(table: Table, column: str) -> bool:
    """Tell whether ordering by a column is ordering by the key."""
    key = table.key_columns
    if len(key) != 1 or key[0].lower() != column.lower():
        return False
    declared = next(one.type for one in table.columns if one.name == key[0])
    return table.without_rowid or declared.upper() == "INTEGER"


def has_order(connection: sqlite3.Connection, table: Table, column: str) -> bool:
    """Tell whether SQLite has a table's rows in the order of a column, then of the rowid, without sorting them."""
    rowid = rowid_name(table)
    if rowid is None:
        return False
    name = quoted(column)
    sql = f"EXPLAIN QUERY PLAN SELECT {name}, {rowid} FROM main.{quoted(table.name)} ORDER BY {name}, {rowid}"
    return not any("TEMP B-TREE" in row[3] for row in connection.execute(sql).fetchall())


def has_key_order(connection: sqlite3.Connection, table: Table) -> bool:
    """Tell whether SQLite has a table's rows in the order of the key, every part of it forwards."""
    listed = ", ".join(key_of(table))
    sql = f"EXPLAIN QUERY PLAN SELECT {listed} FROM main.{quoted(table.name)} ORDER BY {listed}"
    return not any("TEMP B-TREE" in row[3] for row in connection.execute(sql).fetchall())


class Ordering(Protocol):
    """Rows in an order."""

    @property
    def width(self) -> int:
        """How many values the key has; a place may have one more, before them."""

    def seek(self, connection: sqlite3.Connection, after: Place | None, skip: int, take: int) -> list[Place]:
        """Return up to `take` places behind `after` (None: from the start), leaving out `skip` rows before them."""

    def rest(self, connection: sqlite3.Connection, after: Place | None) -> int:
        """Count the rows behind `after`."""


class KeyOrdering:
    """By the key, forwards or backwards, perhaps of the rows only that pass a condition.

    Attributes:
        listed: the parts of the key, as SQL.
        order_by: the order, as SQL.
    """

    def __init__(self, table: Table, *, descending: bool = False, condition: Condition = ("", ())) -> None:
        """Take a table that has a key."""
        self._key = key_of(table)
        self._from = f"FROM main.{quoted(table.name)}"
        self._and, self._values = (f" AND {condition[0]}" if condition[0] else ""), condition[1]
        listed, marks = ", ".join(self._key), ", ".join("?" * len(self._key))
        single = len(self._key) == 1
        left, right = (listed, marks) if single else (f"({listed})", f"({marks})")
        self._behind = f"{left} {'<' if descending else '>'} {right}"
        self._until = f"{left} {'>=' if descending else '<='} {right}"
        self.order_by = "ORDER BY " + ", ".join(f"{part} DESC" if descending else part for part in self._key)
        self.listed = listed

    @property
    def width(self) -> int:
        """How many values the key has."""
        return len(self._key)

    def seek(self, connection: sqlite3.Connection, after: Place | None, skip: int, take: int) -> list[Place]:
        """Return places behind `after`."""
        where, values = self._where(after)
        sql = f"SELECT {self.listed} {self._from} WHERE {where}{self._and} {self.order_by} LIMIT ? OFFSET ?"
        return connection.execute(sql, (*values, *self._values, take, skip)).fetchall()

    def first_by(self, connection: sqlite3.Connection, order: Order, count: int) -> list[Place]:
        """Return the first places in another order; SQLite goes through all rows for that."""
        way = " DESC" if order.descending else ""
        by = ", ".join(part + way for part in (quoted(order.column), *self._key))
        sql = f"SELECT {self.listed} {self._from} WHERE 1{self._and} ORDER BY {by} LIMIT ?"
        return connection.execute(sql, (*self._values, count)).fetchall()

    def rest(self, connection: sqlite3.Connection, after: Place | None) -> int:
        """Count the rows behind `after`."""
        where, values = self._where(after)
        sql = f"SELECT count(*) {self._from} WHERE {where}{self._and}"
        return int(connection.execute(sql, (*values, *self._values)).fetchone()[0])

    def between(self, after: Place | None, until: Place | None) -> Condition:
        """Return a condition for the rows behind `after` up to and with `until`."""
        where, values = self._where(after)
        if until is not None:
            where, values = f"{where} AND {self._until}", (*values, *until)
        return where + self._and, (*values, *self._values)

    def _where(self, after: Place | None) -> tuple[str, Sequence[Value]]:
        return (self._behind, after) if after is not None else ("1", ())


class IndexOrdering:
    """By a column that an index has in order, and by the rowid where the column's values are equal.

    NULL comes first, or last when it goes backwards. Rows of one value are asked for separately: only so SQLite goes
    straight to a place in the index.
    """

    def __init__(self, table: Table, column: str, *, descending: bool = False) -> None:
        """Take a table that has a rowid."""
        (rowid,) = key_of(table)
        name = quoted(column)
        self._from = f"FROM main.{quoted(table.name)}"
        self._what = f"{name}, {rowid}"
        way = " DESC" if descending else ""
        self._order = f"ORDER BY {name}{way}, {rowid}{way}"
        self._same = f"{name} IS ? AND {rowid} {'<' if descending else '>'} ?"
        self._beyond = f"{name} {'<' if descending else '>'} ?"
        self._null, self._filled = f"{name} IS NULL", f"{name} IS NOT NULL"
        self._descending = descending

    @property
    def width(self) -> int:
        """The rowid is the key."""
        return 1

    def seek(self, connection: sqlite3.Connection, after: Place | None, skip: int, take: int) -> list[Place]:
        """Return places behind `after`."""
        found: list[Place] = []
        for where, values in self._parts(after):
            sql = f"SELECT {self._what} {self._from} WHERE {where} {self._order} LIMIT ? OFFSET ?"
            some = connection.execute(sql, (*values, take - len(found), skip)).fetchall()
            found += some
            if len(found) >= take:
                break
            if some:
                skip = 0
            elif skip:
                sql = f"SELECT count(*) FROM (SELECT 1 {self._from} WHERE {where} LIMIT ?)"
                skip -= int(connection.execute(sql, (*values, skip)).fetchone()[0])
        return found

    def rest(self, connection: sqlite3.Connection, after: Place | None) -> int:
        """Count the rows behind `after`."""
        return sum(
            int(connection.execute(f"SELECT count(*) {self._from} WHERE {where}", values).fetchone()[0])
            for where, values in self._parts(after)
        )

    def _parts(self, after: Place | None) -> list[tuple[str, tuple[Value, ...]]]:
        nulls: tuple[str, tuple[Value, ...]] = (self._null, ())
        if after is None:
            filled: tuple[str, tuple[Value, ...]] = (self._filled, ())
            return [filled, nulls] if self._descending else [nulls, filled]
        same = (self._same, after)
        value = after[0]
        if value is None:
            return [same] if self._descending else [same, (self._filled, ())]
        beyond = (self._beyond, (value,))
        return [same, beyond, nulls] if self._descending else [same, beyond]


def key_at(ordering: Ordering, place: Place) -> Key:
    """Return the key of a row from its place."""
    return place[-ordering.width :]
