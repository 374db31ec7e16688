"""The Sockets room: endpoints and clients at the left, the conversation in the middle, the Inspector at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from explorer.openapi.operations import Catalogue, Operation
from explorer.ui import names
from explorer.ui.actions.action import Doing, add_actions
from explorer.ui.actions.commands import SOCKETS
from explorer.ui.focus import chain_focus, order_panels
from explorer.ui.models.socket_client import ClientView
from explorer.ui.override import override
from explorer.ui.panel_keys import PanelStop
from explorer.ui.panels.sockets.address_bar import AddressBar
from explorer.ui.panels.sockets.ladder_panel import LadderPanel
from explorer.ui.panels.sockets.sidebar import SocketsSidebar
from explorer.ui.panels.sockets.traffic_strip import TrafficStrip
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.sentence_bar import SentenceBar
from explorer.ui.widgets.side_columns import Side, SideColumns

_SIDEBAR_WIDTH = 224
_INSPECTOR_WIDTH = 288
_LOW = 480  # design pixels; in a lower room, the conversation needs the place of the figures
_MIDDLE_AT_LEAST = 320  # design pixels; what does not fit is cut off rather than the window made wider


class SocketsRoom(QWidget):
    """Arranges the parts; what the person does is told by these.

    Attributes:
        sidebar: endpoints, clients, what the server holds, things to try.
        address: the address of the client in work.
        notice: one sentence about the server, with Start where that helps.
        strip: how much is said at the moment.
        ladder: the clients side by side.
        inspector_slot: what the Inspector is made in.
    """

    def __init__(self, themes: Themes, meaning_of: Callable[[int], str], parent: QWidget | None = None) -> None:
        """`meaning_of` explains a close code in a sentence."""
        super().__init__(parent)
        self._themes = themes
        self._ids: tuple[str, ...] = ()
        self.setObjectName(names.SOCKETS_ROOM)
        self.columns = SideColumns(themes, name=names.SOCKETS_COLUMNS, parent=self)
        self.sidebar = SocketsSidebar(themes, self.columns.splitter)
        self._middle = QWidget(self.columns.splitter)
        self.address = AddressBar(themes, self._middle)
        self.notice = SentenceBar(themes, names.SOCKETS_NOTICE, self._middle)
        self.strip = TrafficStrip(themes, self._middle)
        self.ladder = LadderPanel(themes, meaning_of, self._middle)
        middle = QVBoxLayout(self._middle)
        for widget in (self.address, self.notice, self.strip):
            middle.addWidget(widget)
        middle.addWidget(self.ladder, 1)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        themes.metrics.set(self._middle, min_width=_MIDDLE_AT_LEAST)
        self.inspector_slot = QWidget(self.columns.splitter)
        self._inspector_layout = QVBoxLayout(self.inspector_slot)
        self._inspector_layout.setContentsMargins(0, 0, 0, 0)
        self.columns.set_columns(
            self._middle,
            left=Side(
                panel=self.sidebar,
                label="WebSockets",
                button_name=names.SOCKETS_OPEN_SIDEBAR,
                width=_SIDEBAR_WIDTH,
            ),
            right=Side(
                panel=self.inspector_slot,
                label="Inspector",
                button_name=names.SOCKETS_OPEN_INSPECTOR,
                width=_INSPECTOR_WIDTH,
            ),
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.columns)
        self.ladder.controls_made.connect(self._order_focus)
        self.sidebar.client_chosen.connect(self._on_sidebar_client_chosen)
        self._add_actions()
        self._order_focus()

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_inspector(self, widget: QWidget) -> None:
        """Put the Inspector into its place."""
        self._inspector_layout.addWidget(widget)
        self._order_focus()

    def set_catalogue(self, catalogue: Catalogue | None, endpoints: Sequence[Operation], sentence: str = "") -> None:
        """Show what the app offers; `sentence` says why there are no endpoints."""
        by_path = {endpoint.path: endpoint for endpoint in endpoints}
        self.sidebar.set_endpoints(endpoints, sentence)
        self.ladder.set_catalogue(catalogue, by_path.get)

    def set_clients(self, clients: Sequence[ClientView], now_ns: int) -> None:
        """Show the clients as they are at `now_ns`, on the clock of all events."""
        self.sidebar.set_clients(clients, now_ns)
        self.ladder.set_clients(clients)
        ids = tuple(client.id for client in clients)
        if ids != self._ids:
            self._ids = ids
            self._order_focus()

    def set_chosen(self, endpoint: str, client: ClientView | None) -> None:
        """Mark the endpoint (by its key) and the client in work."""
        self.sidebar.set_chosen(endpoint, client)
        self.ladder.set_chosen(client.id if client is not None else "")

    def panel_stops(self) -> list[PanelStop]:
        """Return where F6 stops in the room."""
        return [
            PanelStop(self.sidebar, self.sidebar.endpoints),
            PanelStop(self.address, self.address.line, (self.notice, self.ladder.bar, self.ladder.heads)),
            PanelStop(self.ladder.empty, self.ladder.empty.button),
            PanelStop(self.ladder.view, self.ladder.view),
            PanelStop(self.ladder.feet),
            PanelStop(self.inspector_slot),
        ]

    def state(self) -> dict[str, Any]:
        """Return what is worth remembering, as plain JSON values."""
        return {
            "sidebar": self.columns.state(self.columns.left),
            "inspector": self.columns.state(self.columns.right),
            "deltas": self.ladder.bar.deltas.isChecked(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up a state that `state` returned; what is missing or odd is left as it is."""
        self.columns.restore(self.columns.left, state.get("sidebar"))
        self.columns.restore(self.columns.right, state.get("inspector"))
        self.ladder.bar.deltas.setChecked(state.get("deltas") is True)
        self.columns.arrange()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.window().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Escape where nothing else wanted it: it closes what lies over the room, else stops connecting."""
        if (
            event.type() == QEvent.Type.KeyPress
            and watched is self.window()
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.isVisible()
            and (self.columns.close_a_drawer() or self._give_up())
        ):
            return True
        return super().eventFilter(watched, event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.strip.setVisible(self.height() >= self._themes.theme.px(_LOW))

    def _on_sidebar_client_chosen(self) -> None:
        if not self.sidebar.clients.hasFocus():
            self.columns.close_drawer(self.columns.left)

    def _order_focus(self) -> None:
        inspector = self._inspector_layout.itemAt(0)
        last = inspector.widget() if inspector is not None else None
        chain: list[QWidget] = [self.columns.left.button, *self.sidebar.focus_chain(), *self.address.focus_chain()]
        chain += [self.notice.button, *self.ladder.focus_chain(), self.columns.right.button]
        chain_focus(chain)
        if last is not None:
            order_panels((self.sidebar, self._middle, self.inspector_slot, self.columns.right.button))

    def _add_actions(self) -> None:
        add_actions(
            self,
            SOCKETS,
            {
                "send": Doing(self._on_next_wanted, self._why_no_client, "Connect the client, or send its message"),
                "url": self._on_url_wanted,
                "filter": Doing(self._on_filter_wanted, self._why_no_client, "Filter the messages"),
                "find": Doing(self._on_filter_wanted, self._why_no_client, "Search in the messages"),
                "rename": Doing(self._on_rename_wanted, self._why_no_client),
                "new": Doing(lambda: self.sidebar.client_wanted.emit(""), text="New client"),
                "sidebar": lambda: self.columns.toggle(self.columns.left),
                "side": Doing(lambda: self.columns.toggle(self.columns.right), text="Show or hide the Inspector"),
            },
        )

    def _why_no_client(self) -> str:
        return "" if self.ladder.column_at_work is not None else "There is no client: add one first."

    def _give_up(self) -> bool:
        column = self.ladder.column_at_work
        return column is not None and column.give_up()

    def _on_next_wanted(self) -> None:
        column = self.ladder.column_at_work
        if column is not None:
            column.go_on()

    def _on_rename_wanted(self) -> None:
        column = self.ladder.column_at_work
        if column is not None:
            column.parts.head.begin_rename()

    def _on_url_wanted(self) -> None:
        self.address.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.address.line.selectAll()

    def _on_filter_wanted(self) -> None:
        if self.ladder.bar.isVisible():
            self.ladder.bar.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.ladder.bar.filter.selectAll()
