"""Where the characters of one row stand, and how they are painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

from explorer.ui.theme.theme import Theme
from explorer.ui.widgets.json_syntax import Run

_TAB = 4  # characters
_FAR = 1_000_000.0  # pixels; no row is wider
_CONTROLS = {code: 0x2400 + code for code in range(32) if code != 9} | {0x7F: 0x2421}  # shown by their signs


class Mark(NamedTuple):
    """Characters that stand out from a row.

    Attributes:
        start: 0-based column.
        length: in characters.
        current: whether it is the one that a person stands at.
    """

    start: int
    length: int
    current: bool = False


class RowShape:
    """A row that was measured.

    Nearly all rows are ASCII, whose characters all have one width here: of those only what is in sight is looked at,
    however long they are. Qt lays the others out.
    """

    def __init__(self, theme: Theme, metrics: QFontMetricsF, text: str, runs: list[Run], marks: Sequence[Mark]) -> None:
        self._theme = theme
        self._metrics = metrics
        self._text = text
        self._runs = runs
        self._marks = marks
        self._advance = metrics.horizontalAdvance("0")
        self._layout = None if text.isascii() and text.isprintable() else self._lay_out()

    @property
    def width(self) -> float:
        """The width of the whole row, in pixels."""
        if self._layout is None:
            return self._advance * len(self._text)
        return self._layout.lineAt(0).naturalTextWidth()

    def x(self, column: int) -> float:
        """Return where a column begins."""
        if self._layout is None:
            return self._advance * min(column, len(self._text))
        # Qt answers with a pair, of which the first is meant; the stubs know nothing of it.
        found: object = self._layout.lineAt(0).cursorToX(column)
        return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]

    def column(self, x: float) -> int:
        """Return the column nearest to a place."""
        if self._layout is None:
            return max(0, min(len(self._text), round(x / self._advance)))
        return self._layout.lineAt(0).xToCursor(x)

    def paint(self, painter: QPainter, left: float, top: float, height: float, room: float) -> None:
        """Paint what of the row is to be seen in the first `room` pixels; the row begins at `left`."""
        theme = self._theme
        for mark in self._marks:
            begin, end = self.x(mark.start), self.x(mark.start + mark.length)
            token = "acc" if mark.current else "warn"
            painter.fillRect(QRectF(left + begin, top + 1, end - begin, height - 2), theme.tint_border(token))
        self._paint_text(painter, left, top, height, room)
        for mark in self._marks:
            begin, end = self.x(mark.start), self.x(mark.start + mark.length)
            self.paint_plain(painter, left, top, height, room, QRectF(left + begin, top, end - begin, height))

    def paint_plain(
        self, painter: QPainter, left: float, top: float, height: float, room: float, ground: QRectF
    ) -> None:
        """Paint again what lies on a strong ground, in the one colour that can be read there."""
        painter.save()
        painter.setClipRect(ground, Qt.ClipOperation.IntersectClip)
        self._paint_text(painter, left, top, height, room, "t1")
        painter.restore()

    def _paint_text(
        self, painter: QPainter, left: float, top: float, height: float, room: float, only: str = ""
    ) -> None:
        """Paint the text in the colours of its runs, or `only` in one."""
        theme = self._theme
        if self._layout is not None:
            painter.setPen(theme.color(only or "c_txt"))
            place = QPointF(left, top + (height - self._layout.lineAt(0).height()) / 2)
            self._layout.draw(painter, place, [self._all_in(only)] if only else [])
            return
        first = max(0, int(-left / self._advance))
        last = min(len(self._text), int((room - left) / self._advance) + 1)
        base = top + (height - self._metrics.height()) / 2 + self._metrics.ascent()
        for token, (start, text) in self._by_color(first, last, only).items():
            if not text.isspace():
                painter.setPen(theme.color(token))
                painter.drawText(QPointF(left + start * self._advance, base), text)

    def _by_color(self, first: int, last: int, only: str) -> dict[str, tuple[int, str]]:
        """Return what is painted in each colour, and where it begins: blanks stand for what has another colour.

        Painting a text of many colours at once for each of them takes a quarter of the time that piece by piece takes.
        """
        if only:
            return {only: (first, self._text[first:last])} if first < last else {}
        starts: dict[str, int] = {}
        lines: dict[str, list[str]] = {}
        ends: dict[str, int] = {}

        def add(start: int, end: int, token: str) -> None:
            if start < end:
                blanks = " " * (start - ends.get(token, start))
                starts.setdefault(token, start)
                lines.setdefault(token, []).append(blanks + self._text[start:end])
                ends[token] = end

        at = first
        for run in self._runs:
            start, end = max(run.start, first), min(run.start + run.length, last)
            if start < end:
                add(at, start, "c_txt")
                add(start, end, run.color)
                at = end
        add(at, last, "c_txt")
        return {token: (start, "".join(lines[token])) for token, start in starts.items()}

    def _all_in(self, token: str) -> QTextLayout.FormatRange:
        everything = QTextLayout.FormatRange()
        everything.start, everything.length = 0, len(self._text)
        look = QTextCharFormat()
        look.setForeground(self._theme.color(token))
        everything.format = look
        return everything

    def _lay_out(self) -> QTextLayout:
        layout = QTextLayout(self._text.translate(_CONTROLS), self._theme.font("code"))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        option.setTabStopDistance(self._advance * _TAB)
        layout.setTextOption(option)
        formats = []
        for run in self._runs:
            one = QTextLayout.FormatRange()
            one.start, one.length = run.start, run.length
            look = QTextCharFormat()
            look.setForeground(self._theme.color(run.color))
            one.format = look
            formats.append(one)
        layout.setFormats(formats)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(_FAR)
        layout.endLayout()
        return layout
