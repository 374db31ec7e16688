"""Below the column of a client that is not connected: what happened, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from explorer.client.sockets.record import SocketState
from explorer.ui import names
from explorer.ui.models.socket_client import ClientView, end_sentence
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.icon_label import IconLabel
from explorer.ui.widgets.properties import set_property

_FOREIGN = "A connection from elsewhere: it can be watched, and the server can close it."
_WAITING = {
    SocketState.IDLE: "Not connected yet.",
    SocketState.CONNECTING: "Waiting for the server to answer…",
    SocketState.CLOSING: "Waiting for the server to agree to the end…",
}


class EndCard(QFrame):
    """One sentence, with Reconnect and Edit where they help.

    Signals:
        connect_requested: the client is to connect, again or for the first time.
        edit_requested: the person wants to change how it connects, or to see the column again.
    """

    connect_requested = Signal()
    edit_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel(themes, "info", "t3", 14)
        self.sentence = QLabel()
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setProperty("role", "caption_text")
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QPushButton("Reconnect")
        self.button.setProperty("variant", "primary")
        self.button.clicked.connect(self.connect_requested)
        self.edit = QPushButton("Edit the connection")
        self.edit.clicked.connect(self.edit_requested)
        words = QHBoxLayout()
        words.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        words.addWidget(self.sentence, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.button)
        buttons.addWidget(self.edit)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addLayout(words)
        layout.addLayout(buttons)
        layout.addStretch(1)
        themes.metrics.set(words, spacing=8)
        themes.metrics.set(buttons, spacing=8)
        themes.metrics.set(layout, margins=(12, 10, 12, 10), spacing=8)
        for button in (self.button, self.edit):
            themes.metrics.set(button, height=28)

    def set_number(self, number: int) -> None:
        """Take the object names of the column with this number."""
        self.setObjectName(names.SOCKET_END.format(number=number))
        self.sentence.setObjectName(names.SOCKET_END_SENTENCE.format(number=number))
        self.button.setObjectName(names.SOCKET_RECONNECT.format(number=number))
        self.edit.setObjectName(names.SOCKET_EDIT.format(number=number))

    def set_client(self, client: ClientView, meaning: str = "") -> None:
        """Say how a client stands; `meaning` explains its close code."""
        state = client.status.state
        watched = _FOREIGN if client.foreign and client.live else _WAITING.get(state, "")
        self.sentence.setText(watched or end_sentence(client.status, meaning))
        bad = state in (SocketState.FAILED, SocketState.REFUSED)
        self._icon.set_icon("alert" if bad else "info", client.token if bad else "t3")
        set_property(self.sentence, "role", "error" if state is SocketState.FAILED else "caption_text")
        self.button.setText("Connect" if state is SocketState.IDLE else "Reconnect")
        self.button.setAccessibleName(f"{self.button.text()} {client.name}")
        waiting = state in (SocketState.CONNECTING, SocketState.CLOSING)
        self.button.setVisible(not client.foreign and not waiting)
        self.edit.setVisible(not client.foreign and not waiting)

    def set_editing(self, editing: bool, *, can_end: bool = True) -> None:
        """Say whether the form lies over the column, and whether there is something below it to come back to."""
        self.edit.setText("Done" if editing else "Edit the connection")
        self.edit.setAccessibleName(self.edit.text())
        if editing:
            self.edit.setVisible(can_end)

    def set_told_above(self, told: bool) -> None:
        """Say whether the sentence stands over the column already: it is not read twice."""
        self._icon.setVisible(not told)
        self.sentence.setVisible(not told)

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self.button, self.edit]
