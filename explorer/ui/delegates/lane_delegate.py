"""Paints the cells of rows of messages, each word in its own colour and font."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.ui.delegates.row_fill import paint_line_fill
from explorer.ui.models.lane_rows import LaneRow
from explorer.ui.models.lanes_model import ROW_ROLE
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

_EDGE, _PAD = 16, 8
_INDENT = 18  # of what belongs to a layer


class LaneDelegate(QStyledItemDelegate):
    """Knows how rows look; what they say comes from the model."""

    def __init__(self, themes: Themes, parent: QWidget, *, indented: bool = False) -> None:
        """`indented` puts rows that begin no layer a little to the right."""
        super().__init__(parent)
        self._themes = themes
        self._indented = indented

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._themes.theme
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        row: LaneRow = index.data(ROW_ROLE)
        cell = row.cells[index.column()]
        painter.save()
        if row.is_head:
            painter.fillRect(rect, theme.tint("err") if row.failed else theme.color("bg2"))
        paint_line_fill(painter, rect, state, theme)
        indent = _INDENT if self._indented and not row.is_head else 0
        left = theme.px(_EDGE + indent if index.column() == 0 else _PAD)
        words = rect.adjusted(left, 0, -theme.px(_PAD), 0)
        painter.setFont(theme.font(cell.font))
        painter.setPen(theme.color(cell.token))
        text = painter.fontMetrics().elidedText(
            self._themes.shown(cell.text), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, index.data(Qt.ItemDataRole.TextAlignmentRole), text)
        painter.restore()
