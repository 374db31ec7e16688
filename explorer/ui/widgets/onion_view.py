"""The onion on show: rings can be chosen with the mouse and walked through with the keyboard."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from explorer.ui.announce import announce
from explorer.ui.models.onion import Onion, Ring
from explorer.ui.override import override
from explorer.ui.theme.manager import MIN_ZOOM, Themes
from explorer.ui.theme.theme import Theme
from explorer.ui.tool_tip import as_written
from explorer.ui.widgets.onion_painter import OnionPainter, OnionState
from explorer.ui.widgets.onion_shape import HEADING, OnionShape, fitting_zoom, least_size, shape_onion, wanted_size
from explorer.ui.widgets.text_access import tell_assistive_tools

_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class OnionView(QWidget):
    """Paints an `Onion`; where there is too little room for it, all of it smaller, as far as it can still be read.

    Signals:
        ring_chosen: a person stands on a ring now: a `Ring`.
        ring_opened: a person wants to know all of a ring: a `Ring`.
    """

    ring_chosen = Signal(object)
    ring_opened = Signal(object)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._fitted = themes.theme
        self._onion = Onion()
        self._chosen = ""
        self._hovered = -1
        self.setAccessibleName("Middleware onion: arrow keys walk through the layers")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        tell_assistive_tools()
        themes.changed.connect(self._on_themes_changed)

    def set_onion(self, onion: Onion) -> None:
        """Show another onion, or the same one grown; a chosen ring stays chosen while it is there."""
        if onion == self._onion:
            return
        self._onion = onion
        if self.chosen is None:
            self._chosen = ""
        self._hovered = -1
        self.updateGeometry()
        self.update()

    @property
    def onion(self) -> Onion:
        """What is shown."""
        return self._onion

    @property
    def chosen(self) -> Ring | None:
        """The ring that a person stands on."""
        return next((ring for ring in self._onion.rings if ring.key == self._chosen), None)

    def choose(self, key: str) -> None:
        """Stand on a ring; an unknown key stands on none. Emits nothing."""
        self._chosen = key
        self.update()

    def heading_rect(self, number: int) -> QRect:
        """Return where the words of a ring stand."""
        box = self._shape().rings[number]
        return QRectF(box.left(), box.top(), box.width(), self._fitting_theme().px(HEADING)).toRect()

    def text_in_sight(self) -> str:
        """Return the rings as sentences, one a line."""
        return "\n".join(ring.spoken for ring in self._onion.rings)

    # --- geometry -----------------------------------------------------------------------------------------------------
    @override
    def sizeHint(self) -> QSize:
        return wanted_size(len(self._onion.rings), self._stages, self._themes.theme.px)

    @override
    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        """Say where a person stands: what scrolls the onion brings that into sight, or else the corner of its frame."""
        if query is not Qt.InputMethodQuery.ImCursorRectangle:
            return super().inputMethodQuery(query)
        number = self._number()
        return self.heading_rect(number) if number >= 0 else QRect(0, 0, 1, 1)

    @override
    def minimumSizeHint(self) -> QSize:
        least = replace(self._themes.theme, zoom=min(self._themes.theme.zoom, MIN_ZOOM / 100))
        return least_size(len(self._onion.rings), self._stages, least.px)

    @property
    def _stages(self) -> int:
        return len(self._onion.rings[-1].stages) if self._onion.rings else 0

    def _shape(self) -> OnionShape:
        px = self._fitting_theme().px
        return shape_onion(self.width(), self.height(), len(self._onion.rings), self._stages, px)

    def _fitting_theme(self) -> Theme:
        """Return the theme in the size in which the onion has room; the same object as long as it is the same."""
        theme = self._themes.theme
        zoom = fitting_zoom(self.size(), len(self._onion.rings), self._stages, theme.zoom, MIN_ZOOM / 100)
        fitted = theme if zoom == theme.zoom else replace(theme, zoom=zoom)
        if fitted != self._fitted:  # fonts are made once for each object
            self._fitted = fitted
        return self._fitted

    # --- what happens -------------------------------------------------------------------------------------------------
    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        state = OnionState(self._number(), self._hovered, self.hasFocus())
        OnionPainter(painter, self._fitting_theme(), self._onion, self._shape()).paint(state)
        if self.hasFocus() and state.selected < 0:
            painter.setPen(self._themes.theme.color("acc"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = Qt.Key(event.key()), len(self._onion.rings) - 1
        number = self._number()
        if event.matches(QKeySequence.StandardKey.Copy) and self.chosen is not None:
            QApplication.clipboard().setText(self.chosen.spoken)
        elif key in _STEPS and last >= 0:
            self._stand(0 if number < 0 else max(0, min(last, number + _STEPS[key])))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and last >= 0:
            self._stand(0 if key == Qt.Key.Key_Home else last)
        elif key in _OPENS and self.chosen is not None:
            self.ring_opened.emit(self.chosen)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._at(event.position().toPoint())
        if number >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._stand(number)
            self.ring_opened.emit(self._onion.rings[number])

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._at(event.position().toPoint()))

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self._at(event.pos())
            QToolTip.showText(event.globalPos(), _tip(self._onion.rings[number]) if number >= 0 else "", self)
            return True
        return super().event(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _stand(self, number: int) -> None:
        ring = self._onion.rings[number]
        self.choose(ring.key)
        self.ring_chosen.emit(ring)
        announce(self, ring.spoken)

    def _hover(self, number: int) -> None:
        if number != self._hovered:
            self._hovered = number
            self.setCursor(Qt.CursorShape.PointingHandCursor if number >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def _number(self) -> int:
        return next((i for i, ring in enumerate(self._onion.rings) if ring.key == self._chosen), -1)

    def _at(self, point: QPoint) -> int:
        return self._shape().ring_at(point.toPointF())

    def _on_themes_changed(self) -> None:
        self.updateGeometry()
        self.update()


def _tip(ring: Ring) -> str:
    """Return everything about a ring, also what there was no room for."""
    return as_written("\n".join(dict.fromkeys((ring.spoken, *ring.tip.splitlines()[1:]))))
