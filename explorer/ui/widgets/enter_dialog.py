"""A dialog with lines to type in, where Enter presses a button only while that has the keyboard."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog

from explorer.ui.focus import press_focused_button
from explorer.ui.override import override


class EnterDialog(QDialog):
    """Its buttons are made without `autoDefault`, by which Qt would press one of them from any line."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not press_focused_button(event):
            super().keyPressEvent(event)
