"""How many rows a table has, roughly, and which rowid row number n has, without counting."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from explorer.database.names import quoted, rowid_name
from explorer.database.schema import Table

_PLACES = 16
_ROWS_AT_A_PLACE = 64


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is expected of a table's rowids: exact as long as they have no gaps.

    Attributes:
        low: the first rowid.
        high: the last one.
        rows: how many rows there may be.
    """

    low: int
    high: int
    rows: int

    def rowid(self, number: int, *, descending: bool = False) -> int:
        """Return the rowid that row `number` may have."""
        share = min(number, self.rows) * (self.high - self.low + 1) // max(self.rows, 1)
        return self.high - share if descending else self.low + share


def estimate(connection: sqlite3.Connection, table: Table) -> Estimate:
    """Look at a few places of a table that has a rowid."""
    rowid, name = rowid_name(table), quoted(table.name)
    (low,) = connection.execute(f"SELECT min({rowid}) FROM main.{name}").fetchone()
    (high,) = connection.execute(f"SELECT max({rowid}) FROM main.{name}").fetchone()
    if low is None:
        return Estimate(0, -1, 0)
    span = high - low + 1
    rows = width = 0
    for place in range(_PLACES):
        start = low + span * place // _PLACES
        found = connection.execute(
            f"SELECT {rowid} FROM main.{name} WHERE {rowid} >= ? ORDER BY {rowid} LIMIT ?", (start, _ROWS_AT_A_PLACE)
        ).fetchall()
        if found:
            rows += len(found)
            width += max(found[-1][0] - start + 1, 1)
    return Estimate(low, high, min(span, max(1, span * rows // max(width, 1))))
