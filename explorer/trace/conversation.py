"""A WebSocket's conversation, as its trace tells it: who said what and when, and how it came to an end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .events import RECEIVE, SEND, WEBSOCKET
from .model import Span, Trace

CONNECTION_NAME = "websocket"  # of the span of a connection


@dataclass(frozen=True, slots=True)
class Message:
    """One message, or several that a long conversation sums up.

    Attributes:
        at_ns: when the app took it or gave it out.
        to_server: whether the client said it.
        size: in bytes; of all of them when there are several.
        is_text: whether it is text.
        payload: its beginning.
        place: which message of the conversation it is, from 1.
        count: how many it stands for.

    """

    at_ns: int
    to_server: bool
    size: int
    is_text: bool
    payload: bytes
    place: int
    count: int = 1


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was said.

    Attributes:
        span: of the conversation.
        messages: in order; of a long one its beginning and its end, and between them what they sum up.
        received: how many messages came from the client.
        sent: how many went to the client.

    """

    span: Span
    messages: tuple[Message, ...]
    received: int
    sent: int


def conversation(trace: Trace) -> Conversation | None:
    """Return the conversation of a trace; None where there is none: of a request, or a handshake that was refused."""
    span = trace.find(WEBSOCKET)
    if span is None:
        return None
    messages = tuple(_messages(span))
    received = sum(message.count for message in messages if message.to_server)
    sent = sum(message.count for message in messages if not message.to_server)
    # Its end knows the numbers even when a message was forgotten on the way.
    return Conversation(span, messages, span.data.get("received", received), span.data.get("sent", sent))


def _messages(span: Span) -> Iterator[Message]:
    place = 0
    for note in span.notes:
        if note.name not in (RECEIVE, SEND):
            continue
        data = note.data
        count = int(data.get("count", 1))
        place += count
        yield Message(
            note.at_ns,
            note.name == RECEIVE,
            int(data.get("size", 0)),
            bool(data.get("text")),
            data.get("payload", b""),
            place,
            count,
        )
