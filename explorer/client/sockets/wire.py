"""The connection below a WebSocket: bytes both ways, in portions that leave the event loop to others."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

SLICE_NS = 4_000_000  # how long what came in is worked on in one go
PIECE = 8192  # bytes that are worked on between two looks at the clock
STOP_READING = 512_000  # bytes that may wait to be worked on; beyond that the network waits
GO_ON_READING = 64_000
MOST_IN_TRANSPORT = 256_000  # bytes that the transport holds before it says that the server does not read


@dataclass(frozen=True, slots=True)
class WireListener:
    """Who hears of a wire.

    Attributes:
        on_bytes: takes what came in, and when it arrived.
        on_end: called once, after all bytes, with what broke it, or None.
        on_writable: called when the network takes more again, after `Wire.writable` was False.
    """

    on_bytes: Callable[[bytes, int], object]
    on_end: Callable[[BaseException | None], object]
    on_writable: Callable[[bool], object]


class Wire(asyncio.Protocol):
    """One TCP or TLS connection.

    Attributes:
        writable: whether the network takes what is written.
    """

    def __init__(self, listener: WireListener) -> None:
        """Make one for `create_connection` of the loop that runs."""
        self.writable = True
        self._loop = asyncio.get_running_loop()
        self._listener = listener
        self._transport: asyncio.Transport | None = None
        self._waiting: deque[tuple[bytes, int]] = deque()
        self._waiting_size = 0
        self._reading = True
        self._working: asyncio.Handle | None = None
        self._end: tuple[BaseException | None] | None = None

    @property
    def transport(self) -> asyncio.Transport:
        """The transport; there is one once the connection was made."""
        assert self._transport is not None  # noqa: S101 - nobody has a wire before it is connected
        return self._transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the transport."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.set_write_buffer_limits(high=MOST_IN_TRANSPORT)

    def data_received(self, data: bytes) -> None:
        """Take what came in, and work on it soon."""
        self._waiting.append((data, time.perf_counter_ns()))
        self._waiting_size += len(data)
        if self._waiting_size > STOP_READING and self._reading:
            self._reading = False
            self.transport.pause_reading()
        if self._working is None:
            self._work()

    def eof_received(self) -> bool:
        """Let the transport close; `connection_lost` follows."""
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell of the end, once all that came before was worked on."""
        self._end = (exc,)
        if self._working is None:
            self._work()

    def pause_writing(self) -> None:
        """Write no more for now."""
        self.writable = False
        self._listener.on_writable(False)

    def resume_writing(self) -> None:
        """Go on writing."""
        self.writable = True
        self._listener.on_writable(True)

    def write(self, data: bytes) -> None:
        """Send bytes; what cannot go out is dropped, since the end is told by `on_end`."""
        if not self.transport.is_closing():
            self.transport.write(data)

    def write_eof(self) -> None:
        """Say that nothing more comes; over TLS the connection is closed, which cannot be halved."""
        if self.transport.is_closing():
            return
        if self.transport.can_write_eof():
            self.transport.write_eof()
        else:
            self.transport.close()

    def abort(self) -> None:
        """Cut the connection; what waits to go out is lost."""
        self.transport.abort()

    def held(self) -> int:
        """Return how many bytes wait in the transport to go out."""
        return self.transport.get_write_buffer_size()

    def _work(self) -> None:
        self._working = None
        until = time.perf_counter_ns() + SLICE_NS
        while self._waiting:
            data, at_ns = self._waiting.popleft()
            for begin in range(0, len(data), PIECE):
                self._waiting_size -= len(data[begin : begin + PIECE])
                self._listener.on_bytes(data[begin : begin + PIECE], at_ns)
                if time.perf_counter_ns() > until and (rest := data[begin + PIECE :]):
                    self._waiting.appendleft((rest, at_ns))
                    break
            if time.perf_counter_ns() > until:
                break
        if not self._reading and self._waiting_size < GO_ON_READING and self._end is None:
            self._reading = True
            self.transport.resume_reading()
        if self._waiting:
            self._working = self._loop.call_soon(self._work)
        elif self._end is not None:
            (error,), self._end = self._end, None
            self._listener.on_end(error)
