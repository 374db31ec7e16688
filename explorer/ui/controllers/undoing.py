"""What one click did, and can be taken back for some seconds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from explorer.ui.widgets.undo_offer import UndoOffer


class Undoing(QObject):
    """Offers to take back acts of one kind, the last one of which is known."""

    def __init__(self, undo: UndoOffer, key: str, parent: QObject | None = None) -> None:
        """`key` is this kind's among all offers."""
        super().__init__(parent)
        self._undo = undo
        self._key = key
        self._back: Callable[[], object] | None = None
        undo.undone.connect(self._on_undo_undone)

    def offer(self, sentence: str, back: Callable[[], object], home: QWidget | None = None) -> None:
        """Say what was done; `back` takes it back when the person wants that, and `home` is as for `UndoOffer`."""
        self._back = back
        self._undo.offer(self._key, sentence, home)

    def withdraw(self) -> None:
        """Offer it no more: it was taken back in another way."""
        self._back = None
        self._undo.withdraw(self._key)

    def _on_undo_undone(self, key: str) -> None:
        if key == self._key and self._back is not None:
            back, self._back = self._back, None
            back()
