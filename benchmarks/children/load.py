"""Asks a server for the same page again and again over several connections, as fast as it answers.

It speaks just enough HTTP to know where an answer ends: a whole client would be the slower side.
Orders: ``URL SECONDS``, answered with `answers` and `seconds`.
"""

from __future__ import annotations

import asyncio
import re
import time
from functools import partial
from urllib.parse import urlsplit

from typing_extensions import override

from benchmarks.children.talk import next_order, say

CONNECTIONS = 8
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


class Asker(asyncio.Protocol):
    """One connection: the next request leaves when the answer is complete."""

    def __init__(self, request: bytes) -> None:
        self.answers = 0
        self.transport: asyncio.Transport | None = None
        self._request = request
        self._received = b""

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - of a stream it is
        self.transport = transport
        transport.write(self._request)

    @override
    def data_received(self, data: bytes) -> None:
        self._received += data
        head, found, body = self._received.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not found or length is None or len(body) < int(length[1]):
            return
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(head.decode("latin-1"))
        self.answers += 1
        self._received = b""
        if self.transport is not None:
            self.transport.write(self._request)


def _same(asker: Asker) -> Asker:
    return asker


async def load(url: str, seconds: float) -> tuple[int, float]:
    """Return how many answers came in how many seconds."""
    parts = urlsplit(url)
    request = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode("ascii")
    loop = asyncio.get_running_loop()
    askers = [Asker(request) for _ in range(CONNECTIONS)]
    began = time.perf_counter()
    for asker in askers:
        await loop.create_connection(partial(_same, asker), parts.hostname or "", parts.port or 80)
    await asyncio.sleep(seconds)
    took = time.perf_counter() - began
    for asker in askers:
        if asker.transport is not None:
            asker.transport.abort()
    return sum(asker.answers for asker in askers), took


if __name__ == "__main__":
    while order := next_order():
        url, _, seconds = order.partition(" ")
        answers, took = asyncio.run(load(url, float(seconds)))
        say(answers=answers, seconds=took)
