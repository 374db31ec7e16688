"""Where the bytes that came in deviate from what HTTP asks for, although they could be read."""

from __future__ import annotations

import re

from explorer.client.exchange import Headers
from explorer.client.wiretap import Wiretap

_BLANK_LINE = re.compile(rb"\n\r?\n")
_INTERIM = re.compile(rb"HTTP/\d\.\d 1(?!01)\d\d")
_LAST_CHUNK_ENDS = b"\r\n\r\n"
_NO_BODY = frozenset({204, 304})


def surplus_of(tap: Wiretap, *, method: str, status: int, headers: Headers) -> int:
    """Return how many bytes came in behind the end of the response; 1 where they cannot be counted."""
    if status == 101 or method == "CONNECT":
        return 0  # they belong to another protocol
    bodiless = method == "HEAD" or status in _NO_BODY
    if _is_chunked(headers) and not bodiless:
        return 0 if tap.tail == _LAST_CHUNK_ENDS else 1
    length = 0 if bodiless else _content_length(headers)
    head = _head_end(tap.received())
    if length is None or head is None:
        return 0
    return max(0, tap.received_size - head - length)


def framing_problem(surplus: int, *, method: str, status: int, headers: Headers) -> str:
    """Return the sentence for bytes behind the end of a response; empty when there are none."""
    if not surplus:
        return ""
    if method == "HEAD" or status in _NO_BODY:
        why = "answers HEAD" if method == "HEAD" else f"has status {status}"
        return f"The server sent {_bytes(surplus)} of body, which a response that {why} cannot have: see them in Wire."
    if _is_chunked(headers):
        return "The server sent more bytes after the last chunk of the body: they are left out, see them in Wire."
    length = _content_length(headers)
    return (
        f"The server sent {_bytes(surplus)} more than its Content-Length says ({length}): "
        "they are left out, see them in Wire."
    )


def head_problem(tap: Wiretap) -> str:
    """Return the sentence for a head whose lines end in a bare line feed; empty when they end as they should."""
    received = tap.received()
    head = received[: _head_end(received)]
    if head.count(b"\n") == head.count(b"\r\n"):
        return ""
    return "Lines of the response's head end in LF alone, where HTTP asks for CR LF: other clients may refuse it."


def expected_length(headers: Headers) -> int | None:
    """Return the Content-Length that counts; None when there is none."""
    return None if _is_chunked(headers) else _content_length(headers)


def _head_end(received: bytes) -> int | None:
    """Return where the head of the response ends, behind any interim ones (100, 103); None when it does not."""
    end = 0
    while match := _BLANK_LINE.search(received, end):
        interim = _INTERIM.match(received, end)
        end = match.end()
        if not interim:
            return end
    return None


def _is_chunked(headers: Headers) -> bool:
    return any(name.lower() == "transfer-encoding" for name, _ in headers)


def _content_length(headers: Headers) -> int | None:
    for name, value in headers:
        if name.lower() == "content-length":
            first = value.partition(",")[0].strip()  # h11 lets several through when they agree
            return int(first) if first.isascii() and first.isdigit() else None
    return None


def _bytes(count: int) -> str:
    return "1 byte" if count == 1 else f"{count:,} bytes"
