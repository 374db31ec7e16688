"""All widgets of one client: its head, what lies below its column, and what may lie over it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from explorer.client.sockets.record import SocketDraft, SocketState
from explorer.openapi.operations import Catalogue, Operation
from explorer.ui.models.socket_client import ClientView
from explorer.ui.panels.sockets.close_popup import ClosePopup
from explorer.ui.panels.sockets.column_head import ColumnHead
from explorer.ui.panels.sockets.composer import Composer
from explorer.ui.panels.sockets.connect_form import ConnectForm
from explorer.ui.panels.sockets.end_card import EndCard
from explorer.ui.panels.sockets.refused_card import RefusedCard
from explorer.ui.theme.manager import Themes


class ClientColumn(QObject):
    """Shows one `ClientView` in several places.

    Signals:
        acted: the person wants something of the client; see `ColumnHead.acted`.
        closed: the client is to close, with code and reason.
        renamed: the person gave another name.
        chosen: the person works in this column.
        draft_edited: the person changed something; the whole new `SocketDraft`.
        send_requested, ping_requested: what is in front is to be sent, or a ping.
        repeat_requested: whether what is in front is to be sent again and again.
        token_requested, token_forgotten, jar_requested: see `ConnectForm`.
        page_changed: something else lies over the column now.
        form_made: the form was made, and lacks what only others know of, such as the cookies of the jar.
    """

    acted = Signal(str)
    closed = Signal(int, str)
    renamed = Signal(str)
    chosen = Signal()
    draft_edited = Signal(object)
    send_requested = Signal()
    ping_requested = Signal()
    repeat_requested = Signal(bool)
    token_requested = Signal()
    token_forgotten = Signal()
    jar_requested = Signal()
    page_changed = Signal()
    form_made = Signal()

    def __init__(self, themes: Themes, number: int, over: QWidget, parent: QObject | None = None) -> None:
        """`over` is the widget that pages lie on, above the ladder."""
        super().__init__(parent)
        self._themes = themes
        self._over = over
        self._client: ClientView | None = None
        self._operation: Operation | None = None
        self._catalogue: Catalogue | None = None
        self._editing = False  # whether the person asked for the form
        self._log_wanted = False  # whether the person put the refusal aside
        self._meaning = ""
        self.head = ColumnHead(themes)
        self.composer = Composer(themes)
        self.end = EndCard(themes)
        self.foot = QStackedWidget()
        self.foot.addWidget(self.composer)
        self.foot.addWidget(self.end)
        self._form: ConnectForm | None = None
        self._refused: RefusedCard | None = None
        self.number = number
        self.set_number(number)
        self.head.acted.connect(self._on_head_acted)
        self.head.renamed.connect(self.renamed)
        self.head.chosen.connect(self.chosen)
        self.composer.draft_edited.connect(self.draft_edited)
        self.composer.text.focused.connect(self.chosen)
        self.composer.send_requested.connect(self.send_requested)
        self.composer.ping_requested.connect(self.ping_requested)
        self.composer.repeat_requested.connect(self.repeat_requested)
        self.end.connect_requested.connect(self._connect)
        self.end.edit_requested.connect(self._on_end_edit_requested)

    @property
    def client(self) -> ClientView | None:
        """The client on show."""
        return self._client

    @property
    def shows_form(self) -> bool:
        """Whether the form lies over the column, which is made when that first comes into sight."""
        client = self._client
        if client is None or client.foreign:
            return False
        return self._editing or (client.status.state is SocketState.IDLE and not client.recorded)

    @property
    def shows_refusal(self) -> bool:
        """Whether the answer that refused the handshake lies over the column."""
        client = self._client
        if client is None or client.foreign or self.shows_form:
            return False
        answered = client.handshake is not None and client.handshake.status is not None
        return client.status.state is SocketState.REFUSED and answered and not self._log_wanted

    @property
    def page(self) -> QWidget | None:
        """What lies over the column, made and filled if it was not; None for nothing."""
        if self.shows_form:
            return self._get_form()
        return self._get_refused() if self.shows_refusal else None

    @property
    def made_page(self) -> QWidget | None:
        """What lies over the column, unless it was never in sight; None for nothing."""
        if self.shows_form:
            return self._form
        return self._refused if self.shows_refusal else None

    @property
    def form(self) -> ConnectForm | None:
        """The form, once it was opened."""
        return self._form

    def holds(self, widget: QWidget | None) -> bool:
        """Whether a control belongs to this client."""
        parts = [part for part in (self.head, self.foot, self._form, self._refused) if part is not None]
        return any(part is widget or (widget is not None and part.isAncestorOf(widget)) for part in parts)

    def go_on(self) -> None:
        """Do what comes next: send what is in front, or connect."""
        if self.foot.currentWidget() is self.composer:
            self.composer.send_now()
        elif self._client is not None and not self._client.foreign and not self._client.live:
            self._connect()

    def give_up(self) -> bool:
        """Stop connecting; False when the client does not."""
        connecting = self._client is not None and self._client.status.state is SocketState.CONNECTING
        if connecting:
            self.acted.emit("cancel")
        return connecting

    @property
    def _writes(self) -> bool:
        """Whether messages can be sent."""
        client = self._client
        return client is not None and client.draft is not None and client.status.state is SocketState.OPEN

    def set_number(self, number: int) -> None:
        """Stand at another place among the columns."""
        self.number = number
        for part in (self.head, self.composer, self.end, self._form, self._refused):
            if part is not None:
                part.set_number(number)

    def set_client(self, client: ClientView, meaning: str = "") -> None:
        """Show a client as it is now; `meaning` explains its close code."""
        before = self._client
        if client == before:
            return
        self._client = client
        if before is None or before.status.state is not client.status.state:
            if client.live:
                self._editing = False
            self._log_wanted = False
        self.head.set_client(client)
        if client.draft is not None:
            self.composer.set_draft(client.draft)
            self.composer.set_open(self._writes, repeating=client.repeating)
        self._meaning = meaning
        self.refresh_page()

    def set_operation(self, operation: Operation | None, catalogue: Catalogue | None) -> None:
        """Say which endpoint it belongs to."""
        self._operation, self._catalogue = operation, catalogue
        if self._form is not None:
            self._form.set_operation(operation, catalogue)

    def edit(self) -> None:
        """Lay the form over the column."""
        self._editing = True
        self._get_form()
        self.refresh_page()
        self.take_form_focus()

    def take_form_focus(self) -> None:
        """Put the keyboard into the form, where a person begins."""
        self._get_form().take_focus()

    def refresh_page(self) -> None:
        """Fill what lies over the column, and tell that it may be something else."""
        client, page = self._client, self.made_page
        self._fill(page)
        for other in (self._form, self._refused):
            if other is not None and other is not page:
                other.hide()
        if client is not None:
            editing = self.shows_form
            self.end.set_client(client, self._meaning)
            self.end.set_editing(editing, can_end=self._editing)
            self.foot.setCurrentWidget(self.composer if self._writes and not editing else self.end)
        self.page_changed.emit()

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        pages = [part for part in (self._form, self._refused) if part is not None]
        chain = [widget for part in pages for widget in part.focus_chain()]
        return [*self.head.focus_chain(), *chain, *self.composer.focus_chain(), *self.end.focus_chain()]

    def take_away(self) -> None:
        """Take all widgets out of the window."""
        for part in (self.head, self.foot, self._form, self._refused):
            if part is not None:
                part.hide()
                part.setParent(None)
                part.deleteLater()
        self.deleteLater()

    def _get_form(self) -> ConnectForm:
        if self._form is None:
            form = self._form = ConnectForm(self._themes, self._over)
            form.set_number(self.number)
            form.set_operation(self._operation, self._catalogue)
            form.draft_edited.connect(self._on_form_draft_edited)
            form.token_requested.connect(self.token_requested)
            form.token_forgotten.connect(self.token_forgotten)
            form.jar_requested.connect(self.jar_requested)
            self._fill(form)
            self.form_made.emit()
        return self._form

    def _get_refused(self) -> RefusedCard:
        if self._refused is None:
            card = self._refused = RefusedCard(self._themes, self._over)
            card.set_number(self.number)
            card.log_requested.connect(self._on_refused_log_requested)
            self._fill(card)
        return self._refused

    def _fill(self, page: QWidget | None) -> None:
        client = self._client
        if client is None:
            return
        if isinstance(page, ConnectForm) and client.draft is not None:
            page.set_draft(client.draft)
        elif isinstance(page, RefusedCard) and client.handshake is not None:
            page.set_client(client, client.handshake)

    def _connect(self) -> None:
        self._editing = False
        self.acted.emit("connect")
        self.refresh_page()

    def _on_form_draft_edited(self, draft: SocketDraft) -> None:
        self.composer.set_draft(draft)
        self.draft_edited.emit(draft)

    def _on_end_edit_requested(self) -> None:
        if self._editing:
            self._editing = False
            self.refresh_page()
        else:
            self.edit()

    def _on_refused_log_requested(self) -> None:
        self._log_wanted = True
        self.refresh_page()

    def _on_head_acted(self, act: str) -> None:
        self.chosen.emit()
        if act == "edit":
            self.edit()
        elif act == "close":
            popup = ClosePopup(self._themes, self.head)
            popup.close_requested.connect(self.closed)
            button = self.head.button
            popup.show_at(button.mapToGlobal(QPoint(button.width(), button.height() + 2)))
        elif act == "connect":
            self._connect()
        else:
            self.acted.emit(act)
