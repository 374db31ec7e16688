"""A real server with WebSockets, and raw ones that break the rules of the protocol."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn

from explorer.client.cookies import CookieJar
from explorer.client.draft import RequestDraft, SendOptions
from explorer.client.sockets.connection import SocketConnection
from explorer.client.sockets.log import SocketLog
from explorer.client.sockets.record import METHOD, Entry, SocketDraft

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Echo, with a few paths that have a will of their own."""
    if scope["type"] != "websocket":
        return
    await receive()
    path = scope["path"]
    if path == "/refused":
        await send({"type": "websocket.close", "code": 1008})
        return
    if path == "/moved":
        await send({"type": "websocket.http.response.start", "status": 307, "headers": [(b"location", b"/echo")]})
        await send({"type": "websocket.http.response.body", "body": b"over there"})
        return
    chosen = scope["subprotocols"][-1] if scope["subprotocols"] else None
    headers = {bytes(name).decode(): bytes(value).decode() for name, value in scope["headers"]}
    await send({"type": "websocket.accept", "subprotocol": chosen, "headers": [(b"set-cookie", b"seen=yes")]})
    if path == "/headers":
        await send({"type": "websocket.send", "text": str(sorted(headers.items()))})
    if path == "/close":
        await send({"type": "websocket.close", "code": 4321, "reason": "Enough."})
        return
    while (message := await receive())["type"] == "websocket.receive":
        await send({**message, "type": "websocket.send"})


class Server:
    """uvicorn in a thread.

    Attributes:
        url: its address.
    """

    def __init__(self) -> None:
        config = uvicorn.Config(
            app, port=0, lifespan="off", log_config=None, loop="asyncio", ws="websockets-sansio",
            ws_max_size=64 * 1024 * 1024,
        )  # fmt: skip
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def start(self) -> str:
        self._thread.start()
        while not self._server.started:
            self._thread.join(0.01)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    def ask_to_stop(self) -> None:
        self._server.should_exit = True

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(20)


@pytest.fixture(scope="session")
def url() -> Iterator[str]:
    server = Server()
    yield server.start()
    server.stop()


def draft(path: str = "/echo", **changes: Any) -> SocketDraft:
    options = changes.pop("options", SendOptions())
    return SocketDraft(id="a", name="Ana", request=RequestDraft(method=METHOD, path=path, options=options, **changes))


class WatchedLog(SocketLog):
    """A log that tells when it grew."""

    def __init__(self, changed: asyncio.Event) -> None:
        super().__init__()
        self._changed = changed

    def append(self, **values: Any) -> int:
        number = super().append(**values)
        self._changed.set()
        return number


class Client:
    """A connection with its log, and what a test waits for.

    Attributes:
        log: of the connection.
        connection: under test.
    """

    def __init__(self, *, jar: CookieJar | None = None) -> None:
        self._changed = asyncio.Event()
        self.log = WatchedLog(self._changed)
        self.connection = SocketConnection(self.log, jar=jar, on_status=lambda _: self._changed.set())

    async def until(self, ready: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not ready():
                self._changed.clear()
                await self._changed.wait()

    async def until_entries(self, count: int) -> list[Entry]:
        await self.until(lambda: self.log.count >= count)
        return list(self.log.entries(0, count))


Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def raw_server(behaviour: Behaviour, *, accept: bool = True, headers: str = "") -> AsyncIterator[str]:
    """Run a server that answers the handshake rightly and then does what `behaviour` says."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        over.append(asyncio.Event())
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            if accept:
                writer.write(_accepting(head, headers))
            await behaviour(reader, writer)
        except asyncio.IncompleteReadError:
            pass  # the client has gone before it said anything
        finally:
            writer.transport.abort()
            over[-1].set()

    over: list[asyncio.Event] = []
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for event in over:
            await event.wait()


def _accepting(head: str, headers: str) -> bytes:
    key = next(line.split(": ")[1] for line in head.split("\r\n") if line.startswith("Sec-WebSocket-Key"))
    answer = base64.b64encode(hashlib.sha1((key + GUID).encode()).digest()).decode()  # noqa: S324 - as the rules say
    return (
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Accept: {answer}\r\n{headers}\r\n"
    ).encode()


async def until_gone(reader: asyncio.StreamReader) -> bytes:
    """Read until the client hangs up."""
    return await reader.read(-1)
