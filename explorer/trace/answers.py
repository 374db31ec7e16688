"""What a layer answered, read from the messages that crossed its edge: of a request, and of a WebSocket's handshake."""

from __future__ import annotations

from typing import Any

from .events import SEND
from .model import Note, Span

SWITCHED = 101
REFUSED = 403
"""What a server answers when an app closes a WebSocket that it has not accepted."""

_ANSWERS = ("http.response.start", "websocket.accept", "websocket.close", "websocket.http.response.start")


def answer_of(span: Span) -> Note | None:
    """Return the message by which a layer answers: the start of a response, or a WebSocket's acceptance or refusal."""
    for note in span.notes:
        if note.name == SEND and note.data.get("type") in _ANSWERS:
            return note
    return None


def status_of(answer: Note) -> int | None:
    """Return the status that a client sees."""
    kind = answer.data.get("type")
    if kind == "websocket.accept":
        return SWITCHED
    if kind == "websocket.close":
        return REFUSED
    status = answer.data.get("status")
    return status if isinstance(status, int) else None


def changes_of(inner: Span, inner_out: Note, span: Span, out: Note) -> dict[str, Any]:
    """Return what a layer did to the response: headers added, changed and removed, bytes and messages in and out."""
    before, after = header_map(inner_out), header_map(out)
    return {
        "added": tuple(name for name in after if name not in before),
        "changed": tuple(name for name in after if name in before and after[name] != before[name]),
        "removed": tuple(name for name in before if name not in after),
        "size_before": body_size(inner),
        "size_after": body_size(span),
        "messages_before": body_count(inner),
        "messages_after": body_count(span),
    }


def _bodies(span: Span) -> list[Note]:
    return [n for n in span.notes if n.name == SEND and n.data.get("type") == "http.response.body"]


def body_size(span: Span) -> int:
    """Return how many bytes of a body crossed a layer's edge."""
    return sum(int(note.data.get("size", 0)) for note in _bodies(span))


def body_count(span: Span) -> int:
    """Return in how many messages they came."""
    return sum(int(note.data.get("count", 1)) for note in _bodies(span))


def last_body(span: Span) -> int | None:
    """Return when the last of them came; None before that."""
    return next((note.at_ns for note in _bodies(span) if not note.data.get("more")), None)


def header_map(start: Note) -> dict[str, tuple[str, ...]]:
    """Return the headers of the start of a response: the values of each name, which is in lower case."""
    headers: dict[str, tuple[str, ...]] = {}
    for name, value in start.data.get("headers", ()):
        key = name.decode("latin-1").lower()
        headers[key] = (*headers.get(key, ()), value.decode("latin-1"))
    return headers
