"""One call of `Client.send`: the request, and every redirect that it leads to. Importing this imports httpx."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from explorer.client.exchange import Arrival, Exchange, Hop, Request, Response
from explorer.client.leg import Leg
from explorer.client.phases import Phases
from explorer.client.redirects import MOST_HOPS, NOWHERE, follow, is_redirect, too_many
from explorer.client.ways import Ways


class Sending:
    """One request on its way, through all its hops."""

    def __init__(
        self,
        request: Request,
        ways: Ways,
        new_phases: Callable[[int], Phases],
        arrival: Arrival | None,
        sent_at: float,
    ) -> None:
        """`new_phases` makes the record of one hop, when told when the call began."""
        self._request = request
        self._ways = ways
        self._new_phases = new_phases
        self._arrival = arrival
        self._sent_at = sent_at
        self._hops: list[Hop] = []
        self._began_ns = time.perf_counter_ns()

    async def run(self) -> Exchange:
        """Send, follow, read the last response whole, and return what came of it; see `Client.send`."""
        request = self._request
        while True:
            leg = Leg(request, self._ways, self._new_phases(self._began_ns), self._decide, self._arrival)
            await leg.run()
            if leg.onward is None or leg.response is None:
                return self._exchange(leg)
            self._passed(
                Hop(request=leg.request, response=leg.response, trace_id=leg.phases.trace_id, elapsed_ns=leg.elapsed_ns)
            )
            request = leg.onward

    def _decide(self, request: Request, head: Response) -> Request | str:
        location = head.header("location")
        if not request.options.follow_redirects or not is_redirect(head.status):
            return ""
        if location is None:
            return NOWHERE
        onward = follow(request, head.status, location)
        if isinstance(onward, Request) and len(self._hops) >= MOST_HOPS:
            return too_many(tuple(hop.request.url for hop in self._hops), onward.url)
        return onward

    def _passed(self, hop: Hop) -> None:
        self._hops.append(hop)
        if self._arrival is not None:
            self._arrival.on_hop(hop)

    def _exchange(self, leg: Leg) -> Exchange:
        failure = leg.failure
        if failure is not None and self._hops and leg.response is None and not failure.cancelled:
            # Nobody wrote the address that the sentence speaks of.
            failure = replace(failure, sentence=f"A redirect led to {leg.request.url}. {failure.sentence}")
        return Exchange(
            trace_id=leg.phases.trace_id,
            request=leg.request,
            response=leg.response,
            failure=failure,
            sent_at=self._sent_at,
            elapsed_ns=time.perf_counter_ns() - self._began_ns,
            hops=tuple(self._hops),
            phases=leg.phases.past(),
            wire=leg.tap.wire(),
            address=leg.tap.address,
        )
