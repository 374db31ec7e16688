"""The chain of Alembic's revisions, and what a step does."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from explorer.database.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One revision.

    Attributes:
        id: as Alembic names it.
        title: the first line of the file's docstring.
        parents: the revisions before it; several for a merge, none for the first.
        created: the file's Create Date as written; empty when it has none.
        applied: whether the database has it.
        current: whether the database stands here.
        head: whether nothing follows it.
        applied_at: seconds since the epoch, only where we ran it; None otherwise.
        path: the file.
        source: its text.
    """

    id: str
    title: str
    parents: tuple[str, ...] = ()
    created: str = ""
    applied: bool = False
    current: bool = False
    head: bool = False
    applied_at: float | None = None
    path: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """All revisions, the newest first, and where the database stands.

    Attributes:
        revisions: the newest first; branches one after the other.
        pending: how many the database still needs.
        notice: what is odd (a database newer than the code, a database without revisions), one sentence; None normally.
    """

    revisions: tuple[Revision, ...] = ()
    pending: int = 0
    notice: str | None = None


class SchemaLineKind(enum.StrEnum):
    """What a step does to a part of the schema."""

    SAME = ""
    ADDED = "+"
    CHANGED = "~"
    REMOVED = "-"


@dataclass(frozen=True, slots=True)
class SchemaLine:
    """One line of a schema's difference: a table (`part` empty), or one of its columns, indexes, constraints.

    Attributes:
        table: which table.
        part: which column or index; empty for the table itself.
        kind: what happens to it.
        detail: what it is afterwards, such as ``NUMERIC(5, 2) NULL``; of one that goes, what it was.
    """

    table: str
    part: str
    kind: SchemaLineKind
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPreview:
    """What going to another revision would do, found out on a throw-away copy.

    Attributes:
        source: where the database stands; empty for no revision.
        target: where it would go; empty for before the first one.
        lines: the schema's difference.
        sql: the statements that ran on the copy.
        lost_rows: rows that are fewer afterwards, by table; empty when none are.
        ns: how long it took.
        error: why it would fail, one sentence; None when it would not.
        details: Alembic's own words for the error.
    """

    source: str
    target: str
    lines: tuple[SchemaLine, ...] = ()
    sql: tuple[str, ...] = ()
    lost_rows: tuple[tuple[str, int], ...] = ()
    ns: int = 0
    error: str | None = None
    details: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRun:
    """What a step did to the database.

    Attributes:
        source: where it stood; empty for no revision.
        target: where it was to go; empty for before the first one.
        up: whether it was an upgrade.
        sql: the statements that ran.
        ns: how long it took.
        snapshot: taken before; None when it did not come to that.
        error: why it failed, one sentence that also says how the database is now; None when it did not.
        details: Alembic's own words for the error.
        cancelled: whether a person stopped it.
    """

    source: str
    target: str
    up: bool
    sql: tuple[str, ...] = ()
    ns: int = 0
    snapshot: Snapshot | None = None
    error: str | None = None
    details: str | None = None
    cancelled: bool = False
