"""Headers as rows: name, value, and what each does."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer.client.exchange import Headers
from explorer.client.header_meanings import meaning_of_header
from explorer.ui.onlookers import says_what_is_shown
from explorer.ui.override import override
from explorer.ui.tool_tip import as_written

AnyIndex = QModelIndex | QPersistentModelIndex

_NO_INDEX = QModelIndex()
_TITLES = ("Name", "Value", "What it does")
_SHOWN = 1_000  # characters of one cell


class HeadersModel(QAbstractTableModel):
    """Header names and values, in the order of the wire."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headers: Headers = ()

    @property
    def headers(self) -> Headers:
        """What is shown."""
        return self._headers

    def set_headers(self, headers: Headers) -> None:
        """Show other headers."""
        self.beginResetModel()
        self._headers = headers
        self.endResetModel()

    @override
    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._headers)

    @override
    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(_TITLES)

    @override
    @says_what_is_shown(values=(1,))
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            header = self._headers[index.row()]
            if index.column() == 2:
                return meaning_of_header(header[0])
            shown = header[index.column()][:_SHOWN]
            return as_written(shown) if role == Qt.ItemDataRole.ToolTipRole else shown
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None
