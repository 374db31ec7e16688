"""Names in SQL, and what is said of a column's type."""

from __future__ import annotations

from explorer.database.schema import Table, TableKind

_ROWID_NAMES = ("rowid", "_rowid_", "oid")


def quoted(name: str) -> str:
    """Return a name as SQL takes it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def listed(names: tuple[str, ...], before: str = "") -> str:
    """Return names as a list in SQL."""
    return ", ".join(before + quoted(name) for name in names)


def rowid_name(table: Table) -> str | None:
    """Return under which name a table's rowid can be had; None when it has none that can be named."""
    if table.without_rowid or table.kind not in (TableKind.TABLE, TableKind.SHADOW):
        return None
    taken = {column.name.lower() for column in table.columns}
    for name in _ROWID_NAMES:
        if name not in taken:
            return name
    alone = [column for column in table.columns if column.key]
    if len(alone) == 1 and alone[0].type.upper() == "INTEGER":
        return quoted(alone[0].name)
    return None


def shown(table: Table) -> tuple[str, ...]:
    """Return the names of the columns that a grid shows."""
    return tuple(column.name for column in table.columns if not column.hidden)


def affinity(declared: str) -> str:
    """Return which values SQLite prefers in a column of a declared type, by the rules of its documentation."""
    upper = declared.upper()
    if "INT" in upper:
        return "INTEGER"
    if any(part in upper for part in ("CHAR", "CLOB", "TEXT")):
        return "TEXT"
    if "BLOB" in upper or not upper:
        return "BLOB"
    if any(part in upper for part in ("REAL", "FLOA", "DOUB")):
        return "REAL"
    return "NUMERIC"
