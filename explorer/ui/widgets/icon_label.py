"""An icon that is no button."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes


class IconLabel(QWidget):
    """Paints one icon; `size` in design pixels. The text beside it says the same, so it needs no name of its own."""

    def __init__(self, themes: Themes, icon: str, token: str, size: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._icon = icon
        self._token = token
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.updateGeometry)

    def set_icon(self, icon: str, token: str) -> None:
        """Show another icon in another colour."""
        self._icon, self._token = icon, token
        self.update()

    @override
    def sizeHint(self) -> QSize:
        side = self._themes.theme.px(self._size)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._themes.pixmap(self._icon, self._token, self._size, self.devicePixelRatioF()))
        painter.end()
