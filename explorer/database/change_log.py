"""From raw events to what each request changed: one set for each request, however often it committed."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from explorer.database.changes import ChangeKind, ChangeSet, Key, RowChange
from explorer.trace.events import CHANGED_ROWS, CONNECTION, NOTED, SQL, STARTED, RawEvent

_KEPT = 300  # change sets
_REQUESTS = 2_000  # whose names are remembered until they commit
_UNKNOWN = "a request"


class ChangeLog:
    """Listens to events; what it keeps is small, and events that tell of no change cost next to nothing."""

    def __init__(self, path: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        """`path` is the database whose changes are wanted; None for any. `clock` tells seconds since the epoch."""
        self._path = _same(path) if path is not None else None
        self._clock = clock
        self._labels: OrderedDict[str, str] = OrderedDict()
        self._sets: OrderedDict[str, ChangeSet] = OrderedDict()

    def add(self, events: Iterable[RawEvent]) -> tuple[ChangeSet, ...]:
        """Take events in; return the change sets that are new or grew, the oldest first."""
        grown: dict[str, None] = {}
        for trace_id, _seq, _at, kind, phase, _span, _parent, name, data in events:
            if kind == CONNECTION and phase == STARTED:
                self._name(trace_id, data)
            elif kind == SQL and phase == NOTED and name == CHANGED_ROWS and self._is_ours(data):
                self._take(trace_id, data)
                grown.pop(trace_id, None)
                grown[trace_id] = None
        return tuple(self._sets[trace_id] for trace_id in grown if trace_id in self._sets)

    def find(self, trace_id: str) -> ChangeSet | None:
        """Return what a request changed; None for nothing, or when it was long ago."""
        return self._sets.get(trace_id)

    @property
    def sets(self) -> tuple[ChangeSet, ...]:
        """All that are kept, the oldest first."""
        return tuple(self._sets.values())

    def _name(self, trace_id: str, data: Mapping[str, Any]) -> None:
        self._labels[trace_id] = f"{data.get('method') or 'WebSocket'} {data.get('path', '')}".strip()
        if len(self._labels) > _REQUESTS:
            self._labels.popitem(last=False)

    def _is_ours(self, data: Mapping[str, Any]) -> bool:
        return self._path is None or _same(Path(str(data.get("database", "")))) == self._path

    def _take(self, trace_id: str, data: Mapping[str, Any]) -> None:
        new = _read(trace_id, self._labels.get(trace_id, _UNKNOWN), self._clock(), data)
        before = self._sets.pop(trace_id, None)
        self._sets[trace_id] = new if before is None else joined(before, new)
        if len(self._sets) > _KEPT:
            self._sets.popitem(last=False)


def joined(first: ChangeSet, then: ChangeSet) -> ChangeSet:
    """Return what two changes amount to, one after the other: a row that was added and deleted did not change."""
    columns = {**first.columns, **then.columns}
    if not (first.complete and then.complete):
        counts = dict(first.counts)
        for table, three in then.counts.items():
            before = counts.get(table, (0, 0, 0))
            counts[table] = (before[0] + three[0], before[1] + three[1], before[2] + three[2])
        notice = then.notice or first.notice
        return replace(then, columns=columns, changes=(), counts=counts, complete=False, notice=notice)
    rows: dict[tuple[str, Key], RowChange] = {(change.table, change.key): change for change in first.changes}
    for change in then.changes:
        earlier = rows.pop((change.table, change.key), None)
        both = change if earlier is None else _both(earlier, change)
        if both is not None:
            rows[change.table, change.key] = both
    changes = tuple(rows.values())
    return replace(then, columns=columns, changes=changes, counts=counted(changes))


def counted(changes: Iterable[RowChange]) -> dict[str, tuple[int, int, int]]:
    """Return how many rows of each table were inserted, updated and deleted."""
    kinds = list(ChangeKind)
    counts: dict[str, list[int]] = {}
    for change in changes:
        counts.setdefault(change.table, [0, 0, 0])[kinds.index(change.kind)] += 1
    return {table: (three[0], three[1], three[2]) for table, three in counts.items()}


def _both(first: RowChange, then: RowChange) -> RowChange | None:
    before, after = first.before, then.after
    if before == after:
        return None
    kind = ChangeKind.INSERT if before is None else ChangeKind.DELETE if after is None else ChangeKind.UPDATE
    return replace(then, kind=kind, before=before)


def _read(trace_id: str, label: str, at: float, data: Mapping[str, Any]) -> ChangeSet:
    changes = tuple(
        RowChange(table, ChangeKind(kind), tuple(key), _values(before), _values(after), span_id)
        for table, kind, key, before, after, span_id in data["changes"]
    )
    counts = {table: (three[0], three[1], three[2]) for table, three in data["counts"].items()}
    total = int(data["total"])
    complete = len(changes) >= total
    return ChangeSet(
        trace_id=trace_id,
        label=label,
        at=at,
        columns={table: tuple(names) for table, names in data["columns"].items()},
        changes=changes if complete else (),
        counts=counts,
        complete=complete,
        notice=None if complete else f"Too many rows to show: {total:,} changed.",
    )


def _values(values: Iterable[Any] | None) -> tuple[Any, ...] | None:
    return tuple(values) if values is not None else None


def _same(path: Path) -> Path:
    try:
        return path.resolve()
    except OSError:
        return path
