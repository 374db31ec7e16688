"""An app with the layers that a real one has, watched by the probe, and asked through its own ASGI interface."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import httpx2
import pytest
from starlette.applications import Starlette

from explorer.probe.install import Probe, attach
from explorer.trace.events import RawEvent
from explorer.trace.fold import fold
from explorer.trace.journey import Journey, journey
from explorer.trace.model import Trace


@dataclass
class Watched:
    """An app under the probe."""

    app: Starlette
    probe: Probe
    events: list[RawEvent] = field(default_factory=list)

    def client(self) -> httpx2.AsyncClient:
        transport = httpx2.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1")

    def traces(self) -> list[Trace]:
        return [fold(trace_id, self.events) for trace_id in dict.fromkeys(e[0] for e in self.events)]

    async def ask(self, method: str, path: str, **headers: str) -> tuple[httpx2.Response, Journey]:
        """Send one request and return its answer and its journey, the router's reasons included."""
        self.events.clear()
        async with self.client() as client:
            response = await client.request(method, path, headers=headers)
        (trace,) = self.traces()
        self.probe.explain_routing(trace.trace_id)
        return response, journey(self.traces()[0])


@pytest.fixture
def watch() -> Iterator[Callable[[Starlette], Watched]]:
    probes: list[Probe] = []

    def start(app: Starlette) -> Watched:
        events: list[RawEvent] = []
        probe = attach(app, events.append)
        assert probe is not None
        probes.append(probe)
        return Watched(app, probe, events)

    yield start
    for probe in probes:
        probe.detach()
