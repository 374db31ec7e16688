"""A real server on a real socket, and an ear for what it says."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest

from explorer.server.interface import ServerEvent, ServerState, StatusChanged
from explorer.server.thread import ThreadServer

E = TypeVar("E")


class Recorder:
    """Keeps every event, and waits for the one that is asked for."""

    def __init__(self, server: ThreadServer) -> None:
        self.events: list[ServerEvent] = []
        self._news = threading.Condition()
        self.unsubscribe = server.events.subscribe(self._take)

    def _take(self, event: ServerEvent) -> None:
        with self._news:
            self.events.append(event)
            self._news.notify_all()

    def of(self, kind: type[E]) -> list[E]:
        return [event for event in self.events if isinstance(event, kind)]

    def wait(self, kind: type[E], wanted: Callable[[E], bool], *, after: int = 0, timeout: float = 20) -> E:
        """Return the first event of `kind` that is `wanted`, of those from index `after` on."""

        def found() -> E | None:
            return next((e for e in self.events[after:] if isinstance(e, kind) and wanted(e)), None)

        with self._news:
            assert self._news.wait_for(lambda: found() is not None, timeout), self.of(StatusChanged)
            event = found()
            assert event is not None
            return event

    def wait_state(self, *states: ServerState, after: int = 0) -> StatusChanged:
        return self.wait(StatusChanged, lambda status: status.state in states, after=after)


ServerMaker = Callable[..., tuple[ThreadServer, Recorder]]


@pytest.fixture
def make_server() -> Iterator[ServerMaker]:
    """Make servers on free ports that are closed when the test is over."""
    made: list[ThreadServer] = []

    def make(load: Callable[[], Any], **options: Any) -> tuple[ThreadServer, Recorder]:
        server = ThreadServer("demo", load, **{"port": 0, **options})
        made.append(server)
        return server, Recorder(server)

    yield make
    for server in made:
        server.close(5)


@pytest.fixture
def run_server(make_server: ServerMaker) -> ServerMaker:
    """Make a server and wait until it runs."""

    def run(load: Callable[[], Any], **options: Any) -> tuple[ThreadServer, Recorder]:
        server, recorder = make_server(load, **options)
        server.start()
        recorder.wait_state(ServerState.RUNNING)
        return server, recorder

    return run
