"""A dialog with lines to type in, where Enter presses a button only while that has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from explorer.ui.focus import EnterKey
from explorer.ui.override import override


class EnterDialog(QDialog):
    """Its buttons are made without `autoDefault`, by which Qt would press one of them from any line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._enter_key = EnterKey()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            self._enter_key.note()
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._enter_key.press(event):
            super().keyPressEvent(event)
