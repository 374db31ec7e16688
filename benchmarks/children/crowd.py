"""Asks a server for several pages in turn, over several connections, a given number of times.

Orders: ``COUNT RATE URL URL…``, at most so many a second; answered with `answers`. Any status will do, for a day of use
has errors in it.
"""

from __future__ import annotations

import asyncio
import re
from functools import partial
from itertools import cycle
from urllib.parse import urlsplit

from typing_extensions import override

from benchmarks.children.talk import next_order, say

CONNECTIONS = 4
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


class Visitor(asyncio.Protocol):
    """One connection: the next request leaves when the answer is complete."""

    def __init__(self, pages: list[bytes], count: int, every_seconds: float, done: asyncio.Future[int]) -> None:
        self._pages = cycle(pages)
        self._count = count
        self._every_seconds = every_seconds
        self._answers = 0
        self._done = done
        self._received = b""
        self._transport: asyncio.Transport | None = None
        self._loop = asyncio.get_running_loop()
        self._next_at = self._loop.time()

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - of a stream it is
        self._transport = transport
        self._ask()

    @override
    def data_received(self, data: bytes) -> None:
        self._received += data
        head, found, body = self._received.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not found or length is None or len(body) < int(length[1]):
            return
        self._received = b""
        self._answers += 1
        self._next_at = max(self._next_at + self._every_seconds, self._loop.time())
        self._loop.call_at(self._next_at, self._ask)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        if not self._done.done():
            self._done.set_result(self._answers)

    def _ask(self) -> None:
        assert self._transport is not None  # noqa: S101 - asked once it is there
        if self._answers == self._count:
            self._transport.close()
        else:
            self._transport.write(next(self._pages))


async def visit(count: int, rate: float, urls: list[str]) -> int:
    """Return how many answers came."""
    parts = urlsplit(urls[0])
    targets = (url.removeprefix(f"{parts.scheme}://{parts.netloc}") for url in urls)
    pages = [f"GET {target} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode("ascii") for target in targets]
    loop = asyncio.get_running_loop()
    each = [count // CONNECTIONS + (number < count % CONNECTIONS) for number in range(CONNECTIONS)]
    done: list[asyncio.Future[int]] = []
    for its_count in each:
        done.append(loop.create_future())
        visitor = partial(Visitor, pages, its_count, CONNECTIONS / rate, done[-1])
        await loop.create_connection(visitor, parts.hostname or "", parts.port or 80)
    return sum(await asyncio.gather(*done))


if __name__ == "__main__":
    while order := next_order():
        count, rate, *urls = order.split()
        say(answers=asyncio.run(visit(int(count), float(rate), urls)))
