"""A tree that is flat to the eye, and tells a key from a click."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTreeView, QWidget

from explorer.ui.override import override

_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FlatTree(QTreeView):
    """Its delegate draws how deep a row is.

    Signals:
        key_activated: Enter was pressed on a row. `activated` comes, on some desktops, of a click as well, and wherever
            the pointer happens to be tells nothing of which it was.
    """

    key_activated = Signal(QModelIndex)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier  # Ctrl+Enter sends
        if event.key() in _KEYS and plain and self.currentIndex().isValid():
            self.key_activated.emit(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)
