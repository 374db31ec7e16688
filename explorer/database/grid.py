"""What a grid asks for, and what it gets: a window of rows, however many there are."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from explorer.database.changes import ChangeSet, Key, Value


class Comparison(enum.StrEnum):
    """How a filter compares."""

    EQUAL = "="
    NOT_EQUAL = "≠"
    LESS = "<"
    LESS_EQUAL = "≤"
    GREATER = ">"
    GREATER_EQUAL = "≥"
    CONTAINS = "contains"
    STARTS = "starts with"
    IS_NULL = "is NULL"
    IS_NOT_NULL = "is not NULL"


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition on one column; `text` as typed, compared as a number where the column's values are numbers."""

    column: str
    comparison: Comparison
    text: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """By which column, and whether backwards."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GridQuery:
    """Which rows, in which order.

    Attributes:
        table: a table or view.
        filters: all of which hold.
        order: None for the order of the key.
        overlay: what a request changed, to be shown in the rows: changed values, and rows that are gone.
    """

    table: str
    filters: tuple[Filter, ...] = ()
    order: Order | None = None
    overlay: ChangeSet | None = field(default=None, compare=False)


class Mark(enum.StrEnum):
    """What the overlay says of a row."""

    NONE = ""
    ADDED = "added"
    CHANGED = "changed"
    DELETED = "deleted"  # it is not there any more; shown where it was


@dataclass(frozen=True, slots=True)
class Cut:
    """A value too long to be handed around: a text or a blob.

    Attributes:
        is_text: whether it is text.
        size: characters of a text, bytes of a blob.
        start: its beginning.
    """

    is_text: bool
    size: int
    start: str | bytes


Cell = Value | Cut


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row.

    Attributes:
        key: by which it is found again; None where there is none (a view).
        cells: its values in the order of the columns that are not hidden.
        mark: what the overlay says.
        before: of a changed row, the values before; None otherwise.
    """

    key: Key | None
    cells: tuple[Cell, ...]
    mark: Mark = Mark.NONE
    before: tuple[Value, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Rows of a query.

    Attributes:
        first: the number of the first row, from 0.
        rows: fewer than asked for at the end.
        total: how many rows the query has, as far as is known, deleted ones that are shown included.
        exact: whether `total` is known, rather than estimated while it is counted.
        version: of the data; pages of different versions do not belong together.
        gone_at_top: whether rows that are gone stand before all others, for nobody knows where they would be.
    """

    first: int
    rows: tuple[GridRow, ...]
    total: int
    exact: bool
    version: int = 0
    gone_at_top: bool = False
