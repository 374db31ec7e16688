"""The statements that requests caused, the last of them whole, all of them counted."""

from __future__ import annotations

import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from explorer.database.sql_text import parameters_text
from explorer.database.statements import Finding, LoggedStatement
from explorer.trace.events import CHANGED_ROWS, CONNECTION, FAILED, FETCHED, FINISHED, NOTED, SQL, STARTED, RawEvent

MOST_KEPT = 5_000
_MOST_REQUESTS = 2_000  # whose names are remembered
_LEAST_REPEATED = 2
_LEAST_OF_MANY = 3
_ENDS = ("COMMIT", "ROLLBACK")
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


@dataclass(slots=True)
class _Asked:
    """How often one request sent one statement, and with which parameters."""

    count: int = 0
    by_parameters: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Request:
    label: str = ""
    asked: dict[str, _Asked] = field(default_factory=dict)


@dataclass(slots=True)
class _Entry:
    """A statement while it runs and afterwards."""

    number: int
    trace_id: str
    span_id: int
    at_ns: int
    at: float
    word: str
    data: Mapping[str, Any]
    request: _Request
    asked: _Asked
    parameters: str
    ended_ns: int | None = None
    fetch_ns: int = 0
    rows: int | None = None
    error: str | None = None

    @property
    def ns(self) -> int | None:
        return None if self.ended_ns is None else self.ended_ns - self.at_ns + self.fetch_ns


class SqlLog:
    """Listens to events; cheap, for most of it is worked out when somebody looks.

    Attributes:
        count: how many statements there were since the log was emptied.
        version: another number whenever something changed.
    """

    def __init__(self, clock: Callable[[], float] = time.time, most: int = MOST_KEPT) -> None:
        """`clock` tells seconds since the epoch; `most` statements are kept."""
        self.count = 0
        self.version = 0
        self._most = most
        self._clock = clock
        self._epoch = 0.0  # seconds since the epoch when the clock of the events began, as far as the clock tells now
        self._next = 0
        self._entries: deque[_Entry] = deque()
        self._by_span: dict[tuple[str, int], _Entry] = {}
        self._requests: OrderedDict[str, _Request] = OrderedDict()
        self._holders: dict[int, _Entry] = {}  # by connection: the first writing statement of its open transaction

    def add(self, events: Iterable[RawEvent]) -> None:
        """Take events in; all but those of SQL and the beginnings of requests are passed over."""
        # Anew each time: a person may set the clock, and that of the events stands still while the computer sleeps.
        self._epoch = self._clock() - time.perf_counter_ns() / 1e9
        for trace_id, _seq, at_ns, kind, phase, span_id, _parent, name, data in events:
            if kind == SQL:
                self._take(trace_id, at_ns, phase, span_id, name, data)
            elif kind == CONNECTION and phase == STARTED:
                self._request(trace_id).label = f"{data.get('method') or 'WS'} {data.get('path', '')}".strip()
                self.version += 1

    def clear(self) -> Callable[[], None]:
        """Forget every statement; what is returned brings them back, before those that came since."""
        entries, spans, count = self._entries, self._by_span, self.count
        self._entries, self._by_span, self.count = deque(), {}, 0
        self.version += 1

        def bring_back() -> None:
            self._entries = deque([*entries, *self._entries][-self._most :])
            kept = {(entry.trace_id, entry.span_id) for entry in self._entries}
            self._by_span = {span: entry for span, entry in {**spans, **self._by_span}.items() if span in kept}
            self.count += count
            self.version += 1

        return bring_back

    def holder(self) -> str | None:
        """Return the request that has written and not committed yet, so that others have to wait; None for none."""
        for entry in reversed(self._holders.values()):
            return entry.request.label or "a request"
        return None

    def forget_holders(self) -> None:
        """Take note that the server is gone, and its connections with it."""
        self._holders.clear()

    def numbers(self, *, slower_than_ns: int = 0, text: str = "") -> list[int]:
        """Return the numbers of the statements that are kept and fit, the oldest first.

        Args:
            slower_than_ns: leaves out what was quicker, or still runs.
            text: leaves out what does not have it in the statement, its parameters or its request, in whatever case.

        """
        wanted = text.lower()
        return [
            entry.number
            for entry in self._entries
            if (not slower_than_ns or (entry.ns or 0) >= slower_than_ns)
            and (not wanted or wanted in _searchable(entry))
        ]

    def statement(self, number: int) -> LoggedStatement | None:
        """Return a statement by its number; None when it is not kept any more."""
        place = number - self._entries[0].number if self._entries else -1
        if not 0 <= place < len(self._entries):
            return None
        entry = self._entries[place]
        findings, note = _findings(entry)
        data = entry.data
        return LoggedStatement(
            number=number,
            span_id=entry.span_id,
            trace_id=entry.trace_id,
            request=entry.request.label,
            at=entry.at,
            statement=str(data.get("statement", "")),
            parameters=entry.parameters,
            many=int(data.get("many", 1)),
            rows=entry.rows,
            ns=entry.ns,
            error=entry.error,
            caller=f"{data['file']}:{data.get('line', '')}" if data.get("file") else "",
            findings=findings,
            note=note,
        )

    def _take(self, trace_id: str, at_ns: int, phase: str, span_id: int, name: str, data: Mapping[str, Any]) -> None:
        if phase == STARTED:
            self._begin(trace_id, at_ns, span_id, name, data)
            return
        entry = self._by_span.get((trace_id, span_id))
        if entry is None:
            return
        self.version += 1
        self._follow_transaction(entry, phase, name, data)
        if phase == FINISHED:
            entry.ended_ns = at_ns
            entry.rows = data.get("rows") if entry.rows is None else entry.rows
        elif phase == FAILED:
            entry.ended_ns = at_ns
            message = data.get("message") or "no reason was given"
            entry.error = f"{data.get('error', 'Error')}: {message}"
        elif phase == NOTED and name == FETCHED:
            entry.rows = data.get("rows")
            entry.fetch_ns = int(data.get("ns", 0))

    def _follow_transaction(self, entry: _Entry, phase: str, name: str, data: Mapping[str, Any]) -> None:
        connection = int(entry.data.get("connection", 0))
        over = phase == FINISHED and (entry.word in _ENDS or data.get("in_transaction") is False)
        told = phase == NOTED and name == CHANGED_ROWS  # at the end of each transaction that changed something
        never = phase == FAILED and self._holders.get(connection) is entry
        if over or told or never:
            self._holders.pop(connection, None)

    def _begin(self, trace_id: str, at_ns: int, span_id: int, word: str, data: Mapping[str, Any]) -> None:
        request = self._request(trace_id)
        statement = str(data.get("statement", ""))
        asked = request.asked.get(statement)
        if asked is None:
            asked = request.asked[statement] = _Asked()
        parameters = parameters_text(data.get("parameters"))
        if word not in _ENDS:
            asked.count += 1
            asked.by_parameters[parameters] += 1
        entry = _Entry(
            self._next, trace_id, span_id, at_ns, self._epoch + at_ns / 1e9, word, data, request, asked, parameters
        )
        self._next += 1
        self.count += 1
        self.version += 1
        self._entries.append(entry)
        self._by_span[trace_id, span_id] = entry
        if word in _WRITES:
            self._holders.setdefault(int(data.get("connection", 0)), entry)
        if len(self._entries) > self._most:
            oldest = self._entries.popleft()
            self._by_span.pop((oldest.trace_id, oldest.span_id), None)

    def _request(self, trace_id: str) -> _Request:
        request = self._requests.get(trace_id)
        if request is None:
            request = self._requests[trace_id] = _Request()
            if len(self._requests) > _MOST_REQUESTS:
                self._requests.popitem(last=False)
        return request


def _searchable(entry: _Entry) -> str:
    return f"{entry.data.get('statement', '')}\n{entry.parameters}\n{entry.request.label}".lower()


def _findings(entry: _Entry) -> tuple[tuple[Finding, ...], str]:
    """Return what is odd about how often a request asked this, and the sentence that says so."""
    asked = entry.asked
    same = asked.by_parameters[entry.parameters]
    if same >= _LEAST_REPEATED and entry.word not in _ENDS:
        times = "twice" if same == 2 else f"{same:,} times"
        return (Finding.REPEATED,), f"{times} with the same values in this request"
    if entry.word == "SELECT" and asked.count >= _LEAST_OF_MANY:
        return (Finding.N_PLUS_ONE,), f"{asked.count:,} times in this request, each with other values: N+1"
    return (), ""
