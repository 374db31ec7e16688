"""Statements that ran, and how SQLite finds their rows."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Finding(enum.StrEnum):
    """What a developer wants to know of a statement at first sight."""

    FULL_SCAN = "full scan"  # reads every row of a table
    INDEX = "index"
    SORTS = "sorts"  # by hand, because no index has the order
    REPEATED = "repeated"  # the same statement with the same parameters, in one request
    N_PLUS_ONE = "N+1"  # the same statement with other parameters, once for each row of an earlier one


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One line of EXPLAIN QUERY PLAN.

    Attributes:
        depth: how far below the first line.
        detail: as SQLite says it, such as ``SCAN items``.
        words: what that means, one sentence.
        finding: what it amounts to; None for nothing in particular.
        table: the table it speaks of; empty for none.
    """

    depth: int
    detail: str
    words: str
    finding: Finding | None = None
    table: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedStatement:
    """One statement of the app, or the end of a transaction.

    Attributes:
        number: from 0, in the order in which they began.
        span_id: of its event.
        trace_id: of the request that caused it; empty for none.
        request: such as ``GET /items/search``; empty for none.
        at: seconds since the epoch.
        statement: as it was executed.
        parameters: as a person reads them.
        many: how often it was executed at once.
        rows: given or changed; None when that is not known.
        ns: how long it took; None while it runs.
        error: why it failed, one sentence; None normally.
        caller: ``file:line`` of the app's own code; empty when that is not known.
        findings: repeated or one of many; how its rows are found is asked for separately.
        note: the finding in words, such as ``3 times with the same parameters in this request``; empty for none.
    """

    number: int
    span_id: int
    trace_id: str
    request: str
    at: float
    statement: str
    parameters: str = ""
    many: int = 1
    rows: int | None = None
    ns: int | None = None
    error: str | None = None
    caller: str = ""
    findings: tuple[Finding, ...] = ()
    note: str = ""
