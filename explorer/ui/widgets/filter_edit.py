"""A line to filter by, with a sign at its left and the key that leads to it at its right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

_HEIGHT = 28
_ICON = 13
_KEY_SIDE = 18


class FilterEdit(QLineEdit):
    """A line edit for a filter; Escape empties it.

    Signals:
        down_pressed: the person wants to go on in the list.
    """

    down_pressed = Signal()

    def __init__(self, themes: Themes, placeholder: str, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._key = key
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        themes.metrics.set(self, height=_HEIGHT)
        themes.changed.connect(self._fit)
        self._fit()

    @override
    def event(self, event: QEvent) -> bool:
        # Escape empties the filter first; only an empty filter lets the window's shortcut for Escape through.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.text()
        ):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(_ICON)
        icon = self._themes.pixmap("filter", "t3", _ICON, self.devicePixelRatioF())
        painter.drawPixmap(QRect(theme.px(9), (self.height() - side) // 2, side, side), icon)
        if not self._key or self.text() or self.hasFocus():
            return
        side = theme.px(_KEY_SIDE)
        box = QRectF(self.width() - side - theme.px(5), (self.height() - side) / 2, side, side)
        painter.setPen(theme.color("bd2"))
        painter.setBrush(theme.color("bg2"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(4), theme.px(4))
        painter.setPen(theme.color("t3"))
        painter.setFont(theme.font("code_caption"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._key)

    def _fit(self) -> None:
        px = self._themes.theme.px
        self.setTextMargins(px(_ICON + 6), 0, px(_KEY_SIDE) if self._key else 0, 0)
