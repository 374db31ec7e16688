"""A sampled map of an order: the place of every 512th row, by which any row is found in a moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from explorer.database.changes import Key
from explorer.database.names import quoted
from explorer.database.orders import KeyOrdering, Ordering, Place, key_at
from explorer.database.schema import Table

STEP = 512
_ROWS_AT_ONCE = 16_384  # that are looked at before everything is let go for a moment


class Marks:
    """The map, filled from its start to its end.

    Attributes:
        counted: rows up to where it is filled.
        complete: whether it is filled to the end; then `counted` is their number.
        looked_at: rows of the table that were gone through, for a condition that few of them pass.
    """

    def __init__(self, ordering: Ordering) -> None:
        self._ordering = ordering
        self._places: list[Place] = []
        self.counted = 0
        self.complete = False
        self.looked_at = 0

    def survey(self, connection: sqlite3.Connection) -> Iterator[None]:
        """Fill the map; each step ends with nothing held."""
        while not self.complete:
            last = self._places[-1] if self._places else None
            found = self._ordering.seek(connection, last, STEP - 1, 1)
            if found and found[0] != last:
                self._places.append(found[0])
                self.counted += STEP
            else:
                self.counted += self._ordering.rest(connection, last)
                self.complete = True
            self.looked_at = self.counted
            yield

    def survey_filtered(self, connection: sqlite3.Connection, every: KeyOrdering, table: Table) -> Iterator[None]:
        """Fill the map of an order with a condition, going through all rows in pieces of `every` row's order."""
        assert isinstance(self._ordering, KeyOrdering)  # noqa: S101 - conditions go with the order of the key
        what = f"SELECT {self._ordering.listed} FROM main.{quoted(table.name)}"
        after: Place | None = None
        while not self.complete:
            found = every.seek(connection, after, _ROWS_AT_ONCE - 1, 1)
            until = found[0] if found and found[0] != after else None
            where, values = self._ordering.between(after, until)
            places = connection.execute(f"{what} WHERE {where} {self._ordering.order_by}", values).fetchall()
            self._places += places[STEP - 1 - self.counted % STEP :: STEP]
            self.counted += len(places)
            self.looked_at += _ROWS_AT_ONCE
            self.complete = until is None
            after = until
            yield

    def seek(self, connection: sqlite3.Connection, first: int, count: int) -> list[Place]:
        """Return the places of rows from number `first`; slow only where the map is not filled yet."""
        block = min(first // STEP, len(self._places))
        after = self._places[block - 1] if block else None
        return self._ordering.seek(connection, after, first - block * STEP, count)

    def rank(self, connection: sqlite3.Connection, key: Key, *, descending: bool = False) -> tuple[int, bool]:
        """Return how many rows stand before a rowid in the order of the key, and whether it is there."""
        assert isinstance(self._ordering, KeyOrdering)  # noqa: S101 - rows have a rank in the order of the key only
        low, high = 0, len(self._places)
        while low < high:
            middle = (low + high) // 2
            place = key_at(self._ordering, self._places[middle])
            if place > key if descending else place < key:
                low = middle + 1
            else:
                high = middle
        after = self._places[low - 1] if low else None
        rows = self._ordering.seek(connection, after, 0, STEP)
        return low * STEP + sum((row > key if descending else row < key) for row in rows), key in rows
