"""Which rows a request, or another program, changed."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

Value = int | float | str | bytes | None  # SQLite's own
Key = tuple[Value, ...]  # the rowid alone, or the primary key of a table without one


class ChangeKind(enum.StrEnum):
    """What happened to a row."""

    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row's change from before a transaction to after it.

    Attributes:
        table: where.
        kind: what happened, all in all: a row that was inserted and updated in one transaction was inserted.
        key: which row, as it is called now, or was when it is gone.
        before: its values, in the order of `ChangeSet.columns`; None when it was not there.
        after: its values; None when it is gone.
        span_id: of the statement that did it, 0 when that is not known.
    """

    table: str
    kind: ChangeKind
    key: Key
    before: tuple[Value, ...] | None
    after: tuple[Value, ...] | None
    span_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet:
    """What one request changed, or one change by another program.

    Attributes:
        trace_id: of the request; empty for another program.
        label: such as ``PUT /users/42/items``, or ``another program``.
        at: seconds since the epoch.
        columns: the names of a table's columns, in the order of the values.
        changes: row by row; empty when there were too many.
        counts: inserted, updated and deleted rows of each table, also when there were too many.
        complete: whether `changes` holds every row.
        notice: why it does not, one sentence; None when it does.
    """

    trace_id: str
    label: str
    at: float
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    changes: tuple[RowChange, ...] = ()
    counts: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    complete: bool = True
    notice: str | None = None

    @property
    def total(self) -> tuple[int, int, int]:
        """Rows inserted, updated and deleted in all tables."""
        inserted, updated, deleted = (sum(counts[i] for counts in self.counts.values()) for i in range(3))
        return inserted, updated, deleted
