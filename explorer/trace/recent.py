"""The traces of the last requests, kept while somebody may still want to look."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from .events import RawEvent
from .fold import Fold
from .model import Trace

MOST_TRACES = 200


class RecentTraces:
    """Folds events into traces as they come and forgets the oldest; not thread-safe."""

    def __init__(self, most: int = MOST_TRACES) -> None:
        self._most = most
        self._folds: OrderedDict[str, Fold] = OrderedDict()

    def add(self, events: Iterable[RawEvent]) -> set[str]:
        """Take events in and return the ids of the traces that they changed."""
        changed = set()
        for event in events:
            trace_id = event[0]
            fold = self._folds.get(trace_id)
            if fold is None:
                fold = self._folds[trace_id] = Fold(trace_id)
                if len(self._folds) > self._most:
                    self._folds.popitem(last=False)
            fold.add(event)
            changed.add(trace_id)
        return changed

    def get(self, trace_id: str) -> Trace | None:
        """Return a trace as far as it is known; None when it is unknown or forgotten."""
        fold = self._folds.get(trace_id)
        return fold.trace() if fold is not None else None
