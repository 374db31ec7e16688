"""What goes over a WebSocket: its handshake at every layer, and each message once, at the app's outermost edge.

The layers inside let messages pass untold. There may be ten thousand a second, and each would be told by every layer.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from types import MethodType
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect

from ..trace.events import FAILED, FINISHED, NOTED, RECEIVE, SEND, STARTED, WEBSOCKET, Source
from . import describe

MOST_OF_PAYLOAD = 4096
"""Bytes kept of each message."""

CONVERSATION = "conversation"  # the name of the span

CLIENT = "client"
SERVER = "server"
LOST = "lost"
_NO_CODE = 1005
_NO_CLOSE = 1006
_RESTART = 1012
_CRASHED = 1011

Note = Callable[[str, "dict[str, Any]"], object]
_End = tuple[int, str, str]  # code, reason, closed by


def spy_on_handshake(receive: Receive, send: Send, note: Note) -> tuple[Receive, Send]:
    """Return both ends of a layer such that `note` is told of all that crosses it, except for messages."""

    async def spied_receive() -> Message:
        message = await receive()
        if message["type"] != "websocket.receive":
            note(RECEIVE, _describe_handshake(message))
        return message

    def spied_send(message: Message) -> Awaitable[None]:  # no coroutine of its own: every message comes through here
        if message["type"] != "websocket.send":
            note(SEND, _describe_handshake(message))
        return send(message)

    return spied_receive, spied_send


class Conversation:
    """Stands around the whole app for one WebSocket, and records what both sides say once the app has accepted it.

    Args:
        app: the app.
        source: takes the events.
        trace_id: of the handshake.
        connection: the id of the span of its connection.
        server_receive: the server's own, by which its WebSocket protocol may be found.

    """

    def __init__(
        self, app: ASGIApp, *, source: Source, trace_id: str, connection: int, server_receive: Receive
    ) -> None:
        self._app = app
        self._record = source.record
        self._trace_id = trace_id
        self._connection = connection
        self._span_id = source.new_span_id()
        self._protocol = _Protocol(server_receive)
        self._open = False
        self._ended = False
        self._received = 0
        self._sent = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app; what it raises goes on."""
        record, trace_id, span_id, connection = self._record, self._trace_id, self._span_id, self._connection

        async def spied_receive() -> Message:
            message = await receive()
            kind = message["type"]
            if kind == "websocket.receive":
                number, self._received = self._received, self._received + 1
                told = _describe_message(message, number)
                record(trace_id, WEBSOCKET, NOTED, span_id, connection, RECEIVE, told)
            elif kind == "websocket.disconnect":
                self._end(self._protocol.how_it_ended() or _as_told(message))
            return message

        def spied_send(message: Message) -> Awaitable[None]:
            kind = message["type"]
            if kind == "websocket.send":
                number, self._sent = self._sent, self._sent + 1
                record(trace_id, WEBSOCKET, NOTED, span_id, connection, SEND, _describe_message(message, number))
            elif kind == "websocket.accept":
                self._open = True
                record(
                    trace_id, WEBSOCKET, STARTED, span_id, connection, CONVERSATION,
                    {"subprotocol": message.get("subprotocol")},
                )  # fmt: skip
            elif kind == "websocket.close":
                said = (_number(message.get("code"), 1000), _plain(message.get("reason")), SERVER)
                self._end(self._protocol.how_it_ended() or said)
            return send(message)

        try:
            await self._app(scope, spied_receive, spied_send)
        except BaseException as error:
            self._raised(error)
            raise
        else:
            self._end(self._protocol.how_it_ended() or (_NO_CLOSE, "", SERVER))

    def _raised(self, error: BaseException) -> None:
        """Tell of the end by an exception: the client's leaving shows itself as one, too."""
        end = self._protocol.how_it_ended()
        if end is not None:
            self._end(end)
        elif isinstance(error, WebSocketDisconnect):
            self._end((_NO_CLOSE, "", LOST))
        else:
            code = _NO_CLOSE if self._protocol.is_known else _CRASHED
            self._end((code, "", SERVER), FAILED, describe.exception(error))

    def _end(self, end: _End, phase: str = FINISHED, error: dict[str, Any] | None = None) -> None:
        """Tell of the end, unless there was no conversation or it has ended before."""
        if not self._open or self._ended:
            return
        self._ended = True
        code, reason, closed_by = end
        told = {
            "code": code,
            "reason": reason,
            "closed_by": closed_by,
            "received": self._received,
            "sent": self._sent,
            **(error or {}),
        }
        self._record(self._trace_id, WEBSOCKET, phase, self._span_id, self._connection, CONVERSATION, told)


class _Protocol:
    """The server's end of the connection, as far as it can be found: uvicorn has `websockets` do the work.

    What ASGI says of an end does not tell who came first, and uvicorn says 1005 of a connection that was cut.
    """

    def __init__(self, server_receive: Receive) -> None:
        owner = server_receive.__self__ if type(server_receive) is MethodType else None
        found = getattr(owner, "conn", None)
        is_ours = type(found).__module__.partition(".")[0] == "websockets" and hasattr(found, "close_rcvd_then_sent")
        self._protocol: Any = found if is_ours else None
        self._owner: Any = owner

    @property
    def is_known(self) -> bool:
        return self._protocol is not None

    def how_it_ended(self) -> _End | None:
        """Return who ended the connection first, and how; None while it is open, or when that cannot be known."""
        protocol = self._protocol
        if protocol is None:
            return None
        received, sent = protocol.close_rcvd, protocol.close_sent
        if received is not None and protocol.close_rcvd_then_sent is not False:
            return int(received.code), str(received.reason), CLIENT
        if sent is not None:
            return int(sent.code), str(sent.reason), SERVER
        return (_NO_CLOSE, "", LOST) if getattr(self._owner, "disconnected", False) is True else None


def _as_told(message: Message) -> _End:
    """Return what a server says of the end, where nothing better is known."""
    code = _number(message.get("code"), _NO_CODE)
    if code == _NO_CLOSE:
        return code, "", LOST
    return code, _plain(message.get("reason")), SERVER if code == _RESTART else CLIENT


def _describe_message(message: Message, number: int) -> dict[str, Any]:
    """Return what is kept of a message; its whole payload stays the app's."""
    text, data = message.get("text"), message.get("bytes")
    size, payload = 0, b""
    if data is None and isinstance(text, str):
        size, payload = _measure(text)
    elif isinstance(data, (bytes, bytearray)):
        size, payload = len(data), bytes(data[:MOST_OF_PAYLOAD])
    return {"type": message["type"], "size": size, "text": data is None, "payload": payload, "number": number}


def _measure(text: str) -> tuple[int, bytes]:
    """Return the size of a text as it travels, and its beginning; a long text is not encoded for that."""
    if str.isascii(text):
        return str.__len__(text), str.encode(text[:MOST_OF_PAYLOAD])
    encoded = str.encode(text, "utf-8", "surrogatepass")
    return len(encoded), encoded[:MOST_OF_PAYLOAD]


def _describe_handshake(message: Message) -> dict[str, Any]:
    """Return what is kept of a message that opens, refuses or ends a WebSocket."""
    kind = message["type"]
    described: dict[str, Any] = {"type": kind}
    if kind == "websocket.accept":
        described["subprotocol"] = message.get("subprotocol")
        described["headers"] = _headers(message)
    elif kind in ("websocket.close", "websocket.disconnect"):
        described["code"] = _number(message.get("code"), 1000 if kind == "websocket.close" else _NO_CODE)
        described["reason"] = _plain(message.get("reason"))
    elif kind == "websocket.http.response.start":
        described["status"] = message["status"]
        described["headers"] = _headers(message)
    elif kind == "websocket.http.response.body":
        described["size"] = len(message.get("body", b""))
        described["more"] = message.get("more_body", False)
    return described


def _headers(message: Message) -> tuple[tuple[bytes, bytes], ...]:
    return tuple(map(tuple, message.get("headers", ())))


def _number(value: object, otherwise: int) -> int:
    return value if type(value) is int else otherwise


def _plain(value: object) -> str:
    return value[:500] if type(value) is str else ""
