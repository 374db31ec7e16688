"""The traces of the last requests, whoever sent them: the newest as events, older ones packed, the rest on a shelf."""

from __future__ import annotations

import marshal
from collections import Counter, OrderedDict
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple, Protocol

from .events import CONNECTION, STARTED, RawEvent
from .fold import Fold, fold
from .model import Trace
from .summary import Summary, Tally

MOST_FRESH = 100
"""Traces kept as the events they came as. A garbage collection looks at each of these events, so they are few."""

MOST_PACKED = 2_000
"""Traces kept in memory as bytes, which no garbage collection looks at."""

MOST_EVENTS = 500
"""Events kept of one trace; a longer one is folded as it comes, since a fold sums up what nobody reads."""

_MOST_LONG = 50  # of those, which cannot be packed


class Shelf(Protocol):
    """Where packed traces go for which there is no room in memory."""

    def put(self, trace_id: str, data: bytes, /) -> tuple[str, ...]:
        """Take one; returns the ids of those that had to go for it."""

    def get(self, trace_id: str, /) -> bytes | None:
        """Return what was put there; None when it had to go."""


class NoShelf:
    """Keeps nothing."""

    def put(self, trace_id: str, _data: bytes) -> tuple[str, ...]:
        """Forget it at once."""
        return (trace_id,)

    def get(self, _trace_id: str) -> bytes | None:
        """Return None."""
        return None


class Changes(NamedTuple):
    """What a batch of events changed.

    Attributes:
        begun: ids of requests that reached the server, in the order in which they did.
        changed: ids of all traces of which something came, those begun among them.
        forgotten: ids of requests that are not kept any more.
    """

    begun: list[str]
    changed: set[str]
    forgotten: list[str]


class TraceLedger:
    """Keeps the events of the last requests, and folds them when somebody looks; not thread-safe.

    Under load hardly any request is looked at, and folding all of them took half of the window's time.

    Attributes:
        count: how many requests and WebSockets ever reached the server.
    """

    def __init__(
        self, shelf: Shelf | None = None, *, most_fresh: int = MOST_FRESH, most_packed: int = MOST_PACKED
    ) -> None:
        """`shelf` takes what is older; without one it is forgotten."""
        self.count = 0
        self._shelf = shelf or NoShelf()
        self._most_fresh = most_fresh
        self._most_packed = most_packed
        self._fresh: OrderedDict[str, _Fresh] = OrderedDict()
        self._packed: OrderedDict[str, bytes] = OrderedDict()
        self._long: OrderedDict[str, _Fresh] = OrderedDict()
        self._lines: dict[str, Summary] = {}  # of all that are no longer fresh
        self._suspect: Summary | None = None  # the newest of those that looks like N+1
        self._held: Counter[str] = Counter()

    def add(self, events: Iterable[RawEvent]) -> Changes:
        """Take events in, each after those of its trace that were made before it."""
        begun: list[str] = []
        forgotten: list[str] = []
        changed: set[str] = set()
        fresh = self._fresh
        for event in events:
            trace_id = event[0]
            trace = fresh.get(trace_id)
            if trace is None:
                trace = self._freshen(trace_id)
            trace.events.append(event)
            if event[3] == CONNECTION and event[4] == STARTED:
                begun.append(trace_id)
            if len(trace.events) > MOST_EVENTS:
                trace.sum_up()
            changed.add(trace_id)
        self.count += len(begun)
        while len(fresh) > self._most_fresh + len(self._held):
            self._put_away(next(known for known in fresh if known not in self._held), forgotten)
        return Changes(begun, changed, forgotten)

    def hold(self, trace_id: str) -> None:
        """Keep a trace, known already or not, however many others come, until `release` was called as often."""
        self._held[trace_id] += 1
        if trace_id in self._long or self._unpacked(trace_id) is not None:
            self._freshen(trace_id)

    def release(self, trace_id: str) -> None:
        """Let a trace that was held go with the others, unless somebody else holds it."""
        self._held[trace_id] -= 1
        if self._held[trace_id] <= 0:
            del self._held[trace_id]

    def ids(self) -> list[str]:
        """Return the ids of all requests that are kept, in the order in which they reached the server."""
        lines = [line for known in (*self._lines, *self._fresh) if (line := self.summary(known)) is not None]
        return [line.trace_id for line in sorted(lines, key=lambda line: line.started_ns)]

    def newest(self) -> list[Summary]:
        """Return the newest requests in a line each, about `MOST_FRESH` and those that are held."""
        return [line for trace in self._fresh.values() if (line := trace.summary()) is not None]

    def latest(self, count: int) -> list[Summary]:
        """Return at least as many requests as `count` if as many are kept, the newest, in a line each."""
        newest = self.newest()
        return [*newest, *islice(reversed(self._lines.values()), max(0, count - len(newest)))]

    def suspect(self) -> Summary | None:
        """Return the newest of all requests that are kept that looks like N+1; None when none does.

        It costs nothing to ask again and again: a request is judged when it is put away, and few are not yet.
        """
        suspects = [line for line in self.newest() if line.looks_like_n_plus_one]
        if self._suspect is not None and self._suspect.trace_id not in self._fresh:
            suspects.append(self._suspect)
        return max(suspects, key=lambda line: line.started_ns, default=None)

    def get(self, trace_id: str) -> Trace | None:
        """Return a trace as far as it is known; None when it is unknown or forgotten."""
        known = self._fresh.get(trace_id) or self._long.get(trace_id)
        if known is not None:
            return known.trace()
        events = self._unpacked(trace_id)
        return fold(trace_id, events) if events is not None else None

    def summary(self, trace_id: str) -> Summary | None:
        """Return a request in one line; None when it is unknown, forgotten, or has not reached the server yet."""
        known = self._fresh.get(trace_id)
        return known.summary() if known is not None else self._lines.get(trace_id)

    def _freshen(self, trace_id: str) -> _Fresh:
        """Begin a trace, or take one up again of which more has come."""
        trace = self._long.pop(trace_id, None)
        if trace is None:
            trace = _Fresh(trace_id)
            if trace_id in self._lines:
                trace.events += self._unpacked(trace_id) or ()
                self._packed.pop(trace_id, None)
        self._lines.pop(trace_id, None)
        self._fresh[trace_id] = trace
        return trace

    def _put_away(self, trace_id: str, forgotten: list[str]) -> None:
        trace = self._fresh.pop(trace_id)
        line = trace.summary()
        if line is None:  # it never reached our server, and nobody holds it any more
            return
        self._lines[trace_id] = line
        if line.looks_like_n_plus_one and (self._suspect is None or line.started_ns >= self._suspect.started_ns):
            self._suspect = line
        if trace.summed_up:
            self._long[trace_id] = trace
            if len(self._long) > _MOST_LONG:
                self._forget((self._long.popitem(last=False)[0],), forgotten)
            return
        self._packed[trace_id] = marshal.dumps(trace.events)
        if len(self._packed) > self._most_packed:
            oldest, data = self._packed.popitem(last=False)
            self._forget(self._shelf.put(oldest, data), forgotten)

    def _forget(self, gone: Iterable[str], forgotten: list[str]) -> None:
        for trace_id in gone:
            if self._lines.pop(trace_id, None) is not None:
                forgotten.append(trace_id)
                if self._suspect is not None and self._suspect.trace_id == trace_id:
                    self._suspect = None  # requests go in their order: those before it are gone too

    def _unpacked(self, trace_id: str) -> list[RawEvent] | None:
        data = self._packed.get(trace_id)
        if data is None and trace_id in self._lines:
            data = self._shelf.get(trace_id)
        if data is None:
            return None
        events: list[RawEvent] = marshal.loads(data)  # noqa: S302 - bytes that this process made and nobody else saw
        return events


class _Fresh:
    """A trace of which more may come.

    Attributes:
        events: all of them, or the newest when there were too many.
        summed_up: whether there were.
    """

    __slots__ = ("_counted", "_fold", "_folded", "_line", "_tally", "_trace_id", "events", "summed_up")

    def __init__(self, trace_id: str) -> None:
        self.events: list[RawEvent] = []
        self.summed_up = False
        self._fold: Fold | None = None
        self._folded = 0
        self._tally = Tally(trace_id)
        self._counted = 0
        self._line: Summary | None = None
        self._trace_id = trace_id

    def trace(self) -> Trace:
        """Return what the events amount to."""
        if self._fold is None:
            self._fold = Fold(self._trace_id)
        for event in self.events[self._folded :]:
            self._fold.add(event)
        self._folded = len(self.events)
        return self._fold.trace()

    def summary(self) -> Summary | None:
        """Return the same in one line."""
        if self._counted < len(self.events):
            self._tally.add(self.events[self._counted :])
            self._counted = len(self.events)
            self._line = self._tally.summary()
        return self._line

    def sum_up(self) -> None:
        """Keep what the events amount to rather than the events: nobody reads so many."""
        self.summary()
        self.trace()
        self.events.clear()
        self._folded = self._counted = 0
        self.summed_up = True
