"""The rows of a statement that ran in the console."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from explorer.database.grid import Cell, Cut
from explorer.ui.models.cell_text import cell_text, is_number, is_special
from explorer.ui.onlookers import shown_value
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import documentation

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TOLD = 40  # characters; a longer value is in the tool tip, too
_LOOKED_AT = 50  # rows that say whether a column holds numbers
_NO_INDEX = QModelIndex()


class ResultModel(QAbstractTableModel):
    """Holds the columns and rows that are shown."""

    def __init__(self, themes: Themes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._columns: tuple[str, ...] = ()
        self._rows: Sequence[tuple[Cell, ...]] = ()
        self._numbers: list[bool] = []

    def set_rows(self, columns: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]) -> None:
        """Show another result."""
        self.beginResetModel()
        self._columns, self._rows = columns, rows
        self._numbers = [_holds_numbers(rows, number) for number in range(len(columns))]
        self.endResetModel()

    def holds_numbers(self, column: int) -> bool:
        """Tell whether all values of a column are numbers, as far as was looked."""
        return 0 <= column < len(self._numbers) and self._numbers[column]

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._columns)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | Qt.AlignmentFlag | None:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self._numbers[section] else _LEFT
        return self._columns[section] if role == Qt.ItemDataRole.DisplayRole else None

    @override
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self._rows[index.row()][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell_text(cell)
            case Qt.ItemDataRole.AccessibleTextRole:
                return shown_value(self._columns[index.column()], cell_text(cell))
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if is_number(cell) or (cell is None and self._numbers[index.column()]) else _LEFT
            case Qt.ItemDataRole.ForegroundRole:
                return self._themes.theme.color("t3") if is_special(cell) else None
            case Qt.ItemDataRole.FontRole:
                font = QFont(self._themes.theme.font("code"))
                font.setItalic(is_special(cell))
                return font
            case Qt.ItemDataRole.ToolTipRole:
                text = cell.start if isinstance(cell, Cut) else cell
                return documentation(text) if isinstance(text, str) and len(text) > _TOLD else None
        return None


def _holds_numbers(rows: Sequence[tuple[Cell, ...]], column: int) -> bool:
    found = [row[column] for row in rows[:_LOOKED_AT] if row[column] is not None]
    return bool(found) and all(is_number(cell) for cell in found)
