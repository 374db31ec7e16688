"""What the window knows of a server, wherever that server runs.

Two implementations share this interface: a server in a thread of this process, and (for a learner's or a developer's
own code) a server in a process of its own.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from explorer.trace.events import RawEvent


class ServerState(enum.StrEnum):
    """Where a server is in its life."""

    STOPPED = "stopped"
    STARTING = "starting"
    RUNNING = "running"
    BLOCKED = "blocked"  # it runs, but a handler holds its event loop
    STOPPING = "stopping"
    CRASHED = "crashed"  # it could not start, or ended without being asked


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChanged:
    """The server's state, with what a person needs to know about it.

    Attributes:
        state: where it is now.
        url: the base address without a final slash, such as ``http://127.0.0.1:8000``; None until it is bound.
        port: the TCP port; None until it is bound.
        reason: one sentence that says why it crashed, what blocks it, or why it runs at another port than before, and
            what to do; None otherwise.
        details: a traceback or log lines for whoever wants them; None otherwise.
        port_taken: whether it crashed because another program has its port.
        since_ns: `time.perf_counter_ns()` of the change.

    """

    state: ServerState
    url: str | None = None
    port: int | None = None
    reason: str | None = None
    details: str | None = None
    port_taken: bool = False
    since_ns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One record of a logger in the server.

    Attributes:
        at: seconds since the epoch.
        level: Python's numeric logging level.
        logger: the logger's name, such as ``uvicorn.error``.
        message: the text, without the traceback.
        traceback: the formatted traceback, or None.

    """

    at: float
    level: int
    logger: str
    message: str
    traceback: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppDescription:
    """What the live app says of itself once it is up.

    Attributes:
        name: how the window calls it, such as ``demo_api``.
        openapi: its OpenAPI document as JSON; None when the app failed to make one.
        problem: why there is no document, in one sentence; None when there is one.
        docs_url: the path of Swagger UI, or None when the app has moved it away.
        route_count: how many routes the router looks at, hidden ones included.
        framework: such as ``FastAPI 0.165.0``.
        python: such as ``Python 3.12.4``.
        hidden: what it answers beyond the document, as JSON that `explorer.openapi.read` understands; empty for
            nothing.

    """

    name: str
    openapi: bytes | None
    problem: str | None
    docs_url: str | None
    route_count: int
    framework: str
    python: str
    hidden: bytes = b""


ServerEvent = StatusChanged | LogLine | AppDescription | RawEvent
Subscriber = Callable[[ServerEvent], object]


class Events(Protocol):
    """The one stream of everything a server has to say."""

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Call `subscriber` with each event, on any thread; it must not block. Returns a function that ends it."""
        ...


class Server(Protocol):
    """A server that can be started again and again. No method blocks: what comes of it is told by `events`."""

    @property
    def state(self) -> ServerState:
        """Where the server is now."""
        ...

    @property
    def url(self) -> str | None:
        """The base address while it is bound, else None."""
        ...

    @property
    def events(self) -> Events:
        """What happens, as it happens."""
        ...

    def start(self) -> None:
        """Begin to start; ends in RUNNING or CRASHED. Does nothing unless stopped or crashed."""
        ...

    def stop(self) -> None:
        """Begin to stop; ends in STOPPED, or in BLOCKED when a handler holds the event loop."""
        ...

    def restart(self) -> None:
        """Stop, load the app again, start."""
        ...

    def abandon(self) -> None:
        """Leave a blocked server, or a port that is taken, behind, and start a new one on the next free port."""
        ...

    def explain_routing(self, trace_id: str) -> None:
        """Work out which routes a recent request was held against; the answer comes as an event of its trace."""
        ...

    def close(self, timeout: float) -> bool:
        """Stop for good and wait up to `timeout` seconds; True when nothing was left behind."""
        ...
