"""The last rowids of tables that are too large to compare: where a row was added or taken away is told by them.

An UPDATE, or a DELETE in the middle, leaves the last rowid as it is. Such a change of another program cannot be told
from a request's in the same moment: SQLite says that something was committed, and neither how often nor in which table.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from explorer.database.changes import ChangeSet, Value
from explorer.database.names import quoted, rowid_name
from explorer.database.schema import Table


class TableEnds:
    """Keeps the last rowid of each table that has rowids."""

    def __init__(self) -> None:
        self._ends: dict[str, Value] = {}
        self._sql: dict[str, str] = {}

    def begin(self, connection: sqlite3.Connection, tables: Sequence[Table]) -> None:
        """Take note of how these tables end now."""
        rowids = {table.name: rowid_name(table) for table in tables}
        self._sql = {
            table: f"SELECT max({rowid}) FROM main.{quoted(table)}"
            for table, rowid in rowids.items()
            if rowid is not None
        }
        self._ends = {table: self._end(connection, table) for table in self._sql}

    def moved_by_others(self, connection: sqlite3.Connection, requests: Sequence[ChangeSet]) -> bool:
        """Tell whether a table ends elsewhere than the last time, and no request made it so."""
        before = self._ends
        self._ends = {table: self._end(connection, table) for table in self._sql}
        return any(
            end != before[table] and not _is_explained(table, before[table], end, requests)
            for table, end in self._ends.items()
        )

    def _end(self, connection: sqlite3.Connection, table: str) -> Value:
        end: Value = connection.execute(self._sql[table]).fetchone()[0]
        return end


def _is_explained(table: str, before: Value, end: Value, requests: Sequence[ChangeSet]) -> bool:
    name = table.lower()
    if any(not one.complete and name in map(str.lower, one.counts) for one in requests):
        return True  # its rows are not known, and may be these
    touched = {
        change.key: change.after is not None
        for one in requests
        for change in one.changes
        if change.table.lower() == name
    }
    if touched.get((end,)):
        return True
    return touched.get((before,)) is False
