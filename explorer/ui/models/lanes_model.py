"""Rows of messages as a Qt table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer.ui.models.keyed_rows import replace_rows
from explorer.ui.models.lane_rows import LaneRow
from explorer.ui.onlookers import says_what_is_shown
from explorer.ui.override import override
from explorer.ui.tool_tip import as_written

AnyIndex = QModelIndex | QPersistentModelIndex

ROW_ROLE = Qt.ItemDataRole.UserRole
_NO_INDEX = QModelIndex()


class LanesModel(QAbstractTableModel):
    """Holds `LaneRow` values under given titles; `figures` are the columns whose words end at the right."""

    def __init__(self, titles: Sequence[str], figures: Sequence[int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._titles = tuple(titles)
        self._figures = frozenset(figures)
        self._rows: list[LaneRow] = []

    @property
    def rows(self) -> tuple[LaneRow, ...]:
        """The rows as they are."""
        return tuple(self._rows)

    def set_rows(self, rows: Sequence[LaneRow]) -> None:
        """Show these rows instead of those before; the same ones stay as they are."""
        replace_rows(self, self._rows, rows, columns=len(self._titles))

    @override
    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._titles)

    @override
    @says_what_is_shown()
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.cells[index.column()].text
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken if index.column() == 0 else row.cells[index.column()].text
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(index.column())
            case Qt.ItemDataRole.ToolTipRole:
                return as_written(row.tip) or None
            case _:
                return row if role == ROW_ROLE else None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles[section]
        return self._alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column in self._figures else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
