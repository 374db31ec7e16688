"""A line to filter by, with a sign at its left and the key that leads to it at its right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from explorer.ui.actions.told_keys import ToldKeys
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.key_box import key_box_width, paint_key_box

_HEIGHT = 28
_ICON = 13


class FilterEdit(QLineEdit):
    """A line edit for a filter; Escape empties it. It shows the keys of a command that leads to it.

    Signals:
        down_pressed: the person wants to go on in the list.
    """

    down_pressed = Signal()

    def __init__(self, themes: Themes, placeholder: str, command: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._keys = ""
        self.setProperty("variant", "filter")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        themes.metrics.set(self, height=_HEIGHT)
        themes.changed.connect(self._fit)
        self._fit()
        if command:
            ToldKeys(self, command, self._show_keys)

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
        painter.drawPixmap(QRect(theme.px(9), (self.height() - side + 1) // 2, side, side), icon)
        if self._keys and not self.text() and not self.hasFocus():
            paint_key_box(painter, self.width() - theme.px(5), self.height() / 2, self._keys, theme)

    def _show_keys(self, keys: str) -> None:
        self._keys = keys
        self._fit()
        self.update()

    def _fit(self) -> None:
        theme = self._themes.theme
        room = key_box_width(self._keys, theme) if self._keys else 0
        self.setTextMargins(theme.px(_ICON + 5), 0, room, 0)
