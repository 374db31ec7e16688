"""The shape of an ASGI app, in types."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Protocol

from explorer.trace.events import Emit

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]


class Instrument(Protocol):
    """What watches an app from inside for as long as it runs."""

    def detach(self) -> None:
        """Take every spy out of the app."""
        ...

    def explain_routing(self, trace_id: str) -> None:
        """Emit which routes a recent request was held against."""
        ...


Instrumenter = Callable[[ASGIApp, Emit], Instrument | None]
