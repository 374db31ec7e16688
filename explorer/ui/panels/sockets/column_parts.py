"""What stands above and below the column of a client: some forty widgets, made when the column comes near."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from explorer.client.sockets.record import SocketState
from explorer.ui.models.socket_client import ClientView
from explorer.ui.panels.sockets.column_head import ColumnHead
from explorer.ui.panels.sockets.composer import Composer
from explorer.ui.panels.sockets.end_card import EndCard
from explorer.ui.theme.manager import Themes


class ColumnParts:
    """Shows one client in its head, and in its composer or the sentence about its end.

    Attributes:
        head: above the column.
        foot: below it; holds both of the others.
        composer: while messages can be sent.
        end: otherwise.
    """

    def __init__(self, themes: Themes) -> None:
        self.head = ColumnHead(themes)
        self.composer = Composer(themes)
        self.end = EndCard(themes)
        self.foot = QStackedWidget()
        self.foot.addWidget(self.composer)
        self.foot.addWidget(self.end)

    @property
    def widgets(self) -> tuple[QWidget, QWidget]:
        """Those that stand in the window."""
        return self.head, self.foot

    def set_number(self, number: int) -> None:
        """Take the object names of the column with this number."""
        for part in (self.head, self.composer, self.end):
            part.set_number(number)

    def set_client(self, client: ClientView, meaning: str) -> None:
        """Show a client as it is now; `meaning` explains its close code."""
        self.head.set_client(client)
        if client.draft is not None:
            self.composer.set_draft(client.draft)
            self.composer.set_open(client.status.state is SocketState.OPEN, repeating=client.repeating)
        self.end.set_client(client, meaning)

    def set_page(self, *, writing: bool, editing: bool, can_end: bool, refused: bool) -> None:
        """Say what is below: the composer, or the end, which knows what lies over the column.

        Args:
            writing: whether it is the composer.
            editing: whether the form lies over the column.
            can_end: whether there is something below the form to come back to.
            refused: whether the answer that refused the handshake lies over the column, with the sentence.
        """
        self.end.set_told_above(refused)
        self.end.set_editing(editing, can_end=can_end)
        self.foot.setCurrentWidget(self.composer if writing else self.end)

    def take_focus(self) -> None:
        """Put the keyboard where the message is written, or on what comes next."""
        if self.foot.currentWidget() is self.composer:
            self.composer.take_focus()
        else:
            self.end.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_chain(self) -> list[QWidget]:
        """Return the controls below the column in the order of the Tab key."""
        return [*self.composer.focus_chain(), *self.end.focus_chain()]
