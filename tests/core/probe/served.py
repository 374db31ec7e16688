"""An app under the probe on a real server, for what only a socket shows."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from starlette.applications import Starlette

from explorer.probe.install import Probe, attach
from explorer.server.engine import Engine
from explorer.server.pace import Pace
from explorer.trace.events import CONNECTION, FAILED, FINISHED, WEBSOCKET, Event, RawEvent
from explorer.trace.fold import fold
from explorer.trace.journey import Journey, journey
from explorer.trace.model import Span, Trace


class Served:
    """A running server, and what the probe told until now.

    Attributes:
        url: where WebSockets are served.
    """

    def __init__(self, app: Starlette) -> None:
        self.events: list[RawEvent] = []
        self._news = threading.Condition()
        found = attach(app, self._take)
        assert found is not None
        self.probe: Probe = found
        self._started = threading.Event()
        self._engine = Engine(app, self._started.set, Pace().grace)
        self._engine.config.port = 0
        self._thread = threading.Thread(target=lambda: asyncio.run(self._engine.serve()), daemon=True)

    def _take(self, event: RawEvent) -> None:
        with self._news:
            self.events.append(event)
            self._news.notify_all()

    @property
    def url(self) -> str:
        [server] = self._engine.servers
        return f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    @contextmanager
    def running(self) -> Iterator[Served]:
        self._thread.start()
        assert self._started.wait(20)
        try:
            yield self
        finally:
            self.stop()

    def stop(self) -> None:
        self._engine.should_exit = True
        self._thread.join(20)
        assert not self._thread.is_alive()

    def wait(self, found: Callable[[list[Event]], bool]) -> list[Event]:
        """Return the events when they are as wanted."""
        with self._news:
            assert self._news.wait_for(lambda: found(list(map(Event._make, self.events))), 20), self.events
            return list(map(Event._make, self.events))

    def wait_for_ends(self, count: int = 1) -> list[Trace]:
        """Return the traces when this many connections have ended."""

        def ended(events: list[Event]) -> bool:
            return sum(e.kind == CONNECTION and e.phase in (FINISHED, FAILED) for e in events) >= count

        found = self.wait(ended)
        return [fold(trace_id, found) for trace_id in dict.fromkeys(event.trace_id for event in found)]

    def conversation(self) -> Span:
        """Return the only conversation when its connection has ended."""
        [trace] = self.wait_for_ends()
        span = trace.find(WEBSOCKET)
        assert span is not None
        return span

    def journey(self) -> Journey:
        """Return the journey of the only connection when it has ended, the router's reasons included."""
        [trace] = self.wait_for_ends()
        self.probe.explain_routing(trace.trace_id)
        return journey(fold(trace.trace_id, self.events))
