"""The columns of one row, one below the other, for the record view."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer.database.grid import Cell, GridRow
from explorer.database.schema import Column, ForeignKey, Table
from explorer.ui.models.cell_text import cell_text
from explorer.ui.onlookers import says_what_is_shown
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_TITLES = ("Column", "Type", "Value")


@dataclass(frozen=True, slots=True)
class RecordField:
    """One column with its value.

    Attributes:
        column: the column.
        cell: its value, of a long one the beginning.
        before: what it was before the change, as it reads; None when it did not change.
        key: what it points with; None when it points nowhere.
    """

    column: Column
    cell: Cell
    before: str | None
    key: ForeignKey | None


class RecordModel(QAbstractTableModel):
    """Name, type and the beginning of the value of each column."""

    def __init__(self, themes: Themes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._fields: tuple[RecordField, ...] = ()

    def set_row(self, table: Table, row: GridRow) -> None:
        """Show another row."""
        self.beginResetModel()
        self._fields = _fields(table, row)
        self.endResetModel()

    def field(self, number: int) -> RecordField | None:
        """Return a column with its value."""
        return self._fields[number] if 0 <= number < len(self._fields) else None

    def number_of(self, column: str) -> int:
        """Return the number of a column; 0 when there is none of that name."""
        return next((i for i, field in enumerate(self._fields) if field.column.name == column), 0)

    @override
    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._fields)

    @override
    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(_TITLES)

    @override
    @says_what_is_shown(values=(2,))
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        field = self.field(index.row()) if index.isValid() else None
        if field is not None and role == Qt.ItemDataRole.FontRole:
            return self._themes.theme.font("code")
        if field is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        if index.column() == 0:
            return field.column.name
        if index.column() == 1:
            return field.column.type or "—"
        text = cell_text(field.cell)
        return f"{field.before} → {text}" if field.before is not None else text

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[section]
        return None


def _fields(table: Table, row: GridRow) -> tuple[RecordField, ...]:
    columns = [column for column in table.columns if not column.hidden]
    keys = {name.lower(): key for key in reversed(table.foreign_keys) for name in key.columns}
    fields = []
    for number, (column, cell) in enumerate(zip(columns, row.cells, strict=False)):
        before = row.before[number] if row.before is not None and number < len(row.before) else None
        changed = row.before is not None and cell_text(before) != cell_text(cell)
        key = keys.get(column.name.lower()) if cell is not None else None
        fields.append(RecordField(column, cell, cell_text(before) if changed else None, key))
    return tuple(fields)
