"""A request that the server recorded becomes a draft, to be sent again or changed, whoever sent it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from explorer.client.build import usual_headers
from explorer.client.draft import Auth, BodyKind, FormField, RequestDraft, SendOptions
from explorer.client.header_names import spelled
from explorer.client.importing.fitting import fitted_rows, with_fields
from explorer.client.importing.values import auth_of, cookie_text, form_fields
from explorer.client.matching import draft_from_target
from explorer.client.multipart import boundary_of, read_parts, write_parts
from explorer.client.payload import Payload
from explorer.client.urls import recorded_target
from explorer.openapi.media_types import MULTIPART, URLENCODED, essence
from explorer.openapi.operations import Catalogue
from explorer.trace.events import RECEIVE
from explorer.trace.model import Span, Trace

_MADE_ANEW = frozenset(
    {
        "connection",
        "content-length",
        "host",
        "keep-alive",
        "proxy-connection",
        "te",
        "traceparent",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""Headers that are of one connection, or that sending makes."""

_NEVER_CAME = "This request never reached the server: send it from Compose."
_SOCKET = "This is a WebSocket: connect to it again in the Sockets room."
_ARRIVING = "The body of this request is still on its way: wait until it is here."
_UNREAD = "The app answered without reading the body, so nobody knows it: send the request again from its own client."
_CUT = "Only the first {kept:,} of {size:,} bytes of the body were kept: send the request again from its own client."


class CannotReplayError(Exception):
    """A recorded request cannot be sent again; the message is a sentence for the person."""


def obstacle(trace: Trace) -> str:
    """Return why a request cannot be sent again, as a sentence; empty when it can be."""
    connection = trace.connection
    if connection is None:
        return _NEVER_CAME
    if connection.name == "websocket":
        return _SOCKET
    body = _Body.of(connection)
    if not body.complete:
        return _ARRIVING if connection.ended_ns is None else _UNREAD
    kept = len(body.content)
    return _CUT.format(kept=kept, size=body.size) if kept < body.size else ""


def draft_of(trace: Trace, catalogue: Catalogue, keep: Callable[[bytes], Path]) -> RequestDraft:
    """Return the draft that sends a recorded request again, for its operation if there is one.

    It sends the cookies that were sent, none of ours, and follows no redirect: that was another request.

    Args:
        trace: the request.
        catalogue: what the server offers.
        keep: puts bytes that are no text into a file, and returns which.

    Raises:
        CannotReplayError: not all of the request is known, or it is a WebSocket.
        OSError: `keep` did.
    """
    sentence, connection = obstacle(trace), trace.connection
    if sentence or connection is None:
        raise CannotReplayError(sentence)
    data = connection.data
    target = recorded_target(data["path"], bytes(data["query"]))
    draft = draft_from_target(data["method"], target, "", catalogue, catalogue.document)
    head = _Head.of(data["headers"])
    draft = _with_body(draft, _Body.of(connection).content, head, keep)
    found = head.auth or Auth()
    return replace(
        draft,
        values=fitted_rows(draft, head.headers, head.cookies),
        auth=replace(draft.auth, kind=found.kind, token=found.token, username=found.username, password=found.password),
        options=SendOptions(use_jar=False, follow_redirects=False),
    )


@dataclass(slots=True)
class _Head:
    """The headers of a request, each where a draft has its place."""

    headers: list[tuple[str, str]]
    cookies: list[tuple[str, str]]
    auth: Auth | None = None

    @classmethod
    def of(cls, raw: tuple[tuple[bytes, bytes], ...]) -> Self:
        """Sort the headers that a server told of."""
        head = cls([], [])
        pairs = [(name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in raw]
        listed = ",".join(value for name, value in pairs if name == "connection")
        gone = _MADE_ANEW | {name.strip().lower() for name in listed.split(",")}
        usual = {(name.lower(), text) for name, text in usual_headers()}
        for name, text in pairs:
            if name in gone or (name, text) in usual:
                continue
            auth = auth_of(text) if name == "authorization" and head.auth is None else None
            cookies = _cookies(text) if name == "cookie" else None
            if auth is not None:
                head.auth = auth
            elif cookies is not None:
                head.cookies += cookies
            else:
                head.headers.append((spelled(name), text))
        return head

    def take(self, name: str) -> str:
        """Take the value of a header out; empty for none."""
        found = next((text for key, text in self.headers if key == name), "")
        self.headers = [header for header in self.headers if header[0] != name]
        return found


@dataclass(frozen=True, slots=True)
class _Body:
    """The body of a request as far as the app read it and the trace kept it."""

    content: bytes
    size: int
    complete: bool

    @classmethod
    def of(cls, connection: Span) -> Self:
        """Put the pieces together."""
        pieces = [note.data for note in connection.notes if note.name == RECEIVE and "size" in note.data]
        size = sum(piece["size"] for piece in pieces)
        headers = dict(connection.data["headers"])
        announced = int(headers.get(b"content-length", b"0"))
        read = not pieces[-1]["more"] if pieces else b"transfer-encoding" not in headers and announced == 0
        return cls(b"".join(piece.get("payload", b"") for piece in pieces), size, read or 0 < announced <= size)


def _cookies(header: str) -> list[tuple[str, str]] | None:
    """Return what a Cookie header holds; None for one that rows could not give back."""
    pairs = [piece.strip().partition("=") for piece in header.split(";")]
    if not all(name and equals for name, equals, _ in pairs):
        return None
    return [(name, cookie_text(text)) for name, _, text in pairs]


def _with_body(draft: RequestDraft, content: bytes, head: _Head, keep: Callable[[bytes], Path]) -> RequestDraft:
    if not content:
        return replace(draft, body_kind=BodyKind.NONE)
    media_type = head.take("Content-Type")
    text = _text(content)
    if media_type.lower() == URLENCODED and text is not None and (fields := form_fields(text)) is not None:
        return with_fields(draft, BodyKind.URLENCODED, fields)
    if essence(media_type) == MULTIPART and (fields := _parts(content, media_type)) is not None:
        return with_fields(draft, BodyKind.MULTIPART, fields)
    if text is not None and essence(media_type) != MULTIPART:
        return replace(draft, body_kind=BodyKind.TEXT, body=text, media_type=media_type)
    return replace(draft, body_kind=BodyKind.FILE, file=str(keep(content)), media_type=media_type)


def _parts(content: bytes, media_type: str) -> tuple[FormField, ...] | None:
    """Return the rows of a form in parts; None for one with files, or that we would write otherwise."""
    boundary = boundary_of(media_type) or ""
    parts = read_parts(Payload.of(content), boundary)
    if parts is None or write_parts(parts, boundary) != Payload.of(content):
        return None
    fields = []
    for part in parts:
        text = _text(part.content) if isinstance(part.content, bytes) and part.file_name is None else None
        if text is None:
            return None
        fields.append(FormField(name=part.name, text=text, content_type=part.content_type))
    return tuple(fields)


def _text(content: bytes) -> str | None:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return None
