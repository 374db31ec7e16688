"""Which way the links go: level out of a card, down or up in the channel between two layers, level into the next."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from explorer.database.diagram.heights import LANE
from explorer.database.diagram.layers import Layers, Slot
from explorer.database.diagram.values import Card, Link, Point

CHANNEL = 56.0  # the least room between two layers
_EDGE = 24.0  # between a card and the nearest line that runs down beside it: a crow's foot needs it
_TRACK = 9.0  # between two lines that run down one channel


@dataclass(slots=True)
class _Step:
    """One way down or up in a channel."""

    link: Link
    start: float
    end: float
    track: int = 0

    @property
    def upper(self) -> float:
        return min(self.start, self.end)

    @property
    def lower(self) -> float:
        return max(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Routed:
    """Where cards and links of a group are, from its own upper left corner."""

    places: dict[str, Point]
    routes: dict[Link, tuple[Point, ...]]
    width: float
    height: float


def route(layers: Layers, tops: Mapping[Slot, float], cards: Mapping[str, Card], links: Sequence[Link]) -> Routed:
    """Place the layers as far apart as the lines between them need, and draw the lines."""
    count = len(layers.slots)
    channels: list[list[_Step]] = [[] for _ in range(count)]  # each right of its layer
    steps: dict[Link, list[tuple[int, _Step]]] = {}
    for link in links:
        steps[link] = [(channel, _Step(link, *ys)) for channel, ys in _descents(layers, tops, link)]
        for channel, step in steps[link]:
            channels[channel].append(step)
    tracks = [_spread(channel) for channel in channels]
    widths = [max((cards[slot.card].width for slot in row if slot.card), default=0.0) for row in layers.slots]
    lefts, x = [], 0.0
    for width, many in zip(widths, tracks, strict=True):
        lefts.append(x)
        x += width + max(CHANNEL, 2 * _EDGE + max(0, many - 1) * _TRACK)
    places = {
        slot.card: (lefts[layer], tops[slot]) for layer, row in enumerate(layers.slots) for slot in row if slot.card
    }
    routes = {}
    for link, own in steps.items():
        points = [_corner(link.start, places, cards, link.start_y, own[0][0] >= layers.layer_of[link.start])]
        for channel, step in own:
            at = lefts[channel] + widths[channel] + _EDGE + step.track * _TRACK
            points += [(at, step.start), (at, step.end)]
        points.append(_corner(link.end, places, cards, link.end_y, own[-1][0] >= layers.layer_of[link.end]))
        routes[link] = straightened(points)
    loops = max((tracks[-1] - 1) * _TRACK + 2 * _EDGE, 0.0) if channels and channels[-1] else 0.0
    bottom = max((places[name][1] + cards[name].height for name in places), default=0.0)
    return Routed(places, routes, lefts[-1] + widths[-1] + loops, bottom)


def straight_route(start: Point, start_width: float, end: Point, end_width: float, ys: Point) -> tuple[Point, ...]:
    """Return the way between two cards that stand anywhere, given their upper left corners and widths.

    `ys` say where the link leaves the one and comes into the other, from their upper edges. A card that was moved by
    hand is linked in this way.
    """
    y1, y2 = start[1] + ys[0], end[1] + ys[1]
    if start[0] >= end[0] + end_width + 2 * _EDGE:
        x1, x2 = start[0], end[0] + end_width
    elif end[0] >= start[0] + start_width + 2 * _EDGE:
        x1, x2 = start[0] + start_width, end[0]
    else:  # one above the other: out and in at the right
        x1, x2 = start[0] + start_width, end[0] + end_width
        out = max(x1, x2) + _EDGE
        return straightened([(x1, y1), (out, y1), (out, y2), (x2, y2)])
    middle = (x1 + x2) / 2
    return straightened([(x1, y1), (middle, y1), (middle, y2), (x2, y2)])


def straightened(points: Sequence[Point]) -> tuple[Point, ...]:
    """Take out the corners that are none."""
    kept: list[Point] = []
    for point in points:
        if kept and abs(kept[-1][0] - point[0]) < 0.5 and abs(kept[-1][1] - point[1]) < 0.5:
            continue
        if len(kept) >= 2 and abs(kept[-2][1] - kept[-1][1]) < 0.5 and abs(kept[-1][1] - point[1]) < 0.5:
            kept[-1] = point
            continue
        kept.append(point)
    return tuple(kept)


def _descents(layers: Layers, tops: Mapping[Slot, float], link: Link) -> list[tuple[int, tuple[float, float]]]:
    """Return the channels that a link goes through from its start on, and from which height to which in each."""
    here, there = layers.layer_of[link.start], layers.layer_of[link.end]
    y, goal = tops[Slot(link.start)] + link.start_y, tops[Slot(link.end)] + link.end_y
    if here == there:
        return [(here, (y, goal))]
    channels = range(here, there) if here < there else range(here - 1, there - 1, -1)
    heights = [y, *(tops[slot] + LANE / 2 for slot in layers.way(link)[1:-1]), goal]
    return list(zip(channels, itertools.pairwise(heights), strict=True))


def _spread(channel: list[_Step]) -> int:
    """Give each way of a channel a track of its own where it would meet another; return how many there are."""
    ends: list[tuple[float, str]] = []  # the lower end of what is in a track, and where that leads
    for step in sorted(channel, key=lambda step: (step.upper, step.lower)):
        free = next((i for i, (end, _) in enumerate(ends) if end + 4.0 < step.upper), None)
        if free is None:
            ends.append((0.0, ""))
            free = len(ends) - 1
        step.track = free
        ends[free] = (step.lower, step.link.end)
    return len(ends)


def _corner(card: str, places: Mapping[str, Point], cards: Mapping[str, Card], y: float, at_right: bool) -> Point:
    left, top = places[card]
    return (left + (cards[card].width if at_right else 0.0), top + y)
