"""The embedded server of the demo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.storage.options import Options

if TYPE_CHECKING:
    from explorer.server.asgi import ASGIApp, Instrument
    from explorer.server.interface import Server
    from explorer.server.thread import ThreadServer
    from explorer.trace.events import Emit

ServerMaker = Callable[[Options, Path], "Server"]  # makes a server, not yet started, for a database file


def make_server(options: Options, database: Path) -> ThreadServer:
    """Return the server of the demo, not yet started; nothing of FastAPI is imported before it is."""
    from explorer.server.thread import ThreadServer  # asyncio comes with it, which the first paint does not wait for

    def load() -> ASGIApp:
        from demo_api.main import create_app
        from demo_api.settings import Settings

        return create_app(Settings(database_url=f"sqlite:///{database.absolute().as_posix()}"))

    return ThreadServer(
        "demo_api",
        load,
        host=options.host,
        port=options.port,
        fixed_port=options.fixed_port,
        instrument=_instrument,
    )


def _instrument(app: ASGIApp, emit: Emit) -> Instrument | None:
    from explorer.probe.install import attach

    return attach(app, emit)
