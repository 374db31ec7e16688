"""Paints a statement in one coloured line, with a word at its right."""

from __future__ import annotations

import enum

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.ui.delegates.row_fill import paint_line_fill
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.theme.theme import Theme
from explorer.ui.widgets.sql_syntax import sql_runs

ROW_HEIGHT = 27
_SIDE = 8
_GAP = 10
_OF_VALUES = frozenset({"c_str", "c_num"})
_IN_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip


class StatementRole(enum.IntEnum):
    """What the delegate asks for, besides the statement itself."""

    SIDE = Qt.ItemDataRole.UserRole  # a word for the right edge


class StatementDelegate(QStyledItemDelegate):
    """Knows how statements look in a list."""

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
        paint_line_fill(painter, rect, state, theme)
        side = str(index.data(StatementRole.SIDE) or "")
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("t3"))
        inner = rect.adjusted(theme.px(_SIDE), 0, -theme.px(_SIDE), 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, side)
        room = inner.width() - painter.fontMetrics().horizontalAdvance(side) - theme.px(_GAP)
        box = QRect(inner.left(), inner.top(), max(0, room), inner.height())
        paint_statement(painter, theme, box, str(index.data() or ""))
        painter.restore()


def paint_statement(
    painter: QPainter, theme: Theme, box: QRect, statement: str, *, role: str = "code", values: bool = False
) -> None:
    """Paint a statement in one line of coloured code; what does not fit ends in dots.

    `role` is that of the font; `values` says that these are a statement's values, among which words are plain English.
    """
    font = theme.font(role)
    metrics = QFontMetricsF(font)  # letters need not be whole pixels wide, and many pieces would add up to some
    painter.setFont(font)
    shown = metrics.elidedText(statement[:1000], Qt.TextElideMode.ElideRight, box.width())
    at = 0
    pieces: list[tuple[str, str]] = []
    for run in sql_runs(shown):
        if values and run.color not in _OF_VALUES:
            continue
        pieces += [(shown[at : run.start], "c_txt"), (shown[run.start : run.start + run.length], run.color)]
        at = run.start + run.length
    pieces.append((shown[at:], "c_txt"))
    left = float(box.left())
    for text, color in pieces:
        if text:
            painter.setPen(theme.color(color))
            place = QRectF(left, box.top(), box.right() - left + 1, box.height())
            painter.drawText(place, _IN_LINE, text)
            left += metrics.horizontalAdvance(text)
