"""Offers for some seconds to take back what a person just did."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from shiboken6 import isValid

from explorer.ui import names
from explorer.ui.announce import announce
from explorer.ui.focus import lead_back
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.elided_label import ElidedLabel

OFFERED_MS = 10_000


class UndoOffer(QWidget):
    """A sentence and a button; hidden while there is nothing to take back.

    Signals:
        undone: the person wants it back; the key that the offer was made with.
    """

    undone = Signal(str)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self._home: QWidget | None = None
        self._label = ElidedLabel(role="status")
        self._label.setObjectName(names.STATUS_UNDO_TEXT)
        self._button = QPushButton("Undo")
        self._button.setObjectName(names.STATUS_UNDO)
        self._button.setProperty("variant", "accent_link")
        self._button.clicked.connect(self._on_button_clicked)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(OFFERED_MS)
        self._timer.timeout.connect(self.withdraw)
        layout = QHBoxLayout(self)
        layout.addWidget(self._label)
        layout.addWidget(self._button)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=6)
        self.hide()

    def offer(self, key: str, sentence: str, home: QWidget | None = None) -> None:
        """Say what was done; a later offer takes the place of an earlier one.

        The keyboard goes on from `home`, the view in which everything is then as it was; where none is given, from
        where it is now.
        """
        self._key = key
        self._home = home or QApplication.focusWidget()
        self._label.set_text(sentence)
        self._button.setAccessibleName(f"Undo. {sentence}")
        self.show()
        self._timer.start()
        announce(self, f"{sentence} Undo is offered in the status bar.")

    def withdraw(self, key: str | None = None) -> None:
        """Offer nothing any more, or no longer what was offered with this key; the keyboard does not stay behind."""
        if key not in (None, self._key):
            return
        had_focus = self._button.hasFocus()
        self._put_away()
        if had_focus:
            self._lead_home(self._home)

    def _put_away(self) -> None:
        self._timer.stop()
        self.hide()

    def _on_button_clicked(self) -> None:
        had_focus, home = self._button.hasFocus(), self._home
        self._put_away()
        passed_on = QApplication.focusWidget()  # Qt gives the keyboard to whatever comes after the button
        self.undone.emit(self._key)
        if had_focus and QApplication.focusWidget() is passed_on:  # else somebody led the person already
            self._lead_home(home)

    def _lead_home(self, home: QWidget | None) -> None:
        if home is not None and isValid(home):
            lead_back(home)
