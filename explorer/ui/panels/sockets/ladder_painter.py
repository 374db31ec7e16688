"""How the rows of the ladder look."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QFontMetricsF, QPainter, QPen, QPixmap, QPolygonF

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


class Sizes:
    """All sizes in pixels at one zoom, worked out once: thousands are asked for whenever the ladder is painted."""

    def __init__(self, theme: Theme) -> None:
        px = theme.px
        self.height = px(ROW_HEIGHT)
        self.margin, self.gap, self.text_left = px(_MARGIN), px(_GAP), px(_TEXT_LEFT)
        self.arrow, self.chip, self.radius, self.roomy = px(_ARROW), px(_CHIP_HEIGHT), px(4), px(_WITH_SIZE)
        self.node, self.head = theme.zoom * _NODE, px(_HEAD)
        self.beside_node = px(_NODE) + px(2)
        self.line = max(1.0, theme.zoom * 1.4)


class LadderPainter:
    """Paints rows with the theme that holds now. Make another when theme or screen change."""

    def __init__(self, themes: Themes, dpr: float) -> None:
        self._themes = themes
        self._theme: Theme = themes.theme
        self._sizes = Sizes(themes.theme)
        self.origin_ns = 0
        self.deltas = False
        self.dpr = dpr
        self._chips: dict[tuple[str, str], QPixmap] = {}
        self._code = QFontMetricsF(self._theme.font("code"))
        self._dots = self._code.horizontalAdvance("…")
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
            self._paint_cell(painter, cell.entry, row, QRect(left + span.left, top, span.width, self._sizes.height))
            sides["left" if place == 0 else "right"].append(cell)
        if sides["left"] or sides["right"]:  # else it is all of clients that were taken away
            lane = QRect(left + plan.lane.left, top, plan.lane.width, self._sizes.height)
            self._paint_lane(painter, row, lane, sides)

    def paint_ground(self, painter: QPainter, span: Span, left: int, top: int, state: CellState) -> None:
        """Paint what lies under a cell that is chosen, or that the pointer is over."""
        theme = self._theme
        box = QRect(left + span.left, top, span.width, self._sizes.height)
        if state.selected or state.hovered:
            painter.fillRect(box, theme.color("sel" if state.selected else "bg2"))
        if state.focused:
            painter.setPen(theme.color("acc"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5))

    # --- a client's cell ----------------------------------------------------------------------------------------------
    def _paint_cell(self, painter: QPainter, entry: Entry, row: LadderRow, box: QRect) -> None:
        sizes = self._sizes
        sent = entry.direction is Direction.SENT
        icon = self._themes.pixmap("up" if sent else "down", "info" if sent else "ok", _ARROW, self.dpr)
        painter.drawPixmap(box.left() + sizes.margin, box.center().y() - sizes.arrow // 2, icon)
        right = self._paint_facts(painter, entry, row, box)
        left = box.left() + sizes.text_left
        self._paint_payload(painter, entry, QRect(left, box.top(), right - sizes.gap - left, box.height()))

    def _paint_facts(self, painter: QPainter, entry: Entry, row: LadderRow, box: QRect) -> int:
        """Paint time, size and kind at the right; return where they begin."""
        sizes = self._sizes
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        right = box.right() - sizes.margin
        painter.setFont(self._theme.font("code_caption"))
        painter.setPen(self._theme.color("t3"))
        time = delta_words(row.delta_ns) if self.deltas else clock_words(entry.at_ns - self.origin_ns)
        painter.drawText(right - 2 * self._time_width, box.top(), 2 * self._time_width, box.height(), flags, time)
        right -= self._time_width + sizes.gap
        if box.width() >= sizes.roomy:
            if entry.kind is not FrameKind.HANDSHAKE:
                left = right - self._size_width
                painter.drawText(left, box.top(), self._size_width, box.height(), flags, size_text(entry.size))
            right -= self._size_width + sizes.gap
        picture = self._chip(*chip(entry))
        left = right - round(picture.width() / self.dpr)
        painter.drawPixmap(left, box.center().y() - sizes.chip // 2, picture)
        return left

    def _chip(self, word: str, token: str) -> QPixmap:
        """Return the picture of a chip: there are few kinds, and painting one takes longer than all else in a row."""
        picture = self._chips.get((word, token))
        if picture is None:
            theme = self._theme
            size = QSize(badge_width(word, theme) + theme.px(2), self._sizes.chip)
            picture = self._chips[word, token] = QPixmap(size * self.dpr)
            picture.setDevicePixelRatio(self.dpr)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.tint(token) if token else theme.color("bg3"))
            shape = QRectF(QPointF(), QSizeF(size))
            painter.drawRoundedRect(shape, self._sizes.radius, self._sizes.radius)
            painter.setFont(theme.font("code_caption"))
            painter.setPen(theme.color(token or "t2"))
            painter.drawText(shape, Qt.AlignmentFlag.AlignCenter, word)
            painter.end()
        return picture

    def _paint_payload(self, painter: QPainter, entry: Entry, room: QRect) -> None:
        text = preview(entry)
        if not text or room.width() <= 0:
            return
        painter.setFont(self._theme.font("code"))
        shape = RowShape(self._theme, self._code, text, runs(entry, text), ())
        if shape.width <= room.width():
            shape.paint(painter, room.left(), room.top(), room.height(), room.right() + 1)
            return
        visible = room.adjusted(0, 0, -round(self._dots), 0)
        painter.setClipRect(visible)
        shape.paint(painter, room.left(), room.top(), room.height(), visible.right() + 1)
        painter.setClipping(False)
        painter.setPen(self._theme.color("t3"))
        end = QRectF(visible.right() + 1, room.top(), self._dots + 1, room.height())
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
        sizes = self._sizes
        way = 1 if end.x() > start.x() else -1
        if inset:
            end = QPointF(end.x() - way * sizes.beside_node, end.y())
        else:
            start = QPointF(start.x() + way * sizes.node, start.y())
        pen = QPen(color)
        pen.setWidthF(sizes.line)
        painter.setPen(pen)
        painter.drawLine(start, QPointF(end.x() - way * sizes.head, end.y()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        back = end.x() - way * sizes.head * 1.2
        half = sizes.head * 0.6
        painter.drawPolygon(QPolygonF([end, QPointF(back, end.y() - half), QPointF(back, end.y() + half)]))

    def _paint_node(self, painter: QPainter, middle: QPointF, color: QColor, *, dotted: bool) -> None:
        pen = QPen(color)
        pen.setWidthF(self._sizes.line)
        if dotted:
            pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.setBrush(self._theme.color("bg0"))
        painter.drawEllipse(middle, self._sizes.node, self._sizes.node)
