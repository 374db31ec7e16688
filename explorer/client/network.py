"""Our own way to the network: httpx hides when a name is looked up, and tries addresses out of sight.

Importing this imports httpcore, so only modules that are imported late do it.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import time
from collections.abc import Iterable

import httpcore

from explorer.client.tapped_stream import CALL, TappedStream
from explorer.trace.events import CLIENT_CONNECT, CLIENT_DNS

# A response with 10,000 headers is to be shown, and httpcore stops reading a head at 100 KB; its only setting for that
# is this attribute. Bounded all the same: a head that never ends must not fill the memory.
LARGEST_HEAD = 8_000_000
httpcore.AsyncHTTP11Connection.MAX_INCOMPLETE_EVENT_SIZE = LARGEST_HEAD


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
    ) -> TappedStream:
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
                return TappedStream(stream, f"[{address}]:{port}" if ":" in address else f"{address}:{port}")
        raise min(failed, key=_how_vague)

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._inner.sleep(seconds)


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
