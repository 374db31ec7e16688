"""The lists at the left of the Sockets room: endpoints of the app, and clients."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer.openapi.operations import Operation
from explorer.ui.models.socket_client import ClientView, time_open
from explorer.ui.onlookers import says_what_is_shown
from explorer.ui.override import override
from explorer.ui.tool_tip import documentation

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class EndpointRole(enum.IntEnum):
    """What the delegate and the panel ask for."""

    KEY = Qt.ItemDataRole.UserRole
    PATH = Qt.ItemDataRole.UserRole + 1
    SECURE = Qt.ItemDataRole.UserRole + 2  # whether it asks who one is


class EndpointsModel(QAbstractListModel):
    """The WebSocket endpoints, all or those that a filter leaves."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Operation, ...] = ()
        self._shown: tuple[Operation, ...] = ()
        self._words: tuple[str, ...] = ()

    def set_endpoints(self, endpoints: Sequence[Operation]) -> None:
        """Show other endpoints."""
        self._all = tuple(endpoints)
        self._apply()

    def set_filter(self, text: str) -> None:
        """Leave those whose path or summary holds all the words."""
        self._words = tuple(text.lower().split())
        self._apply()

    @property
    def total(self) -> int:
        """How many there are without the filter."""
        return len(self._all)

    def row_of(self, key: str) -> int:
        """Return the row of an endpoint; -1 when it is not shown."""
        return next((row for row, endpoint in enumerate(self._shown) if endpoint.key == key), -1)

    @override
    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._shown)

    @override
    @says_what_is_shown()
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        endpoint = self._shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | EndpointRole.PATH:
                return endpoint.path
            case EndpointRole.KEY:
                return endpoint.key
            case EndpointRole.SECURE:
                return bool(endpoint.security)
            case Qt.ItemDataRole.ToolTipRole:
                return documentation(endpoint.path, endpoint.summary, endpoint.description)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"WebSocket {endpoint.path}" + (", asks who you are" if endpoint.security else "")
        return None

    def _apply(self) -> None:
        self.beginResetModel()
        self._shown = tuple(each for each in self._all if self._fits(each))
        self.endResetModel()

    def _fits(self, endpoint: Operation) -> bool:
        text = f"{endpoint.path} {endpoint.summary}".lower()
        return all(word in text for word in self._words)


class ClientRole(enum.IntEnum):
    """What the delegate and the panel ask for."""

    ID = Qt.ItemDataRole.UserRole
    NAME = Qt.ItemDataRole.UserRole + 1
    STATE = Qt.ItemDataRole.UserRole + 2  # in words, or for how long it has been open
    TOKEN = Qt.ItemDataRole.UserRole + 3  # the colour of its dot
    LIVE = Qt.ItemDataRole.UserRole + 4
    FOREIGN = Qt.ItemDataRole.UserRole + 5


class ClientsModel(QAbstractListModel):
    """The clients of this window, and connections from elsewhere."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clients: tuple[ClientView, ...] = ()
        self._now_ns = 0

    def set_clients(self, clients: Sequence[ClientView], now_ns: int) -> None:
        """Show other clients, or the same as they are now."""
        same = [client.id for client in clients] == [client.id for client in self._clients]
        if not same:
            self.beginResetModel()
        self._clients, self._now_ns = tuple(clients), now_ns
        if not same:
            self.endResetModel()
        elif self._clients:
            self.dataChanged.emit(self.index(0), self.index(len(self._clients) - 1))

    def row_of(self, client: str) -> int:
        """Return the row of a client; -1 when there is none."""
        return next((row for row, each in enumerate(self._clients) if each.id == client), -1)

    @override
    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._clients)

    @override
    @says_what_is_shown()
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        client = self._clients[index.row()]
        name = f"from elsewhere: {client.name}" if client.foreign else client.name
        state = time_open(client.status, self._now_ns)
        values: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: name,
            Qt.ItemDataRole.ToolTipRole: documentation(name, client.target, client.status.sentence),
            Qt.ItemDataRole.AccessibleTextRole: f"{name}, {client.target}, {state}",
            ClientRole.ID: client.id,
            ClientRole.NAME: name,
            ClientRole.STATE: state,
            ClientRole.TOKEN: client.token,
            ClientRole.LIVE: client.live,
            ClientRole.FOREIGN: client.foreign,
        }
        return values.get(role)
