"""How high the slots of the layers stand, so that the lines between them are straight where they can be."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence

from explorer.database.diagram.layers import Layers, Slot
from explorer.database.diagram.values import Card, Link

CARD_GAP = 28.0
LANE = 14.0  # the height that a link takes where it passes a layer
_SWEEPS = 8


def heights(layers: Layers, cards: Mapping[str, Card], links: Sequence[Link]) -> dict[Slot, float]:
    """Return the upper edge of each slot; the highest one is at 0."""
    tops: dict[Slot, float] = {}
    for row in layers.slots:
        y = 0.0
        for slot in row:
            tops[slot] = y
            y += _height(slot, cards) + CARD_GAP
    pulls = _pulls(layers, links)
    count = len(layers.slots)
    for sweep in range(_SWEEPS):
        order = range(count) if sweep % 2 == 0 else range(count - 1, -1, -1)
        for layer in order:
            _settle(layers.slots[layer], tops, pulls, cards)
    least = min(tops.values(), default=0.0)
    return {slot: y - least for slot, y in tops.items()}


def _pulls(layers: Layers, links: Sequence[Link]) -> dict[Slot, list[tuple[float, Slot, float]]]:
    """Return for each slot: where a link leaves it, to which slot it leads, and where it comes in there."""
    pulls: dict[Slot, list[tuple[float, Slot, float]]] = defaultdict(list)
    for link in links:
        if layers.layer_of[link.start] == layers.layer_of[link.end]:
            continue
        way = layers.way(link)
        ys = [link.start_y, *[LANE / 2] * (len(way) - 2), link.end_y]
        for (one, y), (other, other_y) in itertools.pairwise(zip(way, ys, strict=True)):
            pulls[one].append((y, other, other_y))
            pulls[other].append((other_y, one, y))
    return pulls


def _settle(
    row: Sequence[Slot],
    tops: dict[Slot, float],
    pulls: Mapping[Slot, list[tuple[float, Slot, float]]],
    cards: Mapping[str, Card],
) -> None:
    """Move the slots of a layer to where their links pull them, as far as they leave each other room.

    Neighbours that push each other move as one block, to the middle of what pulls them.
    """
    blocks: list[tuple[list[Slot], float, float]] = []  # slots, the sum of their wishes for the block's top, its height
    for slot in row:
        wishes = [tops[other] + there - here for here, other, there in pulls.get(slot, ())]
        wish = sum(wishes) / len(wishes) if wishes else tops[slot]
        block = ([slot], wish, _height(slot, cards))
        while blocks:
            slots, total, height = blocks[-1]
            if total / len(slots) + height + CARD_GAP <= block[1] / len(block[0]):
                break
            shift = height + CARD_GAP
            blocks.pop()
            block = ([*slots, *block[0]], total + block[1] - shift * len(block[0]), height + CARD_GAP + block[2])
        blocks.append(block)
    for slots, total, _ in blocks:
        y = total / len(slots)
        for slot in slots:
            tops[slot] = y
            y += _height(slot, cards) + CARD_GAP


def _height(slot: Slot, cards: Mapping[str, Card]) -> float:
    return cards[slot.card].height if slot.link is None else LANE
