"""Which tables of an SQLite database can be watched, and what their rows are known by."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

_WITHOUT_ROWID = re.compile(r"\)[^)]*\bWITHOUT\s+ROWID\b[^)]*$", re.IGNORECASE)
_VIRTUAL = re.compile(r"\s*CREATE\s+VIRTUAL\b", re.IGNORECASE)
_REPLACE = re.compile(r"\bREPLACE\b", re.IGNORECASE)
_ROWID_NAMES = ("rowid", "_rowid_", "oid")


@dataclass(frozen=True)
class Unique:
    """Columns whose values no two rows share, each with the collation by which they are compared."""

    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class WatchedTable:
    """One table.

    Attributes:
        schema: ``main``, or the name of an attached database.
        file: of its database; empty for one in memory.
        name: as declared.
        columns: all that have values, generated ones among them.
        key: the columns of the primary key of a table without rowid; empty when the rowid is the key.
        rowid: by which name the rowid is reached; empty for a table without one.
        uniques: what a REPLACE looks at, beside the rowid.
        replaces: whether its own declaration, or a trigger, asks for REPLACE without the statement saying so.

    """

    schema: str
    file: str
    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    rowid: str
    uniques: tuple[Unique, ...]
    replaces: bool


def quoted(name: str) -> str:
    """Return a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def databases(cursor: sqlite3.Cursor) -> list[tuple[str, str]]:
    """Return (schema name, file) of every database of the connection but the one for temporary tables."""
    return [(name, file or "") for _, name, file in cursor.execute("PRAGMA database_list") if name != "temp"]


def read_tables(cursor: sqlite3.Cursor) -> list[WatchedTable]:
    """Return every table whose rows can be watched: not those of a module, nor where a module keeps its data."""
    found: list[WatchedTable] = []
    for schema, file in databases(cursor):
        master = f"{quoted(schema)}.sqlite_master"
        tables = cursor.execute(f"SELECT name, sql FROM {master} WHERE type = 'table'").fetchall()  # noqa: S608
        triggers = cursor.execute(f"SELECT sql FROM {master} WHERE type = 'trigger'").fetchall()  # noqa: S608
        replacing = any(_REPLACE.search(sql or "") for (sql,) in triggers)
        virtual = {name.lower() for name, sql in tables if _VIRTUAL.match(sql or "")}
        shadows = _shadows(cursor, schema, virtual, [name for name, _ in tables])
        for name, sql in tables:
            low = name.lower()
            if low.startswith("sqlite_") or low in virtual or low in shadows:
                continue
            table = _read_table(cursor, schema, file, name, sql or "", replaces=replacing)
            if table is not None:
                found.append(table)
    return found


def _shadows(cursor: sqlite3.Cursor, schema: str, virtual: set[str], names: list[str]) -> set[str]:
    if not virtual:
        return set()
    told = {
        str(row[1]).lower() for row in cursor.execute("PRAGMA table_list") if row[0] == schema and row[2] == "shadow"
    }
    if sqlite3.sqlite_version_info >= (3, 37):
        return told
    return {name.lower() for name in names if any(name.lower().startswith(f"{module}_") for module in virtual)}


def _read_table(
    cursor: sqlite3.Cursor, schema: str, file: str, name: str, sql: str, *, replaces: bool
) -> WatchedTable | None:
    info = cursor.execute(f"PRAGMA {quoted(schema)}.table_xinfo({quoted(name)})").fetchall()
    columns = tuple(row[1] for row in info if row[6] != 1)
    taken = {column.lower() for column in columns}
    rowid, key = next((alias for alias in _ROWID_NAMES if alias not in taken), ""), ()
    if _WITHOUT_ROWID.search(sql):
        rowid = ""
        key = tuple(row[1] for row in sorted(info, key=lambda row: int(row[5])) if row[5])
    if not rowid and not key:
        return None  # columns have taken every name of the rowid: its rows cannot be told apart
    return WatchedTable(
        schema=schema,
        file=file,
        name=name,
        columns=columns,
        key=key,
        rowid=rowid,
        uniques=tuple(_uniques(cursor, schema, name)),
        replaces=replaces or _REPLACE.search(sql) is not None,
    )


def _uniques(cursor: sqlite3.Cursor, schema: str, name: str) -> list[Unique]:
    """Return the unique indexes over plain columns; one over an expression cannot be asked for by its columns."""
    found = []
    for _, index, unique, *_ in cursor.execute(f"PRAGMA {quoted(schema)}.index_list({quoted(name)})").fetchall():
        if not unique:
            continue
        parts = cursor.execute(f"PRAGMA {quoted(schema)}.index_xinfo({quoted(index)})").fetchall()
        keyed = [(column, collation) for _, _, column, _, collation, is_key in parts if is_key]
        if keyed and all(column is not None for column, _ in keyed):
            found.append(Unique(tuple(keyed)))
    return found
