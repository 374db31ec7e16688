"""The line below a body: whether it fits its model."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written

_HEIGHT = 28
_ICON = 13


class VerdictLine(QWidget):
    """A sign, a verdict in its colour, and details in grey; what does not fit is elided."""

    accessible_role = QAccessible.Role.StaticText

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._icon = "info"
        self._token = "t3"
        self._verdict = ""
        self._details = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        themes.metrics.set(self, height=_HEIGHT)
        themes.changed.connect(self.update)

    @property
    def text(self) -> str:
        """The whole line."""
        return f"{self._verdict} {self._details}".strip()

    def set_verdict(self, icon: str, token: str, verdict: str, details: str = "") -> None:
        """Show another verdict: `icon` and `verdict` in the colour `token`, then `details`."""
        self._icon, self._token, self._verdict, self._details = icon, token, verdict, details
        self.setAccessibleName(self.text)
        self.setToolTip(as_written(self.text))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("bg1"))
        painter.fillRect(0, 0, self.width(), 1, theme.color("bd"))
        side = theme.px(_ICON)
        left = theme.px(16)
        pixmap = self._themes.pixmap(self._icon, self._token, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(QRect(left, (self.height() - side) // 2, side, side), pixmap)
        painter.setFont(theme.font("caption"))
        left += side + theme.px(7)
        for text, token in ((self._verdict, self._token), (self._details, "t3")):
            room = self.width() - left - theme.px(12)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, room))
            painter.setPen(theme.color(token))
            painter.drawText(QRect(left, 0, max(0, room), self.height()), Qt.AlignmentFlag.AlignVCenter, shown)
            left += painter.fontMetrics().horizontalAdvance(shown + " ")
