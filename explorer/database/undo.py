"""Takes back what a request changed in the rows, if nobody changed them since."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from explorer.database.changes import ChangeKind, ChangeSet, Key, RowChange, Value
from explorer.database.copying import Progress, open_for_writing
from explorer.database.failing import Holder, explained
from explorer.database.names import listed, quoted, rowid_name
from explorer.database.read_schema import read_schema
from explorer.database.schema import Schema, Table, TableKind
from explorer.database.trouble import DatabaseError, Trouble

_SNAPSHOT_WAY = "Go back to a snapshot instead, or change the rows by a request."
_STEPS = 20_000  # of SQLite's machine between two looks whether somebody stopped it
_OPPOSITE = {
    ChangeKind.INSERT: ChangeKind.DELETE,
    ChangeKind.DELETE: ChangeKind.INSERT,
    ChangeKind.UPDATE: ChangeKind.UPDATE,
}


class UndoRefusedError(DatabaseError):
    """It cannot be taken back, and nothing was changed.

    Attributes:
        table: of the row that stands in the way; empty when it is no row.
        key: of that row.
    """

    def __init__(self, why: str, table: str = "", key: Key = ()) -> None:
        super().__init__(Trouble.REFUSED, f"{why} {_SNAPSHOT_WAY}")
        self.table = table
        self.key = key


def opposite(changes: ChangeSet) -> ChangeSet:
    """Return what has to be undone to undo the undoing."""
    turned = tuple(
        replace(one, kind=_OPPOSITE[one.kind], before=one.after, after=one.before) for one in reversed(changes.changes)
    )
    counts = {table: (deleted, updated, inserted) for table, (inserted, updated, deleted) in changes.counts.items()}
    return replace(changes, changes=turned, counts=counts)


def undo(
    path: Path,
    changes: ChangeSet,
    go_on: Progress | None = None,
    *,
    busy_seconds: float = 2.0,
    holder: Holder | None = None,
) -> int:
    """Bring the rows back as they were before, all in one transaction; returns how many. Blocks.

    The app's own triggers do not fire meanwhile: what they did is among the changes. Foreign keys are looked at
    afterwards, and nothing cascades to rows that the request did not touch.

    Raises:
        UndoRefusedError: a row is not as the request left it, or another row would point to nothing.
        DatabaseError: the database is held, cannot be written, or it was stopped; nothing was changed then.
    """
    if not changes.complete:
        raise UndoRefusedError("The request changed more rows than are kept.")
    try:
        with closing(open_for_writing(path, busy_seconds)) as connection:
            connection.execute("PRAGMA foreign_keys=OFF")
            if go_on is not None:
                connection.set_progress_handler(lambda: not go_on(0, 0), _STEPS)
            schema = read_schema(connection)
            connection.execute("BEGIN IMMEDIATE")
            try:
                if connection.execute("PRAGMA schema_version").fetchone()[0] != schema.version:
                    raise DatabaseError(Trouble.LOCKED, "The tables are being changed just now. Try again.")
                _Undoing(connection, schema, changes).run()
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
    except sqlite3.IntegrityError as error:
        raise UndoRefusedError(f"Another row is in the way: {error}.") from error
    except sqlite3.Error as error:
        raise explained(error, path, holder) from error
    return len(changes.changes)


@dataclass(frozen=True, slots=True)
class _Target:
    """How the rows of one table are found and filled."""

    table: Table
    columns: tuple[str, ...]  # in the order of the values
    filled: tuple[int, ...]  # which of them are stored, rather than computed
    key: tuple[str, ...]  # as SQL takes them
    rowid: str | None  # to be filled in besides, when no column is the rowid

    @property
    def where(self) -> str:
        return " AND ".join(f"{name} IS ?" for name in self.key)

    @property
    def name(self) -> str:
        return f"main.{quoted(self.table.name)}"


class _Undoing:
    """One undoing, inside a transaction that somebody else ends."""

    def __init__(self, connection: sqlite3.Connection, schema: Schema, changes: ChangeSet) -> None:
        self._connection = connection
        self._changes = changes.changes
        self._schema = schema
        names = dict.fromkeys(one.table for one in changes.changes)
        self._targets = {name: self._target(name, changes.columns) for name in names}

    def run(self) -> None:
        for change in self._changes:
            self._expect_after(change)
        watched = self._pointing()
        broken = self._broken(watched)
        with _without_triggers(self._connection, [target.table for target in self._targets.values()]):
            # All rows go first and come then: so two of them may swap what has to be unique.
            for change in self._changes:
                if change.after is not None:
                    self._delete(change)
            for change in self._changes:
                if change.before is not None:
                    self._insert(change)
        for change in self._changes:
            self._expect_before(change)
        new = self._broken(watched) - broken
        if new:
            table, key, parent = min(new, key=str)
            raise UndoRefusedError(
                f"A row of {table} would point to a row of {parent} that is not there.", table, (key,)
            )

    def _target(self, name: str, columns: Mapping[str, tuple[str, ...]]) -> _Target:
        table = self._schema.find(name)
        named = columns.get(name, ())
        if table is None or table.kind is not TableKind.TABLE:
            raise UndoRefusedError(f"There is no table {name} any more.", name)
        known = {column.name.lower(): column for column in table.columns}
        stored = {column.name.lower() for column in table.columns if not column.generated}
        if not named or any(column.lower() not in known for column in named) or stored - {c.lower() for c in named}:
            raise UndoRefusedError(f"The columns of {name} are others now.", name)
        rowid = None if table.without_rowid else rowid_name(table)
        alias = _rowid_column(table)
        return _Target(
            table=table,
            columns=named,
            filled=tuple(i for i, column in enumerate(named) if column.lower() in stored),
            key=(rowid,) if rowid else tuple(quoted(column) for column in table.key_columns),
            rowid=None if alias else rowid,
        )

    def _row(self, target: _Target, key: Key) -> tuple[Value, ...] | None:
        sql = f"SELECT {listed(target.columns)} FROM {target.name} WHERE {target.where}"
        row = self._connection.execute(sql, key).fetchone()
        return None if row is None else tuple(row)

    def _expect_after(self, change: RowChange) -> None:
        """Look whether a row is still as the request left it."""
        target = self._targets[change.table]
        if not _same(self._row(target, change.key), change.after):
            why = "is there again" if change.after is None else "was changed since"
            raise UndoRefusedError(f"Row {_key_text(change.key)} of {change.table} {why}.", change.table, change.key)

    def _expect_before(self, change: RowChange) -> None:
        """Look whether a row is as it was before the request."""
        if change.before is None:
            return
        target = self._targets[change.table]
        key = self._key_before(target, change)
        if not _same(self._row(target, key), change.before):
            why = f"Row {_key_text(key)} of {change.table} could not be brought back as it was."
            raise UndoRefusedError(why, change.table, key)

    def _key_before(self, target: _Target, change: RowChange) -> Key:
        """Return the key that a row had before: an update may have changed it."""
        before = change.before
        if before is None:
            return change.key
        by_name = {name.lower(): value for name, value in zip(target.columns, before, strict=True)}
        names = target.table.key_columns if target.table.without_rowid else (_rowid_column(target.table),)
        if names == (None,):
            return change.key
        return tuple(by_name[str(name).lower()] for name in names)

    def _delete(self, change: RowChange) -> None:
        target = self._targets[change.table]
        self._connection.execute(f"DELETE FROM {target.name} WHERE {target.where}", change.key)

    def _insert(self, change: RowChange) -> None:
        target = self._targets[change.table]
        before = change.before or ()
        names = [quoted(target.columns[i]) for i in target.filled]
        values = [before[i] for i in target.filled]
        if target.rowid:
            names.insert(0, target.rowid)
            values.insert(0, change.key[0])
        marks = ", ".join("?" * len(values))
        self._connection.execute(f"INSERT INTO {target.name} ({', '.join(names)}) VALUES ({marks})", values)

    def _pointing(self) -> tuple[str, ...]:
        """Return the tables whose foreign keys the undoing can break."""
        touched = {name.lower() for name in self._targets}
        return tuple(
            table.name
            for table in self._schema.tables
            if table.foreign_keys
            and (table.name.lower() in touched or any(key.table.lower() in touched for key in table.foreign_keys))
        )

    def _broken(self, tables: Iterable[str]) -> set[tuple[str, Value, str]]:
        found: set[tuple[str, Value, str]] = set()
        for name in tables:
            for table, key, parent, _ in self._connection.execute(f"PRAGMA main.foreign_key_check({quoted(name)})"):
                found.add((str(table), key, str(parent)))
        return found


@contextmanager
def _without_triggers(connection: sqlite3.Connection, tables: Sequence[Table]) -> Iterator[None]:
    """Keep the triggers of tables from firing on this connection."""
    triggers = [trigger for table in tables for trigger in table.triggers]
    if not triggers:
        yield
    elif sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, False)
        yield
    else:  # taken out and put back in the same transaction: nobody else ever misses them
        for trigger in triggers:
            connection.execute(f"DROP TRIGGER main.{quoted(trigger.name)}")
        yield
        for trigger in triggers:
            connection.execute(trigger.sql)


def _rowid_column(table: Table) -> str | None:
    """Return the column that is the rowid under another name, if one is."""
    keys = [column for column in table.columns if column.key]
    if table.without_rowid or len(keys) != 1 or keys[0].type.upper() != "INTEGER":
        return None
    return keys[0].name


def _same(found: tuple[Value, ...] | None, wanted: tuple[Value, ...] | None) -> bool:
    """Tell whether two rows are equal to the type: 1 is not 1.0."""
    if found is None or wanted is None:
        return found is wanted
    return len(found) == len(wanted) and all(
        type(a) is type(b) and (a == b or a != a)  # noqa: PLR0124 - NaN is unlike itself
        for a, b in zip(found, wanted, strict=True)
    )


def _key_text(key: Key) -> str:
    return ", ".join(str(value) for value in key)
