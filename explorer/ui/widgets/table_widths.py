"""How wide the columns of a table are at first: as wide as the rows that are there need, within bounds."""

from __future__ import annotations

from collections.abc import Callable

from explorer.ui.widgets.table_cells import TableCells
from explorer.ui.widgets.table_in_sight import TableState

_LEAST = 56
_MOST = 300
_MOST_WHEN_ASKED = 900
_WELL_MEASURED = 48  # columns: of more, a few rows have to do
_FEW_ROWS = 4

_Px = Callable[[float], int]


def first_widths(cells: TableCells, state: TableState, rows: range, px: _Px) -> tuple[list[int], bool]:
    """Return a width in pixels for each column, and whether there were rows to measure."""
    source = state.source
    if source is None:
        return [], False
    there = [row for row in rows if source.cell(row, 0) is not None] if state.columns else []
    widths: list[int] = []
    for number, column in enumerate(source.columns):
        if column.width is not None:
            widths.append(px(column.width))
            continue
        some = there if number < _WELL_MEASURED else there[:_FEW_ROWS]
        widths.append(_widest(cells, state, number, some, (px(_LEAST), px(_MOST))))
    return widths, bool(there)


def fitting_width(cells: TableCells, state: TableState, column: int, rows: range, px: _Px) -> int:
    """Return the width in pixels at which a column's title and cells in sight fit."""
    return _widest(cells, state, column, list(rows), (px(_LEAST), px(_MOST_WHEN_ASKED)))


def _widest(cells: TableCells, state: TableState, column: int, rows: list[int], bounds: tuple[int, int]) -> int:
    source = state.source
    if source is None:
        return bounds[0]
    width = cells.header.title_width(source.columns[column])
    for row in rows:
        cell = source.cell(row, column)
        if cell is not None:
            width = max(width, cells.cell_width(cell, column))
    return max(bounds[0], min(bounds[1], width))
