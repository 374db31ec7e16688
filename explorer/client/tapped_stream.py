"""A connection that lets us see what passes. Importing this imports httpcore."""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import httpcore

from explorer.client.phases import Phases
from explorer.client.wiretap import Wiretap
from explorer.trace.events import CLIENT_TLS

_SENT_AT_ONCE = 64 * 1024  # bytes that have left before a server can object
_RESCUED_AT_MOST = 1_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Call:
    """Whoever wants to know what happens on the network for one request."""

    phases: Phases
    tap: Wiretap


CALL: ContextVar[Call] = ContextVar("CALL")
"""The request that the running task is about. A connection outlives a request, so it cannot hold this itself."""


class TappedStream(httpcore.AsyncNetworkStream):
    """A connection that tells the current request what passes.

    A server that refuses a large body answers and hangs up while we still send. The failing write would close the
    socket, with the answer unread in it; so we hold the socket a second time and read the answer through that.

    Attributes:
        address: of the other end.
    """

    def __init__(self, inner: httpcore.AsyncNetworkStream, address: str, *, encrypted: bool = False) -> None:
        """`encrypted` says that what is in the socket is not what `inner` reads."""
        self.address = address
        self._inner = inner
        self._encrypted = encrypted
        self._sent = 0  # since the last read
        self._spare: socket.socket | None = None
        self._rescued: bytes | None = None

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's
        """Return what came in; nothing at the end."""
        self._sent = 0
        if self._rescued is not None:
            data, self._rescued = self._rescued, b""
        else:
            self._drop_spare()
            data = await self._inner.read(max_bytes, timeout)
        if data:
            CALL.get().tap.take_received(data, self.address)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - httpcore's
        """Send."""
        self._sent += len(buffer)
        if self._sent > _SENT_AT_ONCE and self._spare is None and not self._encrypted:
            self._spare = self._inner.get_extra_info("socket").dup()
        try:
            await self._inner.write(buffer, timeout)
        except httpcore.WriteError:
            self._rescue()
            raise
        CALL.get().tap.take_sent(buffer)

    async def aclose(self) -> None:
        """Close the connection."""
        self._drop_spare()
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
    ) -> httpcore.AsyncNetworkStream:
        """Return the same connection, encrypted; its bytes are seen as they were before encryption."""
        with CALL.get().phases.step(CLIENT_TLS) as done:
            try:
                inner = await self._inner.start_tls(ssl_context, server_hostname, timeout)
            except BaseException:  # httpcore leaves the connection open when we stop, or the time is over
                await self.aclose()
                raise
            spoken: ssl.SSLObject | None = inner.get_extra_info("ssl_object")
            if spoken is not None:
                done.update(version=spoken.version(), cipher=(spoken.cipher() or ("",))[0])
        return TappedStream(inner, self.address, encrypted=True)

    def get_extra_info(self, info: str) -> Any:
        """Return what httpcore asks of the connection."""
        return self._inner.get_extra_info(info)

    def _rescue(self) -> None:
        """Read what the server had said before it hung up; this does not wait."""
        if self._spare is None:
            return
        rescued = bytearray()
        with suppress(OSError):  # nothing more is there
            while len(rescued) < _RESCUED_AT_MOST and (data := self._spare.recv(_RESCUED_AT_MOST)):
                rescued += data
        if rescued:
            self._rescued = bytes(rescued)
        self._drop_spare()

    def _drop_spare(self) -> None:
        spare, self._spare = self._spare, None
        if spare is not None:
            spare.close()
