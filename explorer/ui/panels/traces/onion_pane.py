"""The middleware onion with its title; it scrolls where there is too little room for it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from explorer.ui import names
from explorer.ui.models.onion import Onion, Ring
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.chip import Chip
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.onion_view import OnionView

_OF_REQUEST = "The request goes in through every layer, the response comes back out. Numbers: own time in ms."
_OF_SOCKET = "The handshake goes in through every layer, the answer comes back out. Numbers: own time in ms."
_ORDER = "last added = outermost"
_ORDER_TIP = "The layer that add_middleware() was called for last is the first that a request comes to."
_HEIGHT = 40


class OnionPane(QFrame):
    """A line of words above the onion."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setProperty("panel", "bg1")
        self.view = OnionView(themes)
        self.view.setObjectName(names.TRACE_ONION)
        self.view.ring_chosen.connect(self._on_view_ring_chosen)
        self._about = ElidedLabel(_OF_REQUEST, role="caption")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.view)
        layout = QVBoxLayout(self)
        layout.addWidget(self._build_title())
        layout.addWidget(self._scroll, 1)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)
        themes.metrics.set(self._scroll, min_height=48)

    def set_onion(self, onion: Onion) -> None:
        """Show another onion, or the same one grown."""
        self._about.set_text(_OF_SOCKET if onion.is_socket else _OF_REQUEST)
        self.view.set_onion(onion)
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        wanted = self.view.sizeHint()
        return QSize(wanted.width(), wanted.height() + self._themes.theme.px(_HEIGHT))

    def _build_title(self) -> QWidget:
        line = QWidget()
        title = QLabel("Middleware onion")
        title.setProperty("role", "brand")
        order = Chip(self._themes, _ORDER, code=False, outlined=True)
        order.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        order.setAccessibleDescription(_ORDER_TIP)
        line.setToolTip(_ORDER_TIP)
        row = QHBoxLayout(line)
        row.addWidget(title)
        row.addWidget(self._about)
        row.addStretch(1)
        row.addWidget(order)
        self._themes.metrics.set(row, margins=(16, 0, 16, 0), spacing=10)
        self._themes.metrics.set(line, height=_HEIGHT)
        return line

    def _on_view_ring_chosen(self, ring: Ring) -> None:
        """Bring the words of a ring into sight."""
        place = self.view.heading_rect(self.view.onion.rings.index(ring))
        middle = place.center()
        self._scroll.ensureVisible(middle.x(), middle.y(), 0, place.height())
