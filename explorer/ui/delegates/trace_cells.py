"""Paints a request of the list in one go: its cells are too many for a call from Qt's side for each."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPixmap

from explorer.trace.summary import WEBSOCKET_METHOD, Summary
from explorer.ui.models.trace_words import cell_text, status_text
from explorer.ui.models.traces_model import Column
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.badge import method_token, paint_badge, short_method, status_token

SLOW_NS = 20_000_000
"""From so many nanoseconds on, the bar of a request says that it was slow."""

_FULL_NS = 32_000_000  # that a bar means at least that is as long as can be
_EDGE = 10  # design pixels at both sides of a row
_BADGE = QSize(46, 20)
_BAR_HEIGHT, _BAR_UP = 3, 4
_ABOVE_BAR = 3  # how far the time moves up for its bar
_MOST_PICTURES = 200  # of words; there are few different ones, but a client may call itself anything
_LONGEST = 400  # characters; no column is as wide
_LEFT_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_RIGHT_MIDDLE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


@dataclass(frozen=True, slots=True)
class RowState:
    """How a row looks beside its words."""

    selected: bool = False
    hovered: bool = False


class TraceRowPainter:
    """Paints rows with the theme that holds now. Make another when theme or screen change.

    All sizes are worked out once, and words that come again and again are kept as pictures: with both, a list full of
    new requests is painted in a millisecond or two.
    """

    def __init__(self, themes: Themes, dpr: float) -> None:
        self._themes = themes
        self._theme = theme = themes.theme
        self.dpr = dpr
        self._pictures: OrderedDict[tuple[str, str, str, int], QPixmap] = OrderedDict()
        self._metrics = {role: QFontMetrics(theme.font(role)) for role in ("code", "code_caption", "caption")}
        self._advance = self._metrics["code"].horizontalAdvance("0")
        px = theme.px
        self._edge, self._gap, self._small_gap = px(_EDGE), px(4), px(2)
        self._bar, self._bar_up, self._above = px(_BAR_HEIGHT), px(_BAR_UP), px(_ABOVE_BAR)
        self._badge = QSize(px(_BADGE.width()), px(_BADGE.height()))

    def picture(self, size: QSize, cells: dict[int, QRect], summary: Summary) -> QPixmap:
        """Return what `paint` would paint of a row that is neither chosen nor under the pointer."""
        picture = QPixmap(size * self.dpr)
        picture.setDevicePixelRatio(self.dpr)
        picture.fill(self._theme.color("bg0"))
        painter = QPainter(picture)
        self.paint(painter, QRect(QPoint(), size), cells, summary, RowState())
        painter.end()
        return picture

    def paint(self, painter: QPainter, row: QRect, cells: dict[int, QRect], summary: Summary, state: RowState) -> None:
        """Paint a request into `row`, but for the bar; `cells` are its columns on show."""
        color = self._theme.color
        if state.selected or state.hovered:
            painter.fillRect(row, color("sel" if state.selected else "bg3"))
        painter.fillRect(row.left(), row.bottom(), row.width(), 1, color("bd"))
        for column, rect in cells.items():
            match column:
                case Column.METHOD:
                    top = rect.top() + (rect.height() - self._badge.height()) // 2
                    painter.drawPixmap(rect.left() + self._edge, top, self._method(summary.method))
                case Column.PATH:
                    self._paint_path(painter, rect, summary.path)
                case Column.MS:
                    self._paint_time(painter, rect, summary)
                case Column.STATUS:
                    text = status_text(summary)
                    self._paint_word(painter, rect, self._word(text, "code", status_token(text)))
                case Column.CLIENT:
                    self._paint_word(
                        painter, rect, self._word(summary.caller, "caption", "t2", rect.width() - self._gap)
                    )
                case _:
                    token = "err" if summary.looks_like_n_plus_one else "t2" if summary.statements else "t3"
                    word = self._word(cell_text(summary, column), "code_caption", token)
                    left = rect.right() + 1 - self._edge - round(word.deviceIndependentSize().width())
                    self._paint_word(painter, rect, word, left)

    def _paint_path(self, painter: QPainter, rect: QRect, path: str) -> None:
        inner = rect.adjusted(self._gap, 0, -self._gap, 0)
        shown = self._themes.shown(path[:_LONGEST])
        if shown.isascii():  # all characters are equally wide
            most = max(1, inner.width() // self._advance)
            shown = shown if len(shown) <= most else f"{shown[: most - 1]}…"
        else:
            shown = self._metrics["code"].elidedText(shown, Qt.TextElideMode.ElideRight, inner.width())
        self._write(painter, inner, shown, "code", "t1", _LEFT_MIDDLE)

    def paint_bars(self, painter: QPainter, cells: Sequence[QRect], summaries: Sequence[Summary], full_ns: int) -> None:
        """Paint how long requests took into the cells of their times; a bar is full at `full_ns` nanoseconds.

        All together: a call to Qt for each of them costs more than the painting, beside a busy server.
        """
        tracks: list[QRect] = []
        lengths: dict[str, list[QRect]] = {"s_net": [], "warn": []}
        for rect, summary in zip(cells, summaries, strict=True):
            if summary.ns is None or summary.method == WEBSOCKET_METHOD:
                continue
            left, width = rect.left() + self._gap, rect.width() - 2 * self._gap
            top = rect.bottom() - self._bar_up - self._bar + 1
            length = max(self._small_gap, width * min(summary.ns, full_ns) // full_ns)
            tracks.append(QRect(left, top, width, self._bar))
            token = "warn" if summary.ns >= SLOW_NS else "s_net"
            lengths[token].append(QRect(left, top, length, self._bar))
        painter.setPen(Qt.PenStyle.NoPen)
        for token, bars in (("bd", tracks), *lengths.items()):
            if bars:
                painter.setBrush(self._theme.color(token))
                painter.drawRects(bars)

    def _paint_time(self, painter: QPainter, rect: QRect, summary: Summary) -> None:
        barred = summary.ns is not None and summary.method != WEBSOCKET_METHOD
        words = rect.adjusted(self._gap, 0, -self._gap, 0).translated(0, -self._above if barred else 0)
        self._write(painter, words, cell_text(summary, Column.MS), "code_caption", "t2", _RIGHT_MIDDLE)

    def _paint_word(self, painter: QPainter, rect: QRect, word: QPixmap, left: int | None = None) -> None:
        """Paint a word where its column begins, or at `left`; what is too long for the column is cut off."""
        left = rect.left() + self._gap if left is None else left
        size = word.deviceIndependentSize()
        top = rect.top() + (rect.height() - round(size.height())) // 2
        width = min(round(size.width()), rect.right() + 1 - left)
        if width > 0:
            part = QRect(0, 0, round(width * self.dpr), word.height())
            painter.drawPixmap(QRect(left, top, width, round(size.height())), word, part)

    def _write(
        self, painter: QPainter, rect: QRect, text: str, font: str, token: str, how: Qt.AlignmentFlag | Qt.TextFlag
    ) -> None:
        painter.setFont(self._theme.font(font))
        painter.setPen(self._theme.color(token))
        painter.drawText(rect, how, text)

    # --- pictures -----------------------------------------------------------------------------------------------------
    def _method(self, method: str) -> QPixmap:
        text = short_method(method)[:6]
        token = method_token(method)

        def paint(painter: QPainter, box: QRect) -> None:
            paint_badge(painter, box, text, token, self._theme)

        return self._picture(("badge", text, token, 0), lambda: self._badge, paint)

    def _word(self, text: str, font: str, token: str, most: int = _LONGEST) -> QPixmap:
        """Return the picture of a word that is at most so many pixels wide."""
        metrics = self._metrics[font]

        def size() -> QSize:
            # A word is wider than its whole pixels, and would be elided in as many.
            return QSize(max(1, min(metrics.horizontalAdvance(text) + 1, most)), metrics.height())

        def paint(painter: QPainter, box: QRect) -> None:
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
            self._write(painter, box, shown, font, token, _LEFT_MIDDLE)

        return self._picture((text, font, token, most), size, paint)

    def _picture(
        self, key: tuple[str, str, str, int], size: Callable[[], QSize], paint: Callable[[QPainter, QRect], None]
    ) -> QPixmap:
        picture = self._pictures.get(key)
        if picture is None:
            box = QRect(QPoint(), size())
            picture = QPixmap(box.size() * self.dpr)
            picture.setDevicePixelRatio(self.dpr)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            paint(painter, box)
            painter.end()
            self._pictures[key] = picture
            if len(self._pictures) > _MOST_PICTURES:
                self._pictures.popitem(last=False)
        return picture


def full_ns(summaries: list[Summary]) -> int:
    """Return how many nanoseconds the longest bar means: those of the slowest of these requests, or a few at least.

    A WebSocket has no bar: how long it was open says nothing of how quick the server is.
    """
    timed = (summary.ns for summary in summaries if summary.method != WEBSOCKET_METHOD and summary.ns is not None)
    return max(_FULL_NS, *timed, 0)
