"""Sending: one send is one task, which can be cancelled; several requests may be under way at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from explorer.client.build import build_request
from explorer.client.draft import RequestDraft
from explorer.client.exchange import Exchange, Failure, Request
from explorer.client.transport import Client
from explorer.client.unsendable import UnsendableRequestError
from explorer.client.urls import build_target, join_url
from explorer.client.viewers.content import BodyContent, present
from explorer.trace.context import new_trace_id
from explorer.trace.events import CLIENT, CLIENT_REQUEST, STARTED, RawEvent
from explorer.ui.bridge import Bridge
from explorer.ui.controllers.compose import ComposeController
from explorer.ui.controllers.tokens import TokenController
from explorer.ui.controllers.verdicts import VerdictController
from explorer.ui.models.response_state import ResponseState
from explorer.ui.panels.compose_room import ComposeRoom
from explorer.ui.tasks import Tasks

_AT_ONCE = 50_000  # bytes; a smaller body is made ready quicker than another thread could be asked


class SendController(QObject):
    """Sends the request in front, and keeps what came of each open request.

    Signals:
        exchanged: a request is over, for better or worse: its `Exchange`, and the `RequestDraft` that was sent.
        trace_started: a request, or the next hop of one, is under way: its `OpenRequest.id`, and its trace id; an empty
            one when nothing was to be sent.
    """

    exchanged = Signal(object, object)
    trace_started = Signal(str, str)

    def __init__(
        self,
        room: ComposeRoom,
        compose: ComposeController,
        tokens: TokenController,
        client: Client,
        bridge: Bridge,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._room = room
        self._compose = compose
        self._verdicts = VerdictController(compose, tasks, self)
        self._open = compose.open_requests
        self._tokens = tokens
        self._client = client
        self._bridge = bridge
        self._tasks = tasks
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._began: dict[str, float] = {}  # by the monotonic clock
        self._stoppable: set[str] = set()  # not those whose answer is just being made ready
        self._states: dict[str, ResponseState] = {}
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
        self._stoppable.add(request_id)
        self._began[request_id] = time.monotonic()
        self._open.begin_sending(request_id, front.draft)
        self._room.request.set_sending(True)
        self._state(request_id).begin()

    def cancel(self) -> None:
        """Stop the request in front; the server sees the connection close."""
        self._cancel(self._open.requests.current)

    async def send_apart(self, draft: RequestDraft, begun: Callable[[str], object]) -> Exchange:
        """Send a draft that is not open; `begun` is called with its trace id, an empty one when nothing was sent."""
        exchange = await self._exchange(draft, begun)
        self.exchanged.emit(exchange, draft)
        return exchange

    def reopen(self, draft: RequestDraft, exchange: Exchange) -> None:
        """Open what was sent before, with the answer that it got, beside what the person composes."""
        self._tasks.start(self._reopen(draft, exchange), "reopen a request")

    def on_open_requests_front_changed(self, request_id: str) -> None:
        """Show what belongs to the request that is in front now."""
        self._room.request.set_sending(False)
        self._room.response.show_state(self._state(request_id))
        if request_id in self._under_way:
            self._room.request.set_sending(True, round(1000 * (time.monotonic() - self._began[request_id])))

    def on_open_requests_closed(self, request_id: str) -> None:
        """Stop a request that nobody waits for any more, and let its answer go."""
        self._cancel(request_id)
        if request_id not in self._under_way:
            self._forget(request_id)

    def _state(self, request_id: str) -> ResponseState:
        if request_id not in self._states:
            self._states[request_id] = ResponseState(self)
        return self._states[request_id]

    def _forget(self, request_id: str) -> None:
        state = self._states.pop(request_id, None)
        if state is not None:
            state.clear()  # a verdict may still be on its way to it
            state.deleteLater()

    def _cancel(self, request_id: str) -> None:
        if request_id in self._stoppable:
            self._stoppable.discard(request_id)
            self._under_way[request_id].cancel()

    async def _reopen(self, draft: RequestDraft, exchange: Exchange) -> None:
        view = await _present(exchange)
        self._compose.look_at(draft)
        request_id = self._open.requests.current
        self.trace_started.emit(request_id, exchange.trace_id)
        state = self._state(request_id)
        state.finish(exchange, view)
        self._verdicts.judge(state)
        self._open.end_sending(request_id, _word(exchange))

    async def _send(self, request_id: str, draft: RequestDraft) -> None:
        begun = partial(self.trace_started.emit, request_id)
        exchange = await self._exchange(draft, begun, self._states.get(request_id))
        self._stoppable.discard(request_id)
        view = await _present(exchange)
        state = self._state(request_id)
        state.finish(exchange, view)
        self._verdicts.judge(state)
        self._end(request_id, _word(exchange))
        if request_id == self._open.requests.current:
            self._room.response.announce_answer()
        self.exchanged.emit(exchange, draft)

    async def _exchange(
        self, draft: RequestDraft, begun: Callable[[str], object], arrival: ResponseState | None = None
    ) -> Exchange:
        def emit(event: RawEvent) -> None:
            if event[3] == CLIENT and event[4] == STARTED and event[7] == CLIENT_REQUEST:
                begun(event[0])
            self._bridge.push(event)

        base_url = self._compose.base_url
        try:
            token = await self._tokens.token_for(draft, base_url)
            if isinstance(token, Exchange):
                begun(token.trace_id)  # the X-ray tells of the last that was sent
                return token
            request = build_request(draft, base_url, token=token)
        except UnsendableRequestError as error:
            begun("")
            return _unsendable(draft, base_url, str(error))
        return await self._client.send(request, emit=emit, arrival=arrival)

    def _end(self, request_id: str, word: str = "") -> None:
        """Take note that a request is over, however it ended: it may even have been stopped before it began."""
        if self._under_way.pop(request_id, None) is None:
            return
        self._stoppable.discard(request_id)
        self._open.end_sending(request_id, word)
        if self._open.requests.find(request_id) is None:
            self._forget(request_id)  # it was closed meanwhile
        elif not word:
            self._state(request_id).clear()
        if request_id == self._open.requests.current:
            self._room.request.set_sending(False)


async def _present(exchange: Exchange) -> BodyContent | None:
    response = exchange.response
    if response is None:
        return None
    try:
        if len(response.body) < _AT_ONCE:
            return present(response)
        return await asyncio.to_thread(present, response)
    except OSError:  # the file that held the body was taken away: all else can still be shown
        return None


def _word(exchange: Exchange) -> str:
    """Return how a request ended, as its tab shows it."""
    if exchange.failure is not None:
        return "stopped" if exchange.failure.cancelled else "failed"
    return str(exchange.response.status) if exchange.response is not None else ""


def _unsendable(draft: RequestDraft, base_url: str, sentence: str) -> Exchange:
    return Exchange(
        trace_id=new_trace_id(),
        request=Request(method=draft.method, url=join_url(base_url, build_target(draft))),
        response=None,
        failure=Failure(stage=CLIENT_REQUEST, sentence=sentence),
        sent_at=time.time(),
        elapsed_ns=0,
    )
