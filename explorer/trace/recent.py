"""The traces of the last requests, kept while somebody may still want to look."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from .events import RawEvent
from .fold import Fold
from .model import Trace

MOST_TRACES = 200
_MOST_WAITING = 500


class RecentTraces:
    """Keeps the events of the last requests, and folds them when somebody looks; not thread-safe.

    Under load hardly any request is looked at, and folding all of them took half of the window's time. Only a trace
    that grows long is folded as it comes, since a fold sums up what nobody reads.
    """

    def __init__(self, most: int = MOST_TRACES) -> None:
        self._most = most
        self._waiting: OrderedDict[str, list[RawEvent]] = OrderedDict()
        self._folds: dict[str, Fold] = {}
        self._held: set[str] = set()

    def add(self, events: Iterable[RawEvent]) -> set[str]:
        """Take events in and return the ids of the traces that they changed."""
        changed = set()
        for event in events:
            trace_id = event[0]
            waiting = self._waiting.get(trace_id)
            if waiting is None:
                waiting = self._begin(trace_id)
            waiting.append(event)
            if len(waiting) > _MOST_WAITING:
                self._fold(trace_id, waiting)
            changed.add(trace_id)
        return changed

    def hold(self, trace_id: str) -> None:
        """Keep a trace, known already or not, however many others come."""
        self._held.add(trace_id)

    def release(self, trace_id: str) -> None:
        """Let a trace that was held go with the others."""
        self._held.discard(trace_id)

    def get(self, trace_id: str) -> Trace | None:
        """Return a trace as far as it is known; None when it is unknown or forgotten."""
        waiting = self._waiting.get(trace_id)
        return self._fold(trace_id, waiting).trace() if waiting is not None else None

    def _begin(self, trace_id: str) -> list[RawEvent]:
        waiting = self._waiting[trace_id] = []
        if len(self._waiting) > self._most + len(self._held):
            oldest = next(known for known in self._waiting if known not in self._held)
            del self._waiting[oldest]
            self._folds.pop(oldest, None)
        return waiting

    def _fold(self, trace_id: str, waiting: list[RawEvent]) -> Fold:
        fold = self._folds.get(trace_id)
        if fold is None:
            fold = self._folds[trace_id] = Fold(trace_id)
        for event in waiting:
            fold.add(event)
        waiting.clear()
        return fold
