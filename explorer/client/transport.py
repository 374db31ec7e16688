"""The one seam to httpx: a request goes in, an exchange and its events come out."""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from explorer.client.exchange import Exchange, Request
from explorer.client.phases import Phases
from explorer.trace import context
from explorer.trace.events import Emit, RawEvent, Source

if TYPE_CHECKING:
    import httpx


class Client:
    """Sends requests over HTTP/1.1 and keeps connections open between them. It belongs to one event loop.

    Proxies of the environment are not used, and a redirect is an answer like any other.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        """`clock` returns seconds since the epoch, for `Exchange.sent_at`."""
        self._clock = clock
        self._transports: dict[bool, httpx.AsyncHTTPTransport] = {}
        self._emits: dict[str, Emit] = {}
        self._source = Source(self._dispatch, side=-1)

    def warm_up(self) -> None:
        """Import httpx and make the connection pool now, so that the first send does not wait for them."""
        self._transport_for("http:")

    async def send(self, request: Request, *, emit: Emit) -> Exchange:
        """Send a request, and return what came of it.

        Nothing that goes wrong on the way raises: it is the exchange's `failure`. That includes stopping: cancel the
        task that awaits this (best a task of its own) and the socket is closed at once, the open spans fail, and the
        exchange returned says `cancelled`; no CancelledError comes out.

        Args:
            request: as `build_request` makes it. ``Host``, ``Content-Length`` and ``traceparent`` are added.
            emit: takes the client's events, on the thread of the event loop.
        """
        transport = self._transport_for(request.url)
        from explorer.client.sending import Sending  # late, see _transport_for

        phases = Phases(self._source, context.new_trace_id())
        self._emits[phases.trace_id] = emit
        try:
            return await Sending(transport, phases, request, self._clock()).run()
        finally:
            del self._emits[phases.trace_id]

    async def aclose(self) -> None:
        """Close all connections. The client can still be used; it then starts anew."""
        transports, self._transports = self._transports, {}
        for transport in transports.values():
            await transport.aclose()

    def _transport_for(self, url: str) -> httpx.AsyncHTTPTransport:
        _import_httpx()
        from explorer.client.sending import new_transport  # late: httpx must not delay the first paint

        secure = url.lower().startswith("https:")
        if secure not in self._transports:
            self._transports[secure] = new_transport(secure=secure)
        return self._transports[secure]

    def _dispatch(self, event: RawEvent) -> None:
        self._emits[event[0]](event)


def _import_httpx() -> None:
    """Import httpx without its command line, which brings click, rich and pygments and takes longer than the rest."""
    if "httpx" in sys.modules:
        return
    absent: Any = None
    sys.modules["httpx._main"] = absent  # Python's way to say that a module is not there; httpx is prepared for it
    importlib.import_module("httpx")
    del sys.modules["httpx._main"]
