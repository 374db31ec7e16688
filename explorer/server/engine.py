"""uvicorn, set up for a life inside another program. Importing this module imports uvicorn."""

from __future__ import annotations

from collections.abc import Callable
from socket import socket

import uvicorn
from typing_extensions import override

from explorer.server.asgi import ASGIApp

GRACE_SECONDS = 1  # how long open requests may go on after the server was asked to stop


class Engine(uvicorn.Server):
    """One uvicorn server on a loop that somebody else owns."""

    def __init__(self, app: ASGIApp, on_started: Callable[[], None]) -> None:
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
                timeout_graceful_shutdown=GRACE_SECONDS,
            )
        )
        self._on_started = on_started

    @override
    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._on_started()

    def cut_connections(self) -> None:
        """Cut what is still connected: a client that never reads keeps its connection open, however long one waits."""
        for connection in list(self.server_state.connections):
            transport = getattr(connection, "transport", None)
            if transport is not None:
                transport.abort()
