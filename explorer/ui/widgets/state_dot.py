"""The dot that shows a server's state at a glance; the word beside it says the same."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.server.interface import ServerState
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.theme.theme import Theme

DOT_SIDE = 7
_LINE = 1.5

STATE_TOKENS: dict[ServerState, str] = {
    ServerState.STOPPED: "t3",
    ServerState.STARTING: "ok",
    ServerState.RUNNING: "ok",
    ServerState.BLOCKED: "warn",
    ServerState.STOPPING: "t3",
    ServerState.CRASHED: "err",
}
_HOLLOW = frozenset({ServerState.STOPPED, ServerState.STARTING, ServerState.STOPPING})


def paint_state_dot(painter: QPainter, middle: QPointF, state: ServerState, theme: Theme) -> None:
    """Paint a dot around `middle`: full when the server runs or has failed, hollow while it comes, goes or rests."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    color = theme.color(STATE_TOKENS[state])
    radius = theme.px(DOT_SIDE) / 2
    if state in _HOLLOW:
        painter.setPen(QPen(color, _LINE * theme.zoom))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius -= _LINE * theme.zoom / 2
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
    painter.drawEllipse(middle, radius, radius)
    painter.restore()


class StateDot(QWidget):
    """The dot, standing by itself in a layout."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._state = ServerState.STOPPED
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.updateGeometry)

    def set_state(self, state: ServerState) -> None:
        """Show another state."""
        self._state = state
        self.update()

    @override
    def sizeHint(self) -> QSize:
        side = self._themes.theme.px(DOT_SIDE)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_state_dot(painter, QPointF(self.width() / 2, self.height() / 2), self._state, self._themes.theme)
        painter.end()
