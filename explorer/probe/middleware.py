"""Spies between the layers of middleware: who was entered when, and every ASGI message as it crosses a layer's edge."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from functools import partial
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..trace.context import HEADER, new_trace_id, parse_traceparent
from ..trace.events import (
    CONNECTION,
    FAILED,
    FINISHED,
    MIDDLEWARE,
    NO_PARENT,
    NOTED,
    RECEIVE,
    SEND,
    STARTED,
    Source,
)
from ..trace.housekeeping import AGENT, UNSEEN
from . import describe
from .websocket import Conversation, Note, spy_on_handshake

_HEADER = HEADER.encode()
_HOUSEKEEPING = (b"user-agent", AGENT.encode())
_REMEMBERED = 512

MOST_PAYLOAD = 16_384
"""Bytes kept of a request's body, and of its response's."""


Describe = Callable[[Message], dict[str, Any]]

Here = tuple[str, int]
"""The trace and the span that the running code belongs to; a plain tuple, for one is made at each layer."""

HERE: ContextVar[Here | None] = ContextVar("fastapi_explorer_here", default=None)
"""Set while a traced request runs; handlers in the thread pool and child tasks see a copy."""


class LayerSpy:
    """Stands right outside one layer of middleware and records what passes."""

    def __init__(self, app: ASGIApp, *, source: Source, name: str, data: dict[str, Any]) -> None:
        self.app = app
        self._source = source
        self._name = name
        self._data = data

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Pass the call on; record it when it belongs to a traced request."""
        # No coroutine of its own: there is one such spy for each layer, and each request goes through all of them.
        here = HERE.get()
        if here is None:
            return self.app(scope, receive, send)
        return record_layer(
            self.app, scope, receive, send, source=self._source, here=here, kind=MIDDLEWARE, name=self._name,
            data=self._data,
        )  # fmt: skip


class ConnectionSpy:
    """The outermost spy: gives each request its trace and remembers which are under way.

    Attributes:
        app: the whole middleware stack.
        open: the requests under way, by trace id, as a person would name them: ``GET /items``.

    """

    def __init__(self, app: ASGIApp, *, source: Source, on_request: Callable[[], None] | None = None) -> None:
        """`on_request` is called before each request."""
        self.app = app
        self._source = source
        self._on_request = on_request
        self._seen: OrderedDict[str, None] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Open a trace for a request or a WebSocket; the lifespan and the window's own requests pass untouched."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        if self._on_request is not None:
            self._on_request()
        headers = tuple(scope["headers"])
        if _HOUSEKEEPING in headers:
            await self._pass_unseen(scope, receive, send)
            return
        trace_id, parent_id = self._identify(headers)
        method = scope.get("method", "WS")
        span_id = self._source.new_span_id()
        app: ASGIApp = self.app
        if scope["type"] == "websocket":
            app = Conversation(app, source=self._source, trace_id=trace_id, connection=span_id, server_receive=receive)
        await record_layer(
            app,
            scope,
            receive,
            send,
            source=self._source,
            here=(trace_id, parent_id),
            kind=CONNECTION,
            name=scope["type"],
            data={
                "method": method,
                "path": scope["path"],
                "query": scope.get("query_string", b""),
                "http_version": scope.get("http_version", ""),
                "client": tuple(scope.get("client") or ()),
                "headers": headers,
            },
            span_id=span_id,
        )

    async def _pass_unseen(self, scope: Scope, receive: Receive, send: Send) -> None:
        token = UNSEEN.set(True)
        try:
            await self.app(scope, receive, send)
        finally:
            UNSEEN.reset(token)

    def _identify(self, headers: tuple[tuple[bytes, bytes], ...]) -> tuple[str, int]:
        """Take the trace id the client sent, unless another request came with the same one: traces never mix."""
        for name, value in headers:
            if name == _HEADER:
                parsed = parse_traceparent(value.decode("latin-1"))
                if parsed is not None and parsed[0] not in self._seen:
                    self._remember(parsed[0])
                    return parsed
                break
        return new_trace_id(), NO_PARENT

    def _remember(self, trace_id: str) -> None:
        self._seen[trace_id] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)


async def record_layer(
    app: ASGIApp,
    scope: Scope,
    receive: Receive,
    send: Send,
    *,
    source: Source,
    here: Here,
    kind: str,
    name: str,
    data: dict[str, Any],
    span_id: int | None = None,
) -> None:
    """Call `app` as one span below `here`, with what crosses its edge noted: of a WebSocket, only its handshake."""
    trace_id, parent_id = here
    span_id = span_id or source.new_span_id()
    record = source.record
    note = partial(record, trace_id, kind, NOTED, span_id, parent_id)
    if scope["type"] == "websocket":
        spied_receive, spied_send = spy_on_handshake(receive, send, note)
    else:
        described = Payloads().describe if kind == CONNECTION else describe_message
        spied_receive, spied_send = _spy_on_request(receive, send, note, described)
    record(trace_id, kind, STARTED, span_id, parent_id, name, data)
    token = HERE.set((trace_id, span_id))
    try:
        await app(scope, spied_receive, spied_send)
    except BaseException as error:
        record(trace_id, kind, FAILED, span_id, parent_id, name, describe.exception(error))
        raise
    else:
        record(trace_id, kind, FINISHED, span_id, parent_id, name, {})
    finally:
        HERE.reset(token)


def _spy_on_request(receive: Receive, send: Send, note: Note, described: Describe) -> tuple[Receive, Send]:
    """Return both ends of a layer such that `note` is told of every message that crosses it."""

    async def spied_receive() -> Message:
        message = await receive()
        note(RECEIVE, described(message))
        return message

    def spied_send(message: Message) -> Awaitable[None]:  # no coroutine of its own, as in LayerSpy
        note(SEND, described(message))
        return send(message)

    return spied_receive, spied_send


class Payloads:
    """Describes the messages at the edge of the app, with the first bytes of what they carry."""

    __slots__ = ("_left",)

    def __init__(self) -> None:
        self._left = {"http.request": MOST_PAYLOAD, "http.response.body": MOST_PAYLOAD}

    def describe(self, message: Message) -> dict[str, Any]:
        """Return what is kept of a message; ``payload`` is shorter than ``size`` when there was too much of it."""
        described = describe_message(message)
        left = self._left.get(described["type"])
        if left:
            payload = bytes(message.get("body", b"")[:left])
            self._left[described["type"]] = left - len(payload)
            described["payload"] = payload
        return described


def describe_message(message: Message) -> dict[str, Any]:
    """Return what is kept of an ASGI message: its type, status and headers, and the size of what it carries."""
    kind = message["type"]
    described: dict[str, Any] = {"type": kind}
    if kind in ("http.response.body", "http.request"):
        described["size"] = len(message.get("body", b""))
        described["more"] = message.get("more_body", False)
    elif kind == "http.response.start":
        described["status"] = message["status"]
        described["headers"] = tuple(map(tuple, message.get("headers", ())))
    return described
