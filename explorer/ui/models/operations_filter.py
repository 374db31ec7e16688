"""The operations that match what a person typed."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel

from explorer.ui.models.operations_model import OperationRole
from explorer.ui.override import override


class OperationsFilter(QSortFilterProxyModel):
    """Keeps the operations that hold every word in path, tag, method, summary or function, and their groups."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self.setRecursiveFilteringEnabled(True)

    def set_text(self, text: str) -> None:
        """Filter by the words of `text`, whatever their case; an empty text keeps everything."""
        words = tuple(text.lower().split())
        if words != self._words:
            self._words = words
            self.setFilterFixedString(text)  # only to say that the filter changed: `filterAcceptsRow` decides

    def operation_count(self) -> int:
        """Return how many operations match."""
        return sum(self.rowCount(self.index(row, 0)) for row in range(self.rowCount()))

    @override
    def filterAcceptsRow(self, source_row: int, source_parent: QModelIndex | QPersistentModelIndex) -> bool:
        if not self._words:
            return True
        index = self.sourceModel().index(source_row, 0, source_parent)
        text = index.data(OperationRole.SEARCH_TEXT)
        return bool(text) and all(word in text for word in self._words)
