"""The demo in our server, without a window, twice: one app that no spy ever touched, and one with the X-ray.

Arguments: a folder for the two SQLite files.
Says `running_ns`, `plain` and `spied`, the two addresses. Orders: ``attach``, ``detach``.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from pathlib import Path

from benchmarks.children.talk import next_order, say
from demo_api.main import create_app
from demo_api.settings import Settings
from explorer.bootstrap.collection import pause_collection, resume_collection
from explorer.probe.install import Probe, attach
from explorer.server.asgi import ASGIApp
from explorer.server.interface import ServerEvent, StatusChanged
from explorer.server.thread import ThreadServer
from explorer.trace.events import Emit

_KEPT_EVENTS = 4_000
_PATIENCE_SECONDS = 20


class Spy:
    """Puts the X-ray into the app and takes it out, while the server runs."""

    def __init__(self) -> None:
        self._probe: Probe | None = None

    def instrument(self, app: ASGIApp, emit: Emit) -> Probe | None:
        """Attach for the first time, as the program does."""
        self._app, self._emit = app, emit
        self.attach()
        return self._probe

    def attach(self) -> None:
        """Put the X-ray into the app, afresh."""
        self.detach()
        self._probe = attach(self._app, self._emit)

    def detach(self) -> None:
        """Take it out."""
        if self._probe is not None:
            self._probe.detach()


def run(database: Path, spy: Spy | None) -> ThreadServer:
    """Start a server, and wait until it answers."""
    server = ThreadServer(
        "demo_api",
        lambda: create_app(Settings(database_url=f"sqlite:///{database.as_posix()}")),
        port=0,
        instrument=spy.instrument if spy is not None else None,
    )
    ring: deque[ServerEvent] = deque(maxlen=_KEPT_EVENTS)
    server.events.subscribe(ring.append)
    runs = threading.Event()

    def on_event(event: ServerEvent) -> None:
        if isinstance(event, StatusChanged) and event.state == "running":
            runs.set()

    server.events.subscribe(on_event)
    server.start()
    if not runs.wait(_PATIENCE_SECONDS):
        raise RuntimeError(f"The server did not start: {server.status.reason}")
    return server


if __name__ == "__main__":
    pause_collection()  # as the program does
    folder = Path(sys.argv[1])
    spy = Spy()
    plain, spied = run(folder / "plain.sqlite3", None), run(folder / "spied.sqlite3", spy)
    resume_collection()
    say(running_ns=time.perf_counter_ns(), plain=plain.url, spied=spied.url)
    while order := next_order():
        (spy.attach if order == "attach" else spy.detach)()
        say(done=order)
    for server in (plain, spied):
        server.close(_PATIENCE_SECONDS)
