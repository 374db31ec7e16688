"""What a person filters by, as SQL."""

from __future__ import annotations

import re
from collections.abc import Sequence

from explorer.database.changes import Value
from explorer.database.grid import Comparison, Filter, GridQuery
from explorer.database.names import affinity, listed, quoted, rowid_name, shown
from explorer.database.schema import Table
from explorer.database.trouble import DatabaseError, Trouble

Condition = tuple[str, tuple[Value, ...]]

_BLOB = re.compile(r"[xX]'((?:[0-9a-fA-F]{2})*)'")
_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*")
_ESCAPES = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})
_OPERATORS = {
    Comparison.LESS: "<",
    Comparison.LESS_EQUAL: "<=",
    Comparison.GREATER: ">",
    Comparison.GREATER_EQUAL: ">=",
}
_LARGEST = 2**63 - 1


def condition(filters: Sequence[Filter], table: Table) -> Condition:
    """Return SQL that holds for the rows that pass all filters, and its parameters; empty for no filters.

    A number that was typed is compared with numbers as a number, and with texts as a text. ``≠`` is also true of NULL.

    Raises:
        DatabaseError: a filter is on a column that is not there (any more).
    """
    parts: list[str] = []
    values: list[Value] = []
    declared = {column.name.lower(): column.type for column in table.columns}
    for one in filters:
        if one.column.lower() not in declared:
            raise DatabaseError(
                Trouble.REFUSED, f"{table.name} has no column {one.column} (any more): take its filter away."
            )
        sql, its_values = _one(one, _preferred(declared[one.column.lower()]))
        parts.append(f"({sql})")
        values += its_values
    return " AND ".join(parts), tuple(values)


def select(query: GridQuery, table: Table) -> Condition:
    """Return the statement for all rows of a query, in its order, and its parameters: for an export."""
    where, values = condition(query.filters, table)
    sql = f"SELECT {listed(shown(table))} FROM main.{quoted(table.name)}"
    if where:
        sql += f" WHERE {where}"
    order = []
    if query.order is not None:
        order.append(quoted(query.order.column) + (" DESC" if query.order.descending else ""))
    rowid = rowid_name(table)
    key = (rowid,) if rowid else tuple(quoted(name) for name in table.key_columns)
    backwards = query.order is not None and query.order.descending
    order += [name + (" DESC" if backwards else "") for name in key]
    if order:
        sql += f" ORDER BY {', '.join(order)}"
    return sql, values


def number(text: str) -> int | float | None:
    """Return the number that was typed, or None."""
    if not _NUMBER.fullmatch(text):
        return None
    try:
        whole = int(text)
    except ValueError:
        return float(text)
    return whole if -_LARGEST - 1 <= whole <= _LARGEST else float(whole) if len(text) < 300 else None


def _preferred(declared: str) -> str:
    """Return which values to expect: like SQLite, but dates, which count as numbers for it, may be anything."""
    if any(part in declared.upper() for part in ("NUM", "DEC")):
        return "REAL"
    return affinity(declared)


def _one(one: Filter, preferred: str) -> tuple[str, tuple[Value, ...]]:
    name = quoted(one.column)
    text = one.text.encode("utf-8", "replace").decode()
    match one.comparison:
        case Comparison.IS_NULL:
            return f"{name} IS NULL", ()
        case Comparison.IS_NOT_NULL:
            return f"{name} IS NOT NULL", ()
        case Comparison.CONTAINS:
            return f"{name} LIKE ? ESCAPE '\\'", (f"%{text.translate(_ESCAPES)}%",)
        case Comparison.STARTS:
            return f"{name} LIKE ? ESCAPE '\\'", (f"{text.translate(_ESCAPES)}%",)
        case Comparison.EQUAL:
            return _equal(name, text, preferred)
        case Comparison.NOT_EQUAL:
            sql, values = _equal(name, text, preferred)
            return f"({sql}) IS NOT 1", values
        case _:
            return _ordered(name, _OPERATORS[one.comparison], text, preferred)


def _equal(name: str, text: str, preferred: str) -> tuple[str, tuple[Value, ...]]:
    blob = _BLOB.fullmatch(text)
    if blob is not None:
        return f"{name} IN (?, ?)", (text, bytes.fromhex(blob[1]))
    typed = number(text)
    if typed is None or preferred == "TEXT":
        return f"{name} = ?", (text,)
    if preferred == "BLOB":  # nothing was converted: it may be either
        return f"{name} IN (?, ?)", (typed, text)
    return f"{name} = ?", (typed,)


def _ordered(name: str, operator: str, text: str, preferred: str) -> tuple[str, tuple[Value, ...]]:
    as_text = f"typeof({name}) = 'text' AND +{name} {operator} ?"  # the plus: no conversion of what was typed
    typed = number(text)
    if preferred == "TEXT":
        return f"{name} {operator} ? AND typeof({name}) = 'text'", (text,)
    if typed is None:
        return as_text, (text,)
    as_number = f"{name} {operator} ? AND typeof({name}) IN ('integer', 'real')"
    if preferred in ("INTEGER", "REAL"):
        return as_number, (typed,)
    return f"({as_number}) OR ({as_text})", (typed, text)
