"""Badges: a word on a quiet fill of its own colour."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.theme.theme import Theme

BADGE_HEIGHT = 16
_PADDING = 6
_RADIUS = 4

_METHOD_TOKENS = {
    "GET": "get",
    "POST": "post",
    "PUT": "put",
    "PATCH": "patch",
    "DELETE": "delete",
    "WS": "ws",
    "WEBSOCKET": "ws",
}
_SHORT = {"DELETE": "DEL", "OPTIONS": "OPT", "WEBSOCKET": "WS"}
_STATUS_TOKENS = {"1": "info", "2": "ok", "3": "info", "4": "warn", "5": "err"}


def method_token(method: str) -> str:
    """Return the colour of an HTTP method."""
    return _METHOD_TOKENS.get(method.upper(), "opt")


def short_method(method: str) -> str:
    """Return a method as short as a badge needs it: ``DEL`` for DELETE."""
    word = method.upper()
    return _SHORT.get(word, word)


def status_token(status: str) -> str:
    """Return the colour of a status code's class; only the first digit counts."""
    return _STATUS_TOKENS.get(status[:1], "t2")


def badge_width(text: str, theme: Theme) -> int:
    """Return how many pixels a badge with this text takes."""
    return QFontMetrics(theme.font("badge")).horizontalAdvance(text) + 2 * theme.px(_PADDING)


def paint_badge(painter: QPainter, rect: QRect, text: str, token: str, theme: Theme) -> None:
    """Paint a badge that fills `rect`; the painter is left as it was."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.tint(token))
    radius = theme.px(_RADIUS)
    painter.drawRoundedRect(QRectF(rect), radius, radius)
    painter.setPen(theme.color(token))
    painter.setFont(theme.font("badge"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class Badge(QWidget):
    """A badge that stands by itself in a layout."""

    accessible_role = QAccessible.Role.StaticText

    def __init__(
        self,
        themes: Themes,
        text: str,
        token: str,
        parent: QWidget | None = None,
        *,
        least: tuple[int, int] = (0, BADGE_HEIGHT),
    ) -> None:
        """`least` is the width and height that it has at least, in design pixels."""
        super().__init__(parent)
        self._themes = themes
        self._least = least
        self._text = text
        self._token = token
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        themes.changed.connect(self.on_themes_changed)

    def set_badge(self, text: str, token: str) -> None:
        """Show another word in another colour."""
        self._text, self._token = text, token
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def on_themes_changed(self) -> None:
        """Take the size of the new zoom."""
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = self._themes.theme
        width, height = (theme.px(length) for length in self._least)
        return QSize(max(width, badge_width(self._text, theme)), height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_badge(painter, self.rect(), self._text, self._token, self._themes.theme)
        painter.end()
