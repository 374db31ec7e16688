"""Which layer each card of one group stands in, and in which order: a table stands right of those that it points to."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from explorer.database.diagram.values import Link

_MOST_IN_LAYER = 8  # cards; more are divided into several layers
_SWEEPS = 10


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a layer: of a card, or of a link that passes the layer on its way."""

    card: str = ""
    link: Link | None = None
    layer: int = -1  # of a link that passes; a card has one place alone


@dataclass(frozen=True, slots=True)
class Layers:
    """What stands in the layers, from left to right, each from top to bottom, and where each card is."""

    slots: tuple[tuple[Slot, ...], ...]
    layer_of: dict[str, int]

    def way(self, link: Link) -> list[Slot]:
        """Return the slots that a link comes through, from its start to its end."""
        return _way(link, self.layer_of)


def layers_of(cards: Sequence[str], links: Sequence[Link]) -> Layers:
    """Put the cards of one group into layers, with few crossings of the links between them."""
    layer_of = _divided(_pulled(_longest(cards, links), links), links)
    count = max(layer_of.values(), default=0) + 1
    rows: list[list[Slot]] = [[] for _ in range(count)]
    for card in cards:
        rows[layer_of[card]].append(Slot(card))
    pairs: list[list[tuple[Slot, Slot]]] = [[] for _ in range(max(0, count - 1))]
    for link in links:
        way = _way(link, layer_of)
        if layer_of[link.start] > layer_of[link.end]:
            way.reverse()
        for slot in way[1:-1]:
            rows[slot.layer].append(slot)
        if layer_of[link.start] != layer_of[link.end]:
            first = min(layer_of[link.start], layer_of[link.end])
            for number, pair in enumerate(itertools.pairwise(way)):
                pairs[first + number].append(pair)
    return Layers(tuple(tuple(row) for row in _ordered(rows, pairs)), layer_of)


def _way(link: Link, layer_of: Mapping[str, int]) -> list[Slot]:
    here, there = layer_of[link.start], layer_of[link.end]
    between = range(here + 1, there) if here < there else range(here - 1, there, -1)
    return [Slot(link.start), *(Slot(link=link, layer=layer) for layer in between), Slot(link.end)]


def _longest(cards: Sequence[str], links: Sequence[Link]) -> dict[str, int]:
    """Return for each card how many steps it is at most from a card that points nowhere; circles are cut open."""
    points_to: dict[str, list[str]] = defaultdict(list)
    for link in links:
        if link.start != link.end and link.end not in points_to[link.start]:
            points_to[link.start].append(link.end)
    found: dict[str, int] = {}
    for first in cards:
        if first in found:
            continue
        path: list[tuple[str, int]] = [(first, 0)]  # a card, and how many of its links were followed
        on_path = {first}
        while path:
            card, followed = path.pop()
            targets = points_to[card]
            while followed < len(targets) and (targets[followed] in found or targets[followed] in on_path):
                followed += 1
            if followed < len(targets):
                path += [(card, followed + 1), (targets[followed], 0)]
                on_path.add(targets[followed])
                continue
            on_path.discard(card)
            found[card] = max((found[target] + 1 for target in targets if target in found), default=0)
    return found


def _pulled(layer_of: dict[str, int], links: Sequence[Link]) -> dict[str, int]:
    """Move cards that point nowhere next to those that point to them."""
    pointing = {link.start for link in links if link.start != link.end}
    moved = dict(layer_of)
    for card in layer_of:
        users = [layer_of[link.start] for link in links if link.end == card and link.start != card]
        if card not in pointing and users:
            moved[card] = max(0, min(users) - 1)
    return moved


def _divided(layer_of: dict[str, int], links: Sequence[Link]) -> dict[str, int]:
    """Divide layers with too many cards; cards that point to the same ones stay together."""
    rows: dict[int, list[str]] = defaultdict(list)
    for card, layer in layer_of.items():
        rows[layer].append(card)
    targets = {card: sorted({link.end for link in links if link.start == card}) for card in layer_of}
    divided: dict[str, int] = {}
    at = 0
    for layer in sorted(rows):
        row = sorted(rows[layer], key=lambda card: (targets[card], card))
        parts = -(-len(row) // _MOST_IN_LAYER)
        size = -(-len(row) // parts)
        for number, card in enumerate(row):
            divided[card] = at + number // size
        at += parts
    return divided


def _ordered(rows: list[list[Slot]], pairs: Sequence[Sequence[tuple[Slot, Slot]]]) -> list[list[Slot]]:
    """Order the layers so that few links cross: each by the middle of its neighbours, to and fro, the best counts."""
    best, least = [list(row) for row in rows], _crossings(rows, pairs)
    for sweep in range(_SWEEPS):
        if not least:
            break
        to_right = sweep % 2 == 0
        steps = range(1, len(rows)) if to_right else range(len(rows) - 2, -1, -1)
        for layer in steps:
            neighbours: dict[Slot, list[Slot]] = defaultdict(list)
            for left, right in pairs[layer - 1 if to_right else layer]:
                here, there = (right, left) if to_right else (left, right)
                neighbours[here].append(there)
            place = {slot: i for i, slot in enumerate(rows[layer - 1 if to_right else layer + 1])}
            own = {slot: i for i, slot in enumerate(rows[layer])}
            rows[layer].sort(key=lambda slot: _middle([place[other] for other in neighbours[slot]], own[slot]))
        crossings = _crossings(rows, pairs)
        if crossings < least:
            best, least = [list(row) for row in rows], crossings
    return best


def _middle(places: Sequence[int], own: int) -> float:
    return sum(places) / len(places) if places else float(own)


def _crossings(rows: Sequence[Sequence[Slot]], pairs: Sequence[Sequence[tuple[Slot, Slot]]]) -> int:
    """Return how many links cross between neighbouring layers."""
    total = 0
    for layer, between in enumerate(pairs):
        left = {slot: i for i, slot in enumerate(rows[layer])}
        right = {slot: i for i, slot in enumerate(rows[layer + 1])}
        ends = [right[b] for _, b in sorted(between, key=lambda pair: (left[pair[0]], right[pair[1]]))]
        total += _inversions(ends)
    return total


def _inversions(numbers: Iterable[int]) -> int:
    """Return how many pairs of numbers stand in the wrong order."""
    seen: list[int] = []
    total = 0
    for number in numbers:
        total += sum(other > number for other in seen)
        seen.append(number)
    return total
