"""Paints a row of the history: method, path, status and time."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.ui.delegates.row_fill import paint_row_fill
from explorer.ui.models.history_model import HistoryRole
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.badge import method_token, paint_badge, short_method, status_token

ROW_HEIGHT = 26
_LEFT = 12
_BADGE_WIDTH = 46
_BADGE_HEIGHT = 16
_GAP = 8
_RIGHT = 12


class HistoryDelegate(QStyledItemDelegate):
    """Knows how rows look; what they say comes from the model."""

    def __init__(self, themes: Themes, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._themes.theme.px(120), self._themes.theme.px(ROW_HEIGHT))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._themes.theme
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_fill(painter, rect, state, theme)
        height = theme.px(_BADGE_HEIGHT)
        badge = QRect(
            rect.left() + theme.px(_LEFT), rect.center().y() - height // 2 + 1, theme.px(_BADGE_WIDTH), height
        )
        method = str(index.data(HistoryRole.METHOD))
        paint_badge(painter, badge, short_method(method), method_token(method), theme)
        right = rect.right() - theme.px(_RIGHT)
        right -= self._paint_right(painter, rect, right, str(index.data(HistoryRole.WHEN)), "t3") + theme.px(_GAP)
        token = status_token(str(index.data(HistoryRole.TOKEN_DIGIT)))
        right -= self._paint_right(painter, rect, right, str(index.data(HistoryRole.STATUS)), token) + theme.px(_GAP)
        left = badge.right() + theme.px(_GAP)
        painter.setFont(theme.font("code"))
        painter.setPen(theme.color("t1" if state & QStyle.StateFlag.State_Selected else "t2"))
        box = QRect(left, rect.top(), max(0, right - left), rect.height())
        target = self._themes.shown(str(index.data(HistoryRole.TARGET)))
        # The resource stands at the beginning, what was asked of it at the end.
        shown = painter.fontMetrics().elidedText(target, Qt.TextElideMode.ElideMiddle, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        painter.restore()

    def _paint_right(self, painter: QPainter, rect: QRect, right: int, text: str, token: str) -> int:
        """Paint a short text that ends at `right`; returns its width."""
        font = self._themes.theme.font("code_caption")
        width = QFontMetrics(font).horizontalAdvance(text)
        painter.setFont(font)
        painter.setPen(self._themes.theme.color(token))
        painter.drawText(QRect(right - width, rect.top(), width, rect.height()), Qt.AlignmentFlag.AlignVCenter, text)
        return width
