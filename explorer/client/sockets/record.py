"""What is known of one WebSocket, from the client's end: plain values that the log, the ladder and the window share."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from explorer.client.draft import RequestDraft
from explorer.client.exchange import Headers

METHOD = "WS"  # of the draft of a WebSocket, where other drafts have GET or POST


class MessageKind(enum.StrEnum):
    """What a person writes."""

    TEXT = "text"
    JSON = "json"  # text that has to be JSON to make sense; it is sent as typed
    HEX = "hex"  # binary, as hexadecimal digits
    FILE = "file"  # binary, the bytes of a file


class FrameKind(enum.StrEnum):
    """What a frame is, after RFC 6455. A message in several frames is one entry, of its first frame's kind."""

    TEXT = "text"
    BINARY = "binary"
    PING = "ping"
    PONG = "pong"
    CLOSE = "close"
    HANDSHAKE = "handshake"  # no frame: the HTTP request, or its response


class Direction(enum.StrEnum):
    """Which way, as the client sees it."""

    SENT = "sent"
    RECEIVED = "received"


class SocketState(enum.StrEnum):
    """Where a socket is in its life."""

    IDLE = "idle"  # never connected
    CONNECTING = "connecting"
    OPEN = "open"
    CLOSING = "closing"  # a close frame is on its way
    CLOSED = "closed"  # both ends said so
    REFUSED = "refused"  # the server answered the handshake with something else than 101
    FAILED = "failed"  # the connection broke, or never came about


class ClosedBy(enum.StrEnum):
    """Who ended it."""

    CLIENT = "client"
    SERVER = "server"
    NOBODY = "nobody"  # the connection was lost


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameHead:
    """The first bytes of a frame as they crossed the socket.

    Attributes:
        fin: whether it is the last frame of its message.
        rsv: the three reserved bits; the first means compressed.
        opcode: 0 to 15.
        length: of the payload in bytes, as the frame says.
        mask_key: four bytes; None when the payload is not masked.
        start: the first bytes of the payload as they travelled, masked if there is a mask.
    """

    fin: bool
    rsv: int
    opcode: int
    length: int
    mask_key: bytes | None
    start: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Handshake:
    """The opening of a WebSocket: an HTTP request and its response.

    Attributes:
        request_line: such as ``GET /ws/lobby?name=ana HTTP/1.1``.
        request_headers: as sent.
        sent_at_ns: on the clock of all events.
        status: of the response; None while there is none.
        response_line: such as ``HTTP/1.1 101 Switching Protocols``.
        response_headers: as received.
        answered_at_ns: on the clock of all events; None while there is no response.
        body: of a response that refuses, its beginning.
        accept_valid: whether ``Sec-WebSocket-Accept`` is what RFC 6455 asks for; None while there is no 101.
        subprotocol: which one the server chose; None for none.
        extensions: what both agreed on, such as ``permessage-deflate``.
    """

    request_line: str
    request_headers: Headers
    sent_at_ns: int
    status: int | None = None
    response_line: str = ""
    response_headers: Headers = ()
    answered_at_ns: int | None = None
    body: bytes = b""
    accept_valid: bool | None = None
    subprotocol: str | None = None
    extensions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a socket's log. The whole payload stays in the log, see `explorer.client.sockets.log`.

    Attributes:
        number: from 0, in the order of the log; gaps do not occur.
        at_ns: when it was sent, or had arrived, on the clock of all events; of a handshake, when it was asked for.
        direction: which way; a handshake is one entry, SENT, whose payload is the request's head and the response.
        kind: what it is.
        size: of the payload in bytes, uncompressed.
        start: the first bytes of the payload, uncompressed and unmasked.
        frames: in how many frames it came.
        head: its first frame as it crossed the socket; None for a handshake.
        index: among the messages (text and binary) of its direction, from 0: by this it finds the server's event; None
            for everything else.
        automatic: whether nobody asked for it: a pong, the answer to a close.
        code: of a close frame; the status of a handshake's response; None without one, and for all others.
        reason: of a close frame.
        problem: what is wrong with it, one sentence; None normally.
    """

    number: int
    at_ns: int
    direction: Direction
    kind: FrameKind
    size: int
    start: bytes = b""
    frames: int = 1
    head: FrameHead | None = None
    index: int | None = None
    automatic: bool = False
    code: int | None = None
    reason: str = ""
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SocketStatus:
    """How a socket stands.

    Attributes:
        state: where it is in its life.
        since_ns: when it got there, on the clock of all events.
        code: the close code that counts (1005 for a close frame without one, 1006 for none at all); None while open.
        reason: what the closing end said.
        closed_by: who ended it; None while open.
        sentence: what happened and what to do, for a person; empty while all is well.
        trace_id: of its handshake, as sent in ``traceparent``; empty before that.
    """

    state: SocketState = SocketState.IDLE
    since_ns: int = 0
    code: int | None = None
    reason: str = ""
    closed_by: ClosedBy | None = None
    sentence: str = ""
    trace_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """What a person is about to send through a socket.

    Attributes:
        kind: how `text` is meant.
        text: as typed; for a file its absolute path.
        repeat_seconds: send it again and again, this far apart; None for once.
    """

    kind: MessageKind = MessageKind.TEXT
    text: str = ""
    repeat_seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SocketDraft:
    """One client of a WebSocket as a person sets it up: immutable, and plain enough to be saved as JSON.

    Attributes:
        id: unique among the clients of the window.
        name: what a person calls it, such as ``Ana``.
        request: path, query, headers, cookies and proof of identity of the handshake; its method is `METHOD`.
        subprotocols: offered to the server, the best first.
        compression: whether ``permessage-deflate`` is offered. Off by default: frames can be read then.
        composed: what is being written, by its kind; switching the kind loses nothing.
        kind: the kind in front.
        sent: what was sent before, the newest last, for recalling.
    """

    id: str
    name: str
    request: RequestDraft
    subprotocols: tuple[str, ...] = ()
    compression: bool = False
    composed: tuple[Composed, ...] = field(default_factory=tuple)
    kind: MessageKind = MessageKind.TEXT
    sent: tuple[Composed, ...] = ()
