"""How the rows of the ladder look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap, QPolygonF

from explorer.client.sockets.ladder_rows import LadderRow
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
_MOST_LANES = 100  # pictures that are kept
_MESSAGES = frozenset({FrameKind.TEXT, FrameKind.BINARY})


class _Lane(NamedTuple):
    """All that says what a row looks like in the server's lane."""

    width: int
    left: tuple[Direction, ...]
    right: tuple[Direction, ...]
    unseen: bool


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
        self._lanes: dict[_Lane, QPixmap] = {}
        self._code = QFontMetricsF(self._theme.font("code"))
        self._advance = self._code.horizontalAdvance("0")
        self._dots = self._code.horizontalAdvance("…")
        small = self._small = QFontMetricsF(self._theme.font("code_caption"))
        self._small_advance = small.horizontalAdvance("0")
        self._time_width = round(small.horizontalAdvance("00:00.000")) + 1
        self._size_width = round(small.horizontalAdvance("999.9 KB")) + 1

    def paint_row(
        self, painter: QPainter, row: LadderRow, plan: ColumnPlan, order: dict[str, int], left: int, top: int
    ) -> None:
        """Paint what a row has in the server's lane and in all columns; `left` is where the ladder begins."""
        sides: tuple[list[Direction], list[Direction]] = ([], [])
        for cell in row.cells:
            place = order.get(cell.column)
            if place is None:
                continue
            span = plan.columns[place]
            self._paint_cell(painter, cell.entry, row, QRect(left + span.left, top, span.width, self._sizes.height))
            side = sides[place > 0]
            if cell.entry.direction not in side:
                side.append(cell.entry.direction)
        if sides[0] or sides[1]:  # else it is all of clients that were taken away
            unseen = row.server is None and any(cell.entry.kind in _MESSAGES for cell in row.cells)
            lane = _Lane(plan.lane.width, tuple(sides[0]), tuple(sides[1]), unseen)
            painter.drawPixmap(left + plan.lane.left, top, self._lane(lane))

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
        right = box.right() - sizes.margin
        painter.setFont(self._theme.font("code_caption"))
        painter.setPen(self._theme.color("t3"))
        time = delta_words(row.delta_ns) if self.deltas else clock_words(entry.at_ns - self.origin_ns)
        self._paint_up_to(painter, right, box, time)
        right -= self._time_width + sizes.gap
        if box.width() >= sizes.roomy:
            if entry.kind is not FrameKind.HANDSHAKE:
                self._paint_up_to(painter, right, box, size_text(entry.size))
            right -= self._size_width + sizes.gap
        picture = self._chip(*chip(entry))
        left = right - round(picture.width() / self.dpr)
        painter.drawPixmap(left, box.center().y() - sizes.chip // 2, picture)
        return left

    def _paint_up_to(self, painter: QPainter, right: int, box: QRect, word: str) -> None:
        """Paint a word that ends at the right; all its letters have one width."""
        small = self._small
        base = box.top() + (box.height() - small.height()) / 2 + small.ascent()
        painter.drawText(QPointF(right - len(word) * self._small_advance, base), word)

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
        text = self._themes.shown(preview(entry))
        if not text or room.width() <= 0:
            return
        painter.setFont(self._theme.font("code"))
        shape = RowShape(self._theme, self._code, text, runs(entry, text), ())
        if shape.width <= room.width():
            shape.paint(painter, room.left(), room.top(), room.height(), room.right() + 1)
            return
        letters = int((room.width() - self._dots) / self._advance)  # a half one before the dots looks like a mistake
        visible = QRect(room.left(), room.top(), round(letters * self._advance), room.height())
        painter.setClipRect(visible)
        shape.paint(painter, room.left(), room.top(), room.height(), visible.right() + 1)
        painter.setClipping(False)
        painter.setPen(self._theme.color("t3"))
        end = QRectF(visible.right() + 1, room.top(), self._dots + 1, room.height())
        painter.drawText(end, Qt.AlignmentFlag.AlignVCenter, "…")

    # --- the server's lane --------------------------------------------------------------------------------------------
    def _lane(self, lane: _Lane) -> QPixmap:
        """Return the picture of a row's part of the lane: few differ, and painting one takes a dozen steps."""
        picture = self._lanes.get(lane)
        if picture is None:
            if len(self._lanes) >= _MOST_LANES:  # of all widths that the lane had
                self._lanes.clear()
            picture = self._lanes[lane] = QPixmap(QSize(lane.width, self._sizes.height) * self.dpr)
            picture.setDevicePixelRatio(self.dpr)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_lane(painter, lane)
            painter.end()
        return picture

    def _paint_lane(self, painter: QPainter, lane: _Lane) -> None:
        middle = QPointF(lane.width / 2, self._sizes.height / 2)
        token = "info"
        for edge_x, directions in ((4, lane.left), (lane.width - 4, lane.right)):
            edge = QPointF(edge_x, middle.y())
            for direction in directions:
                token = "info" if direction is Direction.SENT else "ok"
                color = self._theme.color(token)
                start, end = (edge, middle) if direction is Direction.SENT else (middle, edge)
                self._paint_arrow(painter, start, end, color, inset=direction is Direction.SENT)
        self._paint_node(painter, middle, self._theme.color("dis" if lane.unseen else token), dotted=lane.unseen)

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
