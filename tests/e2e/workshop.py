"""An app whose handlers wait for each other: for a client to leave, or for a test to let them go on."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

from fastapi import FastAPI, Request

from explorer.probe.install import attach
from explorer.server.thread import ThreadServer
from explorer.storage.options import Options


class Workshop:
    """An app whose handlers wait until a test lets them go, and the server that runs it.

    Attributes:
        arrived: set when a request has reached one of the slow handlers.
        gone: set when a handler has seen its client go away.
    """

    def __init__(self) -> None:
        self.arrived = threading.Event()
        self.gone = threading.Event()
        self._gate = threading.Event()

    def release(self) -> None:
        """Let all handlers go on."""
        self._gate.set()

    def make_server(self, options: Options, _database: Path) -> ThreadServer:
        return ThreadServer(
            "workshop",
            self._make_app,
            host=options.host,
            port=options.port,
            fixed_port=options.fixed_port,
            instrument=attach,
        )

    def _make_app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/hello")
        async def hello() -> str:
            return "Hello"

        @app.get("/end")
        async def end_the_loop() -> None:
            asyncio.get_running_loop().stop()
            await asyncio.Event().wait()

        @app.get("/open")
        async def wait_for_the_client(request: Request) -> None:
            self.arrived.set()
            while not await request.is_disconnected():  # noqa: ASYNC110 - Starlette offers no event for this
                await asyncio.sleep(0.01)
            self.gone.set()

        @app.get("/thread")
        def hold_a_thread() -> None:
            self.arrived.set()
            self._gate.wait(30)

        @app.get("/block")
        async def hold_the_loop() -> None:
            self.arrived.set()
            self._gate.wait(30)

        return app
