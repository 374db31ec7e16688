"""The clients of WebSockets in this window: set up, connected, closed, and saved without their secrets."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explorer.client.cookies import CookieJar
from explorer.client.exchange import Exchange
from explorer.client.matching import local_target
from explorer.client.sockets.drafts import read_all, to_plain
from explorer.client.sockets.ladder_rows import Column
from explorer.client.sockets.log import SocketLog
from explorer.client.sockets.opening import header_of
from explorer.client.sockets.record import ClosedBy, SocketDraft, SocketState, SocketStatus
from explorer.client.unsendable import UnsendableRequestError
from explorer.client.urls import build_target
from explorer.storage.document import Document
from explorer.storage.sockets import SavedSockets
from explorer.storage.writer import Writer
from explorer.ui.controllers.socket_watch import SocketWatch
from explorer.ui.controllers.tokens import TokenController
from explorer.ui.models.socket_client import LIVE, ClientView
from explorer.ui.tasks import Tasks

if TYPE_CHECKING:
    from explorer.client.sockets.connection import SocketConnection
    from explorer.client.sockets.opening import Opening

NAMES = ("Ana", "Bruno", "Chloé", "Dalia", "Emil", "Fatou", "Goran", "Hana")


@dataclass(slots=True)
class SocketClient:
    """One client.

    Attributes:
        draft: how it is set up.
        log: everything that went through it.
        connection: the last one; None before the first.
        status: how it stands.
        repeating: whether it sends again and again.
        secrets: what let it in, in any of the connections that its log tells of.
    """

    draft: SocketDraft
    log: SocketLog
    connection: SocketConnection | None = None
    status: SocketStatus = field(default_factory=SocketStatus)
    repeating: bool = False
    secrets: set[str] = field(default_factory=set)
    task: asyncio.Task[None] | None = None


class SocketClients(QObject):
    """Holds all clients.

    Attributes:
        base_url: address of the server, ``http://…``; empty while there is none.
        chosen: the id of the client a person works with; empty for none.
        endpoint: path of the endpoint that is chosen; empty for none.
        held: whether the server is asked what it holds.
        notice: what was amiss with the saved clients; None when all is well.

    Signals:
        changed: a client is there, gone, set up anew, or stands otherwise.
        secrets_sent: a client connects with these texts, which let somebody in.
    """

    changed = Signal()
    secrets_sent = Signal(object)

    def __init__(
        self,
        watch: SocketWatch,
        jar: CookieJar,
        tokens: TokenController,
        document: Document[SavedSockets],
        writer: Writer,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._watch = watch
        self._jar = jar
        self._tokens = tokens
        self._document = document
        self._writer = writer
        self._tasks = tasks
        self._clients: dict[str, SocketClient] = {}
        self._removed: SocketClient | None = None  # the last one that was taken away
        self.base_url = ""
        saved, self.notice = document.load()
        self.endpoint, self.held = saved.endpoint, saved.held
        drafts, self._unreadable = read_all(saved.clients)
        for draft in drafts:
            self._put(draft)
        self.chosen = saved.chosen if saved.chosen in self._clients else next(iter(self._clients), "")

    # --- what there is ------------------------------------------------------------------------------------------------
    def get(self, client_id: str) -> SocketClient | None:
        """Return a client; None when there is none with this id."""
        return self._clients.get(client_id)

    def all(self) -> Iterable[SocketClient]:
        """Return all clients, from left to right."""
        return tuple(self._clients.values())

    def views(self) -> list[ClientView]:
        """Return all clients as the room shows them."""
        return [self._view(client) for client in self._clients.values()]

    def free_name(self) -> str:
        """Return a name that no client has."""
        taken = {client.draft.name for client in self._clients.values()}
        numbered = (f"Client {number}" for number in range(1, len(taken) + 2))
        return next(name for name in (*NAMES, *numbered) if name not in taken)

    @property
    def open_elsewhere(self) -> int:
        """How many are open to a server that is not ours, and so does not count them."""
        return sum(
            client.status.state is SocketState.OPEN and not self._is_ours(client) for client in self._clients.values()
        )

    # --- setting up ---------------------------------------------------------------------------------------------------
    def add(self, draft: SocketDraft) -> str:
        """Add a client at the right, choose it, and return its id, which is a new one."""
        draft = replace(draft, id=uuid.uuid4().hex)
        self._put(draft)
        self.chosen = draft.id
        self._tell()
        return draft.id

    def update(self, draft: SocketDraft) -> None:
        """Set a client up anew; an open connection stays as it is."""
        client = self._clients.get(draft.id)
        if client is None or client.draft == draft:
            return
        client.draft = draft
        self._watch.gathering.ladder.set_column(_column(draft))
        self._tell()

    def choose(self, client_id: str) -> None:
        """Work with another client; one that is not of this window is none."""
        if client_id != self.chosen and client_id in self._clients:
            self.chosen = client_id
            self._tell()

    def remove(self, client_id: str) -> None:
        """Take a client away; its connection is cut. What it said stays on the ladder for the others."""
        client = self._clients.pop(client_id, None)
        if client is None:
            return
        self._stop(client)
        if client.connection is not None:
            client.connection.drop()
        if self.chosen == client_id:
            self.chosen = next(iter(self._clients), "")
        self._watch.gathering.ladder.remove_column(client_id)
        self._removed = client
        self._tell()

    def bring_back(self) -> None:
        """Put the client that was taken away last to the right of the others, with its log; it is not connected."""
        client, self._removed = self._removed, None
        if client is not None:
            self._clients[client.draft.id] = client
            self.chosen = client.draft.id
            self._watch.gathering.ladder.bring_column_back(_column(client.draft))
            self._tell()

    def set_repeating(self, client_id: str, repeating: bool) -> None:
        """Remember whether a client sends again and again."""
        client = self._clients.get(client_id)
        if client is not None and client.repeating is not repeating:
            client.repeating = repeating
            self.changed.emit()

    def save(self) -> None:
        """Save all clients soon; secrets are taken out on the writer's thread."""
        drafts = tuple(client.draft for client in self._clients.values())
        chosen, endpoint, held, document = self.chosen, self.endpoint, self.held, self._document
        unreadable = self._unreadable

        def encode() -> bytes:
            clients = (*map(to_plain, drafts), *unreadable)
            return document.encode(SavedSockets(clients=clients, chosen=chosen, endpoint=endpoint, held=held))

        self._writer.save(document.path, encode)

    # --- connecting ---------------------------------------------------------------------------------------------------
    def connect_client(self, client_id: str) -> None:
        """Connect a client; does nothing while it is connected, or about to be."""
        client = self._clients.get(client_id)
        if client is None or client.status.state in LIVE:
            return
        self._set_status(client, SocketStatus(state=SocketState.CONNECTING, since_ns=time.perf_counter_ns()))
        client.task = self._tasks.start(self._connect(client), f"connect {client.draft.name}")

    def cancel(self, client_id: str) -> None:
        """Stop connecting."""
        client = self._clients.get(client_id)
        if client is not None and client.status.state is SocketState.CONNECTING:
            self._stop(client)

    def close(self, client_id: str, code: int | None, reason: str) -> str:
        """Close a client; returns why that cannot be, or nothing."""
        client = self._clients.get(client_id)
        return client.connection.close(code, reason) if client is not None and client.connection is not None else ""

    def drop(self, client_id: str) -> None:
        """Cut a client's network without a word."""
        client = self._clients.get(client_id)
        if client is not None and client.connection is not None:
            client.connection.drop()

    def close_all(self) -> None:
        """Close what is open, and stop what is connecting."""
        for client in self._clients.values():
            if client.status.state is SocketState.CONNECTING:
                self._stop(client)
            elif client.connection is not None and client.connection.is_open:
                client.connection.close(1000)

    async def leave(self, seconds: float) -> None:
        """Close all politely with 1001, and cut what is left after some seconds: the program ends."""
        connections = [client.connection for client in self._clients.values() if client.status.state in LIVE]
        waiting = [
            asyncio.ensure_future(connection.wait_closed())
            for connection in connections
            if connection is not None and not connection.close(1001)
        ]
        if waiting:
            _, late = await asyncio.wait(waiting, timeout=seconds)
            for task in late:
                task.cancel()
        for connection in connections:
            if connection is not None:
                connection.drop()

    async def _connect(self, client: SocketClient) -> None:
        from explorer.client.sockets.connection import SocketConnection  # late: it imports websockets

        draft = client.draft
        try:
            token = await self._tokens.token_for(draft.request, self.base_url)
        except UnsendableRequestError as error:
            self._fail(client, str(error))
            return
        except asyncio.CancelledError:
            self._fail(client, "You stopped connecting.")
            raise
        if isinstance(token, Exchange):
            why = token.failure.sentence if token.failure is not None else ""
            self._fail(client, f"No token was to be had. {why}".rstrip())
            return
        connection = client.connection = SocketConnection(
            client.log, jar=self._jar, on_status=lambda status: self._on_status(client, connection, status)
        )
        await connection.connect(draft, self.base_url, token=token)

    def _on_status(self, client: SocketClient, connection: SocketConnection, status: SocketStatus) -> None:
        if client.connection is not connection:
            return
        if status.state is SocketState.CONNECTING and connection.opening is not None:
            client.secrets.update(connection.opening.secrets)
            self.secrets_sent.emit(connection.opening.secrets)
            self._claim(client, connection.opening)
        self._set_status(client, status)

    def _claim(self, client: SocketClient, opening: Opening) -> None:
        """Say which of the connections that the server will tell of is a client's."""
        if self._is_ours(client):
            key = header_of(opening.headers, "sec-websocket-key") or ""
            self._watch.gathering.claim(client.log.trace_id, client.draft.id, key)

    def _fail(self, client: SocketClient, sentence: str) -> None:
        now = time.perf_counter_ns()
        status = SocketStatus(state=SocketState.FAILED, since_ns=now, sentence=sentence, closed_by=ClosedBy.NOBODY)
        self._set_status(client, status)

    def _set_status(self, client: SocketClient, status: SocketStatus) -> None:
        client.status = status
        if status.state not in LIVE:
            client.repeating = False
        self._watch.wake()
        self.changed.emit()

    def _is_ours(self, client: SocketClient) -> bool:
        opening = client.connection.opening if client.connection is not None else None
        return opening is not None and bool(self.base_url) and local_target(opening.http_url, self.base_url) is not None

    @staticmethod
    def _stop(client: SocketClient) -> None:
        if client.task is not None and not client.task.done():
            client.task.cancel()

    def _put(self, draft: SocketDraft) -> None:
        client = self._clients[draft.id] = SocketClient(draft, self._watch.gathering.new_log())
        self._watch.gathering.ladder.add_client(_column(draft), client.log)

    def _tell(self) -> None:
        self.save()
        self.changed.emit()

    def _view(self, client: SocketClient) -> ClientView:
        draft, connection = client.draft, client.connection
        live = client.status.state in LIVE and connection is not None and connection.opening is not None
        opening = connection.opening if connection is not None else None
        target = opening.target if live and opening is not None else build_target(draft.request)
        return ClientView(
            id=draft.id,
            name=draft.name,
            target=target.lstrip("/"),
            status=client.status,
            draft=draft,
            endpoint=draft.request.path,
            handshake=connection.handshake if connection is not None else None,
            recorded=client.log.count,
            repeating=client.repeating,
        )


def _column(draft: SocketDraft) -> Column:
    return Column(id=draft.id, title=draft.name, path=build_target(draft.request))
