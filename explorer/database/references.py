"""From a row to the row that it points to."""

from __future__ import annotations

from explorer.database.changes import Value
from explorer.database.grid import Comparison, Cut, Filter, GridQuery, GridRow
from explorer.database.names import shown
from explorer.database.schema import ForeignKey, Schema, Table


def references_from(table: Table, foreign_key: ForeignKey, row: GridRow, schema: Schema) -> GridQuery | None:
    """Return the query for the row that a foreign key points to; None when it is NULL or the table is not there."""
    there = schema.find(foreign_key.table)
    if there is None:
        return None
    filters = _filters(table, foreign_key.columns, row, foreign_key.to or there.key_columns)
    return GridQuery(table=there.name, filters=filters) if filters else None


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
