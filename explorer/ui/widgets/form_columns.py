"""The columns of the request's forms, so that all rows stand in line wherever they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

MARGIN = 16
GAP = 6
TAIL = 22  # for the button at the end of a row
_LEAST = (130, 106, 150, 100)
_SHARES = (139, 112, 195, 186)
_ROOMY = 520  # in less, the description gives its room to the value
_NARROW = 380  # in less, the type does so, too
_NARROW_NAME = 104


@dataclass(frozen=True, slots=True)
class FormColumns:
    """Left edge and width of each column, in pixels; description and type have no width where there is too little room.

    Attributes:
        name: of the name.
        type: of the type.
        value: of the editor.
        description: of the description, up to `right`.
        right: where the row's content ends.
    """

    name: tuple[int, int]
    type: tuple[int, int]
    value: tuple[int, int]
    description: tuple[int, int]
    right: int


@lru_cache(maxsize=64)
def form_columns(width: int, px: Callable[[float], int]) -> FormColumns:
    """Return the columns of a row of this width, margins included; `px` turns design pixels into pixels."""
    left, gap = px(MARGIN), px(GAP)
    right = width - left
    if right - left < px(_ROOMY):
        narrow = right - left < px(_NARROW)
        widths = [px(_NARROW_NAME), 0] if narrow else [px(_LEAST[0]), px(_LEAST[1])]
        value = right - px(TAIL) - gap - left - sum(widths) - 2 * gap
        widths += [max(px(_LEAST[2]) // 2, value), 0]
    else:
        widths = _shared_out(right - left - 3 * gap, [px(least) for least in _LEAST])
    starts = [left + sum(widths[:i]) + i * gap for i in range(4)]
    name, kind, edit, description = zip(starts, widths, strict=True)
    return FormColumns(name, kind, edit, description, right)


def _shared_out(room: int, least: list[int]) -> list[int]:
    """Share out the room; a column that would get less than its least gets that, the others share what is left."""
    widths = dict.fromkeys(range(len(least)), 0)
    still_open = set(widths)
    while still_open:
        shares = sum(_SHARES[i] for i in still_open)
        short = {i for i in still_open if room * _SHARES[i] < least[i] * shares}
        for i in short or still_open:
            widths[i] = least[i] if short else room * _SHARES[i] // shares
        still_open -= short or still_open
        room -= sum(widths[i] for i in short)
    return list(widths.values())
