"""A few words on the quiet fill of a colour, such as ``1 added``."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import documentation

_HEIGHT = 22
_PADDING = 8
_RADIUS = 5


class TonePill(QWidget):
    """Hidden while it has nothing to say."""

    def __init__(self, themes: Themes, token: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._token = token
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.updateGeometry)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def set_text(self, text: str, tip: str = "", *, spoken: str = "") -> None:
        """Say something else; an empty text hides it. `spoken` is what assistive tools say of a short text."""
        self._text = text
        self.setAccessibleName(spoken or text)
        self.setToolTip(documentation(tip))
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = self._themes.theme
        text = QFontMetrics(theme.font("control_bold")).horizontalAdvance(self._text)
        return QSize(text + 2 * theme.px(_PADDING), theme.px(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tint(self._token))
        painter.drawRoundedRect(QRectF(self.rect()), theme.px(_RADIUS), theme.px(_RADIUS))
        painter.setFont(theme.font("control_bold"))
        painter.setPen(theme.color(self._token))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
