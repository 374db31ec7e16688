"""Asks SQLite what a database consists of."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from explorer.database.names import quoted
from explorer.database.schema import Column, ForeignKey, Index, Schema, Table, TableKind, Trigger

_KINDS = {
    "table": TableKind.TABLE,
    "view": TableKind.VIEW,
    "virtual": TableKind.VIRTUAL,
    "shadow": TableKind.SHADOW,
}
_PASSING = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_INTERRUPT)  # no fault of the table's
_HIDDEN, _GENERATED_VIRTUAL, _GENERATED_STORED = 1, 2, 3


def read_schema(connection: sqlite3.Connection) -> Schema:
    """Return tables and views by name, SQLite's own tables left out."""
    connection.execute("BEGIN")  # one state of it, whoever changes it meanwhile
    try:
        (version,) = connection.execute("PRAGMA schema_version").fetchone()
        listed = connection.execute("PRAGMA main.table_list").fetchall()
        statements = _statements(connection)
        triggers = _triggers(connection)
        tables = [
            _table(connection, name, _KINDS.get(kind, TableKind.TABLE), bool(without_rowid), statements, triggers)
            for schema, name, kind, _columns, without_rowid, _strict in listed
            if schema == "main" and not name.lower().startswith("sqlite_")
        ]
    finally:
        connection.execute("COMMIT")
    return Schema(tables=tuple(sorted(tables, key=lambda table: table.name.lower())), version=version)


def _statements(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    rows = connection.execute("SELECT type, name, sql FROM main.sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {("table" if kind == "view" else kind, name): sql for kind, name, sql in rows}


def _triggers(connection: sqlite3.Connection) -> dict[str, list[Trigger]]:
    found: dict[str, list[Trigger]] = defaultdict(list)
    rows = connection.execute(
        "SELECT name, tbl_name, sql FROM main.sqlite_master WHERE type = 'trigger' ORDER BY name"
    ).fetchall()
    for name, table, sql in rows:
        found[table.lower()].append(Trigger(name=name, table=table, sql=sql or ""))
    return found


def _table(
    connection: sqlite3.Connection,
    name: str,
    kind: TableKind,
    without_rowid: bool,
    statements: dict[tuple[str, str], str],
    triggers: dict[str, list[Trigger]],
) -> Table:
    problem = None
    columns: tuple[Column, ...] = ()
    try:
        columns = _columns(connection, name)
        if kind is TableKind.VIEW:  # its columns may be known although what they come from is gone
            connection.execute(f"EXPLAIN SELECT * FROM main.{quoted(name)}").fetchall()
    except sqlite3.Error as error:
        if error.sqlite_errorcode & 0xFF in _PASSING:
            raise
        problem = f"This {kind} cannot be read. SQLite says: {error}."
    return Table(
        name=name,
        kind=kind,
        columns=columns,
        without_rowid=without_rowid,
        foreign_keys=() if problem else _foreign_keys(connection, name),
        indexes=() if problem else _indexes(connection, name, statements),
        triggers=tuple(triggers.get(name.lower(), ())),
        sql=statements.get(("table", name), ""),
        problem=problem,
    )


def _columns(connection: sqlite3.Connection, table: str) -> tuple[Column, ...]:
    rows = connection.execute(f"PRAGMA main.table_xinfo({quoted(table)})").fetchall()
    return tuple(
        Column(
            name=name,
            type=declared or "",
            not_null=bool(not_null),
            default=default,
            key=key,
            generated=hidden in (_GENERATED_VIRTUAL, _GENERATED_STORED),
            hidden=hidden == _HIDDEN,
        )
        for _number, name, declared, not_null, default, key, hidden in rows
    )


def _foreign_keys(connection: sqlite3.Connection, table: str) -> tuple[ForeignKey, ...]:
    rows = connection.execute(f"PRAGMA main.foreign_key_list({quoted(table)})").fetchall()
    found = []
    for number in sorted({row[0] for row in rows}):
        parts = sorted((row for row in rows if row[0] == number), key=lambda row: row[1])
        _id, _seq, other, _from, _to, on_update, on_delete, _match = parts[0]
        to = tuple(part[4] for part in parts if part[4] is not None) or _primary_key(connection, other)
        found.append(
            ForeignKey(
                columns=tuple(part[3] for part in parts), table=other, to=to, on_update=on_update, on_delete=on_delete
            )
        )
    return tuple(found)


def _primary_key(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    rows = connection.execute(f"PRAGMA main.table_xinfo({quoted(table)})").fetchall()
    return tuple(row[1] for row in sorted(rows, key=lambda row: row[5]) if row[5])


def _indexes(connection: sqlite3.Connection, table: str, statements: dict[tuple[str, str], str]) -> tuple[Index, ...]:
    found = []
    rows = connection.execute(f"PRAGMA main.index_list({quoted(table)})").fetchall()
    for _number, name, unique, _origin, partial in rows:
        columns = connection.execute(f"PRAGMA main.index_info({quoted(name)})").fetchall()
        found.append(
            Index(
                name=name,
                table=table,
                columns=tuple(column if column is not None else "(expression)" for _seq, _cid, column in columns),
                unique=bool(unique),
                partial=bool(partial),
                sql=statements.get(("index", name)),
            )
        )
    return tuple(sorted(found, key=lambda index: index.name.lower()))
