"""Where the columns of the ladder stand: the first client, the server's lane, and the other clients at its right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

LEAST_WIDTH = 280
LANE_WIDTH = 130
_TIGHT_LANE = 90  # where the columns would not fit otherwise


@dataclass(frozen=True, slots=True)
class Span:
    """A column's place, in pixels from the left end of the ladder."""

    left: int
    width: int

    @property
    def right(self) -> int:
        """Behind its last pixel."""
        return self.left + self.width


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """The places of all columns.

    Attributes:
        columns: of the clients, in their order.
        lane: of the server.
        width: of all together.
    """

    columns: tuple[Span, ...] = ()
    lane: Span = Span(0, 0)
    width: int = 0

    def at(self, x: int) -> int:
        """Return the number of the column at a place; -1 for none."""
        return next((i for i, span in enumerate(self.columns) if span.left <= x < span.right), -1)


def plan_columns(count: int, room: int, px: Callable[[float], int]) -> ColumnPlan:
    """Return where `count` clients stand in `room` pixels; they take more when they would be too narrow."""
    lane = px(LANE_WIDTH)
    if not count:
        return ColumnPlan(lane=Span(max(0, room - lane) // 2, lane), width=room)
    if room < lane + count * px(LEAST_WIDTH):
        lane = px(_TIGHT_LANE)
    each = max(px(LEAST_WIDTH), (room - lane) // count)
    spare = max(0, room - lane - each * count)  # of a division with a rest: the last one takes it
    columns = [Span(0, each + (spare if count == 1 else 0))]
    server = Span(columns[0].right, lane)
    left = server.right
    for number in range(1, count):
        width = each + (spare if number == count - 1 else 0)
        columns.append(Span(left, width))
        left += width
    return ColumnPlan(tuple(columns), server, left)
