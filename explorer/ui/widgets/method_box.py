"""The method of a request, as the URL bar shows it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

_WIDTH = 58
_HEIGHT = 22
_RADIUS = 4


class MethodBox(QWidget):
    """A larger badge with the whole word."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._method = ""
        self._token = "opt"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.updateGeometry)

    @property
    def method(self) -> str:
        """The word that is shown."""
        return self._method

    def set_method(self, method: str, token: str) -> None:
        """Show `method` in the colour `token`."""
        self._method, self._token = method, token
        self.setAccessibleName(f"Method {method}")
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        px = self._themes.theme.px
        text = QFontMetrics(self._font()).horizontalAdvance(self._method)
        return QSize(max(px(_WIDTH), text + px(16)), px(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._method:
            return
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tint(self._token))
        painter.drawRoundedRect(QRectF(self.rect()), theme.px(_RADIUS), theme.px(_RADIUS))
        painter.setFont(self._font())
        painter.setPen(theme.color(self._token))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._method)

    def _font(self) -> QFont:
        return self._themes.theme.font("code_bold")
