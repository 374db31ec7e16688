"""One line under the URL: why a request cannot be sent, or is not what the form says, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from explorer.ui import names
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.elided_label import ElidedLabel


class RequestNotice(QWidget):
    """A sentence with at most one button.

    Signals:
        action_requested: the person pressed the button.
    """

    action_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = ElidedLabel(role="warning")
        self._label.setObjectName(names.REQUEST_SERVER)
        self._action = QPushButton()
        self._action.setObjectName(names.REQUEST_NOTICE_ACTION)
        self._action.clicked.connect(self.action_requested)
        layout = QHBoxLayout(self)
        layout.addWidget(self._label)
        layout.addWidget(self._action)
        layout.addStretch(1)
        themes.metrics.set(self._action, height=26)
        themes.metrics.set(layout, margins=(16, 0, 16, 4), spacing=8)
        self.hide()

    @property
    def button(self) -> QPushButton:
        """The button, for the order of the Tab key."""
        return self._action

    def set_notice(self, sentence: str, action: str = "") -> None:
        """Show a sentence, with a button unless `action` is empty; an empty sentence hides all of it."""
        self._label.set_text(sentence)
        self._action.setText(action)
        self._action.setAccessibleName(f"{action}. {sentence}")
        self._action.setVisible(bool(action))
        self.setVisible(bool(sentence))
