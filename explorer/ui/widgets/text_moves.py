"""Where keys lead in a text of rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt

_WORD = re.compile(r"\w+|[^\w\s]+|\s+")


class Place(NamedTuple):
    """A place between two characters.

    Attributes:
        row: 0-based.
        column: 0-based; the length of the row stands for its end.
    """

    row: int
    column: int


def moved(place: Place, key: Qt.Key, text_of: Callable[[int], str], rows: int, *, far: bool) -> Place | None:
    """Return where a key leads from a place; `far` with the Control key. None when the key leads nowhere."""
    last = max(0, rows - 1)
    text = text_of(place.row)
    match key:
        case Qt.Key.Key_Home:
            return Place(0, 0) if far else Place(place.row, 0)
        case Qt.Key.Key_End:
            return Place(last, len(text_of(last))) if far else Place(place.row, len(text))
        case Qt.Key.Key_Right:
            if place.column >= len(text):
                return Place(place.row + 1, 0) if place.row < last else place
            return Place(place.row, word_at(text, place.column)[1] if far else place.column + 1)
        case Qt.Key.Key_Left:
            if place.column == 0:
                return Place(place.row - 1, len(text_of(place.row - 1))) if place.row else place
            return Place(place.row, word_at(text, place.column - 1)[0] if far else place.column - 1)
        case _:
            return None


def word_at(text: str, column: int) -> tuple[int, int]:
    """Return where the word at a column begins and ends; signs and spaces that stand together count as one."""
    for match in _WORD.finditer(text):
        if match.end() > column:
            return match.start(), match.end()
    return len(text), len(text)
