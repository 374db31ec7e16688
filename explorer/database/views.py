"""Numbered rows of a query. Each kind knows one way to get at row number n."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from explorer.database.building import Building
from explorer.database.cells import cells_at, cells_of
from explorer.database.changes import Key, Value
from explorer.database.conditions import condition
from explorer.database.estimate import estimate
from explorer.database.gone_places import places_of_gone
from explorer.database.grid import GridQuery, GridRow, Mark
from explorer.database.names import quoted, rowid_name
from explorer.database.orders import key_of
from explorer.database.progress import Phase, Progress
from explorer.database.reader import Reader
from explorer.database.schema import Table

SMALL = 50_000  # rows that SQLite counts and skips in a few milliseconds
_FEW = 10  # rows that are gone: for so many, counting is quicker than sorting all others


@dataclass(frozen=True, slots=True)
class Rank:
    """Where a key stands.

    Attributes:
        before: how many rows stand before it.
        there: whether a row with it is there.
    """

    before: int
    there: bool


AT_THE_TOP = Rank(0, there=False)


class View(Protocol):
    """The rows of one query, with numbers."""

    def progress(self) -> Progress:
        """Tell how far the numbering is; may be called on any thread."""

    def renew(self) -> None:
        """Take note that the data changed."""

    def stop(self) -> None:
        """Stop what is under way, because a person wants that."""

    def resume(self) -> None:
        """Begin again what was stopped."""

    def pause(self) -> None:
        """Stop what is under way, because nobody looks."""

    def wake(self) -> None:
        """Go on after a pause."""

    def close(self) -> None:
        """Stop for good, and leave nothing behind."""

    def rows(self, connection: sqlite3.Connection, first: int, count: int) -> list[GridRow]:
        """Return up to `count` rows from number `first`."""

    def rank(self, connection: sqlite3.Connection, key: Key) -> Rank | None:
        """Return where a key stands or would stand; None when that is not known, or not worth finding out."""

    def places_of_gone(self, connection: sqlite3.Connection, gone: Mapping[Key, Value]) -> Mapping[Key, int] | None:
        """Return how many rows stand before each row that is gone and stays so, in the order of the rows.

        `gone` has their values in the column of the order. None says that `rank` is asked for each of them.
        """


def is_small(connection: sqlite3.Connection, table: Table) -> bool:
    """Tell whether a table has few rows; quick whatever the answer is."""
    sql = f"SELECT count(*) FROM (SELECT 1 FROM main.{quoted(table.name)} LIMIT ?)"
    return int(connection.execute(sql, (SMALL + 1,)).fetchone()[0]) <= SMALL


def rows_exist(connection: sqlite3.Connection, table: Table, key: Key) -> bool:
    """Tell whether there is a row with a key."""
    where = " AND ".join(f"{part} IS ?" for part in key_of(table))
    found = connection.execute(f"SELECT 1 FROM main.{quoted(table.name)} WHERE {where}", key).fetchone()
    return found is not None


def expected_rows(connection: sqlite3.Connection, table: Table) -> int:
    """Return roughly how many rows a table has; 0 when that cannot be told quickly."""
    return estimate(connection, table).rows if rowid_name(table) is not None else 0


def rows_of(connection: sqlite3.Connection, table: Table, keys: Sequence[Key]) -> list[GridRow]:
    """Return the rows that are known by `keys`, in that order; one that is gone meanwhile is marked as deleted."""
    cells = cells_of(connection, table, key_of(table), keys)
    empty = (None,) * sum(not column.hidden for column in table.columns)
    return [GridRow(key, cells[key]) if key in cells else GridRow(key, empty, Mark.DELETED) for key in keys]


class SkippingView:
    """Counts and skips rows anew each time: right for small tables, and the only way for views.

    Attributes:
        by_key: whether rows are in the order of their key.
    """

    def __init__(self, query: GridQuery, table: Table, back: Reader | None = None, *, counted: bool = True) -> None:
        """Count with the first page, or on the thread of `back` if that is given; not at all unless `counted`."""
        self._table = table
        self._key = key_of(table)
        self._order = query.order
        self._where, self._values = condition(query.filters, table)
        self._from = f"FROM main.{quoted(table.name)}"
        order = [quoted(query.order.column)] if query.order is not None else []
        self.by_key = not order and bool(self._key)
        order += self._key
        way = " DESC" if query.order is not None and query.order.descending else ""
        by = f" ORDER BY {', '.join(part + way for part in order)}" if order else ""
        self._passing = f"WHERE {self._where}" if self._where else ""
        self._tail = self._passing + by
        self._version = 0
        self._seen = 0
        self._total: int | None = None
        self._counts = counted and back is None
        self._building = Building(back, self._steps, _nothing) if back is not None else None
        if self._building is not None:
            self._building.want()

    def progress(self) -> Progress:
        """Tell how many rows there are."""
        total, building = self._total, self._building
        if building is not None:
            building.keep_on()
        counting = Phase.STOPPED if building is not None and building.stopped else Phase.COUNTING
        return Progress(
            phase=Phase.READY if total is not None else counting,
            fraction=0.0 if total is None else 1.0,
            total=self._seen if total is None else total,
            exact=total is not None,
            version=self._version,
            sentence=building.sentence if building is not None else None,
        )

    def renew(self) -> None:
        """Count anew."""
        self._version += 1
        self._total = None
        if self._building is not None:
            self._building.want()

    def stop(self) -> None:
        """Stop counting."""
        if self._building is not None:
            self._building.stop()

    def resume(self) -> None:
        """Count again."""
        if self._building is not None:
            self._building.resume()

    def pause(self) -> None:
        """Stop counting while nobody looks."""
        if self._building is not None:
            self._building.pause()

    def wake(self) -> None:
        """Go on counting."""
        if self._building is not None:
            self._building.wake()

    def close(self) -> None:
        """Stop for good."""
        self.stop()

    def rows(self, connection: sqlite3.Connection, first: int, count: int) -> list[GridRow]:
        """Return rows by their number."""
        if self._counts and self._total is None:
            self.count(connection)
        page = (*self._values, count, first)
        if self._key:
            sql = f"SELECT {', '.join(self._key)} {self._from} {self._tail} LIMIT ? OFFSET ?"
            keys: list[Key] = connection.execute(sql, page).fetchall()
            rows = rows_of(connection, self._table, keys)
        else:
            cells = cells_at(connection, self._table, f"{self._tail} LIMIT ? OFFSET ?", page)
            rows = [GridRow(None, row) for row in cells]
        self._seen = max(self._seen, first + len(rows) + (count if len(rows) == count else 0))
        return rows

    def places_of_gone(self, connection: sqlite3.Connection, gone: Mapping[Key, Value]) -> Mapping[Key, int] | None:
        """Sort them among the others in one pass, unless it is quicker to count for each what stands before it."""
        if self._building is not None or (self.by_key and len(gone) <= _FEW):
            return None
        return places_of_gone(connection, self._table, self._order, (self._where, self._values), gone)

    def rank(self, connection: sqlite3.Connection, key: Key) -> Rank | None:
        """Count the rows before `key`, in the order of the key; in another order it is not known where it stands."""
        left, right = ", ".join(self._key), ", ".join("?" * len(key))
        also = f" AND {self._where}" if self._where else ""
        there = f"SELECT 1 {self._from} WHERE ({left}) = ({right}){also}"
        found = connection.execute(there, (*key, *self._values)).fetchone() is not None
        if not self.by_key:
            return None if found else AT_THE_TOP
        sql = f"SELECT count(*) {self._from} WHERE ({left}) < ({right}){also}"
        return Rank(int(connection.execute(sql, (*key, *self._values)).fetchone()[0]), found)

    def count(self, connection: sqlite3.Connection) -> int:
        """Return how many rows there are."""
        sql = f"SELECT count(*) {self._from} {self._passing}"
        self._total = total = int(connection.execute(sql, self._values).fetchone()[0])
        return total

    def _steps(self, connection: sqlite3.Connection) -> Iterator[None]:
        self.count(connection)
        yield


def _nothing() -> None:
    """Do nothing at the end: the count says it all."""
