"""Which lines run beside each revision, as a picture of branches and merges has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from explorer.database.migrations.revisions import Revision


@dataclass(frozen=True, slots=True)
class Line:
    """Half of a row's line: from a lane at its upper edge to a lane at its lower edge, by way of the middle.

    Attributes:
        start: the lane where it begins, from 0 at the left.
        end: the lane where it ends.
        pending: whether it leads to a revision that the database does not have; such a line is dashed.
    """

    start: int
    end: int
    pending: bool = False


@dataclass(frozen=True, slots=True)
class LaneRow:
    """What is drawn beside one revision.

    Attributes:
        lane: where its node stands.
        above: lines from the row's upper edge to its middle.
        below: lines from its middle to its lower edge.
    """

    lane: int
    above: tuple[Line, ...] = ()
    below: tuple[Line, ...] = ()


@dataclass(slots=True)
class _Lane:
    waits_for: str
    pending: bool


def lane_rows(revisions: Sequence[Revision]) -> tuple[LaneRow, ...]:
    """Return the lines beside each revision; children must stand above their parents."""
    known = {each.id for each in revisions}
    lanes: list[_Lane | None] = []
    rows = []
    for each in revisions:
        here = next((i for i, lane in enumerate(lanes) if lane is not None and lane.waits_for == each.id), None)
        joined = [i for i, lane in enumerate(lanes) if lane is not None and lane.waits_for == each.id]
        if here is None:
            here = _free(lanes)
        above = tuple(
            Line(i, here if i in joined else i, lane.pending) for i, lane in enumerate(lanes) if lane is not None
        )
        for i in joined:
            lanes[i] = None
        passing = [(i, lane) for i, lane in enumerate(lanes) if lane is not None]
        below = [Line(i, i, lane.pending) for i, lane in passing]
        for number, parent in enumerate(each.parents):
            if parent not in known:
                continue
            to = next((i for i, lane in enumerate(lanes) if lane is not None and lane.waits_for == parent), None)
            if to is None:
                to = here if number == 0 or lanes[here] is None else _free(lanes)
                lanes[to] = _Lane(parent, not each.applied)
            below.append(Line(here, to, not each.applied))
        rows.append(LaneRow(here, above, tuple(below)))
        while lanes and lanes[-1] is None:
            lanes.pop()
    return tuple(rows)


def lane_count(rows: Sequence[LaneRow]) -> int:
    """Return how many lanes there are side by side."""
    used = [line.end for row in rows for line in row.below] + [row.lane for row in rows]
    return max(used, default=0) + 1


def _free(lanes: list[_Lane | None]) -> int:
    """Return the first lane that nothing runs in, making one when there is none."""
    for i, lane in enumerate(lanes):
        if lane is None:
            return i
    lanes.append(None)
    return len(lanes) - 1
