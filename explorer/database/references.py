"""From a row to the rows it points to, and to those that point to it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from explorer.database.changes import Value
from explorer.database.conditions import condition
from explorer.database.grid import Comparison, Cut, Filter, GridQuery, GridRow
from explorer.database.names import quoted, shown
from explorer.database.schema import ForeignKey, Schema, Table

_COUNTED_AT_MOST = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Rows of another table that point to a row.

    Attributes:
        table: whose rows they are.
        columns: which of its columns point here.
        query: shows them.
        rows: how many they are, up to 1,000.
        more: whether there are more.
    """

    table: str
    columns: tuple[str, ...]
    query: GridQuery
    rows: int
    more: bool


def references_from(table: Table, foreign_key: ForeignKey, row: GridRow, schema: Schema) -> GridQuery | None:
    """Return the query for the row that a foreign key points to; None when it is NULL or the table is not there."""
    there = schema.find(foreign_key.table)
    if there is None:
        return None
    filters = _filters(table, foreign_key.columns, row, foreign_key.to or there.key_columns)
    return GridQuery(table=there.name, filters=filters) if filters else None


def references_to(connection: sqlite3.Connection, table: Table, row: GridRow, schema: Schema) -> tuple[Reference, ...]:
    """Return for each foreign key that points to the row's table which rows point to the row."""
    found = []
    for other in schema.tables:
        for foreign_key in other.foreign_keys:
            if foreign_key.table.lower() != table.name.lower():
                continue
            filters = _filters(table, foreign_key.to or table.key_columns, row, foreign_key.columns)
            if not filters:
                continue
            where, values = condition(filters, other)
            sql = f"SELECT count(*) FROM (SELECT 1 FROM main.{quoted(other.name)} WHERE {where} LIMIT ?)"
            (rows,) = connection.execute(sql, (*values, _COUNTED_AT_MOST + 1)).fetchone()
            found.append(
                Reference(
                    table=other.name,
                    columns=foreign_key.columns,
                    query=GridQuery(table=other.name, filters=filters),
                    rows=min(rows, _COUNTED_AT_MOST),
                    more=rows > _COUNTED_AT_MOST,
                )
            )
    return tuple(found)


def _filters(table: Table, here: tuple[str, ...], row: GridRow, there: tuple[str, ...]) -> tuple[Filter, ...]:
    """Return the filters that the columns `there` equal what the columns `here` hold; none when one of them is NULL."""
    places = {name.lower(): number for number, name in enumerate(shown(table))}
    filters = []
    for mine, its in zip(here, there, strict=False):
        place = places.get(mine.lower())
        text = _typed(row.cells[place]) if place is not None else None
        if text is None:
            return ()
        filters.append(Filter(its, Comparison.EQUAL, text))
    return tuple(filters)


def _typed(cell: Value | Cut) -> str | None:
    """Return a value as a person would type it into a filter."""
    match cell:
        case None | Cut():
            return None
        case bytes():
            return f"x'{cell.hex()}'"
        case float():
            return repr(cell)
        case _:
            return str(cell)
