"""Paints a line of the palette: icon or method, title, kind, keys, and why it cannot be done."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.ui.delegates.row_fill import paint_row_fill
from explorer.ui.models.palette_model import PaletteEntry, PaletteRole
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.badge import method_token, paint_badge, short_method
from explorer.ui.widgets.key_box import paint_key_box

ROW_HEIGHT = 30
_LEFT = 16
_ICON = 14
_BADGE_WIDTH = 46
_BADGE_HEIGHT = 16
_GAP = 10
_RIGHT = 14


class PaletteDelegate(QStyledItemDelegate):
    """Knows how lines look; what they say comes from the model."""

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
        entry: PaletteEntry = index.data(PaletteRole.ENTRY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_fill(painter, rect, state & ~QStyle.StateFlag.State_HasFocus, theme)
        left = self._paint_head(painter, rect, entry) + theme.px(_GAP)
        right = rect.right() - theme.px(_RIGHT)
        if entry.keys and not entry.why_not:
            right -= paint_key_box(painter, right, rect.center().y() + 0.5, entry.keys, theme) + theme.px(_GAP)
        room = max(0, right - left)
        beside = entry.why_not or entry.kind
        title = QFontMetrics(self._font(entry)).horizontalAdvance(self._themes.shown(entry.title))
        shown = self._paint_beside(painter, rect, right, beside, max(room - title - theme.px(_GAP), room // 3))
        self._paint_title(painter, rect.adjusted(left - rect.left(), 0, 0, 0), room - shown, entry, index)
        painter.restore()

    def _paint_head(self, painter: QPainter, rect: QRect, entry: PaletteEntry) -> int:
        """Paint what stands before the title; returns where it ends."""
        px = self._themes.theme.px
        left = rect.left() + px(_LEFT)
        if entry.method:
            height = px(_BADGE_HEIGHT)
            badge = QRect(left, rect.center().y() - height // 2 + 1, px(_BADGE_WIDTH), height)
            token = "t3" if entry.why_not else method_token(entry.method)
            paint_badge(painter, badge, short_method(entry.method), token, self._themes.theme)
            return badge.right()
        side = px(_ICON)
        icon = self._themes.pixmap(entry.icon, "t3", _ICON, painter.device().devicePixelRatioF())
        painter.drawPixmap(QRect(left, rect.center().y() - side // 2 + 1, side, side), icon)
        return left + side

    def _paint_beside(self, painter: QPainter, rect: QRect, right: int, text: str, room: int) -> int:
        """Paint what stands at the right; returns the width it takes."""
        font = self._themes.theme.font("caption")
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(shown)
        painter.setFont(font)
        painter.setPen(self._themes.theme.color("t3"))
        place = QRect(right - width, rect.top(), width + 1, rect.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        return width + self._themes.theme.px(_GAP)

    def _paint_title(
        self,
        painter: QPainter,
        place: QRect,
        room: int,
        entry: PaletteEntry,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the title, with the letters that fit in the colour of the accent."""
        theme = self._themes.theme
        font = self._font(entry)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        title = self._themes.shown(entry.title)
        met = frozenset(index.data(PaletteRole.MET)) if title == entry.title else frozenset()
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
        for fits, places in groupby(range(len(shown)), key=lambda place: place in met):
            first, *rest = places
            last = rest[-1] if rest else first
            start = place.left() + metrics.horizontalAdvance(shown[:first])
            painter.setPen(theme.color("t3" if entry.why_not else "acc" if fits else "t1"))
            box = QRect(start, place.top(), place.width(), place.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown[first : last + 1])

    def _font(self, entry: PaletteEntry) -> QFont:
        return self._themes.theme.font("code" if entry.method else "text")
