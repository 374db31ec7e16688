"""A splitter with a grip in the middle of its handle."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

_HANDLE = 7
_GRIP_LENGTH = 28


class GripSplitter(QSplitter):
    """Divides its height between the widgets in it."""

    def __init__(self, themes: Themes, *, ground: str = "bg1", parent: QWidget | None = None) -> None:
        """`ground` is the colour of the surface that it lies on."""
        self._themes = themes
        self._ground = ground
        super().__init__(Qt.Orientation.Vertical, parent)
        themes.changed.connect(self._fit)
        self._fit()

    @override
    def createHandle(self) -> QSplitterHandle:
        return _Handle(self._themes, self, self._ground)

    def _fit(self) -> None:
        self.setHandleWidth(self._themes.theme.px(_HANDLE))


class _Handle(QSplitterHandle):
    def __init__(self, themes: Themes, splitter: QSplitter, ground: str) -> None:
        super().__init__(Qt.Orientation.Vertical, splitter)
        self._themes = themes
        self._ground = ground

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color(self._ground))
        for y in (0, self.height() - 1):
            painter.fillRect(0, y, self.width(), 1, theme.color("bd"))
        grip = QRectF(0, 0, theme.px(_GRIP_LENGTH), theme.px(2))
        grip.moveCenter(QRectF(self.rect()).center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("acc" if self.underMouse() else "bd2"))
        painter.drawRoundedRect(grip, 1, 1)
