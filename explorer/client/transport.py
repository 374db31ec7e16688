"""The one seam to httpx: a request goes in, an exchange and its events come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

    def __init__(self) -> None:
        self._transport: httpx.AsyncHTTPTransport | None = None
        self._emits: dict[str, Emit] = {}
        self._source = Source(self._dispatch, side=-1)

    def warm_up(self) -> None:
        """Import httpx and make the connection pool now, so that the first send does not wait for them."""
        if self._transport is None:
            from explorer.client.sending import new_transport

            self._transport = new_transport()

    async def send(self, request: Request, *, emit: Emit) -> Exchange:
        """Send a request, and return what came of it.

        Nothing that goes wrong on the way raises: it is the exchange's `failure`. That includes stopping: cancel the
        task that awaits this (best a task of its own) and the socket is closed at once, the open spans fail, and the
        exchange returned says `cancelled`; no CancelledError comes out.

        Args:
            request: as `build_request` makes it. ``Host``, ``Content-Length`` and ``traceparent`` are added.
            emit: takes the client's events, on the thread of the event loop.
        """
        from explorer.client.sending import Sending, new_transport

        if self._transport is None:
            self._transport = new_transport()
        phases = Phases(self._source, context.new_trace_id())
        self._emits[phases.trace_id] = emit
        try:
            return await Sending(self._transport, phases, request).run()
        finally:
            del self._emits[phases.trace_id]

    async def aclose(self) -> None:
        """Close all connections. The client can still be used; it then starts anew."""
        transport, self._transport = self._transport, None
        if transport is not None:
            await transport.aclose()

    def _dispatch(self, event: RawEvent) -> None:
        self._emits[event[0]](event)
