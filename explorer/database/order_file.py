"""The keys of a query's rows in an order that no index has, in a file of its own."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from explorer.database.changes import Key
from explorer.database.conditions import Condition
from explorer.database.grid import Order
from explorer.database.names import quoted
from explorer.database.opening import uri
from explorer.database.orders import KeyOrdering, Place
from explorer.database.schema import Table

_ROWS_AT_ONCE = 16_384
_COLLATION = re.compile(r"k\(\d+,-?([^,)]*)")
_STEPS_BETWEEN_LOOKS = 200_000
_STEPS_A_ROW = 11  # of SQLite's machine, for sorting one row in and out again


class OrderFile:
    """Sorted keys: made in the background from a copy, so that sorting holds nothing; then any of them is near.

    Attributes:
        copied: rows that were copied to be sorted.
        looked_at: rows of the table that were gone through for that.
        sorted: how far sorting is, from 0 to 1.
        total: how many keys there are; None until all of it is there.
    """

    def __init__(
        self, path: Path, table: Table, order: Order, condition: Condition, unwanted: Callable[[], bool]
    ) -> None:
        """`unwanted` tells, while it is sorted, whether nobody wants it any more."""
        self.copied = self.looked_at = 0
        self.sorted = 0.0
        self.total: int | None = None
        self._path = path
        self._unwanted = unwanted
        self._table = table
        self._order = order
        self._every = KeyOrdering(table)
        self._passing = KeyOrdering(table, condition=condition)
        self._keys = [f"k{number}" for number in range(self._every.width)]
        self._reading: sqlite3.Connection | None = None

    def make(self, connection: sqlite3.Connection) -> Iterator[None]:
        """Copy, sort and write. Each step but the sorting holds the database for a moment, and the sorting never."""
        collation = _collation(connection, self._table, self._order.column)
        connection.execute("ATTACH ? AS sorting", (uri(self._path, mode="rwc"),))
        try:
            connection.execute("PRAGMA sorting.journal_mode=OFF")
            connection.execute("PRAGMA sorting.synchronous=OFF")
            keys = ", ".join(self._keys)
            connection.execute(f"CREATE TABLE sorting.copied (v COLLATE {collation}, {keys})")
            yield from self._copy(connection)
            connection.execute(f"CREATE TABLE sorting.ordered (n INTEGER PRIMARY KEY, {keys})")
            self._sort(connection, keys)
            (total,) = connection.execute("SELECT count(*) FROM sorting.ordered").fetchone()
        finally:
            with suppress(sqlite3.Error):
                connection.execute("DETACH sorting")
        self.total = total

    def keys(self, first: int, count: int) -> list[Key]:
        """Return keys by their number in the order; on one thread only."""
        if self._reading is None:
            self._reading = sqlite3.connect(
                uri(self._path, mode="ro", immutable="1"), uri=True, isolation_level=None, check_same_thread=False
            )
        sql = f"SELECT {', '.join(self._keys)} FROM ordered WHERE n > ? AND n <= ? ORDER BY n"
        return self._reading.execute(sql, (first, first + count)).fetchall()

    def remove(self) -> None:
        """Take the file away."""
        if self._reading is not None:
            self._reading.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _copy(self, connection: sqlite3.Connection) -> Iterator[None]:
        what = f"{quoted(self._order.column)}, {self._every.listed}"
        insert = f"INSERT INTO sorting.copied SELECT {what} FROM main.{quoted(self._table.name)} WHERE "
        after: Place | None = None
        while True:
            found = self._every.seek(connection, after, _ROWS_AT_ONCE - 1, 1)
            until = found[0] if found and found[0] != after else None
            where, values = self._passing.between(after, until)
            with closing(connection.execute(insert + where, values)) as cursor:
                self.copied += cursor.rowcount
            self.looked_at += _ROWS_AT_ONCE
            yield
            if until is None:
                return
            after = until

    def _sort(self, connection: sqlite3.Connection, keys: str) -> None:
        looks = self.copied * _STEPS_A_ROW / _STEPS_BETWEEN_LOOKS

        def look() -> bool:
            self.sorted = min(0.99, self.sorted + 1 / max(looks, 1))
            return self._unwanted()

        connection.set_progress_handler(look, _STEPS_BETWEEN_LOOKS)
        way = " DESC" if self._order.descending else ""
        by = ", ".join(part + way for part in ("v", *self._keys))
        connection.execute(f"INSERT INTO sorting.ordered ({keys}) SELECT {keys} FROM sorting.copied ORDER BY {by}")


def _collation(connection: sqlite3.Connection, table: Table, column: str) -> str:
    """Return the name of the collation by which a column is sorted, which only SQLite's own program for it tells."""
    sql = f"EXPLAIN SELECT 1 FROM main.{quoted(table.name)} ORDER BY +{quoted(column)}"
    for row in connection.execute(sql).fetchall():
        found = _COLLATION.match(row[5] or "")
        if row[1] in ("SorterOpen", "OpenEphemeral") and found is not None and found[1] not in ("", "B"):
            return quoted(found[1])
    return "BINARY"
