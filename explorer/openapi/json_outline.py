"""The outline of one object or list in a JSON text: where its members begin and end, as characters of the text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

_SPACE = re.compile(r"[ \t\n\r]*")
_read_value = json.JSONDecoder().raw_decode  # reads over a whole value at the speed of C


@dataclass(frozen=True, slots=True)
class Member:
    """One member of an object or item of a list.

    Attributes:
        key: its name; of an item its index.
        start: where its name begins; of an item where its value begins.
        key_end: where its name has ended; of an item `start`.
        value_start: where its value begins.
        end: where its value has ended.
    """

    key: str | int
    start: int
    key_end: int
    value_start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outline:
    """One object or list.

    Attributes:
        is_object: whether it is an object.
        start: where its opening bracket stands.
        end: where it has ended, after its closing bracket.
        members: in the order of the text; a name may occur again.
    """

    is_object: bool
    start: int
    end: int
    members: tuple[Member, ...]


def value_span(text: str) -> tuple[int, int]:
    """Return where the value of a valid JSON text begins and has ended."""
    start = _after_space(text, 0)
    return start, _value_end(text, start)


def outline(text: str, start: int) -> Outline | None:
    """Return what stands at `start` of a valid JSON text, when that is an object or list."""
    if text[start] not in "{[":
        return None
    is_object = text[start] == "{"
    members: list[Member] = []
    position = _after_space(text, start + 1)
    while text[position] not in "}]":
        begin = key_end = position
        key: str | int = len(members)
        if is_object:
            key, key_end = _read_value(text, position)
            position = _after_space(text, _after_space(text, key_end) + 1)
        end = _value_end(text, position)
        members.append(Member(key, begin, key_end, position, end))
        position = _after_space(text, end)
        if text[position] == ",":
            position = _after_space(text, position + 1)
    return Outline(is_object, start, position + 1, tuple(members))


def _after_space(text: str, position: int) -> int:
    found = _SPACE.match(text, position)
    return found.end() if found is not None else position


def _value_end(text: str, start: int) -> int:
    return _read_value(text, start)[1]
