"""Drawing the eye to a widget for a moment."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from explorer.ui.theme.theme import Theme

_FLASH_MS = 1200


class Flash:
    """Belongs to one widget, which paints it below all else; most widgets never flash, so the timer is made late."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._timer: QTimer | None = None

    @property
    def on(self) -> bool:
        """Whether the eye is being drawn just now."""
        return self._timer is not None and self._timer.isActive()

    def start(self) -> None:
        """Draw the eye to the widget."""
        if self._timer is None:
            self._timer = QTimer(self._widget)
            self._timer.setSingleShot(True)
            self._timer.setInterval(_FLASH_MS)
            self._timer.timeout.connect(self._widget.update)
        self._timer.start()
        self._widget.update()

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paint what draws the eye, while it does."""
        if self.on:
            painter.fillRect(self._widget.rect(), theme.tint("acc"))
