"""Records the very bytes that cross the socket for one request."""

from __future__ import annotations

from explorer.client.exchange import Wire

KEPT = 1_000_000  # bytes of each way that are kept to be shown


class Wiretap:
    """Takes the bytes of one request and its response as they pass.

    Attributes:
        address: of the server that answered, such as ``127.0.0.1:8000``; empty before the first byte came.
        sent_size: bytes that went out.
        received_size: bytes that came in.
        tail: the last four bytes that came in.
    """

    __slots__ = ("_received", "_sent", "address", "received_size", "sent_size", "tail")

    def __init__(self) -> None:
        self.address = ""
        self.sent_size = 0
        self.received_size = 0
        self.tail = b""
        self._sent: list[bytes] = []
        self._received: list[bytes] = []

    def take_sent(self, data: bytes) -> None:
        """Take bytes that went out."""
        room = KEPT - self.sent_size
        if room > 0:
            self._sent.append(bytes(data[:room]))
        self.sent_size += len(data)

    def take_received(self, data: bytes, address: str) -> None:
        """Take bytes that came in from `address`."""
        room = KEPT - self.received_size
        if room > 0:
            self._received.append(data if len(data) <= room else data[:room])
        self.received_size += len(data)
        self.address = address
        self.tail = data[-4:] if len(data) >= 4 else (self.tail + data)[-4:]

    def received(self) -> bytes:
        """Return the beginning of what came in."""
        if len(self._received) > 1:
            self._received = [b"".join(self._received)]
        return self._received[0] if self._received else b""

    def wire(self) -> Wire:
        """Return what was recorded."""
        return Wire(
            sent=b"".join(self._sent),
            received=self.received(),
            sent_size=self.sent_size,
            received_size=self.received_size,
        )
