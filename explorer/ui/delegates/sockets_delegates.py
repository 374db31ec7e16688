"""Paint the rows at the left of the Sockets room."""

from __future__ import annotations

import re

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.ui.delegates.row_fill import paint_row_fill
from explorer.ui.models.sockets_lists import ClientRole, EndpointRole
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.badge import paint_badge

_ROW = 28
_LEFT = 12
_RIGHT = 12
_BADGE_WIDTH = 32
_BADGE_HEIGHT = 16
_GAP = 8
_LOCK = 12
_DOT = 7
_SEGMENT = re.compile(r"(\{[^{}…]*[}…]?|(?<=…)[^{}/]*\})")  # a parameter, or what is left of one in the middle

_AnyIndex = QModelIndex | QPersistentModelIndex


class EndpointDelegate(QStyledItemDelegate):
    """The word WS, the path with its parameters in their colour, and a lock where the endpoint asks who one is."""

    def __init__(self, themes: Themes, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _AnyIndex) -> QSize:
        return QSize(self._themes.theme.px(120), self._themes.theme.px(_ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        theme, rect = self._themes.theme, QRect(option.rect)
        px = theme.px
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_fill(painter, rect, state, theme)
        height = px(_BADGE_HEIGHT)
        badge = QRect(rect.left() + px(_LEFT), rect.center().y() - height // 2 + 1, px(_BADGE_WIDTH), height)
        paint_badge(painter, badge, "WS", "ws", theme)
        left, right = badge.right() + px(_GAP), rect.right() - px(_RIGHT)
        if index.data(EndpointRole.SECURE):
            side = px(_LOCK)
            lock = self._themes.pixmap("lock", "t3", _LOCK, painter.device().devicePixelRatioF())
            painter.drawPixmap(QRect(right - side, rect.center().y() - side // 2 + 1, side, side), lock)
            right -= side + px(6)
        painter.setFont(theme.font("code"))
        metrics = QFontMetrics(theme.font("code"))
        path = metrics.elidedText(str(index.data(EndpointRole.PATH)), Qt.TextElideMode.ElideMiddle, right - left)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        for piece in filter(None, _SEGMENT.split(path)):
            is_parameter = piece.startswith("{") or piece.endswith("}")
            painter.setPen(theme.color("s_val" if is_parameter else "t1" if selected else "t2"))
            painter.drawText(QRect(left, rect.top(), right - left, rect.height()), Qt.AlignmentFlag.AlignVCenter, piece)
            left += metrics.horizontalAdvance(piece)
        painter.restore()


class ClientDelegate(QStyledItemDelegate):
    """A dot for how a client stands, its name, and for how long it has been open."""

    def __init__(self, themes: Themes, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _AnyIndex) -> QSize:
        return QSize(self._themes.theme.px(120), self._themes.theme.px(_ROW))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _AnyIndex) -> None:
        theme, rect = self._themes.theme, QRect(option.rect)
        px = theme.px
        state: QStyle.StateFlag = option.state
        live = bool(index.data(ClientRole.LIVE))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_fill(painter, rect, state, theme)
        color = theme.color(str(index.data(ClientRole.TOKEN)))
        middle = QPointF(rect.left() + px(_LEFT) + px(_DOT) / 2, rect.center().y() + 1)
        pen = QPen(color)
        pen.setWidthF(theme.zoom * 1.4)
        painter.setPen(Qt.PenStyle.NoPen if live else pen)
        painter.setBrush(color if live else Qt.BrushStyle.NoBrush)
        radius = px(_DOT) / 2 - (0 if live else theme.zoom * 0.7)
        painter.drawEllipse(middle, radius, radius)
        left, right = rect.left() + px(_LEFT + _DOT + 8), rect.right() - px(_RIGHT)
        painter.setFont(theme.font("code_caption" if live else "caption"))
        painter.setPen(theme.color("t3"))
        words = str(index.data(ClientRole.STATE))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(QRect(left, rect.top(), right - left, rect.height()), flags, words)
        right -= painter.fontMetrics().horizontalAdvance(words) + px(8)
        painter.setFont(theme.font("control"))
        painter.setPen(theme.color("t1" if live else "t3"))
        name = painter.fontMetrics().elidedText(
            str(index.data(ClientRole.NAME)), Qt.TextElideMode.ElideRight, max(0, right - left)
        )
        painter.drawText(
            QRect(left, rect.top(), max(0, right - left), rect.height()), Qt.AlignmentFlag.AlignVCenter, name
        )
        painter.restore()
