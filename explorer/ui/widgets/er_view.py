"""The entity-relationship diagram: cards that can be dragged, lines between their columns, and keys for everything."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QImage,
    QImageWriter,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

from explorer.database.diagram.routes import straight_route
from explorer.database.diagram.values import Layout, Point
from explorer.database.schema import Schema
from explorer.ui import names
from explorer.ui.models.diagram_cards import CardWords, Relation, cards_of, relations_of
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.er_items import CardItem, RelationItem, diagram_font
from explorer.ui.widgets.text_access import tell_assistive_tools

_LEAST, _MOST = 0.1, 3.0
_STEP = 1.2
_MARGIN = 32.0
_IMAGE_SCALE = 2.0
_LARGEST_SIDE = 12_000  # pixels of a picture; a larger one is made smaller
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_HELP = (
    "Arrow keys go from card to card, with Ctrl they move the card, Enter opens the table, "
    "Plus and Minus zoom, F fits all, Escape lets the card go"
)


class ErView(QGraphicsView):
    """Shows a schema as a diagram. A card that is chosen stands out with everything it has to do with.

    Signals:
        table_opened: the person wants to see this table; its name.
        table_chosen: this table's card is the chosen one; empty for none.
        arranged: the person dragged a card, or brought the layout back.
    """

    table_opened = Signal(str)
    table_chosen = Signal(str)
    arranged = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._cards: dict[str, CardItem] = {}
        self._relations: list[RelationItem] = []
        self._layout = Layout()
        self._moved: dict[str, Point] = {}  # where the person put cards
        self._placing = False
        self._chosen = ""
        self._scale = 1.0
        self._fitted = True  # whether all is to stay in sight when the view gets another size
        self.setObjectName(names.ER_VIEW)
        self.setAccessibleName("Diagram of the tables")
        self.setAccessibleDescription(_HELP)
        tell_assistive_tools()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setScene(QGraphicsScene(self))
        themes.changed.connect(self._dress)
        self._dress()

    # --- what is shown ------------------------------------------------------------------------------------------------
    def measured(self, schema: Schema) -> tuple[tuple[CardWords, ...], tuple[Relation, ...]]:
        """Return the cards and lines of a schema, as large as they will be: what a layout is made from."""
        plain = QFontMetricsF(diagram_font(self._themes))
        bold = QFontMetricsF(diagram_font(self._themes, bold=True))
        cards = cards_of(schema, lambda text, strong: (bold if strong else plain).horizontalAdvance(text))
        return cards, relations_of(schema, cards)

    def show_diagram(self, cards: Sequence[CardWords], relations: Sequence[Relation], layout: Layout) -> None:
        """Show cards and lines; cards that the person moved stand where they were put."""
        self.scene().clear()
        self._layout = layout
        self._cards = {words.name: CardItem(self._themes, words, self._on_card_moved) for words in cards}
        self._relations = [RelationItem(self._themes, relation) for relation in relations]
        for item in (*self._relations, *self._cards.values()):
            self.scene().addItem(item)
        self._place()
        if self._chosen not in self._cards:
            self._chosen = ""
        self._show_chosen()

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables that have a card."""
        return tuple(self._cards)

    @property
    def chosen(self) -> str:
        """The table whose card is chosen; empty for none."""
        return self._chosen

    def choose(self, name: str) -> None:
        """Choose a card without a signal, and bring it into sight; an unknown name chooses none."""
        self._chosen = name if name in self._cards else ""
        self._show_chosen()
        if self._chosen:
            self.ensureVisible(self._cards[self._chosen], 24, 24)

    def place_of(self, name: str) -> QRect:
        """Return where a card is in the viewport."""
        return self.mapFromScene(self._cards[name].sceneBoundingRect()).boundingRect()

    def text_in_sight(self) -> str:
        """Return what the cards say, one a line, for assistive tools."""
        return "\n".join(card.words.spoken for card in self._cards.values())

    def state(self) -> dict[str, Any]:
        """Return where the person put cards, as plain JSON values."""
        return {"cards": {name: [round(x, 1), round(y, 1)] for name, (x, y) in self._moved.items()}}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up a state that `state` returned; what is odd is left out."""
        cards = state.get("cards")
        self._moved = {
            str(name): (float(place[0]), float(place[1]))
            for name, place in (cards.items() if isinstance(cards, Mapping) else ())
            if isinstance(place, list) and len(place) == 2 and all(isinstance(n, int | float) for n in place)
        }
        self._place()

    # --- what a person does -------------------------------------------------------------------------------------------
    def zoom(self, steps: float) -> None:
        """Make everything larger, or smaller for negative steps."""
        self._fitted = False
        self._set_scale(self._scale * _STEP**steps)

    def fit(self) -> None:
        """Bring everything into sight, never larger than it is drawn."""
        self._fitted = True
        room, area = self.viewport().size(), self.sceneRect()
        if area.isEmpty() or room.isEmpty():
            return
        zoom = self._themes.theme.zoom
        self._set_scale(min(1.0, room.width() / area.width() / zoom, room.height() / area.height() / zoom))
        self.centerOn(area.center())

    def arrange(self) -> None:
        """Put all cards back to where the layout has them."""
        self._moved = {}
        self._place()
        self.fit()
        self.arranged.emit()

    def png(self) -> bytes:
        """Return the whole diagram as a PNG picture."""
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, b"png").write(self._image())
        buffer.close()
        return bytes(data.data())

    def _image(self) -> QImage:
        area = self.sceneRect()
        scale = min(_IMAGE_SCALE, _LARGEST_SIDE / max(area.width(), area.height(), 1.0))
        size = QSize(max(1, math.ceil(area.width() * scale)), max(1, math.ceil(area.height() * scale)))
        picture = QImage(size, QImage.Format.Format_RGB32)
        picture.fill(self._themes.theme.color("bg0"))
        with QPainter(picture) as painter:
            self.scene().render(painter, QRectF(picture.rect()), area)
        return picture

    def svg(self) -> bytes:
        """Return the whole diagram as an SVG document."""
        from PySide6.QtSvg import QSvgGenerator

        area = self.sceneRect()
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(area.size().toSize())
        generator.setViewBox(QRectF(QPointF(), area.size()))
        generator.setTitle("Tables and their relations")
        with QPainter(generator) as painter:
            painter.fillRect(QRectF(QPointF(), area.size()), self._themes.theme.color("bg0"))
            self.scene().render(painter, QRectF(QPointF(), area.size()), area)
        buffer.close()
        return bytes(data.data())

    # --- reactions ----------------------------------------------------------------------------------------------------
    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in _ARROWS:
            dx, dy = _ARROWS[Qt.Key(key)]
            if control and self._chosen:
                self._cards[self._chosen].moveBy(dx * 12, dy * 12)
                self._fit_scene()
                self.arranged.emit()
            else:
                self._choose_by_hand(self._neighbour(dx, dy))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chosen and not control:
            self.table_opened.emit(self._chosen)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal) and not control:
            self.zoom(1)
        elif key == Qt.Key.Key_Minus and not control:
            self.zoom(-1)
        elif key == Qt.Key.Key_F and not control:
            self.fit()
        elif key == Qt.Key.Key_Escape and self._chosen:
            self._choose_by_hand("")
        else:
            event.ignore()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(event.angleDelta().y() / 120)
            event.accept()
        else:
            super().wheelEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._choose_by_hand(self._card_at(event.position().toPoint()))
        super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._fit_scene()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        name = self._card_at(event.position().toPoint())
        if name:
            self.table_opened.emit(name)
        else:
            super().mouseDoubleClickEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self._chosen and self._cards and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.choose(next(iter(self._cards)))
            self.table_chosen.emit(self._chosen)
        self._show_chosen()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_chosen()

    def _choose_by_hand(self, name: str) -> None:
        if name != self._chosen:
            self.choose(name)
            self.table_chosen.emit(self._chosen)

    def _card_at(self, place: QPoint) -> str:
        item = next((item for item in self.items(place) if isinstance(item, CardItem)), None)
        return item.words.name if item is not None else ""

    def _neighbour(self, dx: int, dy: int) -> str:
        """Return the nearest card in one direction; the chosen one when there is none."""
        if not self._chosen:
            return next(iter(self._cards), "")
        here = self._cards[self._chosen].sceneBoundingRect().center()
        best, least = self._chosen, math.inf
        for name, card in self._cards.items():
            offset = card.sceneBoundingRect().center() - here
            along, across = offset.x() * dx + offset.y() * dy, offset.x() * dy + offset.y() * dx
            if along > 1 and (distance := along + 2 * abs(across)) < least:
                best, least = name, distance
        return best

    def _on_card_moved(self, name: str) -> None:
        if self._placing:
            return
        place = self._cards[name].pos()
        self._moved[name] = (place.x(), place.y())
        self._lead(r for r in self._relations if name in (r.relation.link.start, r.relation.link.end))
        self.arranged.emit()

    def _place(self) -> None:
        """Put cards and lines where they belong."""
        self._placing = True
        for name, card in self._cards.items():
            card.setPos(QPointF(*self._moved.get(name, self._layout.places.get(name, (0.0, 0.0)))))
        self._placing = False
        for relation, points in zip(self._relations, self._layout.routes, strict=False):
            relation.set_points(points)
        moved = set(self._moved)
        self._lead(r for r in self._relations if moved & {r.relation.link.start, r.relation.link.end})
        self._fit_scene()
        if self._fitted:
            self.fit()

    def _lead(self, relations: Iterable[RelationItem]) -> None:
        """Lead lines directly from card to card, wherever these stand."""
        for item in relations:
            link = item.relation.link
            start, end = self._cards[link.start], self._cards[link.end]
            at, to = (start.x(), start.y()), (end.x(), end.y())
            widths = start.words.card.width, end.words.card.width
            item.set_points(straight_route(at, widths[0], to, widths[1], (link.start_y, link.end_y)))

    def _fit_scene(self) -> None:
        area = QRectF()
        for item in (*self._cards.values(), *self._relations):
            area = area.united(item.sceneBoundingRect())
        self.setSceneRect(area.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN))

    def _show_chosen(self) -> None:
        related = {self._chosen}
        for item in self._relations:
            link = item.relation.link
            touches = bool(self._chosen) and self._chosen in (link.start, link.end)
            related |= {link.start, link.end} if touches else set()
            item.set_state(chosen=touches, faded=bool(self._chosen) and not touches)
        for name, card in self._cards.items():
            card.chosen = name == self._chosen
            card.related = name in related and not card.chosen
            card.faded = bool(self._chosen) and name not in related
            card.focused = self.hasFocus()
            card.update()
        spoken = self._cards[self._chosen].words.spoken if self._chosen else f"{len(self._cards)} tables"
        self.setAccessibleName(f"Diagram of the tables: {spoken}")

    def _set_scale(self, scale: float) -> None:
        self._scale = max(_LEAST, min(_MOST, scale))
        whole = self._scale * self._themes.theme.zoom
        self.resetTransform()
        self.scale(whole, whole)

    def _dress(self) -> None:
        self.setBackgroundBrush(self._themes.theme.color("bg0"))
        self._set_scale(self._scale)
        for item in self.scene().items():
            item.update()
        if self._fitted:
            self.fit()
