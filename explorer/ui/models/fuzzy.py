"""How well a few letters fit a text that somebody looks for."""

from __future__ import annotations

from collections.abc import Sequence

_WORD_START, _INSIDE, _SCATTERED = 100, 60, 20  # what a word of the question is worth by how it was found
_GAP = 2  # taken off for each letter between scattered ones
_SPREAD = 12  # a word whose letters lie further apart, by this and its length, was not meant


def fits(wanted: str, text: str, also: str = "") -> tuple[float, tuple[int, ...]] | None:
    """Return how well `wanted` fits, and which letters of `text` it met; None when it does not.

    Every word must be there: at the start of a word of the text, or inside one; or else in `also`, of which no letters
    are met; or else as letters in this order of which the first begins a word of the text, such as ``gti`` for
    ``GET /items``. More is better; of equal ones a shorter text is.
    """
    lower, other = text.lower(), also.lower()
    score, met = 0.0, set[int]()
    for word in wanted.lower().split():
        found: tuple[float, Sequence[int]] | None = _together(word, lower)
        beside = _together(word, other) if found is None else None
        if beside is not None:
            score += beside[0]
            continue
        found = found or _scattered(word, lower)
        if found is None:
            return None
        score += found[0]
        met.update(found[1])
    return score - len(text) / 100, tuple(sorted(met))


def _together(word: str, text: str) -> tuple[float, range] | None:
    first = place = text.find(word)
    if first < 0:
        return None
    while place >= 0 and not _begins_word(text, place):
        place = text.find(word, place + 1)
    if place < 0:
        return _INSIDE + len(word), range(first, first + len(word))
    return _WORD_START + len(word), range(place, place + len(word))


def _scattered(word: str, text: str) -> tuple[float, list[int]] | None:
    ways = [
        way
        for start in range(len(text))
        if text[start] == word[0] and _begins_word(text, start) and (way := _follow(word, text, start))
    ]
    if not ways:
        return None
    way = min(ways, key=lambda each: each[-1] - each[0])
    gaps = way[-1] - way[0] + 1 - len(word)
    return (_SCATTERED - _GAP * gaps / len(word), way) if gaps <= _SPREAD + len(word) else None


def _follow(word: str, text: str, start: int) -> list[int] | None:
    way = [start]
    for letter in word[1:]:
        place = text.find(letter, way[-1] + 1)
        if place < 0:
            return None
        way.append(place)
    return way


def _begins_word(text: str, place: int) -> bool:
    return place == 0 or not text[place - 1].isalnum() or not text[place].isalnum()
