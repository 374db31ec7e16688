"""How far the numbering of a query's rows is."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Phase(enum.StrEnum):
    """What is under way."""

    READY = "ready"
    COUNTING = "counting"  # rows can be seen meanwhile; their total is an estimate
    SORTING = "sorting"  # the first rows can be seen; jumps come when it is done
    STOPPED = "stopped"  # by a person, or because it failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far it is.

    Attributes:
        phase: what is under way.
        fraction: how much of it is done, from 0 to 1.
        total: rows of the query, as far as is known.
        exact: whether `total` is known.
        version: of the rows; a new one means that pages have to be asked for again.
        sentence: why it stopped; None while it did not.
    """

    phase: Phase = Phase.READY
    fraction: float = 1.0
    total: int = 0
    exact: bool = True
    version: int = 0
    sentence: str | None = None
