"""Paints a validation error over two lines: where, what, what was received, and the way to the place."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from explorer.client.validation_errors import ValidationError
from explorer.ui.models.errors_model import ERROR_ROLE, ErrorColumn, link_of
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

ROW_HEIGHT = 41
_EDGE = 8
_FIRST_EDGE = 16  # where everything in the pane begins
_MIDDLE = Qt.TextElideMode.ElideMiddle
_ARROW = 11
_VALUE_COLORS = {'"': "c_str", "t": "c_kw", "f": "c_kw", "n": "c_kw", "{": "c_pun", "[": "c_pun"}


class ErrorDelegate(QStyledItemDelegate):
    """Paints the cells of an `ErrorsModel`."""

    def __init__(self, themes: Themes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._themes = themes

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, self._themes.theme.px(ROW_HEIGHT))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._themes.theme
        error: ValidationError = index.data(ERROR_ROLE)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setClipRect(rect)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("sel"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("bg3"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("bd"))
        left = _FIRST_EDGE if index.column() == ErrorColumn.WHERE else _EDGE
        inner = rect.adjusted(theme.px(left), 0, -theme.px(_EDGE), -1)
        match index.column():
            case ErrorColumn.WHERE:
                self._paint_where(painter, inner, error)
            case ErrorColumn.WHAT:
                self._paint_what(painter, inner, error)
            case ErrorColumn.RECEIVED:
                received = self._themes.shown_value(str(error.loc[-1]), error.received)
                self._draw(painter, inner, received, "code", _VALUE_COLORS.get(error.received[:1], "c_num"))
            case _:
                self._paint_link(painter, inner, error)
        painter.restore()

    def _paint_where(self, painter: QPainter, box: QRect, error: ValidationError) -> None:
        steps = [str(step) for step in error.loc]
        above = " › ".join(steps[:-1]) + " › " if len(steps) > 1 else ""
        font, bold = self._themes.theme.font("code"), self._themes.theme.font("code_bold")
        painter.setFont(font)
        name_width = QFontMetrics(bold).horizontalAdvance(steps[-1]) + 1
        whole = QFontMetrics(font).horizontalAdvance(above)
        above_width = min(whole, max(0, box.width() - name_width))
        # A text of exactly that width would be cut as well.
        shown = above if above_width == whole else painter.fontMetrics().elidedText(above, _MIDDLE, above_width)
        self._draw(painter, QRect(box.left(), box.top(), above_width + 1, box.height()), shown, "code", "t2")
        rest = box.adjusted(above_width, 0, 0, 0)
        self._draw(painter, rest, steps[-1], "code_bold", "err")

    def _paint_what(self, painter: QPainter, box: QRect, error: ValidationError) -> None:
        if not error.type:
            self._draw(painter, box, error.message, "text", "t1")
            return
        middle = box.center().y() + 1
        upper = QRect(box.left(), box.top() + 2, box.width(), middle - box.top() - 2)
        lower = QRect(box.left(), middle, box.width(), box.bottom() - middle - 2)
        self._draw(painter, upper, error.message, "text", "t1")
        self._draw(painter, lower, error.type, "code_caption", "t2")

    def _paint_link(self, painter: QPainter, box: QRect, error: ValidationError) -> None:
        link = link_of(error)
        if not link:
            return
        theme = self._themes.theme
        side = theme.px(_ARROW)
        icon = self._themes.pixmap("up", "acc", _ARROW, painter.device().devicePixelRatio())
        left = box.right() - side
        painter.drawPixmap(QRect(left, box.center().y() - side // 2, side, side), icon)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("acc"))
        words = QRect(box.left(), box.top(), left - box.left() - theme.px(5), box.height())
        shown = painter.fontMetrics().elidedText(link, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)

    def _draw(self, painter: QPainter, box: QRect, text: str, font: str, color: str) -> None:
        theme = self._themes.theme
        painter.setFont(theme.font(font))
        painter.setPen(theme.color(color))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
