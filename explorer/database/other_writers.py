"""What other programs changed, found out by comparing small tables with a copy of them that nobody else sees."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from explorer.database.change_log import counted
from explorer.database.changes import ChangeKind, ChangeSet, Key, RowChange, Value
from explorer.database.names import listed, quoted, shown
from explorer.database.opening import uri
from explorer.database.orders import KeyOrdering, Place, has_key_order, key_of
from explorer.database.read_schema import read_schema
from explorer.database.schema import Schema, Table, TableKind
from explorer.database.table_ends import TableEnds

LARGEST = 100_000  # rows of a table that is compared
MOST_CHANGES = 10_000
LABEL = "another program"
UNKNOWN = "Changed by another program, rows unknown."
_MOST_COLUMNS = 500
_MOST_BYTES = 256 * 1024 * 1024  # of the copy
_ROWS_AT_ONCE = 5_000

Row = tuple[Value, ...]
Places = tuple[str, Key]
"""A table's name and the key of a row."""


@dataclass(frozen=True, slots=True)
class _Copied:
    table: Table
    name: str
    key: tuple[str, ...]
    key_names: tuple[str, ...]
    value_names: tuple[str, ...]


class OtherWriters:
    """Keeps the copy. It is used on one reader's thread, whose connection may write temporary files."""

    def __init__(self, path: Path) -> None:
        """`path` is where the copy goes; nothing is written before `begin`."""
        self._path = path
        self._schema: Schema | None = None
        self._copied: list[_Copied] = []
        self._ends = TableEnds()
        self._unwatched = False

    def begin(self, connection: sqlite3.Connection) -> None:
        """Copy the small tables as they are now: what came before is nobody's business."""
        self._schema = read_schema(connection)
        self._copied = []
        large: list[Table] = []
        self._path.unlink(missing_ok=True)
        with self._attached(connection):
            for table in self._schema.tables:
                if table.kind is TableKind.TABLE and table.problem is None:
                    copied = self._copy(connection, table)
                    if copied is None:
                        large.append(table)
                    else:
                        self._copied.append(copied)
        self._unwatched = bool(large)
        self._ends.begin(connection, large)

    def settle(self, connection: sqlite3.Connection, requests: Sequence[ChangeSet]) -> ChangeSet | None:
        """Return what changed since the last time and is not among what `requests` changed; None for nothing.

        The first time, and after the tables themselves changed, there is nothing to compare with.
        """
        (version,) = connection.execute("PRAGMA schema_version").fetchone()
        if self._schema is None or self._schema.version != version:
            self.begin(connection)
            return None
        changes: list[RowChange] = []
        with self._attached(connection):
            for copied in self._copied:
                changes += self._differences(connection, copied)
        moved = self._ends.moved_by_others(connection, requests)
        unsure = {table.lower() for one in requests if not one.complete for table in one.counts}
        left = unexplained([change for change in changes if change.table.lower() not in unsure], requests)
        columns = {copied.table.name: shown(copied.table) for copied in self._copied}
        if left:
            whole = len(left) <= MOST_CHANGES
            return ChangeSet(
                trace_id="",
                label=LABEL,
                at=time.time(),
                columns=columns,
                changes=tuple(left) if whole else (),
                counts=counted(left),
                complete=whole,
                notice=None if whole else f"Too many rows to show: {len(left):,} changed.",
            )
        if moved or (self._unwatched and not changes and not requests):
            return ChangeSet(trace_id="", label=LABEL, at=time.time(), complete=False, notice=UNKNOWN)
        return None

    def remove(self) -> None:
        """Take the copy away."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    @contextmanager
    def _attached(self, connection: sqlite3.Connection) -> Iterator[None]:
        connection.execute("ATTACH ? AS copy", (uri(self._path, mode="rwc"),))
        try:
            connection.execute("PRAGMA copy.journal_mode=MEMORY")
            connection.execute("PRAGMA copy.synchronous=OFF")
            yield
        finally:
            with suppress(sqlite3.Error):
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
            with suppress(sqlite3.Error):
                connection.execute("DETACH copy")

    def _copy(self, connection: sqlite3.Connection, table: Table) -> _Copied | None:
        """Copy a table in pieces; None when it is too large or cannot be compared."""
        columns = shown(table)
        if not key_of(table) or len(columns) > _MOST_COLUMNS or not has_key_order(connection, table):
            return None
        sql = f"SELECT count(*) FROM (SELECT 1 FROM main.{quoted(table.name)} LIMIT ?)"
        if connection.execute(sql, (LARGEST + 1,)).fetchone()[0] > LARGEST:
            return None
        every = KeyOrdering(table)
        copied = _Copied(
            table,
            f"copy.t{len(self._copied)}",
            key_of(table),
            tuple(f"k{number}" for number in range(every.width)),
            tuple(f"v{number}" for number in range(len(columns))),
        )
        keys, values = ", ".join(copied.key_names), ", ".join(copied.value_names)
        connection.execute(f"CREATE TABLE {copied.name} ({keys}, {values}, PRIMARY KEY ({keys})) WITHOUT ROWID")
        after: Place | None = None
        while True:
            found = every.seek(connection, after, _ROWS_AT_ONCE - 1, 1)
            until = found[0] if found and found[0] != after else None
            where, given = every.between(after, until)
            if self._size(connection) + _letters(connection, copied, where, given) > _MOST_BYTES:
                connection.execute(f"DROP TABLE {copied.name}")
                return None
            connection.execute(f"INSERT INTO {copied.name} {_select(copied, where)}", given)
            if until is None:
                return copied
            after = until

    def _size(self, connection: sqlite3.Connection) -> int:
        (pages,) = connection.execute("PRAGMA copy.page_count").fetchone()
        (free,) = connection.execute("PRAGMA copy.freelist_count").fetchone()
        (size,) = connection.execute("PRAGMA copy.page_size").fetchone()
        return int((pages - free) * size)

    def _differences(self, connection: sqlite3.Connection, copied: _Copied) -> list[RowChange]:
        """Return what differs from the copy, and bring the copy up to date: both of one moment."""
        connection.execute("BEGIN")
        width = len(copied.key)
        changes = []
        now = [(row[:width], row[width:]) for row in connection.execute(_newer(copied)).fetchall()]
        before: dict[Key, Row] = {}
        for key, _ in now:
            same = " AND ".join(f"{name} IS ?" for name in copied.key_names)
            sql = f"SELECT {', '.join(copied.value_names)} FROM {copied.name} WHERE {same}"
            row = connection.execute(sql, key).fetchone()
            if row is not None:
                before[key] = row
        for key, values in now:
            kind = ChangeKind.UPDATE if key in before else ChangeKind.INSERT
            changes.append(RowChange(copied.table.name, kind, key, before.get(key), values))
        changes += [
            RowChange(copied.table.name, ChangeKind.DELETE, row[:width], row[width:], None)
            for row in connection.execute(_gone(copied)).fetchall()
        ]
        same = " AND ".join(f"{name} IS ?" for name in copied.key_names)
        connection.executemany(f"DELETE FROM {copied.name} WHERE {same}", [change.key for change in changes])
        here = " AND ".join(f"{part} IS ?" for part in copied.key)
        connection.executemany(
            f"INSERT INTO {copied.name} {_select(copied, here)}",
            [change.key for change in changes if change.after is not None],
        )
        connection.execute("COMMIT")
        return changes


def unexplained(changes: Sequence[RowChange], requests: Sequence[ChangeSet]) -> list[RowChange]:
    """Return the changes that are not what requests made of the rows, the oldest request first."""
    left_by_requests: dict[Places, Row | None] = {
        (change.table.lower(), change.key): change.after for one in requests for change in one.changes
    }
    left = []
    for change in changes:
        place = (change.table.lower(), change.key)
        before = left_by_requests.get(place, change.before)
        if before == change.after:
            continue
        kind = ChangeKind.INSERT if before is None else ChangeKind.DELETE if change.after is None else ChangeKind.UPDATE
        left.append(RowChange(change.table, kind, change.key, before, change.after))
    return left


def _letters(connection: sqlite3.Connection, copied: _Copied, where: str, given: Sequence[Value]) -> int:
    """Return how long the values of some rows are in all; SQLite need not read blobs for that."""
    lengths = " + ".join(f"coalesce(length({quoted(name)}), 0)" for name in shown(copied.table))
    sql = f"SELECT sum({lengths}) FROM main.{quoted(copied.table.name)} WHERE {where}"
    return int(connection.execute(sql, given).fetchone()[0] or 0)


def _select(copied: _Copied, where: str) -> str:
    values = listed(shown(copied.table))
    return f"SELECT {', '.join(copied.key)}, {values} FROM main.{quoted(copied.table.name)} WHERE {where}"


def _newer(copied: _Copied) -> str:
    """Return the statement for the rows that are not in the copy, or are there with other values."""
    same = " AND ".join(f"c.{name} IS {part}" for name, part in zip(copied.key_names, _own(copied), strict=True))
    values = f"({', '.join('c.' + name for name in copied.value_names)}) IS ({listed(shown(copied.table), 'm.')})"
    if len(copied.value_names) == 1:
        values = f"c.v0 IS {listed(shown(copied.table), 'm.')}"
    what = f"{', '.join(_own(copied))}, {listed(shown(copied.table), 'm.')}"
    return (
        f"SELECT {what} FROM main.{quoted(copied.table.name)} AS m"
        f" WHERE NOT EXISTS (SELECT 1 FROM {copied.name} AS c WHERE {same} AND {values}) LIMIT {LARGEST}"
    )


def _gone(copied: _Copied) -> str:
    """Return the statement for the rows of the copy that are not there any more."""
    same = " AND ".join(f"{part} IS c.{name}" for name, part in zip(copied.key_names, _own(copied), strict=True))
    what = ", ".join(f"c.{name}" for name in (*copied.key_names, *copied.value_names))
    return (
        f"SELECT {what} FROM {copied.name} AS c"
        f" WHERE NOT EXISTS (SELECT 1 FROM main.{quoted(copied.table.name)} AS m WHERE {same})"
    )


def _own(copied: _Copied) -> list[str]:
    return [f"m.{part}" for part in copied.key]
