"""Numbered rows of a large table in an order that SQLite has ready: by the key, or by an index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from explorer.database.building import Building, Built
from explorer.database.changes import Key
from explorer.database.conditions import condition
from explorer.database.estimate import Estimate, estimate
from explorer.database.grid import GridQuery, GridRow
from explorer.database.marks import STEP, Marks
from explorer.database.names import rowid_name
from explorer.database.orders import IndexOrdering, KeyOrdering, Ordering, Place, key_at
from explorer.database.progress import Phase, Progress
from explorer.database.reader import Reader
from explorer.database.schema import Table
from explorer.database.views import AT_THE_TOP, Rank, rows_exist, rows_of

_SKIPPED_AT_MOST = 1_000_000  # rows behind the map's end that one would wait for: some 50 ms


class MappedView(Built):
    """Finds row n by a sampled map that is made in the background; before it is there, by estimate."""

    def __init__(self, query: GridQuery, table: Table, back: Reader, *, by_index: bool = False) -> None:
        """`by_index` orders by the query's column, which an index has in order; otherwise the key's order is taken."""
        self._table = table
        self._descending = query.order is not None and query.order.descending
        self._filtered = bool(query.filters)
        self._by_index = by_index
        self._every = KeyOrdering(table, descending=self._descending)
        self._ordering: Ordering
        if by_index and query.order is not None:
            self._ordering = IndexOrdering(table, query.order.column, descending=self._descending)
        else:
            held = condition(query.filters, table)
            self._ordering = KeyOrdering(table, descending=self._descending, condition=held)
        self._making = self._marks = Marks(self._ordering)
        self._estimate: Estimate | None = None
        self._stale = False
        self._guessed = False  # pages were served that may be wrong
        self._interpolated = False  # pages were served that are wrong only if rowids have gaps
        self._version = 0
        self._building = Building(back, self._survey, self._surveyed)
        self._building.want()

    def progress(self) -> Progress:
        """Tell how many rows there are, and how far the map is."""
        building = self._building
        building.keep_on()
        marks, making, expected = self._marks, self._making, self._estimate
        exact = marks.complete and making is marks and not self._stale
        fraction = min(1.0, making.looked_at / expected.rows) if expected is not None and expected.rows else 0.0
        phase = Phase.READY if exact else Phase.STOPPED if building.stopped else Phase.COUNTING
        return Progress(
            phase=phase,
            fraction=1.0 if exact else fraction,
            total=marks.counted if marks.complete else self._expected(making, fraction),
            exact=exact,
            version=self._version,
            sentence=building.sentence,
        )

    def renew(self) -> None:
        """Keep the map as an estimate, and make a new one."""
        self._version += 1
        self._stale = True
        self._estimate = None
        self._building.want()

    def rows(self, connection: sqlite3.Connection, first: int, count: int) -> list[GridRow]:
        """Return rows by their number."""
        if self._estimate is None and rowid_name(self._table) is not None:
            self._estimate = estimate(connection, self._table)
        places = self._places(connection, first, count)
        return rows_of(connection, self._table, [key_at(self._ordering, place) for place in places])

    def rank(self, connection: sqlite3.Connection, key: Key) -> Rank | None:
        """Return where a key stands; a row that is gone has to stand at the top where the order is another."""
        if self._by_index or len(key) != 1 or rowid_name(self._table) is None:
            return None if rows_exist(connection, self._table, key) else AT_THE_TOP
        if not self._marks.complete:
            self._guessed = True
            return None
        return Rank(*self._marks.rank(connection, key, descending=self._descending))

    def _places(self, connection: sqlite3.Connection, first: int, count: int) -> list[Place]:
        marks, expected = self._marks, self._estimate
        if marks.complete or self._by_index or first < marks.counted + STEP:
            return marks.seek(connection, first, count)
        if not self._filtered and expected is not None:
            self._interpolated = True
            rowid = expected.rowid(first, descending=self._descending)
            return self._ordering.seek(connection, (rowid + 1 if self._descending else rowid - 1,), 0, count)
        if not self._filtered and first < marks.counted + _SKIPPED_AT_MOST:
            return marks.seek(connection, first, count)
        self._guessed = True
        return []

    def _expected(self, making: Marks, fraction: float) -> int:
        if self._filtered:
            return round(making.counted / fraction) if fraction else making.counted
        return max(self._estimate.rows if self._estimate is not None else 0, making.counted)

    def _survey(self, connection: sqlite3.Connection) -> Iterator[None]:
        self._stale = False
        making = self._making = Marks(self._ordering)
        if not self._marks.complete:
            self._marks = making
        if self._filtered:
            return making.survey_filtered(connection, self._every, self._table)
        return making.survey(connection)

    def _surveyed(self) -> None:
        before, now, expected = self._marks, self._making, self._estimate
        gaps = expected is None or not expected.rows == expected.high - expected.low + 1 == now.counted
        if self._guessed or (self._interpolated and gaps) or (before is not now and before.counted != now.counted):
            self._version += 1
        self._marks = now
        self._guessed = self._interpolated = False
