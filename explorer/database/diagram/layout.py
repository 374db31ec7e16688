"""Lays a whole diagram out: tables that hang together by themselves, and these groups beside and below each other.

It is plain computing, some milliseconds for sixty tables; a caller with many more does it off the window's thread.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from explorer.database.diagram.heights import heights
from explorer.database.diagram.layers import layers_of
from explorer.database.diagram.routes import Routed, route
from explorer.database.diagram.values import Card, Layout, Link, Point

_GROUP_GAP = 44.0
_SHAPE = 1.6  # how much wider than high the whole should be


def lay_out(cards: Sequence[Card], links: Sequence[Link]) -> Layout:
    """Return where the cards stand and how the links go."""
    known = {card.name: card for card in cards}
    fitting = [link for link in dict.fromkeys(links) if link.start in known and link.end in known]
    routed = []
    for group in _groups(cards, fitting):
        own = [link for link in fitting if link.start in group]
        layers = layers_of([card.name for card in cards if card.name in group], own)
        routed.append(route(layers, heights(layers, known, own), known, own))
    routed.sort(key=lambda each: (-len(each.places), -each.height))
    places: dict[str, Point] = {}
    routes: dict[Link, tuple[Point, ...]] = {}
    for each, (left, top) in zip(routed, _packed(routed), strict=True):
        places |= {name: (left + x, top + y) for name, (x, y) in each.places.items()}
        routes |= {link: tuple((left + x, top + y) for x, y in points) for link, points in each.routes.items()}
    return Layout(places, tuple(routes.get(link, ()) for link in links))


def _groups(cards: Sequence[Card], links: Sequence[Link]) -> list[set[str]]:
    """Return the names of cards that hang together, group by group."""
    group_of = {card.name: {card.name} for card in cards}
    for link in links:
        one, other = group_of[link.start], group_of[link.end]
        if one is not other:
            small, large = sorted((one, other), key=len)
            large |= small
            for name in small:
                group_of[name] = large
    return list({id(group): group for group in group_of.values()}.values())


def _packed(groups: Sequence[Routed]) -> list[Point]:
    """Return the upper left corner of each group: from left to right in rows, as wide as makes a good shape."""
    area = sum((group.width + _GROUP_GAP) * (group.height + _GROUP_GAP) for group in groups)
    room = max([math.sqrt(area * _SHAPE), *(group.width for group in groups)], default=0.0)
    corners = []
    x = y = row = 0.0
    for group in groups:
        if x and x + group.width > room:
            x, y, row = 0.0, y + row + _GROUP_GAP, 0.0
        corners.append((x, y))
        x += group.width + _GROUP_GAP
        row = max(row, group.height)
    return corners
