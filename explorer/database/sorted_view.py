"""Numbered rows of a large table in an order that nothing has ready."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from explorer.database.building import Building, Built
from explorer.database.changes import Key
from explorer.database.conditions import condition
from explorer.database.grid import GridQuery, GridRow, Order
from explorer.database.order_file import OrderFile
from explorer.database.orders import KeyOrdering
from explorer.database.progress import Phase, Progress
from explorer.database.reader import Reader
from explorer.database.schema import Table
from explorer.database.views import AT_THE_TOP, Rank, expected_rows, rows_exist, rows_of

_AT_ONCE = 2_000  # rows that SQLite finds in one pass without sorting the rest, as quickly as a page of them
_SHARE_OF_COPYING = 0.5


class SortedView(Built):
    """Shows the first rows at once, and any others as soon as a file has all keys in order."""

    def __init__(self, query: GridQuery, order: Order, table: Table, back: Reader, folder: Path) -> None:
        self._query, self._order, self._table, self._folder = query, order, table, folder
        self._passing = KeyOrdering(table, condition=condition(query.filters, table))
        self._first_keys: list[Key] = []  # they are found in one pass over the table, and each page would take another
        self._first_known = False
        self._file: OrderFile | None = None
        self._making: OrderFile | None = None
        self._retired: list[OrderFile] = []
        self._made = 0
        self._expected = 0
        self._stale = False
        self._version = 0
        self._begun = False
        self._building = Building(back, self._make, self._on_made)

    def progress(self) -> Progress:
        """Tell how far sorting is."""
        building, file, making = self._building, self._file, self._making
        building.keep_on()
        exact = file is not None and not self._stale and making is None
        if file is not None:
            total = file.total or 0
        else:
            total = max(self._expected if not self._query.filters else 0, making.copied if making is not None else 0)
        return Progress(
            phase=Phase.READY if exact else Phase.STOPPED if building.stopped else Phase.SORTING,
            fraction=1.0 if exact else self._fraction(making),
            total=total,
            exact=exact,
            version=self._version,
            sentence=building.sentence,
        )

    def renew(self) -> None:
        """Keep the order as it was, and make a new one."""
        self._version += 1
        self._stale = True
        self._first_known = False
        self._building.want()

    def close(self) -> None:
        """Stop for good and take the files away."""
        super().close()
        for file in (self._file, self._making, *self._retired):
            if file is not None:
                file.remove()

    def rows(self, connection: sqlite3.Connection, first: int, count: int) -> list[GridRow]:
        """Return rows by their number; none while they cannot be known."""
        if not self._expected:
            self._expected = expected_rows(connection, self._table)
        for old in self._retired:
            old.remove()
        self._retired.clear()
        file = self._file
        if first + count <= _AT_ONCE and (file is None or self._stale):
            if not self._first_known:
                self._first_keys = self._passing.first_by(connection, self._order, _AT_ONCE)
                self._first_known = True
            self._begin()  # only now: two passes over the table at once would make the first rows late
            return rows_of(connection, self._table, self._first_keys[first : first + count])
        self._begin()
        return rows_of(connection, self._table, file.keys(first, count)) if file is not None else []

    def rank(self, connection: sqlite3.Connection, key: Key) -> Rank | None:
        """Return that a row that is gone stands at the top; where others stand is not known."""
        return None if rows_exist(connection, self._table, key) else AT_THE_TOP

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            self._building.want()

    def _fraction(self, making: OrderFile | None) -> float:
        if making is None or not self._expected:
            return 0.0
        copied = min(1.0, making.looked_at / self._expected)
        return _SHARE_OF_COPYING * copied + (1 - _SHARE_OF_COPYING) * making.sorted

    def _make(self, connection: sqlite3.Connection) -> Iterator[None]:
        self._stale = False
        left = self._making
        if left is not None:
            left.remove()
        self._made += 1
        name = f"{id(self):x}-{self._made}.order"
        held = condition(self._query.filters, self._table)
        making = self._making = OrderFile(
            self._folder / name, self._table, self._order, held, lambda: self._building.unwanted
        )
        return making.make(connection)

    def _on_made(self) -> None:
        if self._file is not None:
            self._retired.append(self._file)  # its connection belongs to the other thread
        self._file, self._making = self._making, None
        self._version += 1
