"""Paints a row of the server's log: time, logger, text in the colour of its level."""

from __future__ import annotations

import logging

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from explorer.ui.models.log_model import LogRole
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

_ROW = 19
_EDGE = 12
_TIME = 76
_LOGGER = 112
_GAP = 8


def level_token(level: int) -> str:
    """Return the colour of a numeric logging level."""
    if level >= logging.ERROR:
        return "err"
    if level >= logging.WARNING:
        return "warn"
    return "c_txt" if level >= logging.INFO else "t3"


class LogDelegate(QStyledItemDelegate):
    """Paints log rows in code type."""

    def __init__(self, themes: Themes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._themes = themes

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, self._themes.theme.px(_ROW))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._themes.theme
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("sel"))
        left = rect.left() + theme.px(_EDGE)
        for role, width in ((LogRole.TIME, _TIME), (LogRole.LOGGER, _LOGGER)):
            painter.setPen(theme.color("t3"))
            self._draw(painter, QRect(left, rect.top(), theme.px(width - _GAP), rect.height()), str(index.data(role)))
            left += theme.px(width)
        painter.setPen(theme.color(level_token(int(index.data(LogRole.LEVEL)))))
        words = QRect(left, rect.top(), rect.right() - left - theme.px(_EDGE), rect.height())
        self._draw(painter, words, self._themes.shown(str(index.data())))
        painter.restore()

    def _draw(self, painter: QPainter, box: QRect, text: str) -> None:
        font = self._themes.theme.font("code")
        painter.setFont(font)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
