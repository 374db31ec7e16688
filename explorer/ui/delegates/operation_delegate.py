"""Paints a row of the operation tree: a group, or an operation with its method and path."""

from __future__ import annotations

import re

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.ui.delegates.row_fill import paint_row_fill
from explorer.ui.models.operations_model import OperationRole
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.badge import badge_width, method_token, paint_badge, short_method

ROW_HEIGHT = 26
_CHEVRON = 14
_CHEVRON_LEFT = 9
_GROUP_LEFT = 28
_BADGE_LEFT = 20
_BADGE_WIDTH = 46
_BADGE_HEIGHT = 16
_PATH_GAP = 9
_RIGHT = 12
_MARK_OUT = 2  # a mark stands nearer to the edge than a text
_SEGMENT = re.compile(r"(\{[^{}]*\})")


class OperationDelegate(QStyledItemDelegate):
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
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_fill(painter, rect, state, self._themes.theme)
        if index.data(OperationRole.IS_GROUP):
            self._paint_group(painter, rect, index, bool(state & QStyle.StateFlag.State_Open))
        else:
            self._paint_operation(painter, rect, index, bool(state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _paint_group(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex, is_open: bool
    ) -> None:
        theme = self._themes.theme
        side = theme.px(_CHEVRON)
        icon = self._themes.pixmap("cd" if is_open else "cr", "t2", _CHEVRON, painter.device().devicePixelRatioF())
        painter.drawPixmap(
            QRect(rect.left() + theme.px(_CHEVRON_LEFT), rect.center().y() - side // 2 + 1, side, side), icon
        )
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("t3"))
        count = str(index.model().rowCount(index))
        right = rect.adjusted(0, 0, -theme.px(_RIGHT), 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        right.setRight(right.right() - painter.fontMetrics().horizontalAdvance(count) - theme.px(8))
        right.setLeft(rect.left() + theme.px(_GROUP_LEFT))
        painter.setFont(theme.font("control"))
        painter.setPen(theme.color("t2"))
        name = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, right.width())
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter, name)

    def _paint_operation(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex, selected: bool
    ) -> None:
        theme = self._themes.theme
        method = str(index.data(OperationRole.METHOD))
        height = theme.px(_BADGE_HEIGHT)
        badge = QRect(
            rect.left() + theme.px(_BADGE_LEFT), rect.center().y() - height // 2 + 1, theme.px(_BADGE_WIDTH), height
        )
        paint_badge(painter, badge, short_method(method), method_token(method), theme)
        font = QFont(theme.font("code"))
        font.setStrikeOut(bool(index.data(OperationRole.DEPRECATED)))
        painter.setFont(font)
        metrics = QFontMetrics(font)
        left = badge.right() + theme.px(_PATH_GAP)
        room = rect.right() - theme.px(_RIGHT) - left
        if mark := str(index.data(OperationRole.MARK)):
            width = badge_width(mark, theme)
            chip = QRect(left + room - width + theme.px(_MARK_OUT), badge.top(), width, height)
            paint_badge(painter, chip, mark, "t3", theme)
            room = chip.left() - theme.px(_PATH_GAP) - left
        # What tells paths apart stands at their ends: a long one loses its beginning.
        path = metrics.elidedText(str(index.data(OperationRole.PATH)), Qt.TextElideMode.ElideLeft, room)
        for piece in filter(None, _SEGMENT.split(path)):
            painter.setPen(theme.color("s_val" if piece.startswith("{") else "t1" if selected else "t2"))
            painter.drawText(QRect(left, rect.top(), room, rect.height()), Qt.AlignmentFlag.AlignVCenter, piece)
            left += metrics.horizontalAdvance(piece)
