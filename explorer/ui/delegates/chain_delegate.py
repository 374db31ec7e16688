"""Paints a revision: the line that leads through it, its node, its id and title, and how it stands."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.database.migrations.revisions import Revision
from explorer.ui.delegates.row_fill import paint_line_fill
from explorer.ui.models.migration_chain_model import ChainRole
from explorer.ui.models.migration_lanes import LaneRow, Line
from explorer.ui.models.migration_steps import short_id
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.chip import chip_width, paint_chip, paint_tinted_chip

ROW_HEIGHT = 48
_NODE_X = 17
_NODE_Y = 24
_LANE = 15
_MOST_LANES = 8
_AFTER = 18  # between the last lane and the words
_RIGHT = 12
_CHIP_HEIGHT = 18
_GAP = 8


class ChainDelegate(QStyledItemDelegate):
    """Knows how revisions look; what they say comes from the model."""

    def __init__(self, themes: Themes, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self._themes.theme.px(160), self._themes.theme.px(ROW_HEIGHT))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._themes.theme
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        each, lanes = index.data(ChainRole.REVISION), index.data(ChainRole.LANES)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        paint_line_fill(painter, rect, state, theme)
        self._paint_lines(painter, rect, lanes)
        self._paint_node(painter, rect, lanes.lane, each)
        many = min(_MOST_LANES, int(index.data(ChainRole.LANE_COUNT)))
        left = rect.left() + theme.px(_NODE_X + (many - 1) * _LANE + _AFTER)
        width = rect.right() - theme.px(_RIGHT) - left
        self._paint_words(painter, QRect(left, rect.top(), width, rect.height()), index, selected=selected)
        painter.restore()

    def _paint_lines(self, painter: QPainter, rect: QRect, lanes: LaneRow) -> None:
        theme = self._themes.theme
        middle = rect.top() + theme.px(_NODE_Y)
        for lines, top, bottom in ((lanes.above, rect.top(), middle), (lanes.below, middle, rect.bottom() + 1)):
            for line in sorted(lines, key=lambda line: not line.pending):
                self._paint_line(painter, rect, line, top, bottom)

    def _paint_line(self, painter: QPainter, rect: QRect, line: Line, top: int, bottom: int) -> None:
        theme = self._themes.theme
        pen = QPen(theme.color("bd2" if line.pending else "acc"), max(1.5, theme.px(2)))
        if line.pending:
            pen = QPen(theme.color("dis"), max(1.0, theme.px(1.5)))
            pen.setDashPattern([2.0, 2.0])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        start, end = self._x(rect, line.start), self._x(rect, line.end)
        path = QPainterPath(QPointF(start, top))
        half = (bottom - top) / 2
        path.cubicTo(QPointF(start, top + half), QPointF(end, bottom - half), QPointF(end, bottom))
        painter.drawPath(path)

    def _paint_node(self, painter: QPainter, rect: QRect, lane: int, each: Revision) -> None:
        theme = self._themes.theme
        center = QPointF(self._x(rect, lane), rect.top() + theme.px(_NODE_Y))
        radius = theme.px(5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("acc"))
        if each.current:
            painter.setBrush(theme.color("bg1"))
            painter.setPen(QPen(theme.color("acc"), theme.px(2)))
            painter.drawEllipse(center, theme.px(8), theme.px(8))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("acc"))
            painter.drawEllipse(center, theme.px(4), theme.px(4))
        elif each.applied:
            painter.drawEllipse(center, radius, radius)
        else:
            painter.setBrush(theme.color("bg1"))
            pen = QPen(theme.color("t3"), max(1.0, theme.px(1.6)))
            pen.setDashPattern([1.6, 1.6])
            painter.setPen(pen)
            painter.drawEllipse(center, theme.px(6), theme.px(6))

    def _paint_words(
        self, painter: QPainter, box: QRect, index: QModelIndex | QPersistentModelIndex, *, selected: bool
    ) -> None:
        theme = self._themes.theme
        each: Revision = index.data(ChainRole.REVISION)
        middle = box.top() + box.height() // 2
        upper = QRect(box.left(), middle - theme.px(19), box.width(), theme.px(18))
        lower = QRect(box.left(), middle + theme.px(1), box.width(), theme.px(18))
        side = str(index.data(ChainRole.SIDE))
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("t3"))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(upper, right, side)
        room = box.width() - painter.fontMetrics().horizontalAdvance(side) - theme.px(_GAP)
        chips = [("current", "acc")] if each.current else []
        chips += [("head", "")] if each.head else []
        chips_width = sum(chip_width(theme, text, code=False) + theme.px(_GAP) for text, _ in chips)
        font = theme.font("code")
        painter.setFont(font)
        painter.setPen(theme.color("t1" if each.applied else "t2"))
        shown = QFontMetrics(font).elidedText(
            short_id(each.id), Qt.TextElideMode.ElideRight, max(theme.px(40), room - chips_width)
        )
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, shown)
        left = upper.left() + QFontMetrics(font).horizontalAdvance(shown) + theme.px(_GAP)
        for text, token in chips:
            width = chip_width(theme, text, code=False)
            if left + width > upper.left() + room:
                break
            height = theme.px(_CHIP_HEIGHT)
            chip = QRect(left, upper.center().y() - height // 2 + 1, width, height)
            if token:
                paint_tinted_chip(painter, theme, chip, text, token, outlined=selected)
            else:
                paint_chip(painter, theme, chip, text, code=False, outlined=True)
            left += width + theme.px(_GAP)
        painter.setFont(theme.font("text"))
        painter.setPen(theme.color("t1" if each.applied else "t2"))
        words = painter.fontMetrics().elidedText(each.title or "(no title)", Qt.TextElideMode.ElideRight, lower.width())
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)

    def _x(self, rect: QRect, lane: int) -> float:
        px = self._themes.theme.px
        return rect.left() + px(_NODE_X) + min(lane, _MOST_LANES - 1) * px(_LANE) + 0.5
