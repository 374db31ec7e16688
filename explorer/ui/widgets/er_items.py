"""The cards and lines of an entity-relationship diagram."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from explorer.database.diagram.values import Point
from explorer.ui.models.diagram_cards import BOTTOM, HEADER, MARK, ROW, SIDE, CardRow, CardWords, Relation
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written

_RADIUS = 8.0
_ICON = 11.0
_FOOT = 11.0  # the length of a crow's foot
_SPREAD = 5.0  # its half width
_RING = 3.5
_TEXT, _SMALL = 12, 11


def diagram_font(themes: Themes, *, bold: bool = False, small: bool = False) -> QFont:
    """Return the font of a diagram in design pixels: the view's scale makes it larger."""
    font = QFont(themes.theme.font("code_bold" if bold else "code"))
    font.setPixelSize(_SMALL if small else _TEXT)
    return font


class CardItem(QGraphicsItem):
    """One table, which a person can drag."""

    def __init__(self, themes: Themes, words: CardWords, moved: Callable[[str], None]) -> None:
        """Call `moved` with the name of the card while it is dragged."""
        super().__init__()
        self.words = words
        self._themes = themes
        self._moved = moved
        self.chosen = False
        self.related = False
        self.faded = False
        self.focused = False
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsMovable)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemSendsGeometryChanges)
        self.setCacheMode(QGraphicsItem.CacheMode.NoCache)
        self.setZValue(1)
        self.setToolTip(as_written(words.spoken))

    @override
    def boundingRect(self) -> QRectF:
        return QRectF(-2, -2, self.words.card.width + 4, self.words.card.height + 4)

    @override
    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(QRectF(0, 0, self.words.card.width, self.words.card.height))
        return path

    @override
    def itemChange(self, change: QGraphicsItem.GraphicsItemChange, value: object) -> object:
        if change is QGraphicsItem.GraphicsItemChange.ItemPositionHasChanged:
            self._moved(self.words.name)
        return super().itemChange(change, value)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        theme, card = self._themes.theme, self.words.card
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(0.45 if self.faded else 1.0)
        box = QRectF(0.5, 0.5, card.width - 1, card.height - 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("bg1"))
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        head = QPainterPath()
        head.addRoundedRect(box, _RADIUS, _RADIUS)
        painter.save()
        painter.setClipRect(QRectF(0, 0, card.width, HEADER), Qt.ClipOperation.IntersectClip)
        painter.fillPath(head, theme.color("sel" if self.chosen else "bg2"))
        painter.restore()
        painter.setPen(theme.color("bd"))
        painter.drawLine(QPointF(1, HEADER), QPointF(card.width - 1, HEADER))
        edge = "acc" if self.chosen else "acc" if self.related else "bd2"
        painter.setPen(QPen(theme.color(edge), 2.0 if self.focused and self.chosen else 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        self._paint_title(painter)
        for number, row in enumerate(self.words.rows):
            self._paint_row(painter, number, row)
        if self.words.left_out:
            top = HEADER + len(self.words.rows) * ROW
            painter.setFont(diagram_font(self._themes, small=True))
            painter.setPen(theme.color("t3"))
            place = QRectF(SIDE + MARK, top, card.width - SIDE, ROW)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, f"and {self.words.left_out:,} more")

    def _paint_title(self, painter: QPainter) -> None:
        font = diagram_font(self._themes, bold=True)
        room = self.words.card.width - 2 * SIDE
        shown = QFontMetricsF(font).elidedText(self.words.name, Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(self._themes.theme.color("t1"))
        painter.drawText(QRectF(SIDE, 0, room, HEADER), Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_row(self, painter: QPainter, number: int, row: CardRow) -> None:
        theme, width = self._themes.theme, self.words.card.width
        top = HEADER + number * ROW + BOTTOM / 2
        icon = "key" if row.key else "link" if row.points else ""
        if icon:
            scale = max(1.0, painter.worldTransform().m11()) * (painter.device().devicePixelRatioF() or 1.0)
            token = "warn" if row.key else "info"
            pixmap = self._themes.pixmap(icon, token, _ICON / self._themes.theme.zoom, scale)
            painter.drawPixmap(QRectF(SIDE - 1, top + (ROW - _ICON) / 2, _ICON, _ICON), pixmap, QRectF(pixmap.rect()))
        small = diagram_font(self._themes, small=True)
        metrics = QFontMetricsF(small)
        types = metrics.elidedText(row.type, Qt.TextElideMode.ElideRight, width * 0.5)
        painter.setFont(small)
        painter.setPen(theme.color("t3"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(QRectF(SIDE, top, width - 2 * SIDE, ROW), flags | Qt.AlignmentFlag.AlignRight, types)
        font = diagram_font(self._themes, bold=row.key)
        room = width - 2 * SIDE - MARK - metrics.horizontalAdvance(types) - 6
        shown = QFontMetricsF(font).elidedText(row.name, Qt.TextElideMode.ElideRight, room)
        painter.setFont(font)
        painter.setPen(theme.color("t1" if row.key or row.points else "t2"))
        painter.drawText(QRectF(SIDE + MARK, top, room + 2, ROW), flags, shown)


class RelationItem(QGraphicsItem):
    """One foreign key: a line with a crow's foot where many rows are, and a bar where there is one."""

    def __init__(self, themes: Themes, relation: Relation) -> None:
        super().__init__()
        self.relation = relation
        self._themes = themes
        self._points: tuple[Point, ...] = ()
        self._path = QPainterPath()
        self.chosen = False
        self.faded = False
        self.setToolTip(as_written(relation.words))

    @property
    def points(self) -> tuple[Point, ...]:
        """The corners of the line, from the card that points on."""
        return self._points

    def set_points(self, points: tuple[Point, ...]) -> None:
        """Go another way."""
        if points != self._points:
            self.prepareGeometryChange()
            self._points = points
            self._path = _rounded(points)

    def set_state(self, *, chosen: bool, faded: bool) -> None:
        """Stand out, or step back."""
        self.chosen, self.faded = chosen, faded
        self.setZValue(0.5 if chosen else 0)
        self.update()

    @override
    def boundingRect(self) -> QRectF:
        return self._path.boundingRect().adjusted(-_FOOT, -_FOOT, _FOOT, _FOOT)

    @override
    def shape(self) -> QPainterPath:
        stroker = QPainterPathStroker()
        stroker.setWidth(8)
        return stroker.createStroke(self._path)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if len(self._points) < 2:
            return
        theme = self._themes.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(0.35 if self.faded else 1.0)
        color = theme.color("acc" if self.chosen else "t3")
        painter.setPen(QPen(color, 1.8 if self.chosen else 1.1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._path)
        self._paint_many(painter)
        self._paint_one(painter)

    def _paint_many(self, painter: QPainter) -> None:
        """Paint the end at the card that has the key: a crow's foot, or a bar when one row alone may point there."""
        at, along, across = _frame(self._points[0], self._points[1])
        if self.relation.one:
            _bar(painter, at + along * (_FOOT * 0.6), across)
        else:
            for side in (-1, 0, 1):
                painter.drawLine(at + along * _FOOT, at + across * (side * _SPREAD))

    def _paint_one(self, painter: QPainter) -> None:
        """Paint the end at the card that is pointed to: a bar, and a ring where the row need not point anywhere."""
        at, along, across = _frame(self._points[-1], self._points[-2])
        _bar(painter, at + along * (_FOOT * 0.6), across)
        if self.relation.optional:
            painter.setBrush(self._themes.theme.color("bg0"))
            painter.drawEllipse(at + along * (_FOOT * 0.6 + _RING + 3), _RING, _RING)


def _frame(at: Point, towards: Point) -> tuple[QPointF, QPointF, QPointF]:
    """Return a line's end, one pixel along it, and one across it."""
    dx, dy = towards[0] - at[0], towards[1] - at[1]
    length = math.hypot(dx, dy) or 1.0
    return QPointF(*at), QPointF(dx / length, dy / length), QPointF(-dy / length, dx / length)


def _bar(painter: QPainter, at: QPointF, across: QPointF) -> None:
    painter.drawLine(at - across * _SPREAD, at + across * _SPREAD)


def _rounded(points: tuple[Point, ...]) -> QPainterPath:
    """Return a way with its corners rounded off."""
    if len(points) < 2:
        return QPainterPath()
    path = QPainterPath(QPointF(*points[0]))
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(6.0, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        _, back, _ = _frame(corner, before)
        _, on, _ = _frame(corner, after)
        path.lineTo(QPointF(*corner) + back * radius)
        path.quadTo(QPointF(*corner), QPointF(*corner) + on * radius)
    path.lineTo(QPointF(*points[-1]))
    return path
