"""The rows of a table that were read, for a `VirtualTable`; what is missing is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.database.changes import Value
from explorer.database.grid import Cell, Cut, GridRow, Mark, Page
from explorer.database.schema import Column, ForeignKey, Table
from explorer.ui.models.cell_text import cell_text, is_special
from explorer.ui.widgets.table_source import PLAIN, RowLook, TableCell, TableColumn

_MOST_CELLS = 400_000  # kept at once; some 60 MB of short texts at the very most
_FEWEST_ROWS = 400
_AROUND = 60  # rows asked for above and below those in sight
_LONGEST_BEFORE = 16  # characters of what a value was, beside what it is
_NUMBERS = ("INT", "REAL", "FLOA", "DOUB", "NUMERIC", "DECIMAL")
_LOOKS = {
    Mark.ADDED: RowLook("+", "ok", filled=True, spoken="added"),
    Mark.CHANGED: RowLook("~", "warn", spoken="changed"),
    Mark.DELETED: RowLook("−", "err", filled=True, spoken="deleted"),
}


class GridRows:
    """Keeps the rows around those in sight. Rows of an older version stay until newer ones are there."""

    def __init__(self, table: Table | None = None) -> None:
        self.table = table
        self._shown: tuple[Column, ...] = tuple(c for c in table.columns if not c.hidden) if table else ()
        self._keys = _foreign_keys(table) if table else {}
        self._columns = [_title(column, self._keys.get(column.name.lower())) for column in self._shown]
        self._links = [column.name.lower() in self._keys for column in self._shown]
        self._rows: dict[int, GridRow] = {}
        self._total = 0
        self._version: int | None = None

    # --- for the table ------------------------------------------------------------------------------------------------
    @property
    def columns(self) -> Sequence[TableColumn]:
        """The columns that are not hidden."""
        return self._columns

    @property
    def row_count(self) -> int:
        """How many rows there are, as far as is known."""
        return self._total

    def cell(self, row: int, column: int) -> TableCell | None:
        """Return how a cell reads; None while its row was not read."""
        found = self._rows.get(row)
        if found is None or column >= len(found.cells):
            return None
        cell = found.cells[column]
        special = is_special(cell)
        if found.mark is Mark.DELETED:
            return TableCell(cell_text(cell), "err", italic=cell is None, struck=True)
        if found.before is not None and column < len(found.before) and not _same(found.before[column], cell):
            return _changed(found.before[column], cell)
        link = self._links[column] and cell is not None
        token = "info" if link else "t3" if special else "t1"
        return TableCell(cell_text(cell), token, italic=cell is None, link=link)

    def look(self, row: int) -> RowLook:
        """Return the mark of a row."""
        found = self._rows.get(row)
        return PLAIN if found is None else _LOOKS.get(found.mark, PLAIN)

    def copied(self, row: int, column: int) -> str | None:
        """Return a cell as it goes to the clipboard: NULL is empty."""
        found = self._rows.get(row)
        if found is None or column >= len(found.cells):
            return None
        cell = found.cells[column]
        return "" if cell is None else cell if isinstance(cell, str) else cell_text(cell)

    # --- for the page -------------------------------------------------------------------------------------------------
    def set_page(self, page: Page) -> bool:
        """Take rows in; return whether those of an older version went."""
        renewed = self._version is not None and page.version != self._version
        if renewed:
            self._rows.clear()
        self._version, self._total = page.version, page.total
        for number, row in enumerate(page.rows):
            self._rows[page.first + number] = row
        self._let_go(page.first + len(page.rows) // 2)
        return renewed

    def forget(self) -> None:
        """Take what is kept for old: it stays only until newer rows come."""
        self._version = -1

    def row(self, number: int) -> GridRow | None:
        """Return a row, or None while it was not read."""
        return self._rows.get(number)

    def missing(self, sight: range) -> tuple[int, int] | None:
        """Return the first row and how many to ask for; None when all in sight are there and new."""
        stale = self._version == -1
        if not stale and all(number in self._rows for number in sight):
            return None
        first = max(0, sight.start - _AROUND)
        return first, sight.stop + _AROUND - first

    def column(self, number: int) -> Column | None:
        """Return the column at a place of the grid."""
        return self._shown[number] if 0 <= number < len(self._shown) else None

    def foreign_key(self, column: int) -> ForeignKey | None:
        """Return what a column points with; None when it points nowhere."""
        found = self.column(column)
        return self._keys.get(found.name.lower()) if found else None

    def was(self, row: int, column: int) -> tuple[str, str] | None:
        """Return what a changed cell is and was, or None when it did not change."""
        found = self._rows.get(row)
        if found is None or found.before is None or column >= len(found.before):
            return None
        if _same(found.before[column], found.cells[column]):
            return None
        return cell_text(found.cells[column]), cell_text(found.before[column])

    def _let_go(self, middle: int) -> None:
        """Keep what is near, and let go of what is far."""
        most = max(_FEWEST_ROWS, _MOST_CELLS // max(1, len(self._shown)))
        if len(self._rows) > most:
            near = sorted(self._rows, key=lambda number: abs(number - middle))[: most // 2]
            self._rows = {number: self._rows[number] for number in near}


def _changed(before: Value, now: Cell) -> TableCell:
    was, text = cell_text(before), cell_text(now)
    beside = was if len(was) <= _LONGEST_BEFORE and len(text) <= _LONGEST_BEFORE else ""
    return TableCell(
        text,
        "warn",
        italic=now is None,
        bold=bool(beside),
        before=beside,
        filled=True,
        tip=f"It was {was}",
        spoken=f"{text}, it was {was}",
    )


def _same(before: Value, now: Cell) -> bool:
    if isinstance(now, Cut):
        whole = isinstance(before, str if now.is_text else bytes)
        return whole and len(before) == now.size and before[: len(now.start)] == now.start  # type: ignore[arg-type,index]
    return type(before) is type(now) and before == now


def _title(column: Column, key: ForeignKey | None) -> TableColumn:
    note = "PK" if column.key else "FK" if key else column.type
    tip = [column.name, column.type]
    if key is not None:
        tip.append(f"→ {key.table}")
    number = any(part in column.type.upper() for part in _NUMBERS)
    return TableColumn(title=column.name, note=note, tip=" ".join(part for part in tip if part), right=number)


def _foreign_keys(table: Table) -> dict[str, ForeignKey]:
    """Return for each column the key it belongs to; one of a single column goes before those of several."""
    found: dict[str, ForeignKey] = {}
    for key in sorted(table.foreign_keys, key=lambda key: len(key.columns)):
        for name in key.columns:
            found.setdefault(name.lower(), key)
    return found
