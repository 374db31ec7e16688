"""Numbered rows of a query. Each kind knows one way to get at row number n."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Protocol

from explorer.database.cells import cells_at, cells_of
from explorer.database.changes import Key
from explorer.database.conditions import condition
from explorer.database.grid import GridQuery, GridRow, Mark
from explorer.database.names import quoted
from explorer.database.orders import key_of
from explorer.database.progress import Phase, Progress
from explorer.database.schema import Table

SMALL = 50_000  # rows that SQLite counts and skips in a few milliseconds


class View(Protocol):
    """The rows of one query, with numbers."""

    def progress(self) -> Progress:
        """Tell how far the numbering is; may be called on any thread."""

    def renew(self) -> None:
        """Take note that the data changed."""

    def rows(self, connection: sqlite3.Connection, first: int, count: int) -> list[GridRow]:
        """Return up to `count` rows from number `first`."""

    def rank(self, connection: sqlite3.Connection, key: Key) -> int | None:
        """Return how many rows stand before where `key` would stand; None when it is there, or nobody can say."""


def is_small(connection: sqlite3.Connection, table: Table) -> bool:
    """Tell whether a table has few rows; quick whatever the answer is."""
    sql = f"SELECT count(*) FROM (SELECT 1 FROM main.{quoted(table.name)} LIMIT ?)"
    return int(connection.execute(sql, (SMALL + 1,)).fetchone()[0]) <= SMALL


def rows_of(connection: sqlite3.Connection, table: Table, keys: Sequence[Key]) -> list[GridRow]:
    """Return the rows that are known by `keys`, in that order; one that is gone meanwhile is marked as deleted."""
    cells = cells_of(connection, table, key_of(table), keys)
    empty = (None,) * sum(not column.hidden for column in table.columns)
    return [GridRow(key, cells[key]) if key in cells else GridRow(key, empty, Mark.DELETED) for key in keys]


class SkippingView:
    """Counts and skips rows anew each time: right for small tables, and the only way for views."""

    def __init__(self, query: GridQuery, table: Table) -> None:
        self._table = table
        self._key = key_of(table)
        self._where, self._values = condition(query.filters, table)
        self._from = f"FROM main.{quoted(table.name)}"
        order = []
        if query.order is not None:
            order.append(quoted(query.order.column))
        self.by_key = not order and bool(self._key)
        order += self._key
        way = " DESC" if query.order is not None and query.order.descending else ""
        by = f" ORDER BY {', '.join(part + way for part in order)}" if order else ""
        self._tail = (f"WHERE {self._where}" if self._where else "") + by
        self._version = 0
        self._total: int | None = None

    def progress(self) -> Progress:
        """Tell how many rows there are."""
        total = self._total
        phase = Phase.READY if total is not None else Phase.COUNTING
        return Progress(phase=phase, total=total or 0, exact=total is not None, version=self._version)

    def renew(self) -> None:
        """Count anew next time."""
        self._version += 1
        self._total = None

    def rows(self, connection: sqlite3.Connection, first: int, count: int) -> list[GridRow]:
        """Return rows by their number."""
        if self._total is None:
            where = f" WHERE {self._where}" if self._where else ""
            self._total = int(connection.execute(f"SELECT count(*) {self._from}{where}", self._values).fetchone()[0])
        page = (*self._values, count, first)
        if not self._key:
            cells = cells_at(connection, self._table, f"{self._tail} LIMIT ? OFFSET ?", page)
            return [GridRow(None, row) for row in cells]
        sql = f"SELECT {', '.join(self._key)} {self._from} {self._tail} LIMIT ? OFFSET ?"
        keys: list[Key] = connection.execute(sql, page).fetchall()
        return rows_of(connection, self._table, keys)

    def rank(self, connection: sqlite3.Connection, key: Key) -> int | None:
        """Count the rows before `key`."""
        if not self.by_key:
            return 0
        left, right = ", ".join(self._key), ", ".join("?" * len(key))
        there = f"SELECT 1 {self._from} WHERE ({left}) = ({right})"
        if connection.execute(there, key).fetchone():
            return None
        also = f" AND {self._where}" if self._where else ""
        sql = f"SELECT count(*) {self._from} WHERE ({left}) < ({right}){also}"
        return int(connection.execute(sql, (*key, *self._values)).fetchone()[0])
