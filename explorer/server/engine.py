"""uvicorn, set up for a life inside another program. Importing this module imports uvicorn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from socket import socket

import uvicorn
from typing_extensions import override

from explorer.server.asgi import ASGIApp


class Engine(uvicorn.Server):
    """One uvicorn server on a loop that somebody else owns."""

    def __init__(self, app: ASGIApp, on_started: Callable[[], None], grace_seconds: int) -> None:
        """`on_started` is called on the loop once the app's lifespan began and the socket is served."""
        super().__init__(
            uvicorn.Config(
                app,
                # Set by name: "auto" takes uvloop when it is installed, and that makes the window late.
                loop="asyncio",
                http="httptools",
                ws="websockets-sansio",
                lifespan="auto",
                log_config=None,
                log_level=None,
                timeout_graceful_shutdown=grace_seconds,
            )
        )
        self._on_started = on_started
        self._leaving = asyncio.Event()

    @override
    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._on_started()

    @override
    async def main_loop(self) -> None:
        # uvicorn looks ten times a second whether it shall leave; whoever waits for a restart need not wait for that.
        looking, leaving = asyncio.create_task(super().main_loop()), asyncio.create_task(self._leaving.wait())
        try:
            await asyncio.wait({looking, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            looking.cancel()
            leaving.cancel()

    def leave(self) -> None:
        """Begin to end: take no new connections, and give open requests their time."""
        self.should_exit = True
        self._leaving.set()

    def cut_connections(self) -> None:
        """Cut what is still connected: a client that never reads keeps its connection open, however long one waits."""
        for connection in list(self.server_state.connections):
            transport = getattr(connection, "transport", None)
            if transport is not None:
                transport.abort()
