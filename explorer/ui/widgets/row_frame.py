"""The frame around the row that has the keyboard, for lists, tables and trees whose rows Qt paints."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QTableView, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.theme.theme import Theme


def paint_row_frame(view: QAbstractItemView, theme: Theme) -> None:
    """Paint a frame around the current row of a view that has the keyboard; around all of it when it has no row."""
    if not view.hasFocus():
        return
    viewport = view.viewport()
    row = view.visualRect(view.currentIndex())
    frame = QRect(0, row.top(), viewport.width(), row.height()) if row.isValid() else viewport.rect()
    painter = QPainter(viewport)
    painter.setPen(theme.color("acc"))
    painter.drawRect(frame.adjusted(0, 0, -1, -1))
    painter.end()


class RowTable(QTableView):
    """A table with that frame."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes

    @override
    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_row_frame(self, self._themes.theme)


class RowList(QListView):
    """A list with that frame."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_row_frame(self, self._themes.theme)
