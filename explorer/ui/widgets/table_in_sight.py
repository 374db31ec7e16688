"""What of a `VirtualTable` is in sight: Qt's table, and so assistive tools, know no other rows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from explorer.ui.onlookers import shown_value
from explorer.ui.override import override
from explorer.ui.widgets.table_source import PLAIN, RowLook, TableColumn, TableSource

_Index = QModelIndex | QPersistentModelIndex


@dataclass(slots=True)
class TableState:
    """Where a person is. Rows are counted from the first one of all.

    Attributes:
        source: what is shown; None for nothing.
        first: the first row in sight.
        count: how many rows are in sight, the last one perhaps in part.
        row: the current row, -1 for none.
        column: the current column.
        anchor: where the selection began; it reaches to the current row.
    """

    source: TableSource | None = None
    first: int = 0
    count: int = 0
    row: int = -1
    column: int = 0
    anchor: int = -1

    @property
    def selected(self) -> range:
        """The selected rows."""
        if self.row < 0:
            return range(0)
        anchor = self.anchor if self.anchor >= 0 else self.row
        return range(min(anchor, self.row), max(anchor, self.row) + 1)

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.source.columns) if self.source else 0

    def column_at(self, number: int) -> TableColumn | None:
        """Return a column by its number, or None."""
        return self.source.columns[number] if self.source and 0 <= number < self.columns else None

    def look_in_sight(self, number: int) -> RowLook:
        """Return what makes a row stand out, counted from the first one in sight."""
        return self.source.look(self.first + number) if self.source and number < self.count else PLAIN


class CellsModel(QAbstractTableModel):
    """The rows in sight, for Qt's table and for assistive tools."""

    def __init__(self, state: TableState) -> None:
        super().__init__()
        self._state = state
        self._rows = 0
        self._columns = 0

    def fit(self) -> None:
        """Follow the state: as many rows and columns as it has."""
        if self._columns != self._state.columns:
            self.beginResetModel()
            self._columns, self._rows = self._state.columns, self._state.count
            self.endResetModel()
            return
        wanted = self._state.count
        if wanted > self._rows:
            self.beginInsertRows(QModelIndex(), self._rows, wanted - 1)
            self._rows = wanted
            self.endInsertRows()
        elif wanted < self._rows:
            self.beginRemoveRows(QModelIndex(), wanted, self._rows - 1)
            self._rows = wanted
            self.endRemoveRows()

    def reset(self) -> None:
        """Begin anew with other columns."""
        self.beginResetModel()
        self._columns, self._rows = self._state.columns, self._state.count
        self.endResetModel()

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 as Qt declares it
        return 0 if parent.isValid() else self._rows

    @override
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 as Qt declares it
        return 0 if parent.isValid() else self._columns

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        spoken = role == Qt.ItemDataRole.AccessibleTextRole
        if self._state.source is None or not (spoken or role == Qt.ItemDataRole.DisplayRole):
            return None
        cell = self._state.source.cell(self._state.first + index.row(), index.column())
        if cell is None:
            return "not read yet"
        column = self._state.column_at(index.column())
        if spoken and column is not None:
            return shown_value(column.title, cell.spoken or cell.text)
        return cell.text

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation == Qt.Orientation.Horizontal:
            column = self._state.column_at(section)
            return f"{column.title} {column.note}".strip() if column else ""
        spoken = self._state.look_in_sight(section).spoken
        number = f"{self._state.first + section + 1:,}"
        return f"Row {number}, {spoken}" if spoken else f"Row {number}"
