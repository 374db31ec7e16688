"""Sending: one send is one task, which can be cancelled; several requests may be under way at once."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from explorer.client.build import UnsendableRequestError, build_request
from explorer.client.draft import RequestDraft
from explorer.client.exchange import Exchange, Failure, Request
from explorer.client.presentation import BodyView, present
from explorer.client.transport import Client
from explorer.trace.context import new_trace_id
from explorer.trace.events import CLIENT, CLIENT_REQUEST, CLIENT_SEND, STARTED, RawEvent
from explorer.ui.bridge import Bridge
from explorer.ui.controllers.compose import ComposeController
from explorer.ui.panels.compose_room import ComposeRoom
from explorer.ui.tasks import Tasks

_AT_ONCE = 50_000  # bytes; a smaller body is made ready quicker than another thread could be asked


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of a request, and its body made ready to be shown."""

    exchange: Exchange
    view: BodyView | None


class SendController(QObject):
    """Sends the request in front, and shows what came of it whenever that request is in front.

    Signals:
        exchanged: a request is over, for better or worse: its `Exchange`, and the `RequestDraft` that was sent.
        trace_started: a request, or the next hop of one, is under way: its `OpenRequest.id`, and its trace id.
        answer_shown: another answer is on show: the `Exchange`, or None.
    """

    exchanged = Signal(object, object)
    trace_started = Signal(str, str)
    answer_shown = Signal(object)

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
        self._open = compose.open_requests
        self._client = client
        self._bridge = bridge
        self._tasks = tasks
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._talking: set[str] = set()  # those of which a cancelling reaches the server
        self._answers: dict[str, _Answer] = {}
        room.request.send_requested.connect(self.send)
        room.request.cancel_requested.connect(self.cancel)
        room.response.send_requested.connect(self.send)
        self._open.front_changed.connect(self.on_open_requests_front_changed)
        self._open.closed.connect(self.on_open_requests_closed)

    @property
    def sending(self) -> bool:
        """Whether the request in front is under way."""
        return self._open.requests.current in self._under_way

    def send(self) -> None:
        """Send the request in front as it stands, unless it is under way."""
        front = self._open.front
        if front is None or front.id in self._under_way:
            return
        request_id = front.id
        task = self._under_way[request_id] = self._tasks.start(self._send(request_id, front.draft), "send request")
        task.add_done_callback(lambda _task: self._end(request_id))
        self._talking.add(request_id)
        self._open.begin_sending(request_id, front.draft)
        self._room.request.set_sending(True)
        self._room.response.set_sending()

    def cancel(self) -> None:
        """Stop the request in front; the server sees the connection close."""
        self._cancel(self._open.requests.current)

    def on_open_requests_front_changed(self, request_id: str) -> None:
        """Show what belongs to the request that is in front now."""
        answer = self._answers.get(request_id)
        self._room.request.set_sending(False)
        self._show(answer)
        if request_id in self._under_way:
            self._room.request.set_sending(True)
            self._room.response.set_sending()

    def on_open_requests_closed(self, request_id: str) -> None:
        """Stop a request that nobody waits for any more, and let its answer go."""
        self._cancel(request_id)
        self._answers.pop(request_id, None)

    def _cancel(self, request_id: str) -> None:
        if request_id in self._talking:
            self._talking.discard(request_id)
            self._under_way[request_id].cancel()

    async def _send(self, request_id: str, draft: RequestDraft) -> None:
        exchange = await self._exchange(request_id, draft)
        self._talking.discard(request_id)
        answer = _Answer(exchange, await _present(exchange))
        if self._open.requests.find(request_id) is not None:
            self._answers[request_id] = answer
        self._end(request_id, _word(exchange))
        if request_id == self._open.requests.current:
            self._show(answer)
        self.exchanged.emit(exchange, draft)

    def _end(self, request_id: str, word: str = "") -> None:
        """Take note that a request is over, however it ended: it may even have been stopped before it began."""
        if self._under_way.pop(request_id, None) is None:
            return
        self._talking.discard(request_id)
        self._open.end_sending(request_id, word)
        if request_id == self._open.requests.current:
            self._room.request.set_sending(False)
            if not word:
                self._show(self._answers.get(request_id))

    async def _exchange(self, request_id: str, draft: RequestDraft) -> Exchange:
        try:
            request = build_request(draft, self._compose.base_url)
        except UnsendableRequestError as error:
            return _unsendable(draft.method, str(error))

        def emit(event: RawEvent) -> None:
            if event[3] == CLIENT and event[4] == STARTED and event[7] == CLIENT_REQUEST:
                self.trace_started.emit(request_id, event[0])
            self._bridge.push(event)

        return await self._client.send(request, emit=emit)

    def _show(self, answer: _Answer | None) -> None:
        if answer is None:
            self._room.response.set_nothing()
        else:
            self._room.response.set_exchange(answer.exchange, answer.view)
        self.answer_shown.emit(answer.exchange if answer is not None else None)


async def _present(exchange: Exchange) -> BodyView | None:
    response = exchange.response
    if response is None:
        return None
    if len(response.body) < _AT_ONCE:
        return present(response)
    return await asyncio.to_thread(present, response)


def _word(exchange: Exchange) -> str:
    """Return how a request ended, as its tab shows it."""
    if exchange.failure is not None:
        return "stopped" if exchange.failure.cancelled else "failed"
    return str(exchange.response.status) if exchange.response is not None else ""


def _unsendable(method: str, sentence: str) -> Exchange:
    return Exchange(
        trace_id=new_trace_id(),
        request=Request(method=method, url=""),
        response=None,
        failure=Failure(stage=CLIENT_SEND, sentence=sentence),
        sent_at=time.time(),
        elapsed_ns=0,
    )
