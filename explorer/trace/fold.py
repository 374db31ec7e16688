"""The one way from events to a trace: live view, saved trace, command line and tests all use it.

Events may arrive in any order between the two sides, late, or not at all (a ring buffer forgets the oldest); whatever
is there is shown, and nothing of it raises.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .events import FAILED, FINISHED, NOTED, RECEIVE, SEND, STARTED, WEBSOCKET, Event, RawEvent
from .model import RUNNING, Note, Span, Trace

MOST_NOTES = 400
"""Notes kept of one span. A long stream has more body messages than anybody reads; past this they are summed up.
Of a long conversation the first half of them and the last half are kept."""


@dataclass(slots=True)
class _Sum:
    """Messages that are not kept, of one direction: the last of them, how many, and their bytes."""

    last: RawEvent
    count: int = 0
    size: int = 0

    def note(self) -> Note:
        """Return what stands for them all."""
        _, seq, at_ns, _, _, _, _, name, data = self.last
        return Note(at_ns, seq, name, {**data, "size": self.size, "count": self.count})


@dataclass
class _Growing:
    """A span while events still come in."""

    span_id: int
    parent_id: int
    kind: str
    name: str
    started_ns: int
    seq: int
    ended_ns: int | None = None
    outcome: str = RUNNING
    data: dict[str, Any] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    newest: deque[RawEvent] = field(default_factory=deque)
    between: dict[str, _Sum] = field(default_factory=dict)


class Fold:
    """Collects the events of one trace; `trace` is a pure function of the set of events added so far."""

    def __init__(self, trace_id: str) -> None:
        self.trace_id = trace_id
        self._spans: dict[int, _Growing] = {}
        self._trace: Trace | None = None

    def add(self, raw: RawEvent) -> None:
        """Take one event in; an event of another trace is ignored."""
        if raw[0] != self.trace_id:
            return
        self._trace = None
        span = self._spans.get(raw[5])
        if span is not None and raw[3] == WEBSOCKET and raw[4] == NOTED:
            _keep_message(span, raw)  # there may be ten thousand a second
            return
        event = Event(*raw)
        if span is None:
            span = _Growing(event.span_id, event.parent_id, event.kind, event.name, event.at_ns, event.seq)
            self._spans[event.span_id] = span
        if event.phase == NOTED:
            if event.kind == WEBSOCKET:
                _keep_message(span, raw)
            else:
                _keep(span.notes, _note(raw))
            return
        if event.phase == STARTED:
            span.name, span.started_ns, span.seq = event.name, event.at_ns, event.seq
            span.data = {**event.data, **span.data}
        elif event.phase in (FINISHED, FAILED):
            span.ended_ns, span.outcome = event.at_ns, event.phase
            span.data = {**span.data, **event.data}

    def trace(self) -> Trace:
        """Return what the events so far amount to."""
        if self._trace is None:
            children: dict[int, list[_Growing]] = {}
            for span in sorted(self._spans.values(), key=lambda s: (s.started_ns, s.seq)):
                known = span.parent_id in self._spans and span.parent_id != span.span_id
                children.setdefault(span.parent_id if known else 0, []).append(span)
            self._trace = Trace(self.trace_id, tuple(_finish(span, children) for span in children.get(0, ())))
        return self._trace


def fold(trace_id: str, events: Iterable[RawEvent]) -> Trace:
    """Return the trace that these events amount to."""
    collected = Fold(trace_id)
    for event in events:
        collected.add(event)
    return collected.trace()


def _keep(notes: list[Note], note: Note) -> None:
    """Add a note; past the limit a body message is added up with the one before it, and keeps its place in time."""
    last = notes[-1] if len(notes) >= MOST_NOTES else None
    if last is not None and _is_body(last) and _is_body(note):
        size = last.data.get("size", 0) + note.data.get("size", 0)
        count = last.data.get("count", 1) + note.data.get("count", 1)
        data = {**note.data, "size": size, "count": count}
        if "payload" in last.data:
            data["payload"] = last.data["payload"] + note.data.get("payload", b"")
        notes[-1] = Note(note.at_ns, note.seq, SEND, data)
    else:
        notes.append(note)


def _note(raw: RawEvent) -> Note:
    _, seq, at_ns, _, _, _, _, name, data = raw
    return Note(at_ns, seq, name, data)


def _keep_message(span: _Growing, raw: RawEvent) -> None:
    """Keep the first messages and the newest; those between are summed up, each direction for itself."""
    half = MOST_NOTES // 2
    if len(span.notes) < half or raw[7] not in (RECEIVE, SEND):
        span.notes.append(_note(raw))
        return
    span.newest.append(raw)
    if len(span.newest) <= half:
        return
    left = span.newest.popleft()
    between = span.between.get(left[7])
    if between is None:
        between = span.between[left[7]] = _Sum(left)
    between.last = left
    between.count += 1
    between.size += left[8].get("size", 0)


def _is_body(note: Note) -> bool:
    return note.name == SEND and note.data.get("type") == "http.response.body"


def _finish(span: _Growing, children: dict[int, list[_Growing]]) -> Span:
    return Span(
        span_id=span.span_id,
        kind=span.kind,
        name=span.name,
        started_ns=span.started_ns,
        ended_ns=span.ended_ns,
        outcome=span.outcome,
        data=span.data,
        notes=tuple(
            sorted(
                (*span.notes, *(between.note() for between in span.between.values()), *map(_note, span.newest)),
                key=lambda note: (note.at_ns, note.seq),
            )
        ),
        children=tuple(_finish(child, children) for child in children.get(span.span_id, ())),
    )
