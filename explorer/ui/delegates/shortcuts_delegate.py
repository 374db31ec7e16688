"""Paints a command with its keys, or the name of a room over several."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.ui.delegates.row_fill import paint_row_fill
from explorer.ui.models.shortcuts_model import Shortcut, ShortcutRole
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.key_box import paint_key_box

_ROW = 28
_HEADING = 34
_SIDE = 16
_GAP = 8


class ShortcutsDelegate(QStyledItemDelegate):
    """Knows how lines look; what they say comes from the model."""

    def __init__(self, themes: Themes, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        px = self._themes.theme.px
        shortcut: Shortcut = index.data(ShortcutRole.SHORTCUT)
        return QSize(px(120), px(_ROW if shortcut.command_id else _HEADING))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._themes.theme
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        shortcut: Shortcut = index.data(ShortcutRole.SHORTCUT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = rect.adjusted(theme.px(_SIDE), 0, -theme.px(_SIDE), 0)
        if shortcut.command_id:
            paint_row_fill(painter, rect, state, theme)
            self._paint_line(painter, inside, shortcut)
        else:
            painter.setFont(theme.font("section"))
            painter.setPen(theme.color("t2"))
            low = inside.adjusted(0, 0, 0, -theme.px(6))
            painter.drawText(low, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, shortcut.text)
        painter.restore()

    def _paint_line(self, painter: QPainter, place: QRect, shortcut: Shortcut) -> None:
        theme = self._themes.theme
        right = place.right()
        for keys in reversed(shortcut.keys):
            right -= paint_key_box(painter, right, place.center().y() + 0.5, keys, theme) + theme.px(_GAP)
        if shortcut.remark:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("t3" if shortcut.fixed else "acc"))
            width = QFontMetrics(theme.font("caption")).horizontalAdvance(shortcut.remark)
            box = QRect(right - width, place.top(), width + 1, place.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shortcut.remark)
            right -= width + theme.px(_GAP)
        painter.setFont(theme.font("text"))
        painter.setPen(theme.color("t1" if shortcut.keys else "t2"))
        room = max(0, right - place.left())
        text = painter.fontMetrics().elidedText(shortcut.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
