"""How a value of SQLite reads in a cell."""

from __future__ import annotations

from explorer.database.grid import Cell, Cut
from explorer.ui.wording import size_text

_LONGEST = 500  # characters in one cell
_BREAKS = str.maketrans({"\n": "⏎", "\r": "", "\t": " "})


def cell_text(cell: Cell) -> str:
    """Return a value in one line: NULL by its name, a blob by its size, a long text by its beginning."""
    match cell:
        case None:
            return "NULL"
        case bytes():
            return f"blob {size_text(len(cell))}"
        case Cut(is_text=False):
            return f"blob {size_text(cell.size)}"
        case Cut():
            return str(cell.start)[:_LONGEST].translate(_BREAKS) + "…"
        case str():
            shown = cell[:_LONGEST].translate(_BREAKS)
            return shown + "…" if len(cell) > _LONGEST else shown
        case float():
            return repr(cell)
    return str(cell)


def is_number(cell: Cell) -> bool:
    """Tell whether a value stands at the right of its cell."""
    return isinstance(cell, int | float)


def is_special(cell: Cell) -> bool:
    """Tell whether what the cell says is not the value itself: NULL, or a blob's size."""
    return cell is None or isinstance(cell, bytes) or (isinstance(cell, Cut) and not cell.is_text)
