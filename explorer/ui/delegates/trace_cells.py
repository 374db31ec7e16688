"""Paints a request of the list in one go: its cells are too many for a call from Qt's side for each."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPixmap

from explorer.trace.summary import WEBSOCKET_METHOD, Summary
from explorer.ui.models.trace_words import cell_text, status_text
from explorer.ui.models.traces_model import Column
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.badge import method_token, paint_badge, short_method, status_token

SLOW_NS = 20_000_000
"""From so many nanoseconds on, the bar of a request says that it was slow."""

_FULL_NS = 32_000_000  # that a bar means at least that is as long as can be
_LEFT = 10
_RIGHT = 10
_BADGE_WIDTH, _BADGE_HEIGHT = 46, 20
_BAR_HEIGHT, _BAR_UP = 3, 4
_ABOVE_BAR = 3  # how far the time moves up for its bar
_MOST_BADGES = 40  # that are kept: a client may send methods of its own
_LONGEST_PATH = 400  # characters that are measured; no column is as wide
_LEFT_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT_MIDDLE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class RowState:
    """How a row looks beside its words."""

    selected: bool = False
    hovered: bool = False


class TraceRowPainter:
    """Paints rows with the theme that holds now. Make another when theme or screen change."""

    def __init__(self, themes: Themes, dpr: float) -> None:
        self._themes = themes
        self._theme = theme = themes.theme
        self.dpr = dpr
        self._badges: OrderedDict[str, QPixmap] = OrderedDict()
        self._code = QFontMetrics(theme.font("code"))
        self._caption = QFontMetrics(theme.font("caption"))

    def paint(
        self, painter: QPainter, row: QRect, cells: dict[int, QRect], summary: Summary, state: RowState, full_ns: int
    ) -> None:
        """Paint a request into `row`; `cells` are its columns on show, a bar is full at `full_ns` nanoseconds."""
        theme = self._theme
        if state.selected or state.hovered:
            painter.fillRect(row, theme.color("sel" if state.selected else "bg3"))
        painter.fillRect(row.left(), row.bottom(), row.width(), 1, theme.color("bd"))
        for column, rect in cells.items():
            if column == Column.METHOD:
                self._paint_badge(painter, rect, summary.method)
            elif column == Column.PATH:
                self._paint_path(painter, rect, summary.path)
            elif column == Column.MS:
                self._paint_time(painter, rect, summary, full_ns)
            else:
                self._paint_word(painter, rect, summary, column)

    def _paint_badge(self, painter: QPainter, rect: QRect, method: str) -> None:
        theme = self._theme
        picture = self._badges.get(method)
        if picture is None:
            size = QRect(0, 0, theme.px(_BADGE_WIDTH), theme.px(_BADGE_HEIGHT))
            picture = QPixmap(size.size() * self.dpr)
            picture.setDevicePixelRatio(self.dpr)
            picture.fill(Qt.GlobalColor.transparent)
            brush = QPainter(picture)
            paint_badge(brush, size, short_method(method)[:6], method_token(method), theme)
            brush.end()
            self._badges[method] = picture
            if len(self._badges) > _MOST_BADGES:
                self._badges.popitem(last=False)
        top = rect.top() + (rect.height() - theme.px(_BADGE_HEIGHT)) // 2
        painter.drawPixmap(rect.left() + theme.px(_LEFT), top, picture)

    def _paint_path(self, painter: QPainter, rect: QRect, path: str) -> None:
        theme = self._theme
        inner = rect.adjusted(theme.px(4), 0, -theme.px(6), 0)
        shown = self._code.elidedText(
            self._themes.shown(path[:_LONGEST_PATH]), Qt.TextElideMode.ElideRight, inner.width()
        )
        self._write(painter, inner, shown, "code", "t1", _LEFT_MIDDLE)

    def _paint_time(self, painter: QPainter, rect: QRect, summary: Summary, full_ns: int) -> None:
        theme = self._theme
        inner = rect.adjusted(theme.px(4), 0, -theme.px(4), 0)
        timed = summary.ns is not None and summary.method != WEBSOCKET_METHOD
        words = inner.translated(0, -theme.px(_ABOVE_BAR)) if timed else inner
        self._write(painter, words, cell_text(summary, Column.MS), "code_caption", "t2", _RIGHT_MIDDLE)
        if summary.ns is None or not timed:
            return
        height = theme.px(_BAR_HEIGHT)
        top = rect.bottom() - theme.px(_BAR_UP) - height + 1
        painter.fillRect(inner.left(), top, inner.width(), height, theme.color("bg3"))
        length = max(theme.px(2), inner.width() * min(summary.ns, full_ns) // full_ns)
        token = "warn" if summary.ns >= SLOW_NS else "s_net"
        painter.fillRect(inner.left(), top, length, height, theme.color(token))

    def _paint_word(self, painter: QPainter, rect: QRect, summary: Summary, column: int) -> None:
        theme = self._theme
        if column == Column.STATUS:
            text = status_text(summary)
            self._write(painter, rect.adjusted(theme.px(4), 0, 0, 0), text, "code", status_token(text), _LEFT_MIDDLE)
            return
        text = cell_text(summary, column)
        if column == Column.CLIENT:
            inner = rect.adjusted(theme.px(6), 0, -theme.px(2), 0)
            shown = self._caption.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
            self._write(painter, inner, shown, "caption", "t2", _LEFT_MIDDLE)
            return
        token = "err" if summary.looks_like_n_plus_one else "t2" if summary.statements else "t3"
        self._write(painter, rect.adjusted(0, 0, -theme.px(_RIGHT), 0), text, "code_caption", token, _RIGHT_MIDDLE)

    def _write(
        self, painter: QPainter, rect: QRect, text: str, font: str, token: str, alignment: Qt.AlignmentFlag
    ) -> None:
        painter.setFont(self._theme.font(font))
        painter.setPen(self._theme.color(token))
        painter.drawText(rect, alignment | Qt.TextFlag.TextSingleLine, text)


def full_ns(summaries: list[Summary]) -> int:
    """Return how many nanoseconds the longest bar means: those of the slowest of these requests, or a few at least.

    A WebSocket has no bar: how long it was open says nothing of how quick the server is.
    """
    timed = (summary.ns for summary in summaries if summary.method != WEBSOCKET_METHOD and summary.ns is not None)
    return max(_FULL_NS, *timed, 0)
