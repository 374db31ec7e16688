"""A real server for ordinary answers, and sockets that misbehave for the others."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import ssl
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import pytest
import uvicorn

from explorer.client.exchange import Exchange, Failure, Request, Response
from explorer.client.transport import Client

STOPPED_WITHIN = 20  # seconds


class Echo:
    """An ASGI app that answers with what it saw, and a few paths with a will of their own."""

    def __init__(self) -> None:
        self.disconnected = threading.Event()
        self.entered = threading.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        answers = {"/slow": self._slow, "/endless": self._endless, "/gzip": _gzip, "/liar": _liar}
        usual = _moved if scope["path"].startswith("/moved/") else _echo
        await answers.get(scope["path"], usual)(scope, receive, send)

    async def _slow(self, _scope: Any, receive: Any, _send: Any) -> None:
        self.entered.set()
        await _body(receive)
        await self._wait_for_end(receive)

    async def _endless(self, _scope: Any, receive: Any, send: Any) -> None:
        await _body(receive)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"first", "more_body": True})
        self.entered.set()
        await self._wait_for_end(receive)

    async def _wait_for_end(self, receive: Any) -> None:
        message = await receive()
        assert message["type"] == "http.disconnect"
        self.disconnected.set()


async def _body(receive: Any) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return bytes(body)


async def _answer(send: Any, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [length, *headers]})
    await send({"type": "http.response.body", "body": body})


async def _echo(scope: Any, receive: Any, send: Any) -> None:
    seen = {
        "method": scope["method"],
        "target": scope["raw_path"].decode() + ("?" + scope["query_string"].decode() if scope["query_string"] else ""),
        "headers": [[name.decode("latin-1"), value.decode("latin-1")] for name, value in scope["headers"]],
        "body": (await _body(receive)).decode(),
    }
    cookies = [(b"set-cookie", b"a=1"), (b"set-cookie", b"b=2")]
    await _answer(send, 200, cookies, json.dumps(seen).encode())


async def _gzip(scope: Any, receive: Any, send: Any) -> None:
    await _answer(send, 200, [(b"content-encoding", b"gzip")], gzip.compress(b"a" * 10_000))


async def _liar(scope: Any, receive: Any, send: Any) -> None:
    await _answer(send, 200, [(b"content-encoding", b"gzip")], b"this is no gzip")


async def _moved(scope: Any, receive: Any, send: Any) -> None:
    """Redirect ``/moved/307?to=…`` to what comes after ``to=``, with a cookie."""
    await _body(receive)
    status = int(scope["path"].rpartition("/")[2])
    to = scope["query_string"].partition(b"=")[2]
    await _answer(send, status, [(b"location", to), (b"set-cookie", b"hop=1; Path=/")], b"gone")


@pytest.fixture(scope="session")
def echo() -> Iterator[tuple[str, Echo]]:
    """Run the app for the whole session; gives its base address and the app."""
    app = Echo()
    config = uvicorn.Config(app, log_config=None, loop="asyncio", http="httptools", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    # Whoever connects before uvicorn accepts waits in the backlog. Naming the protocol makes asyncio set TCP_NODELAY.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}", app
    server.should_exit = True
    thread.join(STOPPED_WITHIN)


@pytest.fixture
def base(echo: tuple[str, Echo]) -> str:
    return echo[0]


@pytest.fixture
def app(echo: tuple[str, Echo]) -> Echo:
    echo[1].disconnected.clear()
    echo[1].entered.clear()
    return echo[1]


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    made = Client()
    yield made
    await made.aclose()


Rogue = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Make = Callable[..., Awaitable[str]]
"""Makes a server that behaves as a `Rogue` does, with TLS when it is given ``tls=``; gives its base address."""


@pytest.fixture
async def rogue() -> AsyncIterator[Make]:
    """Make servers that read a request's head and then do as they please; gives their base address."""
    servers: list[asyncio.Server] = []
    writers: list[asyncio.StreamWriter] = []

    async def make(behave: Rogue, *, tls: ssl.SSLContext | None = None) -> str:
        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writers.append(writer)
            try:
                await behave(reader, writer)
            except (ConnectionError, asyncio.IncompleteReadError):
                pass  # the client went away, as some tests want it to
            finally:
                writer.close()

        server = await asyncio.start_server(connected, "127.0.0.1", 0, ssl=tls, limit=16 * 1024 * 1024)
        servers.append(server)
        return f"{'https' if tls else 'http'}://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    yield make
    for server in servers:
        server.close()
    for writer in writers:
        writer.transport.abort()  # from Python 3.12 on, a server waits for its connections
    for server in servers:
        await server.wait_closed()


def answering(*data: bytes) -> Rogue:
    """Answer any request with these bytes, piece by piece, and close."""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for piece in data:
            writer.write(piece)
            await writer.drain()

    return behave


async def send(client: Client, request: Request) -> Exchange:
    return await client.send(request, emit=lambda _: None)


async def get(client: Client, url: str) -> Exchange:
    return await send(client, Request(method="GET", url=url))


def answer(exchange: Exchange) -> Response:
    assert exchange.failure is None, exchange.failure
    assert exchange.response is not None
    return exchange.response


def failure(exchange: Exchange) -> Failure:
    assert exchange.failure is not None
    assert exchange.failure.sentence.endswith(".")
    return exchange.failure


def seen(exchange: Exchange) -> dict[str, Any]:
    """Return what the server says that it saw."""
    found: dict[str, Any] = json.loads(answer(exchange).body.read())
    return found
