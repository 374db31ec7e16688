"""The pools of open connections, as a transport of httpx. Importing this imports httpx."""

from __future__ import annotations

import importlib
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress

import certifi
import httpcore
import httpx

from explorer.client.network import Network

with suppress(ImportError):  # anyio would import this while the clock of the first request runs, by whatever name
    importlib.import_module("anyio._backends._asyncio")

KEEPALIVE_EXPIRY = 4.0  # seconds; below uvicorn's 5, so that we do not send on a connection that it is just closing
_MOST_IDLE = 20
_MOST_OPEN = 100


class Connections(httpx.AsyncBaseTransport):
    """A pool of HTTP/1.1 connections over our own network. It takes no proxy from the environment."""

    def __init__(self, trusted: ssl.SSLContext) -> None:
        """`trusted` says which servers are believed; see `trust_of`."""
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=trusted,
            max_connections=_MOST_OPEN,
            max_keepalive_connections=_MOST_IDLE,
            keepalive_expiry=KEEPALIVE_EXPIRY,
            network_backend=Network(),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and return when the response's head is there.

        The extension ``target`` goes round httpx's URL, which would tidy ``/a/../b``: what the person typed is sent.
        """
        url = request.url
        outgoing = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=request.extensions["target"]
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        with _as_httpx():
            response = await self._pool.handle_async_request(outgoing)
        return httpx.Response(
            response.status,
            headers=response.headers,
            stream=_Stream(response),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()


class _Stream(httpx.AsyncByteStream):
    """The body of a response, with httpx's own errors.

    It holds httpcore's iterator until it is closed: one that is dropped in the middle, when we have read enough, would
    wait for the connection's lock inside the garbage collector, which cannot wait.
    """

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response
        self._chunks = response.aiter_stream()

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        with _as_httpx():
            return await anext(self._chunks)

    async def aclose(self) -> None:
        await self._response.aclose()


def trust_of(*, secure: bool, verify: bool) -> ssl.SSLContext:
    """Return which servers a pool believes.

    Reading the certificates that a machine trusts takes a tenth of a second: for https, call this in a thread.

    Args:
        secure: whether for https. A pool for http has no use for certificates: it trusts none.
        verify: whether a certificate must be trusted, and be for the host that was asked.
    """
    if not secure:
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if verify:
        # What the machine trusts, a company's or a developer's own authority included; and what browsers do, since
        # some Pythons come without the machine's certificates.
        context = ssl.create_default_context()
        context.load_verify_locations(certifi.where())
        return context
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


@contextmanager
def _as_httpx() -> Iterator[None]:
    """Turn an error of httpcore into the one of httpx, which has the same name."""
    try:
        yield
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
        kind: type[httpx.TransportError] = getattr(httpx, type(error).__name__)
        raise kind(str(error)) from error
    except httpcore.UnsupportedProtocol as error:
        raise httpx.UnsupportedProtocol(str(error)) from error
