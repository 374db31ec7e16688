"""Rows of plain texts under titles."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from explorer.ui.onlookers import shown, shown_value
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written

AnyIndex = QModelIndex | QPersistentModelIndex

_NO_INDEX = QModelIndex()
_SHOWN = 1_000  # characters of one cell


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row.

    Attributes:
        cells: from left to right; what is missing is empty.
        token: the colour of the first cell; empty for the usual one.
        explained: what the tool tip and the line below say; empty for the cells themselves.
    """

    cells: tuple[str, ...]
    token: str = ""
    explained: str = ""


class TextRowsModel(QAbstractTableModel):
    """A table of texts."""

    def __init__(
        self,
        themes: Themes,
        titles: Sequence[str],
        parent: QObject | None = None,
        *,
        values: Collection[int] = (),
        name: str = "",
    ) -> None:
        """`values` are the columns with what the first column names; `name` names them where that does not tell."""
        super().__init__(parent)
        self._values = values
        self._name = name
        self._themes = themes
        self._titles = tuple(titles)
        self._rows: tuple[TextRow, ...] = ()

    @property
    def rows(self) -> tuple[TextRow, ...]:
        """What is shown."""
        return self._rows

    def set_rows(self, rows: Sequence[TextRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    @override
    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._titles)

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        text = row.cells[index.column()] if index.column() < len(row.cells) else ""
        if role == Qt.ItemDataRole.DisplayRole:
            return text[:_SHOWN]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            is_value = index.column() in self._values
            return shown_value(self._name or row.cells[0], text[:_SHOWN]) if is_value else shown(text[:_SHOWN])
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_written(row.explained or text[:_SHOWN]) or None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._color(row, index.column())
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def _color(self, row: TextRow, column: int) -> QColor | None:
        return self._themes.theme.color(row.token) if row.token and column == 0 else None
