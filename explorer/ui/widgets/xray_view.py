"""The X-ray's list, with the way painted over it: nodes, the curve between them, and a lane for each middleware."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView, QWidget

from explorer.ui.delegates.xray_delegate import TEXT_LEFT, XRayDelegate
from explorer.ui.models.xray_model import ROW_ROLE, XRayModel
from explorer.ui.models.xray_rows import Node, Row
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

_NODE_LEFT = 18  # design pixels to the node of depth 0
_NODE_STEP = 8  # from one depth to the next; less when there are many layers
_NODE_TO_TEXT = 14
_WAY, _LANE = 1.6, 1.4  # widths of lines, not rounded to whole pixels: smooth lines need not be


class XRayView(QListView):
    """A list of `Row` values whose stops are joined by the request's way through the app."""

    def __init__(self, themes: Themes, model: XRayModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setAccessibleName("X-ray of the request")
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(XRayDelegate(themes, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        themes.changed.connect(self.on_themes_changed)

    def copy_row(self) -> None:
        """Put the current row on the clipboard, as a sentence."""
        row = self.currentIndex().data(ROW_ROLE)
        if isinstance(row, Row):
            QApplication.clipboard().setText(row.spoken)

    def on_themes_changed(self) -> None:
        """Measure and paint again."""
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):  # Qt would copy the title alone
            self.copy_row()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        stops = self._stops()
        if not stops:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_lanes(painter, stops)
        self._paint_way(painter, stops)
        for row, point in stops:
            self._paint_node(painter, row, point)

    def _stops(self) -> list[tuple[Row, QPointF]]:
        """Return every stop with the place of its node, those scrolled out of sight too."""
        theme = self._themes.theme
        stops = [(i, row) for i, row in enumerate(self._rows.rows) if row.node is not None]
        deepest = max((row.depth for _, row in stops), default=1)
        step = min(_NODE_STEP, (TEXT_LEFT - _NODE_TO_TEXT - _NODE_LEFT) / max(1, deepest))
        found = []
        for i, row in stops:
            y = self.visualRect(self._rows.index(i)).center().y() + 0.5
            found.append((row, QPointF(theme.px(_NODE_LEFT + step * row.depth) + 0.5, y)))
        return found

    def _paint_lanes(self, painter: QPainter, stops: list[tuple[Row, QPointF]]) -> None:
        theme = self._themes.theme
        entered: dict[int, QPointF] = {}
        pen = QPen(theme.tint_border("s_mw"))
        pen.setWidthF(_LANE * theme.zoom)
        painter.setPen(pen)
        for row, point in stops:
            if row.lane is None:
                continue
            if row.lane in entered:
                painter.drawLine(entered[row.lane], point)
            entered[row.lane] = point

    def _paint_way(self, painter: QPainter, stops: list[tuple[Row, QPointF]]) -> None:
        theme = self._themes.theme
        bend = theme.px(22)
        for (row, start), (_, end) in pairwise(stops):
            pen = QPen(theme.color("s_err" if row.failed else "t3"))
            pen.setWidthF(_WAY * theme.zoom)
            painter.setPen(pen)
            path = QPainterPath(start)
            if start.x() != end.x():
                turn = max(start.y(), end.y() - bend)
                path.lineTo(start.x(), turn)
                middle = (turn + end.y()) / 2
                path.cubicTo(QPointF(start.x(), middle), QPointF(end.x(), middle), end)
            else:
                path.lineTo(end)
            painter.drawPath(path)

    def _paint_node(self, painter: QPainter, row: Row, point: QPointF) -> None:
        theme = self._themes.theme
        color = theme.color(row.token)
        ground = theme.color("bg0")
        pen = QPen(color)
        pen.setWidthF(theme.px(1.6))
        painter.setPen(pen)
        match row.node:
            case Node.RING | Node.RUNNING:
                painter.setBrush(ground)
                painter.drawEllipse(point, theme.px(3.6), theme.px(3.6))
            case Node.ROUTE:
                painter.setBrush(color)
                painter.drawEllipse(point, theme.px(6), theme.px(6))
                self._paint_triangle(painter, point)
            case Node.FAILED:
                painter.setBrush(color)
                painter.drawEllipse(point, theme.px(6), theme.px(6))
                self._paint_cross(painter, point)
            case _:
                painter.setBrush(color)
                painter.drawEllipse(point, theme.px(3.4), theme.px(3.4))

    def _paint_triangle(self, painter: QPainter, point: QPointF) -> None:
        size = self._themes.theme.px(2.6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._themes.theme.color("bg0"))
        corners = [QPointF(-0.7, -1), QPointF(1.1, 0), QPointF(-0.7, 1)]
        painter.drawPolygon(QPolygonF([point + corner * size for corner in corners]))

    def _paint_cross(self, painter: QPainter, point: QPointF) -> None:
        theme = self._themes.theme
        size = theme.px(2.4)
        pen = QPen(theme.color("bg0"))
        pen.setWidthF(theme.px(1.5))
        painter.setPen(pen)
        square = QRectF(point.x() - size, point.y() - size, 2 * size, 2 * size)
        painter.drawLine(square.topLeft(), square.bottomRight())
        painter.drawLine(square.topRight(), square.bottomLeft())
