"""What events amount to: spans in a tree, with the facts noted inside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .events import CLIENT, CONNECTION, FAILED, FINISHED, STARTED

RUNNING = STARTED
"""The outcome of a span that has started and not ended; the others are FINISHED and FAILED."""


@dataclass(frozen=True, slots=True)
class Note:
    """One fact inside a span.

    Attributes:
        at_ns: when, on the clock of `time.perf_counter_ns`.
        seq: breaks ties of `at_ns`.
        name: what kind of fact, such as ``send``.
        data: its particulars.

    """

    at_ns: int
    seq: int
    name: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in which one thing was done.

    Attributes:
        span_id: unique in its trace; negative on the client.
        kind: one of the kinds of `explorer.trace.events`.
        name: of the class, function or phase.
        started_ns: when it began, on the clock of `time.perf_counter_ns`.
        ended_ns: when it ended; None while it runs.
        outcome: RUNNING, FINISHED or FAILED.
        data: the particulars of its start, overlaid by those of its end.
        notes: facts inside it, in time order; those of its children are theirs.
        children: spans inside it, in order of their start.

    """

    span_id: int
    kind: str
    name: str
    started_ns: int
    ended_ns: int | None
    outcome: str
    data: Mapping[str, Any]
    notes: tuple[Note, ...] = ()
    children: tuple[Span, ...] = ()

    @property
    def duration_ns(self) -> int | None:
        """How long it took; None while it runs."""
        return None if self.ended_ns is None else self.ended_ns - self.started_ns

    def walk(self) -> Iterator[Span]:
        """Yield this span and all below it, parents before children."""
        yield self
        for child in self.children:
            yield from child.walk()

    def first_note(self, name: str, **data: Any) -> Note | None:
        """Return the first note of this name whose data has these entries, or None."""
        for note in self.notes:
            if note.name == name and all(note.data.get(key) == value for key, value in data.items()):
                return note
        return None


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything known of one request.

    Attributes:
        trace_id: 32 hex digits.
        roots: spans without a known parent: the client's request, and the server's connection when no client of ours
            sent it or its start was lost.

    """

    trace_id: str
    roots: tuple[Span, ...] = ()

    def walk(self) -> Iterator[Span]:
        """Yield every span, parents before children."""
        for root in self.roots:
            yield from root.walk()

    def find(self, kind: str, name: str | None = None) -> Span | None:
        """Return the first span of this kind (and name), or None."""
        return next((s for s in self.walk() if s.kind == kind and name in (None, s.name)), None)

    @property
    def client(self) -> Span | None:
        """What our client did as a whole; None for a request of another client."""
        return self.find(CLIENT)

    @property
    def connection(self) -> Span | None:
        """What the server did as a whole; None while nothing of it arrived."""
        return self.find(CONNECTION)

    @property
    def done(self) -> bool:
        """Whether every span has ended, on both sides as far as they are known."""
        spans = list(self.walk())
        return bool(spans) and all(span.outcome in (FINISHED, FAILED) for span in spans)
