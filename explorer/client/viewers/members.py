"""The members of one object or list in JSON, page by page, without parsing what is inside them."""

from __future__ import annotations

import enum
import json
import mmap
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from explorer.client.viewers.rows import LayoutError

PAGE = 250  # members that are found at once
_PREVIEW = 200  # bytes of a value that are shown
_COUNTED_AT_MOST = 4_000_000  # bytes of a value whose members are counted; to count those of a larger one takes time

Source = bytes | mmap.mmap

_SPACE = rb"[ \t\r\n]*+"
_STRING = rb'"(?:[^"\\]++|\\[\s\S])*+"'
_PLAIN = rb'[^"\[\]{}]++'


def _container(inside: bytes) -> bytes:
    content = b"(?:" + _PLAIN + b"|" + _STRING + b"|" + inside + b")*+"
    return rb"\{" + content + rb"\}|\[" + content + rb"\]"


_NEVER = b"(?!)"
_SHALLOW = _container(_container(_container(_NEVER)))  # three levels are passed over at once
_NUMBER_OR_WORD = rb'[^\s"\[\]{},:]++'

_SPACES = re.compile(_SPACE)
_KEY = re.compile(_SPACE + b"(" + _STRING + b")" + _SPACE + b":" + _SPACE)
_SCALAR = re.compile(_STRING + b"|" + _NUMBER_OR_WORD)
_WHOLE = re.compile(_SHALLOW)
_UNTIL_BRACKET = re.compile(b"(?:" + _PLAIN + b"|" + _STRING + b"|" + _SHALLOW + b")*+")
_END = re.compile(_SPACE + rb"([,\]}])")


class Kind(enum.StrEnum):
    """What a value is; the words are shown."""

    OBJECT = "object"
    LIST = "array"
    STRING = "string"
    NUMBER = "number"
    BOOLEAN = "boolean"
    NULL = "null"


class Member(NamedTuple):
    """A value in an object or a list.

    Attributes:
        key: the name in an object; the position in a list.
        kind: what it is.
        start: position of its first byte.
        end: position behind its last byte.
        size: members of an object or list; 0 for plain values, -1 where they were not counted.
        preview: the beginning of the value, spelled as it was sent.
    """

    key: str | int
    kind: Kind
    start: int
    end: int
    size: int
    preview: str


class Cursor(NamedTuple):
    """Where the next page begins.

    Attributes:
        position: in bytes.
        number: 0-based number of the next member.
    """

    position: int
    number: int


class Page(NamedTuple):
    """Some members in a row.

    Attributes:
        members: in the order of the text; a key may occur again.
        next: where the next page begins; None when there is none.
    """

    members: tuple[Member, ...]
    next: Cursor | None


class _Place(NamedTuple):
    key_start: int
    key_end: int
    start: int
    end: int


def member_of(values: Sequence[Any]) -> Member:
    """Return a member that travelled as JSON."""
    key, kind, *rest = values
    return Member(key, Kind(kind), *rest)


def root(data: Source) -> Member:
    """Return the one value of a JSON text.

    Raises:
        LayoutError: there is none.
    """
    start = _end(_SPACES.match(data, 3 if data[:3] == b"\xef\xbb\xbf" else 0))
    return _member(data, "$", _Place(0, 0, start, value_end(data, start)))


def page(data: Source, start: int, cursor: Cursor | None = None, limit: int = PAGE) -> Page:
    """Return members of the object or list that begins at `start`.

    Raises:
        LayoutError: the text is no JSON there.
    """
    at = cursor or Cursor(start + 1, 0)
    found: list[Member] = []
    is_object = data[start] == ord("{")
    number, position = at.number, at.position
    for place in walk(data, start, position):
        if len(found) == limit:
            return Page(tuple(found), Cursor(position, number))
        key = member_name(data[place.key_start : place.key_end]) if is_object else number
        found.append(_member(data, key, place))
        number += 1
        position = _end(_END.match(data, place.end))
    return Page(tuple(found), None)


def walk(data: Source, start: int, position: int = 0) -> Iterator[_Place]:
    """Yield where each member of the object or list at `start` stands, from `position` on.

    Raises:
        LayoutError: the text is no JSON there.
    """
    is_object = data[start] == ord("{")
    at = _end(_SPACES.match(data, position or start + 1))
    if data[at : at + 1] in (b"}", b"]"):
        return
    while True:
        key_start = key_end = at
        if is_object:
            key = _KEY.match(data, at)
            if key is None:
                raise LayoutError(at)
            (key_start, key_end), at = key.span(1), key.end()
        else:
            at = _end(_SPACES.match(data, at))
        end = value_end(data, at)
        yield _Place(key_start, key_end, at, end)
        close = _END.match(data, end)
        if close is None:
            raise LayoutError(end)
        if close[1] != b",":
            return
        at = close.end()


def value_end(data: Source, start: int) -> int:
    """Return where the value that begins at `start` ends.

    Raises:
        LayoutError: there is none, or the text ends before it does.
    """
    if data[start : start + 1] not in (b"{", b"["):
        scalar = _SCALAR.match(data, start)
        if scalar is None:
            raise LayoutError(start)
        return scalar.end()
    whole = _WHOLE.match(data, start)
    if whole is not None:
        return whole.end()
    depth, at = 1, start + 1
    while depth:
        at = _end(_UNTIL_BRACKET.match(data, at))
        bracket = data[at : at + 1]
        if bracket in (b"{", b"["):
            depth += 1
        elif bracket in (b"}", b"]"):
            depth -= 1
        else:
            raise LayoutError(at)
        at += 1
    return at


def count(data: Source, start: int) -> int:
    """Return how many members the object or list at `start` has.

    Raises:
        LayoutError: the text is no JSON there.
    """
    return sum(1 for _ in walk(data, start))


def _member(data: Source, key: str | int, place: _Place) -> Member:
    kind = _kind(data[place.start : place.start + 1])
    if kind in (Kind.OBJECT, Kind.LIST):
        counted = count(data, place.start) if place.end - place.start <= _COUNTED_AT_MOST else -1
        head = bytes(data[place.start : min(place.end, place.start + _PREVIEW)]).decode("utf-8", "ignore")
        return Member(key, kind, place.start, place.end, counted, " ".join(head.split()))
    cut = min(place.end, place.start + _PREVIEW)
    preview = bytes(data[place.start : cut]).decode("utf-8", "ignore" if cut < place.end else "replace")
    return Member(key, kind, place.start, place.end, 0, preview + ("…" if cut < place.end else ""))


def _kind(first: bytes) -> Kind:
    known = {b"{": Kind.OBJECT, b"[": Kind.LIST, b'"': Kind.STRING, b"t": Kind.BOOLEAN, b"f": Kind.BOOLEAN}
    return Kind.NULL if first == b"n" else known.get(first, Kind.NUMBER)


def member_name(spelled: bytes) -> str:
    """Return the name of a member, as it was meant where it was spelled with escapes."""
    try:
        name = json.loads(spelled)
    except ValueError:
        return spelled.decode("utf-8", "replace").strip('"')
    return name if isinstance(name, str) else str(name)


def _end(match: re.Match[bytes] | None) -> int:
    return match.end() if match else 0
