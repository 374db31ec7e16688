"""The server's answer to a handshake, kept as it came."""

from __future__ import annotations

from dataclasses import replace

from explorer.client.exchange import Headers
from explorer.client.sockets.opening import accept_of, header_of, read_response_head
from explorer.client.sockets.record import Handshake

MOST_BODY = 64_000  # bytes that are kept of the body of a refusal
LONGEST_HEAD = 1_000_000
_END = b"\r\n\r\n"


class Answer:
    """Takes the bytes of the answer.

    Attributes:
        raw: the head, and the beginning of the body.
        whole: whether the head is complete.
        status: of the response; None when it is no HTTP.
        reason: the phrase behind it.
        headers: as received.
    """

    def __init__(self) -> None:
        self.raw = b""
        self.whole = False
        self.line = ""
        self.status: int | None = None
        self.reason = ""
        self.headers: Headers = ()
        self._head_size = 0

    @property
    def body(self) -> bytes:
        """The beginning of the body; empty for a 101."""
        return self.raw[self._head_size :] if self.whole else b""

    def take(self, data: bytes) -> tuple[bytes, bytes]:
        """Take some bytes; returns those of the answer, and those of the frames behind a 101."""
        if self.whole:
            self.raw += data[: MOST_BODY + self._head_size - len(self.raw)]
            return data, b""
        before = len(self.raw)
        self.raw += data
        end = self.raw.find(_END)
        if end < 0:
            self.raw = self.raw[:LONGEST_HEAD]
            return data, b""
        self._head_size = end + len(_END)
        self.whole = True
        self.line, self.status, self.headers = read_response_head(self.raw[:end])
        self.reason = self.line.split(" ", 2)[2] if self.line.count(" ") >= 2 else ""
        if self.status != 101:
            return data, b""
        cut = self._head_size - before
        self.raw = self.raw[: self._head_size]
        return data[:cut], data[cut:]

    def complete(self, handshake: Handshake, key: str, at_ns: int) -> Handshake:
        """Return the handshake with what was answered."""
        accept = header_of(self.headers, "sec-websocket-accept")
        extensions = header_of(self.headers, "sec-websocket-extensions") or ""
        return replace(
            handshake,
            status=self.status,
            response_line=self.line,
            response_headers=self.headers,
            answered_at_ns=at_ns,
            body=self.body,
            accept_valid=accept == accept_of(key) if self.status == 101 else None,
            subprotocol=header_of(self.headers, "sec-websocket-protocol"),
            extensions=tuple(name.strip() for name in extensions.split(",") if name.strip()),
        )
