"""All widgets of one client: its head, what lies below its column, and what may lie over it, made when needed."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from explorer.client.sockets.record import SocketDraft, SocketState
from explorer.openapi.operations import Catalogue, Operation
from explorer.ui.models.socket_client import ClientView
from explorer.ui.panels.sockets.close_popup import ClosePopup
from explorer.ui.panels.sockets.column_parts import ColumnParts
from explorer.ui.panels.sockets.connect_form import ConnectForm
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
        parts_made: what stands above and below the column was needed before it came into sight.
        page_made: something that may lie over the column was made.
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
    parts_made = Signal()
    page_made = Signal()

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
        self._chosen = False
        self._parts: ColumnParts | None = None
        self._form: ConnectForm | None = None
        self._refused: RefusedCard | None = None
        self.number = number

    @property
    def parts(self) -> ColumnParts:
        """What stands above and below the column, made if it was not, which is told then."""
        before = self._parts
        parts = self.make_parts()
        if before is None:
            self.parts_made.emit()
        return parts

    @property
    def made_parts(self) -> ColumnParts | None:
        """What stands above and below the column, unless nobody needed it yet."""
        return self._parts

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
        return any(part is widget or (widget is not None and part.isAncestorOf(widget)) for part in self._made)

    def go_on(self) -> None:
        """Do what comes next: send what is in front, or connect."""
        if self._writes:
            self.parts.composer.send_now()
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
        """Whether a message can be written: the client is open, and its form does not ask for the place."""
        client = self._client
        is_open = client is not None and client.draft is not None and client.status.state is SocketState.OPEN
        return is_open and not self.shows_form

    @property
    def _made(self) -> list[QWidget]:
        """All that stands in the window."""
        pages = [part for part in (self._form, self._refused) if part is not None]
        return [*(self._parts.widgets if self._parts is not None else ()), *pages]

    def make_parts(self) -> ColumnParts:
        """Make and fill what stands above and below the column, if it was not, and return it."""
        if self._parts is not None:
            return self._parts
        parts = self._parts = ColumnParts(self._themes)
        parts.set_number(self.number)
        parts.head.acted.connect(self._on_head_acted)
        parts.head.renamed.connect(self.renamed)
        parts.head.chosen.connect(self.chosen)
        composer = parts.composer
        composer.set_primary(self._chosen)
        composer.draft_edited.connect(self.draft_edited)
        composer.text.focused.connect(self.chosen)
        composer.send_requested.connect(self.send_requested)
        composer.ping_requested.connect(self.ping_requested)
        composer.repeat_requested.connect(self.repeat_requested)
        parts.end.connect_requested.connect(self._connect)
        parts.end.edit_requested.connect(self._on_end_edit_requested)
        self._show_client(parts)
        return parts

    def set_number(self, number: int) -> None:
        """Stand at another place among the columns."""
        self.number = number
        for part in (self._parts, self._form, self._refused):
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
        self._meaning = meaning
        self.refresh_page()

    def set_operation(self, operation: Operation | None, catalogue: Catalogue | None) -> None:
        """Say which endpoint it belongs to."""
        self._operation, self._catalogue = operation, catalogue
        if self._form is not None:
            self._form.set_operation(operation, catalogue)

    def set_chosen(self, chosen: bool) -> None:
        """Say whether it is the column that a person works in."""
        if chosen is not self._chosen:
            self._chosen = chosen
            if self._parts is not None:
                self._parts.composer.set_primary(chosen)

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
        page = self.made_page
        self._fill(page)
        for other in (self._form, self._refused):
            if other is not None and other is not page:
                other.hide()
        if self._parts is not None:
            self._show_client(self._parts)
        self.page_changed.emit()

    def focus_chain(self) -> list[QWidget]:
        """Return the controls over and below the column in the order of the Tab key; those of the head come before."""
        parts = [part for part in (self._form, self._refused, self._parts) if part is not None]
        return [widget for part in parts for widget in part.focus_chain()]

    def take_away(self) -> None:
        """Take all widgets out of the window."""
        for part in self._made:
            part.hide()
            part.setParent(None)
            part.deleteLater()
        self.deleteLater()

    def _show_client(self, parts: ColumnParts) -> None:
        if self._client is not None:
            parts.set_client(self._client, self._meaning)
            parts.set_page(
                writing=self._writes, editing=self.shows_form, can_end=self._editing, refused=self.shows_refusal
            )

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
            self.page_made.emit()
        return self._form

    def _get_refused(self) -> RefusedCard:
        if self._refused is None:
            card = self._refused = RefusedCard(self._themes, self._over)
            card.set_number(self.number)
            card.log_requested.connect(self._on_refused_log_requested)
            self._fill(card)
            self.page_made.emit()
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
        if self._parts is not None:
            self._parts.composer.set_draft(draft)
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
            head = self.parts.head
            popup = ClosePopup(self._themes, head)
            popup.close_requested.connect(self.closed)
            button = head.button
            popup.show_at(button.mapToGlobal(QPoint(button.width(), button.height() + 2)))
        elif act == "connect":
            self._connect()
        else:
            self.acted.emit(act)
