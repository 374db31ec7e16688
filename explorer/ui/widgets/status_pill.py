"""The status of a response, in the colour of its class."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.badge import status_token

_HEIGHT = 24
_PADDING = 9
_ICON = 13
_GAP = 6
_RADIUS = 6
_ICONS = {"ok": "check", "info": "info", "warn": "alert", "err": "alert"}


class StatusPill(QWidget):
    """A sign, the code and its phrase."""

    accessible_role = QAccessible.Role.StaticText

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._text = ""
        self._token = "ok"
        self._icon = "check"
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.updateGeometry)

    @property
    def text(self) -> str:
        """What it says, such as ``201 Created``."""
        return self._text

    def set_status(self, status: int, phrase: str, meaning: str) -> None:
        """Show a status code with its phrase; `meaning` explains it in the tool tip."""
        self._token = status_token(str(status))
        self._icon = _ICONS.get(self._token, "info")
        self._set_text(f"{status} {phrase}".strip(), meaning)

    def set_failure(self, text: str, *, cancelled: bool) -> None:
        """Show that there is no status at all."""
        self._token, self._icon = ("t2", "stop") if cancelled else ("err", "x")
        self._set_text(text, text)

    def _set_text(self, text: str, tool_tip: str) -> None:
        self._text = text
        self.setAccessibleName(f"Status {text}")
        self.setToolTip(tool_tip)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        px = self._themes.theme.px
        text = QFontMetrics(self._themes.theme.font("control_bold")).horizontalAdvance(self._text)
        return QSize(2 * px(_PADDING) + px(_ICON) + px(_GAP) + text + 1, px(_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        px = self._themes.theme.px
        return QSize(min(self.sizeHint().width(), px(76)), px(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tint(self._token))
        painter.drawRoundedRect(QRectF(self.rect()), theme.px(_RADIUS), theme.px(_RADIUS))
        side = theme.px(_ICON)
        left = theme.px(_PADDING)
        pixmap = self._themes.pixmap(self._icon, self._token, _ICON, self.devicePixelRatioF())
        painter.drawPixmap(QRect(left, (self.height() - side) // 2, side, side), pixmap)
        left += side + theme.px(_GAP)
        painter.setFont(theme.font("control_bold"))
        painter.setPen(theme.color(self._token))
        room = self.width() - left - theme.px(_PADDING) + 2
        text = self._fitting(painter.fontMetrics(), room)
        painter.drawText(QRect(left, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, text)

    def _fitting(self, metrics: QFontMetrics, room: int) -> str:
        """Return what fits: a status without its phrase rather than with a piece of it."""
        code = self._text.partition(" ")[0]
        if code.isdigit() and metrics.horizontalAdvance(self._text) > room:
            return code
        return metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, room)
