"""A field that takes whatever keys are pressed in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from explorer.ui import names
from explorer.ui.actions.key_words import is_modifier
from explorer.ui.override import override

_ERASING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_LEADING_ON = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


class KeyField(QLineEdit):
    """Shows keys. Escape gives up, Backspace means none, Tab leads on as everywhere.

    Signals:
        pressed: keys were pressed; a `QKeyCombination`.
        emptied: no keys are wanted.
        given_up: nothing is to change.
    """

    pressed = Signal(object)
    emptied = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(names.SHORTCUTS_KEYS)
        self.setReadOnly(True)
        self.setPlaceholderText("Press the new keys")
        self.setProperty("variant", "code")

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # no key does here what it does elsewhere
            return True
        # Qt moves the keyboard on before a field hears of Tab; with Ctrl or Alt it is a key like others.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _LEADING_ON:
            if event.modifiers() in _PLAIN:
                return super().event(event)
            self.pressed.emit(event.keyCombination())
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif plain and event.key() in _ERASING:
            self.emptied.emit()
        elif not is_modifier(Qt.Key(event.key())):
            self.pressed.emit(event.keyCombination())
