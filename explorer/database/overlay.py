"""Lays what a request changed over the rows of a grid."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace

from explorer.database.cells import cut
from explorer.database.changes import ChangeKind, ChangeSet, Key, Value
from explorer.database.conditions import Condition
from explorer.database.grid import GridRow, Mark
from explorer.database.names import affinity, listed, quoted, shown
from explorer.database.schema import Table

_MARKS = {ChangeKind.INSERT: Mark.ADDED, ChangeKind.UPDATE: Mark.CHANGED, ChangeKind.DELETE: Mark.DELETED}


_NOTHING = ChangeSet(trace_id="", label="", at=0)


class Overlay:
    """The changes of one table.

    Attributes:
        deleted: keys of the rows that are gone and pass the filters, in the order of the change set.
    """

    def __init__(self, changes: ChangeSet | None, table: Table, condition: Condition) -> None:
        if changes is None:
            changes = _NOTHING
        names = next((names for name, names in changes.columns.items() if name.lower() == table.name.lower()), ())
        self._shown = shown(table)
        self._places = [_place(column, names) for column in self._shown]
        mine = [change for change in changes.changes if change.table.lower() == table.name.lower()]
        self._living = {change.key: change for change in mine if change.kind is not ChangeKind.DELETE}
        gone = [change for change in mine if change.kind is ChangeKind.DELETE and change.before is not None]
        passing = _passing([self._values(change.before) for change in gone], table, condition)
        self._gone = {change.key: change for change, passes in zip(gone, passing, strict=True) if passes}
        self.deleted = tuple(self._gone)

    def row(self, row: GridRow) -> GridRow:
        """Return a row that is there, with its mark."""
        change = self._living.get(row.key) if row.key is not None and row.mark is Mark.NONE else None
        if change is None:
            return row
        before = self._values(change.before) if change.kind is ChangeKind.UPDATE else None
        return replace(row, mark=_MARKS[change.kind], before=before)

    def gone(self, key: Key) -> GridRow:
        """Return a row that is not there any more, as it was."""
        return GridRow(key, tuple(map(cut, self._values(self._gone[key].before))), Mark.DELETED)

    def gone_by(self, column: str | None) -> dict[Key, Value]:
        """Return the keys of `deleted` with their values in a column; with None where that is None."""
        names = [name.lower() for name in self._shown]
        place = names.index(column.lower()) if column is not None else None
        return {
            key: self._values(change.before)[place] if place is not None else None for key, change in self._gone.items()
        }

    def _values(self, values: Sequence[Value] | None) -> tuple[Value, ...]:
        return tuple(values[place] if values is not None and place is not None else None for place in self._places)


class Placed:
    """Where the rows that are gone stand between those that are there.

    Attributes:
        at_top: whether they stand before all others, for nobody knows where they would be.
    """

    def __init__(self, overlay: Overlay, places: Mapping[Key, int], *, at_top: bool = False) -> None:
        """`places` says how many living rows stand before each; `at_top` that this is only because nobody knows."""
        kept = sorted(places.items(), key=lambda one: one[1])
        self._places = [place + number for number, (_, place) in enumerate(kept)]
        self._keys = [key for key, _ in kept]
        self._overlay = overlay
        self.at_top = at_top

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._keys)

    def has(self, key: Key) -> bool:
        """Whether a row that is gone is shown."""
        return key in self._keys

    def number(self, key: Key, before: int) -> int:
        """Return the number of a row: of one that is gone, or of one before which `before` living rows stand."""
        if key in self._keys:
            return self._places[self._keys.index(key)]
        for place in self._places:
            before += place <= before
        return before

    def living(self, first: int, count: int) -> tuple[int, int]:
        """Return the first living row, and how many of them, among `count` rows from `first`."""
        before = sum(place < first for place in self._places)
        inside = sum(first <= place < first + count for place in self._places)
        return first - before, count - inside

    def merged(self, first: int, count: int, living: Sequence[GridRow]) -> tuple[GridRow, ...]:
        """Return the rows of a page: living ones, and between them those that are gone."""
        gone = dict(zip(self._places, self._keys, strict=True))
        rest = iter(living)
        rows: list[GridRow] = []
        for number in range(first, first + count):
            if number in gone:
                rows.append(self._overlay.gone(gone[number]))
            elif (row := next(rest, None)) is not None:
                rows.append(row)
        return tuple(rows)


def _place(column: str, names: Sequence[str]) -> int | None:
    return next((number for number, name in enumerate(names) if name.lower() == column.lower()), None)


def _passing(rows: Sequence[tuple[Value, ...]], table: Table, condition: Condition) -> list[bool]:
    """Tell of rows that are not in the database any more whether they pass a condition."""
    if not condition[0] or not rows:
        return [True] * len(rows)
    columns = [column for column in table.columns if not column.hidden]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE TABLE gone ({', '.join(f'{quoted(c.name)} {affinity(c.type)}' for c in columns)})")
        marks = ", ".join("?" * len(columns))
        insert = f"INSERT INTO gone (rowid, {listed(shown(table))}) VALUES (?, {marks})"
        try:
            connection.executemany(insert, [(number, *row) for number, row in enumerate(rows)])
            found = {row[0] for row in connection.execute(f"SELECT rowid FROM gone WHERE {condition[0]}", condition[1])}
        except sqlite3.Error:  # 2,000 columns and the number are one too many: rather show them all
            return [True] * len(rows)
    return [number in found for number in range(len(rows))]
