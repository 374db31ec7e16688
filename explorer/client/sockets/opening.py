"""From what a person set up to the handshake of a WebSocket, and from the server's answer to what it means."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from explorer.client.build import build_request
from explorer.client.cookies import CookieJar, join_cookies
from explorer.client.draft import BodyKind, RequestDraft
from explorer.client.exchange import Headers
from explorer.client.known_secrets import secrets_in
from explorer.client.sockets.record import SocketDraft
from explorer.client.unsendable import UnsendableRequestError
from explorer.client.urls import split_url
from explorer.trace import context

LARGEST_MESSAGE = 64 * 1024 * 1024  # bytes; what is larger is refused with 1009
_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_ONLY_HTTP = frozenset({"accept", "accept-encoding", "content-type", "content-length"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A handshake that is ready to be sent.

    Attributes:
        url: absolute, ``ws://`` or ``wss://``.
        http_url: the same for the rules of HTTP, such as cookies.
        secure: whether over TLS.
        host: name or address of the server.
        port: of the server.
        target: path and query as the request line carries them.
        headers: all of them, in order.
        key: ``Sec-WebSocket-Key``.
        trace_id: in ``traceparent``; empty without that header.
        secrets: what in it lets somebody in.
    """

    url: str
    http_url: str
    secure: bool
    host: str
    port: int
    target: str
    headers: Headers
    key: str
    trace_id: str
    secrets: tuple[str, ...]

    @property
    def request_line(self) -> str:
        """The first line of the request."""
        return f"GET {self.target} HTTP/1.1"

    def head(self) -> bytes:
        """Return the request's bytes."""
        lines = [self.request_line, *(f"{name}: {text}" for name, text in self.headers)]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def opening_of(
    draft: SocketDraft, base_url: str, jar: CookieJar | None, key: str, *, trace_id: str = "", token: str | None = None
) -> Opening:
    """Return the handshake of a client.

    Args:
        draft: the client.
        base_url: address of the server, ``http://…``; a draft with an address of its own goes there.
        jar: cookies that go along when the draft's options say so; None for none.
        key: ``Sec-WebSocket-Key``.
        trace_id: for ``traceparent``; empty to send none.
        token: OAuth2: the token that the server gave out for the draft's `auth`.

    Raises:
        UnsendableRequestError: something in it cannot be sent.
    """
    request = build_request(_as_http(draft), base_url, token=token)
    origin, target = split_url(request.url)
    scheme, host, port = _address(origin)
    headers = [header for header in request.headers if header[0].lower() not in _ONLY_HTTP]
    given = {name.lower() for name, _ in headers}
    if draft.request.options.use_jar and jar is not None and (kept := jar.for_url(request.url)):
        own = [text for name, text in headers if name.lower() == "cookie"]
        headers = [header for header in headers if header[0].lower() != "cookie"]
        headers.append(("Cookie", join_cookies(own[0] if own else None, kept)))
    usual = _usual(draft, urlsplit(origin).netloc.rpartition("@")[2], key, given)
    traced = bool(trace_id) and draft.request.options.traceparent and context.HEADER not in given
    if traced:
        headers.append((context.HEADER, context.format_traceparent(trace_id, 1)))
    secure = scheme == "https"
    return Opening(
        url=f"{'wss' if secure else 'ws'}{request.url[len(scheme) :]}",
        http_url=request.url,
        secure=secure,
        host=host,
        port=port,
        target=target,
        headers=(*usual, *headers),
        key=key,
        trace_id=trace_id if traced else "",
        secrets=tuple(secrets_in(replace(request, headers=tuple(headers)))),
    )


def accept_of(key: str) -> str:
    """Return the ``Sec-WebSocket-Accept`` that answers a key."""
    return base64.b64encode(hashlib.sha1(key.encode() + _GUID, usedforsecurity=False).digest()).decode()


def header_of(headers: Headers, name: str) -> str | None:
    """Return the first value of a header, whatever its case."""
    return next((text for key, text in headers if key.lower() == name), None)


def read_response_head(raw: bytes) -> tuple[str, int | None, Headers]:
    """Return the first line of a response, its status (None when it has none), and its headers."""
    first, *lines = raw.decode("latin-1").split("\r\n")
    parts = first.split(" ", 2)
    is_http = len(parts) >= 2 and parts[0].startswith("HTTP/") and parts[1].isdecimal()
    headers = tuple(
        (name.strip(), text.strip()) for name, colon, text in (line.partition(":") for line in lines) if colon
    )
    return first, int(parts[1]) if is_http else None, headers


def _as_http(draft: SocketDraft) -> RequestDraft:
    """Return the handshake as the GET that it is; an address typed with ``ws`` gets the scheme that HTTP has for it."""
    request = replace(draft.request, method="GET", body_kind=BodyKind.NONE)
    typed = request.url_override
    if typed is None:
        return request
    for scheme, http in (("ws://", "http://"), ("wss://", "https://")):
        if typed.lower().startswith(scheme):
            return replace(request, url_override=http + typed[len(scheme) :])
    return request


def _usual(draft: SocketDraft, netloc: str, key: str, given: set[str]) -> Headers:
    rows = [
        ("Host", netloc),
        ("Upgrade", "websocket"),
        ("Connection", "Upgrade"),
        ("Sec-WebSocket-Key", key),
        ("Sec-WebSocket-Version", "13"),
    ]
    if draft.compression:
        rows.append(("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits"))
    if draft.subprotocols:
        rows.append(("Sec-WebSocket-Protocol", ", ".join(draft.subprotocols)))
    return tuple(row for row in rows if row[0].lower() not in given)


def _address(origin: str) -> tuple[str, str, int]:
    parts = urlsplit(origin)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise UnsendableRequestError(
            "This is not an address of a WebSocket: it must look like ws://127.0.0.1:8000/ws/echo."
        )
    return parts.scheme, parts.hostname, port or (443 if parts.scheme == "https" else 80)
