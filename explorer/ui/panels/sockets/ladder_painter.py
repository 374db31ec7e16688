"""How the rows of the ladder look."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QFontMetricsF, QPainter, QPen, QPolygonF

from explorer.client.sockets.ladder_rows import Cell, LadderRow
from explorer.client.sockets.record import Direction, Entry, FrameKind
from explorer.ui.models.ladder_words import chip, clock_words, delta_words, preview, runs
from explorer.ui.panels.sockets.column_plan import ColumnPlan, Span
from explorer.ui.theme.manager import Themes
from explorer.ui.theme.theme import Theme
from explorer.ui.widgets.badge import badge_width
from explorer.ui.widgets.row_shape import RowShape
from explorer.ui.wording import size_text

ROW_HEIGHT = 34
_MARGIN = 12
_TEXT_LEFT = 33
_GAP = 8
_ARROW = 13
_CHIP_HEIGHT = 18
_WITH_SIZE = 330  # design pixels; a narrower column leaves the sizes out
_NODE = 3.6
_HEAD = 6  # an arrow's head
_MESSAGES = frozenset({FrameKind.TEXT, FrameKind.BINARY})


@dataclass(frozen=True, slots=True)
class CellState:
    """What a cell looks like beside its words."""

    selected: bool = False
    focused: bool = False
    hovered: bool = False


class LadderPainter:
    """Paints rows with the theme and the measures that hold now."""

    def __init__(self, themes: Themes, origin_ns: int, *, deltas: bool, dpr: float) -> None:
        self._themes = themes
        self._theme: Theme = themes.theme
        self._origin_ns = origin_ns
        self._deltas = deltas
        self._dpr = dpr
        self._code = QFontMetricsF(self._theme.font("code"))
        small = QFontMetrics(self._theme.font("code_caption"))
        self._time_width = small.horizontalAdvance("00:00.000") + 1
        self._size_width = small.horizontalAdvance("999.9 KB") + 1

    def paint_row(
        self, painter: QPainter, row: LadderRow, plan: ColumnPlan, order: dict[str, int], left: int, top: int
    ) -> None:
        """Paint what a row has in the server's lane and in all columns; `left` is where the ladder begins."""
        sides: dict[str, list[Cell]] = {"left": [], "right": []}
        for cell in row.cells:
            place = order.get(cell.column)
            if place is None:
                continue
            span = plan.columns[place]
            self._paint_cell(painter, cell.entry, row, QRect(left + span.left, top, span.width, self._height))
            sides["left" if place == 0 else "right"].append(cell)
        if sides["left"] or sides["right"]:  # else it is all of clients that were taken away
            lane = QRect(left + plan.lane.left, top, plan.lane.width, self._height)
            self._paint_lane(painter, row, lane, sides)

    def paint_ground(self, painter: QPainter, span: Span, left: int, top: int, state: CellState) -> None:
        """Paint what lies under a cell that is chosen, or that the pointer is over."""
        theme = self._theme
        box = QRect(left + span.left, top, span.width, self._height)
        if state.selected or state.hovered:
            painter.fillRect(box, theme.color("sel" if state.selected else "bg2"))
        if state.focused:
            painter.setPen(theme.color("acc"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5))

    @property
    def _height(self) -> int:
        return self._theme.px(ROW_HEIGHT)

    # --- a client's cell ----------------------------------------------------------------------------------------------
    def _paint_cell(self, painter: QPainter, entry: Entry, row: LadderRow, box: QRect) -> None:
        theme = self._theme
        px = theme.px
        side = px(_ARROW)
        sent = entry.direction is Direction.SENT
        icon = self._themes.pixmap("up" if sent else "down", "info" if sent else "ok", _ARROW, self._dpr)
        painter.drawPixmap(QRect(box.left() + px(_MARGIN), box.center().y() - side // 2, side, side), icon)
        right = self._paint_facts(painter, entry, row, box)
        room = QRect(box.left() + px(_TEXT_LEFT), box.top(), 0, box.height())
        room.setRight(right - px(_GAP))
        self._paint_payload(painter, entry, room)

    def _paint_facts(self, painter: QPainter, entry: Entry, row: LadderRow, box: QRect) -> int:
        """Paint time, size and kind at the right; return where they begin."""
        theme = self._theme
        px = theme.px
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        right = box.right() - px(_MARGIN)
        painter.setFont(theme.font("code_caption"))
        painter.setPen(theme.color("t3"))
        time = delta_words(row.delta_ns) if self._deltas else clock_words(entry.at_ns - self._origin_ns)
        painter.drawText(QRect(right - px(120), box.top(), px(120), box.height()), flags, time)
        right -= self._time_width + px(_GAP)
        if box.width() >= px(_WITH_SIZE):
            if entry.kind is not FrameKind.HANDSHAKE:
                size = QRect(right - self._size_width, box.top(), self._size_width, box.height())
                painter.drawText(size, flags, size_text(entry.size))
            right -= self._size_width + px(_GAP)
        word, token = chip(entry)
        width = badge_width(word, theme) + px(2)
        height = px(_CHIP_HEIGHT)
        shape = QRectF(right - width, box.center().y() - height // 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tint(token) if token else theme.color("bg3"))
        painter.drawRoundedRect(shape, px(4), px(4))
        painter.setPen(theme.color(token or "t2"))
        painter.drawText(shape, Qt.AlignmentFlag.AlignCenter, word)
        return round(shape.left())

    def _paint_payload(self, painter: QPainter, entry: Entry, room: QRect) -> None:
        text = preview(entry)
        if not text or room.width() <= 0:
            return
        painter.setFont(self._theme.font("code"))
        shape = RowShape(self._theme, self._code, text, runs(entry, text), ())
        fits = shape.width <= room.width()
        dots = self._code.horizontalAdvance("…")
        painter.save()
        visible = room if fits else room.adjusted(0, 0, -round(dots), 0)
        painter.setClipRect(visible)
        shape.paint(painter, room.left(), room.top(), room.height(), visible.right() + 1)
        painter.restore()
        if not fits:
            painter.setPen(self._theme.color("t3"))
            end = QRectF(visible.right() + 1, room.top(), dots + 1, room.height())
            painter.drawText(end, Qt.AlignmentFlag.AlignVCenter, "…")

    # --- the server's lane --------------------------------------------------------------------------------------------
    def _paint_lane(self, painter: QPainter, row: LadderRow, lane: QRect, sides: dict[str, list[Cell]]) -> None:
        middle = QPointF(lane.left() + lane.width() / 2, lane.top() + lane.height() / 2)
        token = "info"
        for side, cells in sides.items():
            edge = QPointF(lane.left() + 4 if side == "left" else lane.right() - 3, middle.y())
            for direction in dict.fromkeys(cell.entry.direction for cell in cells):
                token = "info" if direction is Direction.SENT else "ok"
                color = self._theme.color(token)
                start, end = (edge, middle) if direction is Direction.SENT else (middle, edge)
                self._paint_arrow(painter, start, end, color, inset=direction is Direction.SENT)
        unseen = row.server is None and any(cell.entry.kind in _MESSAGES for cell in row.cells)
        self._paint_node(painter, middle, self._theme.color("dis" if unseen else token), dotted=unseen)

    def _paint_arrow(self, painter: QPainter, start: QPointF, end: QPointF, color: QColor, *, inset: bool) -> None:
        px = self._theme.px
        way = 1 if end.x() > start.x() else -1
        node = px(_NODE) + px(2)
        if inset:
            end = QPointF(end.x() - way * node, end.y())
        else:
            start = QPointF(start.x() + way * px(_NODE), start.y())
        pen = QPen(color)
        pen.setWidthF(max(1.0, self._theme.zoom * 1.4))
        painter.setPen(pen)
        head = px(_HEAD)
        painter.drawLine(start, QPointF(end.x() - way * head, end.y()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        back = end.x() - way * head * 1.2
        half = head * 0.6
        painter.drawPolygon(QPolygonF([end, QPointF(back, end.y() - half), QPointF(back, end.y() + half)]))

    def _paint_node(self, painter: QPainter, middle: QPointF, color: QColor, *, dotted: bool) -> None:
        pen = QPen(color)
        pen.setWidthF(max(1.0, self._theme.zoom * 1.4))
        if dotted:
            pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.setBrush(self._theme.color("bg0"))
        radius = self._theme.zoom * _NODE
        painter.drawEllipse(middle, radius, radius)
