"""Requests as the server tells of them."""

from __future__ import annotations

import itertools

from explorer.trace.context import new_trace_id
from explorer.trace.events import CONNECTION, FINISHED, NOTED, SEND, SQL, STARTED, RawEvent

MS = 1_000_000
_moment = itertools.count(1)


def begun(
    path: str = "/items", *, method: str = "GET", agent: str = "curl/8.5.0", trace_id: str = ""
) -> list[RawEvent]:
    """Return the event of a request that has just reached the server."""
    kind = "websocket" if method == "WS" else "http"
    where, _, query = path.partition("?")
    headers = ((b"user-agent", agent.encode()),)
    data = {"method": method, "path": where, "query": query.encode(), "headers": headers}
    at = next(_moment) * 1_000 * MS
    return [(trace_id or new_trace_id(), 1, at, CONNECTION, STARTED, 1, 0, kind, data)]


def ended(events: list[RawEvent], *, status: int = 200, ms: float = 5, statements: int = 0) -> list[RawEvent]:
    """Return the events by which a request is answered and over."""
    trace_id, _, at, *_ = events[0]
    start = {"type": "http.response.start", "status": status, "headers": ()}
    sql: list[RawEvent] = [
        (trace_id, 10 + number, at + number, SQL, STARTED, 2 + number, 1, "SELECT", {"statement": "SELECT 1"})
        for number in range(statements)
    ]
    end = at + round(ms * MS)
    return [
        *sql,
        (trace_id, 90, end, CONNECTION, NOTED, 1, 0, SEND, start),
        (trace_id, 91, end, CONNECTION, FINISHED, 1, 0, "http", {}),
    ]


def request(
    path: str = "/items", *, agent: str = "curl/8.5.0", status: int = 200, ms: float = 5, statements: int = 0
) -> list[RawEvent]:
    """Return all events of a request."""
    events = begun(path, agent=agent)
    return events + ended(events, status=status, ms=ms, statements=statements)


def id_of(events: list[RawEvent]) -> str:
    """Return the trace id of a request."""
    return events[0][0]
