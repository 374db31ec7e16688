"""A trace in one line: what a list of requests says of it, read from its events without folding them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .callers import OURS, caller_of
from .events import CLIENT, CONNECTION, FAILED, NOTED, SEND, SQL, STARTED, RawEvent

WEBSOCKET_METHOD = "WS"
N_PLUS_ONE = 5
"""From so many equal statements in one request on, they look like one for each row of another (N+1)."""

_STATUS_OF = {"websocket.accept": 101, "websocket.close": 403}


@dataclass(frozen=True, slots=True)
class Summary:
    """One request or WebSocket, whoever sent it.

    Attributes:
        trace_id: 32 hex digits.
        method: of HTTP, or WEBSOCKET_METHOD.
        path: as it was asked for, with its query.
        status: of the response; 101 for an accepted WebSocket; None before there is one.
        started_ns: when it reached the server, on the clock of `time.perf_counter_ns`.
        ns: how long the server had it; None while it does.
        caller: who sent it, one word: see `explorer.trace.callers`.
        statements: how many statements of SQL it caused, ends of transactions aside.
        repeated: how often the most frequent of them was executed.
        failed: whether an exception left the app.

    """

    trace_id: str
    method: str
    path: str
    status: int | None
    started_ns: int
    ns: int | None
    caller: str
    statements: int = 0
    repeated: int = 0
    failed: bool = False

    @property
    def looks_like_n_plus_one(self) -> bool:
        """Whether it executed one statement again and again."""
        return self.repeated >= N_PLUS_ONE


class Tally:
    """Sums up the events of one trace as they come."""

    def __init__(self, trace_id: str) -> None:
        self._trace_id = trace_id
        self._start: RawEvent | None = None
        self._status: int | None = None
        self._ns: int | None = None
        self._ours = False
        self._failed = False
        self._statements: Counter[str] = Counter()

    def add(self, events: Iterable[RawEvent]) -> None:
        """Take events in, in their order."""
        for event in events:
            kind = event[3]
            if kind == CONNECTION:
                self._add_connection(event)
            elif kind == SQL and event[4] == STARTED:
                statement = event[8].get("statement")
                if statement:
                    self._statements[statement] += 1
            elif kind == CLIENT:
                self._ours = True

    def summary(self) -> Summary | None:
        """Return what they amount to; None while the server knows nothing of the trace."""
        if self._start is None:
            return None
        data = self._start[8]
        unanswered = self._failed and self._status is None
        return Summary(
            trace_id=self._trace_id,
            method=str(data.get("method", "")),
            path=_path(data),
            status=500 if unanswered else self._status,
            started_ns=self._start[2],
            ns=self._ns,
            caller=OURS if self._ours else caller_of(data.get("headers", ()), data.get("client", ())),
            statements=self._statements.total(),
            repeated=max(self._statements.values(), default=0),
            failed=self._failed,
        )

    def _add_connection(self, event: RawEvent) -> None:
        phase = event[4]
        if phase == STARTED:
            self._start = event
        elif phase == NOTED:
            if self._status is None and event[7] == SEND:
                self._status = _status(event[8])
        elif self._start is not None:
            self._ns, self._failed = event[2] - self._start[2], phase == FAILED


def summarize(trace_id: str, events: Iterable[RawEvent]) -> Summary | None:
    """Return what a trace's events say in one line; None while the server knows nothing of it."""
    tally = Tally(trace_id)
    tally.add(events)
    return tally.summary()


def _status(data: Mapping[str, Any]) -> int | None:
    kind = data.get("type")
    return (
        data.get("status")
        if kind in ("http.response.start", "websocket.http.response.start")
        else _STATUS_OF.get(str(kind))
    )


def _path(data: Mapping[str, Any]) -> str:
    query = bytes(data.get("query", b"")).decode("latin-1")
    path = f"{data.get('path', '')}?{query}" if query else str(data.get("path", ""))
    return sys.intern(path)  # thousands of lines are kept, and most of them ask for the same few paths
