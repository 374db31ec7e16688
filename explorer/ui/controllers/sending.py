"""Sending: one request is one task, which can be cancelled."""

from __future__ import annotations

import asyncio
import time

from PySide6.QtCore import QObject, Signal

from explorer.client.build import UnsendableRequestError, build_request
from explorer.client.exchange import Exchange, Failure, Request
from explorer.client.presentation import present
from explorer.client.transport import Client
from explorer.trace.context import new_trace_id
from explorer.trace.events import CLIENT_SEND
from explorer.ui.bridge import Bridge
from explorer.ui.controllers.compose import ComposeController
from explorer.ui.panels.compose_room import ComposeRoom
from explorer.ui.tasks import Tasks


class SendController(QObject):
    """Sends the draft and shows what comes of it.

    Signals:
        exchanged: an `Exchange` is over, for better or worse.
    """

    exchanged = Signal(object)

    def __init__(
        self,
        room: ComposeRoom,
        compose: ComposeController,
        client: Client,
        bridge: Bridge,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._room = room
        self._compose = compose
        self._client = client
        self._bridge = bridge
        self._tasks = tasks
        self._sending: asyncio.Task[Exchange] | None = None
        room.request.send_requested.connect(self.send)
        room.request.cancel_requested.connect(self.cancel)
        room.response.send_requested.connect(self.send)

    @property
    def sending(self) -> bool:
        """Whether a request is under way."""
        return self._sending is not None

    def send(self) -> None:
        """Send the draft as it stands, unless a request is under way."""
        draft = self._compose.draft
        if self._sending is not None or draft is None:
            return
        try:
            request = build_request(draft, self._compose.base_url)
        except UnsendableRequestError as error:
            self._room.response.set_exchange(_unsendable(draft.method, str(error)), None)
            return
        self._sending = self._tasks.start(self._client.send(request, emit=self._bridge.push), "send request")
        self._room.request.set_sending(True)
        self._room.response.set_sending()
        self._tasks.start(self._show(self._sending), "show response")

    def cancel(self) -> None:
        """Stop the request under way; the server sees the connection close."""
        if self._sending is not None:
            self._sending.cancel()

    async def _show(self, sending: asyncio.Task[Exchange]) -> None:
        try:
            exchange = await sending
        finally:
            self._sending = None
            self._room.request.set_sending(False)
        response = exchange.response
        small = response is not None and len(response.body) < 50_000
        if response is None:
            view = None
        elif small:  # quicker than a round trip to another thread
            view = present(response)
        else:
            view = await asyncio.to_thread(present, response)
        self._room.response.set_exchange(exchange, view)
        self.exchanged.emit(exchange)


def _unsendable(method: str, sentence: str) -> Exchange:
    return Exchange(
        trace_id=new_trace_id(),
        request=Request(method=method, url=""),
        response=None,
        failure=Failure(stage=CLIENT_SEND, sentence=sentence),
        sent_at=time.time(),
        elapsed_ns=0,
    )
