"""The middle of the Sockets room: the clients side by side, the server between them, and what each is about to send."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from explorer.client.sockets.ladder_rows import Column
from explorer.openapi.operations import Catalogue, Operation
from explorer.ui import names
from explorer.ui.models.socket_client import ClientView
from explorer.ui.override import override
from explorer.ui.panels.sockets.client_column import ClientColumn
from explorer.ui.panels.sockets.column_strip import ColumnStrip
from explorer.ui.panels.sockets.ladder_bar import LadderBar
from explorer.ui.panels.sockets.ladder_view import LadderView
from explorer.ui.panels.sockets.lane_ends import Legend, ServerHead
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.empty_state import EmptyState
from explorer.ui.wording import count_text


class LadderPanel(QFrame):
    """Shows clients and what was said.

    Attributes:
        bar: filter, deltas, pause and export.
        view: the ladder; its rows are set there.

    Signals:
        client_acted: the person wants something of a client: its id, and what; see `ColumnHead.acted`.
        client_closed: a client is to close: its id, code and reason.
        client_renamed: its id and its new name.
        client_chosen: the person works in a column; the client's id.
        draft_edited: the person changed something; the whole new `SocketDraft`.
        send_requested, ping_requested: the id of a client that is to send what is in front, or a ping.
        repeat_requested: the id of a client, and whether it is to send again and again.
        token_requested, token_forgotten, jar_requested: the id of a client whose form asks for it.
        form_made: a form was made, and lacks what only others know of, such as the cookies of the jar.
        controls_made: there are more controls than before.
        action_requested: the person pressed the button of the empty room.
    """

    client_acted = Signal(str, str)
    client_closed = Signal(str, int, str)
    client_renamed = Signal(str, str)
    client_chosen = Signal(str)
    draft_edited = Signal(object)
    send_requested = Signal(str)
    ping_requested = Signal(str)
    repeat_requested = Signal(str, bool)
    token_requested = Signal(str)
    token_forgotten = Signal(str)
    jar_requested = Signal(str)
    form_made = Signal()
    controls_made = Signal()
    action_requested = Signal()

    def __init__(self, themes: Themes, meaning_of: Callable[[int], str], parent: QWidget | None = None) -> None:
        """`meaning_of` explains a close code in a sentence."""
        super().__init__(parent)
        self._themes = themes
        self._meaning_of = meaning_of
        self._columns: dict[str, ClientColumn] = {}
        self._chosen = ""
        self._operation_of: Callable[[str], Operation | None] = lambda _path: None
        self._catalogue: Catalogue | None = None
        self.setProperty("panel", "bg1")
        self.bar = LadderBar(themes)
        self.view = LadderView(themes)
        self.bar.deltas_changed.connect(self.view.set_deltas)
        self.heads = ColumnStrip(themes, ServerHead(themes), line_below=True)
        self.feet = ColumnStrip(themes, Legend(themes), line_below=False)
        self.unseen = QPushButton(self.view.viewport())
        self.unseen.setObjectName(names.SOCKETS_UNSEEN)
        self.unseen.setProperty("variant", "pill")
        self.unseen.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.unseen.hide()
        self.unseen.clicked.connect(self._on_unseen_clicked)
        self.empty = EmptyState(themes)
        self.empty.label.setObjectName(names.SOCKETS_EMPTY)
        self.empty.button.setObjectName(names.SOCKETS_EMPTY_ACTION)
        self.empty.action_requested.connect(self.action_requested)
        self.view.arranged.connect(self._arrange)
        self.view.entry_chosen.connect(lambda client, _entry: self.client_chosen.emit(client))
        self.view.unseen_changed.connect(self._show_unseen)
        self.view.viewport().installEventFilter(self)
        self._build()
        self.set_empty("", "")

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_catalogue(self, catalogue: Catalogue | None, operation_of: Callable[[str], Operation | None]) -> None:
        """Say what the app offers; `operation_of` finds the endpoint with a path."""
        self._catalogue, self._operation_of = catalogue, operation_of
        for column in self._columns.values():
            self._set_operation(column)

    def set_clients(self, clients: Sequence[ClientView]) -> None:
        """Show these clients, from left to right."""
        wanted = [client.id for client in clients]
        changed = wanted != list(self._columns)
        for gone in [key for key in self._columns if key not in wanted]:
            self._columns.pop(gone).take_away()
        columns = {}
        for number, client in enumerate(clients):
            column = self._columns.get(client.id) or self._make_column(client.id, number)
            if column.number != number:
                column.set_number(number)
            columns[client.id] = column
        self._columns = columns
        for client in clients:
            column = columns[client.id]
            code = client.status.code
            moved = column.client is None or column.client.endpoint != client.endpoint
            column.set_client(client, self._meaning_of(code) if code is not None else "")
            if moved:
                self._set_operation(column)
        self.view.set_columns(tuple(Column(id=c.id, title=c.name, path=c.target, foreign=c.foreign) for c in clients))
        if changed:
            self._hold_parts()
        self._pages.setCurrentIndex(1 if clients else 0)
        self._show_chosen()
        self._arrange()

    def set_chosen(self, client: str) -> None:
        """Mark the column in which the person works."""
        self._chosen = client
        self._show_chosen()

    def set_empty(self, sentence: str, action: str) -> None:
        """Say what is to be said while there is no client; `action` labels the button."""
        self.empty.set_message(sentence, action)

    def column(self, client: str) -> ClientColumn | None:
        """Return the widgets of a client."""
        return self._columns.get(client)

    def focus_composer(self, client: str) -> None:
        """Put the keyboard where a client's message is written, or where it is set up."""
        column = self._columns.get(client)
        if column is None:
            return
        self.view.show_column(list(self._columns).index(client))  # what is out of sight takes no keyboard
        if column.shows_form:
            column.take_form_focus()
            self._arrange()
        else:
            column.parts.take_focus()

    @property
    def column_at_work(self) -> ClientColumn | None:
        """The column that has the keyboard, else the one that is chosen."""
        focus = QApplication.focusWidget()
        return next((each for each in self._columns.values() if each.holds(focus)), self.column(self._chosen))

    def bring_into_sight(self, widget: QWidget) -> None:
        """Scroll sideways until a control of a client can be seen."""
        for place, column in enumerate(self._columns.values()):
            if column.holds(widget):
                self.view.show_column(place)

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        chain = [self.empty.button, *self.bar.focus_chain()]
        for column in self._columns.values():
            if column.made_parts is not None:
                chain += column.made_parts.head.focus_chain()
        chain += [self.view, self.unseen]
        for column in self._columns.values():
            chain += column.focus_chain()
        return chain

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view.viewport() and event.type() == QEvent.Type.Resize:
            self._arrange()
        return super().eventFilter(watched, event)

    # --- arranging ----------------------------------------------------------------------------------------------------
    def _arrange(self) -> None:
        near = [column for key, column in self._columns.items() if column.made_parts is None and self._is_near(key)]
        for column in near:
            column.make_parts()
        if near:
            self._on_parts_made()
        self.heads.set_plan(self.view.plan, self.view.offset)
        self.feet.set_plan(self.view.plan, self.view.offset)
        for key, column in self._columns.items():
            if not column.shows_form and not column.shows_refusal:
                continue
            place = self.view.column_rect(key)
            in_sight = place.intersects(self.view.viewport().rect())
            page = column.page if in_sight else column.made_page
            if page is not None:
                page.setGeometry(place.adjusted(0, 0, -1, 0))
                page.show()
                page.raise_()
        self._place_unseen()

    def _is_near(self, client: str) -> bool:
        """Whether a column is in sight, or the Tab key comes to it from there."""
        place = self.view.column_rect(client)
        around = place.adjusted(-place.width(), 0, place.width(), 0)
        return not place.isEmpty() and around.intersects(self.view.viewport().rect())

    def _on_parts_made(self) -> None:
        self._hold_parts()
        self.controls_made.emit()

    def _hold_parts(self) -> None:
        parts = [column.made_parts for column in self._columns.values()]
        self.heads.set_widgets([part.head if part is not None else None for part in parts])
        self.feet.set_widgets([part.foot if part is not None else None for part in parts])

    def _show_unseen(self, count: int) -> None:
        self.unseen.setText(f"{count:,} new ↓")
        self.unseen.setAccessibleName(f"Go to the end, {count_text(count, 'new row')}")
        self.unseen.setVisible(count > 0)
        self._place_unseen()
        if self.bar.pause.isChecked():
            self.bar.set_waiting(count)

    def _place_unseen(self) -> None:
        if self.unseen.isHidden():
            return
        self.unseen.adjustSize()
        lane, port = self.view.plan.lane, self.view.viewport()
        middle = lane.left - self.view.offset + lane.width // 2
        left = max(4, min(middle - self.unseen.width() // 2, port.width() - self.unseen.width() - 4))
        self.unseen.move(left, port.height() - self.unseen.height() - self._themes.theme.px(12))
        self.unseen.raise_()

    def _on_unseen_clicked(self) -> None:
        if self.bar.pause.isChecked():
            self.bar.pause.setChecked(False)
        self.view.go_to_end()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_chosen(self) -> None:
        for key, column in self._columns.items():
            column.set_chosen(key == self._chosen)

    # --- columns ------------------------------------------------------------------------------------------------------
    def _make_column(self, client: str, number: int) -> ClientColumn:
        column = ClientColumn(self._themes, number, self.view.viewport(), self)
        column.acted.connect(lambda act: self.client_acted.emit(client, act))
        column.closed.connect(lambda code, reason: self.client_closed.emit(client, code, reason))
        column.renamed.connect(lambda name: self.client_renamed.emit(client, name))
        column.chosen.connect(lambda: self.client_chosen.emit(client))
        column.draft_edited.connect(self.draft_edited)
        column.send_requested.connect(lambda: self.send_requested.emit(client))
        column.ping_requested.connect(lambda: self.ping_requested.emit(client))
        column.repeat_requested.connect(lambda on: self.repeat_requested.emit(client, on))
        column.token_requested.connect(lambda: self.token_requested.emit(client))
        column.token_forgotten.connect(lambda: self.token_forgotten.emit(client))
        column.jar_requested.connect(lambda: self.jar_requested.emit(client))
        column.page_changed.connect(self._arrange)
        column.form_made.connect(self.form_made)
        column.parts_made.connect(self._on_parts_made)
        column.page_made.connect(self.controls_made)
        return column

    def _set_operation(self, column: ClientColumn) -> None:
        if column.client is not None:
            column.set_operation(self._operation_of(column.client.endpoint), self._catalogue)

    def _build(self) -> None:
        ladder = QWidget()
        inside = QVBoxLayout(ladder)
        for widget in (self.bar, self.heads):
            inside.addWidget(widget)
        inside.addWidget(self.view, 1)
        inside.addWidget(self.feet)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(ladder)
        layout = QVBoxLayout(self)
        layout.addWidget(self._pages)
        for each in (inside, layout):
            self._themes.metrics.set(each, margins=(0, 0, 0, 0), spacing=0)
