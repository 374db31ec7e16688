"""ASGI messages in words: which way each went, what it said, and how much it carried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from explorer.client.exchange import Headers
from explorer.client.redaction import redacted_headers
from explorer.client.sockets.close_codes import close_code
from explorer.client.status import meaning
from explorer.trace.events import RECEIVE, SEND, WEBSOCKET
from explorer.trace.journey import Journey
from explorer.trace.model import Note, Span
from explorer.ui.wording import count_text


@dataclass(frozen=True, slots=True, kw_only=True)
class AsgiMessage:
    """One message, or several of a long stream that are summed up.

    Attributes:
        key: what stays the same while there are more of them.
        at_ns: when it crossed the edge, on the clock of all events.
        goes_in: whether it goes to the app.
        kind: its type, such as ``http.response.start``.
        what: what it says, in words.
        size: bytes that it carries; None for a message that carries none.
        count: how many it stands for.
        headers: those it carries, secrets masked.
        payload: its bytes as far as they were kept; None where none ever are.
        is_text: whether a message of a WebSocket is text.
        more: whether more of a body follows.

    """

    key: str
    at_ns: int
    goes_in: bool
    kind: str
    what: str
    size: int | None = None
    count: int = 1
    headers: Headers = ()
    payload: bytes | None = None
    is_text: bool = False
    more: bool = False


def messages_of(span: Span) -> tuple[AsgiMessage, ...]:
    """Return what crossed the outer edge of a layer, in its order."""
    return tuple(_messages(span))


def edge_messages(journey: Journey) -> tuple[AsgiMessage, ...]:
    """Return what crossed the outer edge of the app, in its order: those of a WebSocket's conversation among them."""
    connection = journey.trace.connection
    if connection is None:
        return ()
    spans = [connection, *(child for child in connection.walk() if child.kind == WEBSOCKET)]
    return tuple(sorted((message for span in spans for message in _messages(span)), key=lambda m: m.at_ns))


def headers_of(data: Any) -> Headers:
    """Return headers as ASGI gives them, in words, secrets masked."""
    return redacted_headers(tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in data))


def _messages(span: Span) -> Iterator[AsgiMessage]:
    for note in span.notes:
        if note.name in (RECEIVE, SEND):
            yield _message(span, note)


def _message(span: Span, note: Note) -> AsgiMessage:
    data = note.data
    size = data.get("size")
    payload = data.get("payload")
    return AsgiMessage(
        key=f"{span.span_id}:{note.seq}",
        at_ns=note.at_ns,
        goes_in=note.name == RECEIVE,
        kind=str(data.get("type", "")),
        what=_words(note),
        size=int(size) if size is not None else None,
        count=int(data.get("count", 1)),
        headers=headers_of(data.get("headers", ())),
        payload=bytes(payload) if payload is not None else None,
        is_text=bool(data.get("text")),
        more=bool(data.get("more")),
    )


def _words(note: Note) -> str:
    data = note.data
    count = int(data.get("count", 1))
    match data.get("type"):
        case "http.response.start" | "websocket.http.response.start":
            status = int(data.get("status", 0))
            return f"{status} {meaning(status)[0]}, {count_text(len(data.get('headers', ())), 'header')}"
        case "http.request" | "http.response.body" | "websocket.http.response.body":
            return _body_words(int(data.get("size", 0)), count, more=bool(data.get("more")))
        case "http.disconnect":
            return "the client has all of it, or is gone"
        case "websocket.connect":
            return "a client wants to connect"
        case "websocket.accept":
            chosen = data.get("subprotocol")
            return f"accepted, subprotocol {chosen}" if chosen else "accepted"
        case "websocket.receive" | "websocket.send":
            kind = "text" if data.get("text") else "binary"
            return f"{count:,} messages, summed up" if count > 1 else kind
        case "websocket.close" | "websocket.disconnect":
            code = int(data.get("code", 0))
            said = f"{code} {close_code(code).name}"
            return f"{said}: {data['reason']}" if data.get("reason") else said
    return ""


def _body_words(size: int, count: int, *, more: bool) -> str:
    end = "more follows" if more else "the last"
    if count > 1:
        return f"{count:,} messages, summed up; {end}"
    return end if size else f"empty, {end}"
