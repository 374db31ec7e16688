"""What a diagram consists of, in design pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Card:
    """One table: its name, and how large its card is."""

    name: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Link:
    """A foreign key.

    Attributes:
        start: the card that has it.
        end: the card that it points to; the same one is allowed.
        start_y: the middle of its column, from the upper edge of its card.
        end_y: the middle of the column that it points to, likewise.
    """

    start: str
    end: str
    start_y: float
    end_y: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is.

    Attributes:
        places: the upper left corner of each card.
        routes: the corners of each link from its start to its end, in the order of the links; empty for a link whose
            cards are not there.
    """

    places: Mapping[str, Point] = field(default_factory=dict)
    routes: tuple[tuple[Point, ...], ...] = ()
