"""The left of the Sockets room: endpoints of the app, clients, what the server holds, and things to try."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QScrollArea,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from explorer.openapi.operations import Operation
from explorer.ui import names
from explorer.ui.delegates.sockets_delegates import ClientDelegate, EndpointDelegate
from explorer.ui.models.socket_client import ClientView
from explorer.ui.models.sockets_lists import ClientRole, ClientsModel, EndpointRole, EndpointsModel
from explorer.ui.override import override
from explorer.ui.panels.sockets.held_box import HeldBox
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written
from explorer.ui.widgets.filter_edit import FilterEdit
from explorer.ui.widgets.icon_button import IconButton
from explorer.ui.widgets.properties import set_property

_HEADER = 40
_ROW = 28
_MOST_ENDPOINTS = 8  # rows in sight before the list scrolls by itself
_MOST_CLIENTS = 8
_FILTER_FROM = 9  # endpoints; with fewer, nobody needs a filter

TRIES = (
    ("drop", "Drop {name}’s network", "Cut the connection without a word, as a lost network does"),
    ("many", "Send 1,000 messages", "Send 1,000 short text messages as fast as they go"),
    ("broken", "Broken JSON", "Send a text that is no JSON, and see what the server makes of it"),
    ("utf8", "Invalid UTF-8", "Send a text frame whose bytes are no text: the server must close with 1007"),
)


class SocketsSidebar(QFrame):
    """Lists what there is.

    Signals:
        endpoint_chosen: the person chose an endpoint; its key.
        client_wanted: a client is to be added, of the endpoint with this key; empty for the chosen one.
        client_chosen: the person chose a client; its id.
        held_toggled: whether the server is to be asked what it holds.
        try_chosen: the person wants to try something: a key of `TRIES`.
    """

    endpoint_chosen = Signal(str)
    client_wanted = Signal(str)
    client_chosen = Signal(str)
    held_toggled = Signal(bool)
    try_chosen = Signal(str)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._chosen_client: ClientView | None = None
        self._endpoint = ""
        self.setObjectName(names.SOCKETS_SIDEBAR)
        self.setProperty("panel", "bg0")
        self._endpoints = EndpointsModel(self)
        self._clients = ClientsModel(self)
        self.new = IconButton(themes, "plus", "Add a client")
        self.new.setObjectName(names.SOCKETS_NEW)
        self.new.clicked.connect(lambda: self.client_wanted.emit(""))
        self.filter = FilterEdit(themes, "Filter the endpoints")
        self.filter.setObjectName(names.SOCKETS_ENDPOINTS_FILTER)
        self.filter.textChanged.connect(self._on_filter_text_changed)
        self.filter.down_pressed.connect(self._on_filter_down_pressed)
        self.endpoints = self._make_list(self._endpoints, EndpointDelegate, names.SOCKETS_ENDPOINTS)
        self.endpoints.setAccessibleName("WebSocket endpoints of the app")
        self.endpoints.clicked.connect(self._on_endpoint_clicked)
        self.endpoints.doubleClicked.connect(lambda index: self.client_wanted.emit(index.data(EndpointRole.KEY)))
        self.clients = self._make_list(self._clients, ClientDelegate, names.SOCKETS_CLIENTS)
        self.clients.setAccessibleName("Clients")
        self.clients.clicked.connect(lambda index: self.client_chosen.emit(index.data(ClientRole.ID)))
        for view, slot in (
            (self.endpoints, self._on_endpoint_activated),
            (self.clients, self._on_client_activated),
        ):
            for key in ("Return", "Enter"):
                shortcut = QShortcut(QKeySequence(key), view)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(slot)
        self.message = QLabel()
        self.message.setObjectName(names.SOCKETS_ENDPOINTS_MESSAGE)
        self.message.setProperty("role", "caption")
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.more = QLabel()
        self.more.setObjectName(names.SOCKETS_MORE)
        self.more.setProperty("role", "caption")
        self.more.setWordWrap(True)
        self.more.setTextFormat(Qt.TextFormat.PlainText)
        self.add = self._make_row("Add a client", names.SOCKETS_ADD, "plus", "acc")
        self.add.clicked.connect(lambda: self.client_wanted.emit(""))
        self.held = HeldBox(themes)
        self.held.toggled.connect(self.held_toggled)
        self._tries = {key: self._make_try(key, tip) for key, _, tip in TRIES}
        self._build()
        self.set_endpoints(())
        self.set_clients((), 0)
        self.set_more("")
        self.held.set_held("")
        themes.changed.connect(self._fit)

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_endpoints(self, endpoints: Sequence[Operation], sentence: str = "") -> None:
        """Show the endpoints of the app; `sentence` says why there are none."""
        self._endpoints.set_endpoints(endpoints)
        self._sentence = sentence or "This app has no WebSocket endpoints."
        many = len(endpoints) >= _FILTER_FROM
        self.filter.setVisible(many)
        if not many:
            self.filter.clear()
        self._show_endpoint()
        self._fit()

    def set_clients(self, clients: Sequence[ClientView], now_ns: int) -> None:
        """Show the clients as they are now."""
        self._clients.set_clients(clients, now_ns)
        chosen = self._chosen_client.id if self._chosen_client is not None else ""
        self._chosen_client = next((client for client in clients if client.id == chosen), None)
        self._show_client()
        self._fit()

    def set_more(self, sentence: str) -> None:
        """Say which connections are not among the clients; an empty sentence for none."""
        self.more.setText(sentence)
        self.more.setVisible(bool(sentence))

    def set_chosen(self, endpoint: str, client: ClientView | None) -> None:
        """Mark the endpoint with this key, and a client, as the ones in work."""
        self._endpoint = endpoint
        self._chosen_client = client
        self._show_endpoint()
        self._show_client()

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        lists: list[QWidget] = [self.new, self.filter, self.endpoints, self.clients, self.add]
        return [*lists, *self.held.focus_chain(), *self._tries.values()]

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _show_endpoint(self) -> None:
        row = self._endpoints.row_of(self._endpoint)
        self.endpoints.setCurrentIndex(self._endpoints.index(row) if row >= 0 else QModelIndex())
        shown = self._endpoints.rowCount()
        self.endpoints.setVisible(shown > 0)
        self.message.setVisible(not shown)
        nothing = f"No endpoint holds “{self.filter.text().strip()}”." if self._endpoints.total else self._sentence
        self.message.setText(nothing)
        self.add.setEnabled(self._endpoints.total > 0)
        self.new.setEnabled(self._endpoints.total > 0)

    def _show_client(self) -> None:
        client = self._chosen_client
        row = self._clients.row_of(client.id) if client is not None else -1
        self.clients.setCurrentIndex(self._clients.index(row) if row >= 0 else QModelIndex())
        can = client is not None and client.live and not client.foreign
        for key, label, _ in TRIES:
            button = self._tries[key]
            words = label.format(name=client.name if can and client is not None else "a client")
            button.setText(
                button.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, self._themes.theme.px(160))
            )
            button.setAccessibleName(words)
            button.setEnabled(can)
            self._themes.fit_icon(button)

    def _fit(self) -> None:
        """Give the lists the height of their rows, up to a limit."""
        row = self._themes.theme.px(_ROW)
        for view, most in ((self.endpoints, _MOST_ENDPOINTS), (self.clients, _MOST_CLIENTS)):
            count = view.model().rowCount()
            view.setFixedHeight(max(1, min(most, count)) * row + 2)
        self.clients.setVisible(self._clients.rowCount() > 0)

    # --- what the person does -----------------------------------------------------------------------------------------
    def _on_filter_text_changed(self, text: str) -> None:
        self._endpoints.set_filter(text)
        self._show_endpoint()
        self._fit()

    def _on_filter_down_pressed(self) -> None:
        self.endpoints.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_endpoint_clicked(self, index: QModelIndex) -> None:
        self._endpoint = str(index.data(EndpointRole.KEY))
        self.endpoint_chosen.emit(self._endpoint)

    def _on_endpoint_activated(self) -> None:
        index = self.endpoints.currentIndex()
        if index.isValid():
            self._on_endpoint_clicked(index)
            self.client_wanted.emit(self._endpoint)

    def _on_client_activated(self) -> None:
        index = self.clients.currentIndex()
        if index.isValid():
            self.client_chosen.emit(index.data(ClientRole.ID))

    # --- building -----------------------------------------------------------------------------------------------------
    def _make_list(
        self, model: QAbstractListModel, delegate: type[EndpointDelegate | ClientDelegate], name: str
    ) -> QListView:
        view = QListView()
        view.setObjectName(name)
        view.setModel(model)
        painted: QStyledItemDelegate = delegate(self._themes, view)
        view.setItemDelegate(painted)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._themes.changed.connect(view.scheduleDelayedItemsLayout)
        return view

    def _make_row(self, label: str, name: str, icon: str, token: str = "") -> QPushButton:
        button = QPushButton(label)
        button.setObjectName(name)
        button.setProperty("variant", "row")
        set_property(button, "tone", token)
        self._themes.bind_icon(button, icon, token or "t3", 14)
        self._themes.metrics.set(button, height=_ROW)
        return button

    def _make_try(self, key: str, tip: str) -> QPushButton:
        button = self._make_row("", names.SOCKETS_TRY.format(key=key), "flask")
        button.setToolTip(as_written(tip))
        button.clicked.connect(lambda: self.try_chosen.emit(key))
        return button

    def _build(self) -> None:
        header = QFrame()
        header.setProperty("edge", "bottom")
        title = QLabel("WebSockets")
        title.setProperty("role", "panel_title")
        row = QHBoxLayout(header)
        row.addWidget(title, 1)
        row.addWidget(self.new)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.addWidget(self._section("Endpoints"))
        inside.addLayout(self._indented(self.filter))
        inside.addWidget(self.endpoints)
        inside.addLayout(self._indented(self.message))
        inside.addWidget(self._section("Clients in this window"))
        inside.addWidget(self.clients)
        inside.addLayout(self._indented(self.more))
        inside.addLayout(self._indented(self.add, 6))
        inside.addWidget(self.held)
        inside.addWidget(self._section("Try"))
        for button in self._tries.values():
            inside.addLayout(self._indented(button, 6))
        inside.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.addWidget(header)
        layout.addWidget(scroll, 1)
        metrics = self._themes.metrics
        metrics.set(row, margins=(12, 0, 8, 0), spacing=8)
        metrics.set(header, height=_HEADER)
        metrics.set(inside, margins=(0, 0, 0, 8), spacing=0)
        metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)

    def _section(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setProperty("role", "section")
        self._themes.metrics.set(label, height=32, margins=(12, 8, 12, 0))
        return label

    def _indented(self, widget: QWidget, side: float = 12) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(widget)
        self._themes.metrics.set(row, margins=(side, 0, side, 0), spacing=0)
        return row
