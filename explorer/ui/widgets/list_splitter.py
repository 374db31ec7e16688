"""A list above what belongs to its chosen row."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListView, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.grip_splitter import GripSplitter

_LEAST_FOR_THE_REST = 190  # design pixels, or half of the height where that is less


class ListSplitter(GripSplitter):
    """Gives the list the height of its rows, as far as enough is left for the rest; a person's own division stays."""

    def __init__(self, themes: Themes, rows: QListView, rest: QWidget, parent: QWidget | None = None) -> None:
        """`rows` has its model already, and rows of one height."""
        super().__init__(themes, parent=parent)
        self._rows = rows
        self._by_hand = False
        self.addWidget(rows)
        self.addWidget(rest)
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._on_splitter_moved)
        rows.model().modelReset.connect(self._divide)
        themes.changed.connect(self._divide)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._divide()

    def _divide(self) -> None:
        if self._by_hand:
            return
        height = self.height() - self.handleWidth()
        wanted = self._rows.sizeHintForRow(0) * self._rows.model().rowCount() + 2 * self._rows.frameWidth()
        above = min(wanted, max(height - self._themes.theme.px(_LEAST_FOR_THE_REST), height // 2))
        self.setSizes([above, height - above])

    def _on_splitter_moved(self) -> None:
        self._by_hand = True
