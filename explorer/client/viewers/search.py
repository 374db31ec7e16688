"""Finding words in a text of any size, in its bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from explorer.client.viewers.members import Source

FOUND_AT_MOST = 10_000
_AT_ONCE = 4 * 1024 * 1024  # bytes that are searched before somebody hears of it
_SPACE = rb"[ \t\r\n]*+"
_STRUCTURE = re.compile(r"\s*([{}\[\],:])\s*")


class Hits(NamedTuple):
    """What was found in a part of a text.

    Attributes:
        spans: (position, length) of each, in order.
        searched: how many bytes were searched by now.
    """

    spans: list[tuple[int, int]]
    searched: int


def pattern(text: str, *, match_case: bool, as_json: bool) -> re.Pattern[bytes]:
    r"""Return what finds `text` in UTF-8.

    In JSON white space beside brackets, commas and colons does not count, for a laid-out text has other than the bytes;
    and a character is also found where it is written as ``\u00e9``.
    """
    if not as_json:
        return re.compile(b"".join(_character(c, match_case=match_case, as_json=False) for c in text))
    parts: list[bytes] = []
    at = 0
    for match in _STRUCTURE.finditer(text):
        parts += [_character(c, match_case=match_case, as_json=True) for c in text[at : match.start()]]
        before = _SPACE if match.start() else b""
        behind = _SPACE if match.end() < len(text) else b""
        parts.append(before + re.escape(match[1].encode()) + behind)
        at = match.end()
    parts += [_character(c, match_case=match_case, as_json=True) for c in text[at:]]
    return re.compile(b"".join(parts))


def bytes_pattern(text: str) -> re.Pattern[bytes]:
    """Return what finds bytes that are given in hexadecimal: ``FF D8``.

    Raises:
        ValueError: they are not; the text is a sentence for the person who wrote it.
    """
    digits = "".join(text.removeprefix("0x").split())
    try:
        return re.compile(re.escape(bytes.fromhex(digits)))
    except ValueError as error:
        raise ValueError("Give bytes as pairs of hexadecimal digits, such as FF D8.") from error


def search(data: Source, wanted: re.Pattern[bytes], longest: int) -> Iterator[Hits]:
    """Yield what is found, part by part; at most `FOUND_AT_MOST` and one more, which says that there are others.

    Args:
        data: the text.
        wanted: see `pattern`.
        longest: bytes that one finding may have.
    """
    at = found = 0
    while at < len(data):
        end = at + _AT_ONCE
        spans: list[tuple[int, int]] = []
        resume = end
        for match in wanted.finditer(data, at, min(len(data), end + longest)):
            if match.start() >= end:
                break
            if match.end() > match.start():
                spans.append((match.start(), match.end() - match.start()))
                resume = max(resume, match.end())
            if found + len(spans) > FOUND_AT_MOST:
                yield Hits(spans, match.end())
                return
        found += len(spans)
        at = resume
        yield Hits(spans, min(at, len(data)))


def longest(text: str) -> int:
    """Return how many bytes a finding of `text` may have: each character escaped, and white space between them."""
    return 12 * len(text) + 4_096


def _character(character: str, *, match_case: bool, as_json: bool) -> bytes:
    if character == "\n":
        return rb"\r?\n"
    forms = {character} if match_case else {character, character.lower(), character.upper()}
    spelled = {re.escape(form.encode("utf-8", "replace")) for form in forms}
    if as_json and not character.isascii():
        for form in forms:
            units = form.encode("utf-16-be", "replace")
            codes = (int.from_bytes(units[i : i + 2], "big") for i in range(0, len(units), 2))
            spelled.add(b"".join(rb"\\u(?i:%04x)" % code for code in codes))
    return spelled.pop() if len(spelled) == 1 else b"(?:" + b"|".join(sorted(spelled)) + b")"
