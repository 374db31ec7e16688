"""Paints the rows of the X-ray: words, bars and times. The way that joins the stops is the view's."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from explorer.ui.delegates.statement_delegate import paint_statement
from explorer.ui.models.xray_model import ROW_ROLE
from explorer.ui.models.xray_rows import Node, Row, RowKind
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.theme.theme import Theme

TEXT_LEFT = 82  # design pixels from the left edge to the words
BAR_RIGHT = 56  # design pixels from the right edge
_BAR_LEFT = 134
_WITH_BARS = 350  # a narrower panel needs the room for words
_WIDE = 640  # from here on, half of what is more belongs to the bars
EDGE = 12
_BOX_LEFT, _BOX_RIGHT = 9, 6  # from the edges of the box of a statement to its words
_HEIGHTS = {RowKind.LABEL: 22, RowKind.STOP: 26, RowKind.DETAIL: 19}


def has_bars(width: int, theme: Theme) -> bool:
    """Tell whether there is room for bars in so many pixels."""
    return width >= theme.px(_WITH_BARS)


def bar_left(width: int, theme: Theme) -> int:
    """Return how far from the right edge the bars begin, in pixels of so many."""
    return theme.px(_BAR_LEFT) + max(0, width - theme.px(_WIDE)) // 2


class XRayDelegate(QStyledItemDelegate):
    """Paints one `Row`; everything measured in design pixels and scaled by the theme."""

    def __init__(self, themes: Themes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._themes = themes

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row: Row = index.data(ROW_ROLE)
        return QSize(self._themes.theme.px(240), self._themes.theme.px(_HEIGHTS[row.kind]))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: Row = index.data(ROW_ROLE)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        self._paint_background(painter, rect, state, row)
        match row.kind:
            case RowKind.LABEL:
                self._paint_label(painter, rect, row)
            case RowKind.STOP:
                self._paint_stop(painter, rect, row)
            case RowKind.DETAIL:
                plain = not state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
                self._paint_detail(painter, rect, row, ground=plain)
        painter.restore()

    def _paint_background(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, row: Row) -> None:
        theme = self._themes.theme
        if row.failed:
            painter.fillRect(rect, theme.tint("err"))
        elif row.node is Node.ROUTE:
            painter.fillRect(rect, theme.color("bg2"))
        if state & QStyle.StateFlag.State_Selected and row.kind is not RowKind.LABEL:
            painter.fillRect(rect, theme.color("sel"))
        elif state & QStyle.StateFlag.State_MouseOver and row.kind is not RowKind.LABEL:
            painter.fillRect(rect, theme.color("bg3"))
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
            painter.setPen(theme.color("acc"))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _paint_label(self, painter: QPainter, rect: QRect, row: Row) -> None:
        theme = self._themes.theme
        font = theme.font("label")
        painter.setFont(font)
        painter.setPen(theme.color("t3"))
        words = QRect(rect)
        words.setLeft(rect.left() + theme.px(TEXT_LEFT))
        words.setRight(rect.right() - theme.px(EDGE))
        text = QFontMetrics(font).elidedText(row.title, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
        end = words.left() + QFontMetrics(font).horizontalAdvance(text) + theme.px(8)
        if end < words.right():
            painter.setPen(theme.color("bd"))
            middle = rect.center().y()
            painter.drawLine(end, middle, words.right(), middle)

    def _paint_stop(self, painter: QPainter, rect: QRect, row: Row) -> None:
        theme = self._themes.theme
        words = QRect(rect)
        words.setLeft(rect.left() + theme.px(TEXT_LEFT))
        with_bars = has_bars(rect.width(), theme)
        words.setRight(
            rect.right() - (bar_left(rect.width(), theme) + theme.px(8) if with_bars else theme.px(BAR_RIGHT))
        )
        title_token = "s_err" if row.failed else "t2" if row.dimmed else "t1"
        used = self._text(painter, words, row.title, "control", title_token)
        words.setLeft(words.left() + used + theme.px(7))
        self._text(painter, words, row.note, "caption", "s_err" if row.failed else "t3")
        if with_bars:
            self._paint_bar(painter, rect, row)
        times = QRect(rect)
        times.setLeft(rect.right() - theme.px(BAR_RIGHT - 4))
        times.setRight(rect.right() - theme.px(EDGE))
        self._text(painter, times, row.ms, "code_caption", "t3" if row.dimmed else "t2", Qt.AlignmentFlag.AlignRight)

    def _paint_bar(self, painter: QPainter, rect: QRect, row: Row) -> None:
        theme = self._themes.theme
        left, right = rect.right() - bar_left(rect.width(), theme), rect.right() - theme.px(BAR_RIGHT)
        height = theme.px(5)
        top = rect.center().y() - height / 2 + 0.5
        track = QRectF(left, top, right - left, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)

        def fill(bar: QRectF, color: QColor) -> None:
            painter.setBrush(color)
            radius = min(theme.px(2), bar.width() / 2)
            painter.drawRoundedRect(bar, radius, radius)

        fill(track, theme.color("bg3" if row.node is Node.ROUTE else "bg2"))

        def part(shares: tuple[float, float], least: float) -> QRectF:
            begin, end = (min(1.0, max(0.0, share)) for share in shares)
            width = max(least, (end - begin) * track.width())
            x = min(track.left() + begin * track.width(), track.right() - width)
            return QRectF(x, track.top(), width, track.height())

        if row.whole is not None:
            fill(part(row.whole, 1), theme.tint_border(row.token))
        if row.own is not None:
            fill(part(row.own, theme.px(2)), theme.color(row.token))

    def _paint_detail(self, painter: QPainter, rect: QRect, row: Row, *, ground: bool) -> None:
        theme = self._themes.theme
        words = QRect(rect)
        words.setLeft(rect.left() + theme.px(TEXT_LEFT))
        words.setRight(rect.right() - theme.px(EDGE))
        if row.box:
            if ground:
                painter.fillRect(words, theme.color("bg2"))
            painter.fillRect(words.left(), words.top(), theme.px(2), words.height(), theme.color(row.box))
            words.adjust(theme.px(_BOX_LEFT), 0, -theme.px(_BOX_RIGHT), 0)
        role = "code_caption" if row.mono else "caption"
        if row.right:
            metrics = QFontMetrics(theme.font("caption"))
            self._text(painter, words, row.right, "caption", row.right_token, Qt.AlignmentFlag.AlignRight)
            words.setRight(words.right() - metrics.horizontalAdvance(row.right) - theme.px(8))
        if row.box and not row.note:
            paint_statement(painter, theme, words, self._themes.shown(row.title), role=role)
            return
        numbered = row.title[:1].isdigit() and row.mono
        number_token = "s_route" if row.right_token == "ok" else "t3"
        used = self._text(painter, words, row.title, role, number_token if numbered else row.token)
        gap = max(theme.px(27), used + theme.px(8)) if numbered else used + theme.px(8)
        words.setLeft(words.left() + gap)
        if row.box:
            paint_statement(painter, theme, words, self._themes.shown(row.note), role=role, values=True)
            return
        mono_note = row.mono and numbered
        self._text(painter, words, row.note, role if mono_note else "caption", row.token if numbered else "t3")

    def _text(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        role: str,
        token: str,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> int:
        """Paint elided text and return its width in pixels."""
        text = self._themes.shown(text)
        if not text or rect.width() <= 0:
            return 0
        theme = self._themes.theme
        font = theme.font(role)
        metrics = QFontMetrics(font)
        width = metrics.horizontalAdvance(text)
        if width > rect.width():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
            width = metrics.horizontalAdvance(text)
        painter.setFont(font)
        painter.setPen(theme.color(token))
        painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter, text)
        return width
