"""The SQL of a trace, grouped as a person reads it: what a loop asks again and again is one thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .events import CHANGED_ROWS, FAILED, FETCHED, SQL
from .model import Span

REPEATED = "repeated"  # with the same parameters each time
N_PLUS_ONE = "n_plus_one"  # with other parameters each time
LEAST_IN_A_ROW = 3
"""So many equal statements one after the other are one group; two may be meant."""

_ENDS = ("COMMIT", "ROLLBACK")


@dataclass(frozen=True)
class StatementGroup:
    """One statement, or several equal ones in a row.

    Attributes:
        spans: in their order.
        pattern: REPEATED or N_PLUS_ONE for several, empty for one.

    """

    spans: tuple[Span, ...]
    pattern: str = ""

    @property
    def rows(self) -> int | None:
        """How many rows were given or changed in all; None when that is not known."""
        known = [rows_of(span) for span in self.spans]
        return None if None in known else sum(rows for rows in known if rows is not None)

    @property
    def ns(self) -> int | None:
        """How long the database worked in all; None while it does."""
        known = [time_of(span) for span in self.spans]
        return None if None in known else sum(ns for ns in known if ns is not None)

    @property
    def changed(self) -> tuple[int, int, int] | None:
        """Rows inserted, updated and deleted by the transaction that this ended; None when it changed none."""
        counts = [
            count
            for span in self.spans
            for note in span.notes
            if note.name == CHANGED_ROWS
            for count in note.data["counts"].values()
        ]
        inserted, updated, deleted = (sum(count[i] for count in counts) for i in range(3))
        return (inserted, updated, deleted) if counts else None


def rows_of(span: Span) -> int | None:
    """Return how many rows a statement gave or changed; None when that is not known."""
    fetched = span.first_note(FETCHED)
    rows = fetched.data.get("rows") if fetched is not None else span.data.get("rows")
    return rows if isinstance(rows, int) else None


def time_of(span: Span) -> int | None:
    """Return how long the database worked for a statement, its rows included; None while it does."""
    if span.duration_ns is None:
        return None
    fetched = span.first_note(FETCHED)
    return span.duration_ns + (int(fetched.data.get("ns", 0)) if fetched is not None else 0)


def statement_groups(spans: Iterable[Span]) -> Iterator[StatementGroup]:
    """Yield the statements among the children of one span, those in a row that are equal as one."""
    run: list[Span] = []
    for span in spans:
        if span.kind != SQL:
            continue
        if run and not _alike(run[-1], span):
            yield from _told(run)
            run = []
        run.append(span)
    yield from _told(run)


def _alike(one: Span, other: Span) -> bool:
    plain = one.name not in _ENDS and FAILED not in (one.outcome, other.outcome)
    return plain and bool(one.data.get("statement")) and one.data.get("statement") == other.data.get("statement")


def _told(run: list[Span]) -> Iterator[StatementGroup]:
    if len(run) < LEAST_IN_A_ROW:
        for span in run:
            yield StatementGroup((span,))
        return
    first = run[0].data.get("parameters")
    same = all(span.data.get("parameters") == first for span in run)
    yield StatementGroup(tuple(run), REPEATED if same else N_PLUS_ONE)
