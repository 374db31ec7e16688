"""The one seam to httpx: a request goes in, an exchange and its events come out."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from explorer.client.cookies import CookieJar
from explorer.client.exchange import Arrival, Exchange, Request
from explorer.client.phases import Phases
from explorer.client.ways import Ways, import_httpx
from explorer.trace import context
from explorer.trace.events import Emit, RawEvent, Source


class Client:
    """Sends requests over HTTP/1.1 and keeps connections open between them. It belongs to one event loop.

    Proxies of the environment are not used.

    Attributes:
        jar: the cookies that servers asked to keep.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.time,
        *,
        jar: CookieJar | None = None,
        folder: Path | None = None,
    ) -> None:
        """Make a client; nothing is imported or opened before the first request, or `warm_up`.

        Args:
            clock: returns seconds since the epoch, for `Exchange.sent_at` and the end of cookies.
            jar: the cookies; a new jar without one.
            folder: where bodies go that are too large for the memory; the system's place for temporary files without.
        """
        self.jar = jar if jar is not None else CookieJar(clock)
        self._clock = clock
        self._ways = Ways(self.jar, folder)
        self._emits: dict[str, Emit] = {}
        self._source = Source(self._dispatch, side=-1)

    def warm_up(self) -> None:
        """Import httpx and make the connection pool now, so that the first send does not wait for them."""
        self._ways.warm_up()
        from explorer.client import sending  # noqa: F401

    async def send(self, request: Request, *, emit: Emit, arrival: Arrival | None = None) -> Exchange:
        """Send a request, follow its redirects, and return what came of it.

        Nothing that goes wrong on the way raises: it is the exchange's `failure`. That includes stopping: cancel the
        task that awaits this (best a task of its own) and the socket is closed at once, the open spans fail, and the
        exchange returned says `cancelled` and holds what had arrived; no CancelledError comes out.

        Args:
            request: as `build_request` makes it. ``Host``, ``Content-Length`` and, as its options say, the jar's
                cookies and ``traceparent`` are added.
            emit: takes the client's events, on the thread of the event loop. Every hop has a trace of its own.
            arrival: is told of the response while it arrives.
        """
        import_httpx()
        from explorer.client.sending import Sending  # late: httpx must not delay the first paint

        traces: list[str] = []

        def new_phases(began_ns: int) -> Phases:
            traces.append(context.new_trace_id())
            self._emits[traces[-1]] = emit
            return Phases(self._source, traces[-1], began_ns)

        try:
            return await Sending(request, self._ways, new_phases, arrival, self._clock()).run()
        finally:
            for trace_id in traces:
                del self._emits[trace_id]

    async def aclose(self) -> None:
        """Close all connections. The client can still be used; it then starts anew."""
        await self._ways.aclose()

    def _dispatch(self, event: RawEvent) -> None:
        self._emits[event[0]](event)
