"""Our own way to the network: httpx hides when a name is looked up, and what crosses the socket.

Importing this imports httpcore, so only modules that are imported late do it.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import httpcore

from explorer.client.phases import Phases
from explorer.client.wiretap import Wiretap
from explorer.trace.events import CLIENT_CONNECT, CLIENT_DNS, CLIENT_TLS

# A response with 10,000 headers is to be shown, and httpcore stops reading a head at 100 KB; its only setting for that
# is this attribute. Bounded all the same: a head that never ends must not fill the memory.
LARGEST_HEAD = 8_000_000
httpcore.AsyncHTTP11Connection.MAX_INCOMPLETE_EVENT_SIZE = LARGEST_HEAD


@dataclass(frozen=True, slots=True)
class Call:
    """Whoever wants to know what happens on the network for one request."""

    phases: Phases
    tap: Wiretap


CALL: ContextVar[Call] = ContextVar("CALL")
"""The request that the running task is about. A connection outlives a request, so it cannot hold this itself."""


class Network(httpcore.AsyncNetworkBackend):
    """Looks names up, connects and listens in."""

    def __init__(self) -> None:
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address of `host` that answers, all within `timeout` seconds."""
        phases = CALL.get().phases
        deadline = None if timeout is None else time.monotonic() + timeout
        if _is_numeric(host):
            addresses: tuple[str, ...] = (host,)
        else:
            with phases.step(CLIENT_DNS, {"host": host}) as found:
                addresses = await _look_up(host, port, timeout)
                found["addresses"] = addresses
        with phases.step(CLIENT_CONNECT, {"host": host, "port": port}) as done:
            stream = await self._first(addresses, port, deadline, local_address, socket_options)
            done["address"] = stream.address
        return stream

    async def _first(
        self,
        addresses: tuple[str, ...],
        port: int,
        deadline: float | None,
        local_address: str | None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> _TappedStream:
        failed: list[Exception] = []
        for i, address in enumerate(addresses):
            # An address that is silent must leave time for those behind it.
            left = None if deadline is None else max(0.0, deadline - time.monotonic()) / (len(addresses) - i)
            try:
                stream = await self._inner.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed.append(error)
            else:
                # asyncio sets TCP_NODELAY on what it connects; without it each reused connection waits 40 ms.
                return _TappedStream(stream, f"[{address}]:{port}" if ":" in address else f"{address}:{port}")
        raise min(failed, key=_how_vague)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._inner.sleep(seconds)


class _TappedStream(httpcore.AsyncNetworkStream):
    """A connection that tells the current request what passes."""

    def __init__(self, inner: httpcore.AsyncNetworkStream, address: str) -> None:
        self._inner = inner
        self.address = address

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore's
        data = await self._inner.read(max_bytes, timeout)
        if data:
            CALL.get().tap.take_received(data, self.address)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - httpcore's
        await self._inner.write(buffer, timeout)
        CALL.get().tap.take_sent(buffer)

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
    ) -> httpcore.AsyncNetworkStream:
        with CALL.get().phases.step(CLIENT_TLS) as done:
            inner = await self._inner.start_tls(ssl_context, server_hostname, timeout)
            spoken: ssl.SSLObject | None = inner.get_extra_info("ssl_object")
            if spoken is not None:
                done.update(version=spoken.version(), cipher=(spoken.cipher() or ("",))[0])
        return _TappedStream(inner, self.address)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


async def _look_up(host: str, port: int, seconds: float | None) -> tuple[str, ...]:
    """Return the addresses of a host in the order in which the system wants them tried, each once."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(seconds):
            # As bytes, since Python would load its tables of international names for a text.
            found = await loop.getaddrinfo(
                host.encode("ascii"), port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
            )
    except TimeoutError as error:
        raise httpcore.ConnectTimeout(f"no answer about {host}") from error
    except OSError as error:
        raise httpcore.ConnectError(str(error)) from error
    return tuple(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def _is_numeric(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _how_vague(error: Exception) -> int:
    """Order failures by how much they say: a refusal is an answer, a silence is none."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ConnectionRefusedError):
            return 0
        cause = cause.__cause__ or cause.__context__
    return 1 if isinstance(error, httpcore.ConnectTimeout) else 2
