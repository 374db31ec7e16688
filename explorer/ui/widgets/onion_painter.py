"""Paints an onion: the rings with their words, and the way through them with its times."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF

from explorer.ui.models.onion import Onion, Ring
from explorer.ui.models.xray_words import fine_ms
from explorer.ui.theme.theme import Theme
from explorer.ui.widgets.badge import status_token
from explorer.ui.widgets.onion_shape import HEADING, OnionShape

_RADIUS = 8
_PAD = 12
_GAP = 8
_FILL = 120  # of 255: rings inside rings become more solid
_NODE = 3.5
_LINE = 2
_ARROW = 5
_TEXT_LINE = 15
_IN = "info"


@dataclass(frozen=True, slots=True)
class OnionState:
    """Which rings stand out: numbers from the outside, -1 for none."""

    selected: int = -1
    hovered: int = -1
    focused: bool = False


class OnionPainter:
    """Paints one onion in one theme."""

    def __init__(self, painter: QPainter, theme: Theme, onion: Onion, shape: OnionShape) -> None:
        self._painter = painter
        self._theme = theme
        self._onion = onion
        self._shape = shape

    def paint(self, state: OnionState) -> None:
        """Paint everything."""
        if not self._onion.rings:
            return
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, (ring, box) in enumerate(zip(self._onion.rings, self._shape.rings, strict=True)):
            self._paint_ring(ring, box, number, state)
        self._paint_stages()
        self._paint_way_in()
        self._paint_way_out()

    # --- rings --------------------------------------------------------------------------------------------------------
    def _paint_ring(self, ring: Ring, box: QRectF, number: int, state: OnionState) -> None:
        theme, painter = self._theme, self._painter
        fill = QColor(theme.color("bg2") if ring.dimmed else theme.tint(ring.token))
        fill.setAlpha(255 if number == len(self._shape.rings) - 1 else _FILL)
        border = theme.color("bd2") if ring.dimmed else theme.tint_border(ring.token)
        if number == state.hovered:
            border = theme.color("t3" if ring.dimmed else ring.token)
        if number == state.selected:
            border = theme.color("acc")
        pen = QPen(border)
        pen.setWidthF(theme.px(2) if number == state.selected and state.focused else theme.px(1))
        painter.setPen(pen)
        painter.setBrush(fill)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(_RADIUS), theme.px(_RADIUS))
        self._paint_heading(ring, box, is_core=number == len(self._shape.rings) - 1)

    def _paint_heading(self, ring: Ring, box: QRectF, *, is_core: bool) -> None:
        theme = self._theme
        below = self._shape.stages[0].top() if is_core and self._shape.stages else None
        height = below - box.top() if below is not None else min(theme.px(HEADING), self._step())
        line = QRectF(box.left() + theme.px(_PAD), box.top() + 1, box.width() - 2 * theme.px(_PAD), height)
        used = self._text(line, ring.name, "control_bold", "t3" if ring.dimmed else ring.token)
        line.setLeft(line.left() + used + theme.px(_GAP))
        note = "s_err" if ring.token == "s_err" else "t3" if ring.dimmed else "t2"
        line.setLeft(line.left() + self._text(line, ring.note, "caption", note) + theme.px(_GAP))
        # Of a path, its end is what tells it from others.
        align, elide = Qt.AlignmentFlag.AlignRight, Qt.TextElideMode.ElideLeft
        self._text(line, ring.place, "code_caption", "t2", align, elide)

    def _step(self) -> float:
        """Return how far the headings of two rings stand apart."""
        tops = [box.top() for box in self._shape.rings]
        return min((inner - outer for outer, inner in pairwise(tops)), default=self._theme.px(HEADING))

    def _paint_stages(self) -> None:
        theme, painter = self._theme, self._painter
        for stage, box in zip(self._onion.rings[-1].stages, self._shape.stages, strict=True):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("bg1"))
            painter.drawRoundedRect(box, theme.px(4), theme.px(4))
            painter.fillRect(QRectF(box.left(), box.top(), theme.px(3), box.height()), theme.color(stage.token))
            line = box.adjusted(theme.px(10), 0, -theme.px(10), 0)
            width = self._text(line, stage.time, "code_caption", "t2", Qt.AlignmentFlag.AlignRight)
            line.setRight(line.right() - width - theme.px(_GAP))
            self._text(line, stage.title, "text", "s_err" if stage.token == "s_err" else "t1")

    # --- the way ------------------------------------------------------------------------------------------------------
    def _paint_way_in(self) -> None:
        shape, rings = self._shape, self._onion.rings
        edges = [shape.start, *(box.left() for box in shape.rings)]
        self._line(edges[0], edges[-1], _IN)
        for x in (edges[0], *edges[1:-1]):
            self._node(x, _IN, filled=x == edges[0])
        self._arrow(edges[-1], _IN)
        for ring, (left, right) in zip(rings[:-1], pairwise(edges[1:]), strict=True):
            self._above(left, right, fine_ms(ring.in_ns) if ring.in_ns is not None else "")
        room = edges[1] - shape.start
        self._end(QRectF(shape.start, 0, room, 0), self._onion.method, _IN, self._onion.size_in)

    def _paint_way_out(self) -> None:
        shape, rings = self._shape, self._onion.rings
        edges = [box.right() for box in shape.rings]
        for number in range(len(rings) - 1, -1, -1):
            if not rings[number].is_out:
                return
            token = "err" if rings[number].failed else status_token(self._onion.status)
            is_outermost = number == 0
            until = shape.end if is_outermost else edges[number - 1]
            self._line(edges[number], until, token)
            if number < len(rings) - 1:
                self._node(edges[number], token)
            if is_outermost:
                self._arrow(until, token)
            else:
                outer = rings[number - 1]
                self._above(edges[number], until, fine_ms(outer.out_ns) if outer.out_ns is not None else "")
                self._below(edges[number], until, outer.marks)
        token = "err" if rings[0].failed else status_token(self._onion.status)
        room = shape.end - edges[0]
        self._end(QRectF(edges[0], 0, room, 0), self._onion.status, token, self._onion.size_out, at_the_end=True)

    def _end(self, place: QRectF, word: str, token: str, size: str, *, at_the_end: bool = False) -> None:
        """Write what stands at an end of the way: above it a word, below it how many bytes."""
        theme, way = self._theme, self._shape.way_y
        height = theme.px(_TEXT_LINE)
        align = Qt.AlignmentFlag.AlignRight if at_the_end else Qt.AlignmentFlag.AlignLeft
        place = place.adjusted(theme.px(2), 0, -theme.px(2), 0)
        above = QRectF(place.left(), way - height - theme.px(7), place.width(), height)
        self._text(above, word, "control_bold", token, align)
        first, _, last = size.rpartition(" ")
        for i, part in enumerate((size,) if self._fits(size, place.width(), "caption") else (first, last)):
            self._text(above.translated(0, height + theme.px(14) + i * height), part, "caption", "t3", align)

    def _above(self, left: float, right: float, text: str) -> None:
        theme = self._theme
        height = theme.px(_TEXT_LINE)
        box = QRectF(left, self._shape.way_y - height - theme.px(4), right - left, height)
        role = next((role for role in ("code_caption", "tick") if self._fits(text, right - left, role)), "")
        if role:
            self._text(box, text, role, "t1", Qt.AlignmentFlag.AlignHCenter)

    def _below(self, left: float, right: float, marks: tuple[str, ...]) -> None:
        theme = self._theme
        height = theme.px(_TEXT_LINE - 2)
        for number, mark in enumerate(marks):
            shown = next((text for text in (mark, mark.partition(" ")[0]) if self._fits(text, right - left)), "")
            if mark.startswith("→") and shown != mark:
                shown = ""
            box = QRectF(left, self._shape.way_y + theme.px(5) + number * height, right - left, height)
            self._text(box, shown, "tick", "t2", Qt.AlignmentFlag.AlignHCenter)

    def _fits(self, text: str, width: float, role: str = "tick") -> bool:
        return QFontMetrics(self._theme.font(role)).horizontalAdvance(text) <= width - 2

    def _line(self, left: float, right: float, token: str) -> None:
        pen = QPen(self._theme.color(token))
        pen.setWidthF(self._theme.px(_LINE))
        self._painter.setPen(pen)
        self._painter.drawLine(QPointF(left, self._shape.way_y), QPointF(right, self._shape.way_y))

    def _node(self, x: float, token: str, *, filled: bool = False) -> None:
        pen = QPen(self._theme.color(token))
        pen.setWidthF(self._theme.px(1.6))
        self._painter.setPen(pen)
        self._painter.setBrush(self._theme.color(token if filled else "bg1"))
        radius = self._theme.zoom * _NODE
        self._painter.drawEllipse(QPointF(x, self._shape.way_y), radius, radius)

    def _arrow(self, x: float, token: str) -> None:
        size = self._theme.px(_ARROW)
        tip = QPointF(x, self._shape.way_y)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._theme.color(token))
        self._painter.drawPolygon(QPolygonF([tip, tip + QPointF(-1.4 * size, -size), tip + QPointF(-1.4 * size, size)]))

    def _text(
        self,
        box: QRectF,
        text: str,
        role: str,
        token: str,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> int:
        """Paint elided text, and return its width in pixels."""
        if not text or box.width() <= 0:
            return 0
        font = self._theme.font(role)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(text, elide, int(box.width()) + 1)
        self._painter.setFont(font)
        self._painter.setPen(self._theme.color(token))
        self._painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        return metrics.horizontalAdvance(shown)
