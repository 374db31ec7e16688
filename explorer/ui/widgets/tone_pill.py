"""A few words on the quiet fill of a colour, such as ``1 added``."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import documentation

_HEIGHT = 22
_DOTTED_HEIGHT = 18  # one with a dot stands beside a title, and is smaller than it
_PADDING = 8
_RADIUS = 5
_DOT = 6  # and as much beside it


class TonePill(QWidget):
    """Hidden while it has nothing to say."""

    accessible_role = QAccessible.Role.StaticText

    def __init__(self, themes: Themes, token: str, parent: QWidget | None = None, *, dot: bool = False) -> None:
        """`dot` puts one before the words, in their colour."""
        super().__init__(parent)
        self._themes = themes
        self._token = token
        self._dot = dot
        self._text = ""
        self._said = ("", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.updateGeometry)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def set_token(self, token: str) -> None:
        """Take another colour."""
        if token != self._token:
            self._token = token
            self.update()

    def set_text(self, text: str, tip: str = "", *, spoken: str = "") -> None:
        """Say something else; an empty text hides it. `spoken` is what assistive tools say of a short text."""
        if (text, tip, spoken) == self._said and self.isHidden() is not bool(
            text
        ):  # a busy list says the same again and again
            return
        self._text = text
        self._said = (text, tip, spoken)
        self.setAccessibleName(spoken or text)
        self.setToolTip(documentation(tip))
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = self._themes.theme
        text = QFontMetrics(theme.font(self._role)).horizontalAdvance(self._text)
        height = theme.px(_DOTTED_HEIGHT if self._dot else _HEIGHT)
        return QSize(text + 2 * theme.px(_PADDING) + self._dot_room(), height)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tint(self._token))
        painter.drawRoundedRect(QRectF(self.rect()), theme.px(_RADIUS), theme.px(_RADIUS))
        if self._dot:
            side = theme.px(_DOT)
            painter.setBrush(theme.color(self._token))
            painter.drawEllipse(QRectF(theme.px(_PADDING), (self.height() - side) / 2, side, side))
        painter.setFont(theme.font(self._role))
        painter.setPen(theme.color(self._token))
        painter.drawText(self.rect().adjusted(self._dot_room(), 0, 0, 0), Qt.AlignmentFlag.AlignCenter, self._text)

    @property
    def _role(self) -> str:
        return "caption" if self._dot else "control_bold"

    def _dot_room(self) -> int:
        return 2 * self._themes.theme.px(_DOT) if self._dot else 0
