"""JSON text laid out for reading, as text: numbers, key order and repeated keys stay as they were sent."""

from __future__ import annotations

import re

INDENT = "  "
_DEEPEST = 60  # beyond this depth lines are indented no further
_SHORT_LIST = 72  # a list of plain values that fits into this many characters stays on one line
_CUT_LITERAL = 5  # a literal that the end of the text cut off is shorter than this
_TOKEN = re.compile(
    r"""\s*("[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[-+0-9.eE]+|true|false|null|NaN|-?Infinity)""", re.DOTALL
)


class JsonLayoutError(ValueError):
    """The text is no sequence of JSON tokens."""


def lay_out(text: str, limit: int) -> str:
    """Return JSON `text` with one member a line, two spaces an indent and short lists of plain values on one line.

    Args:
        text: JSON, or the beginning of it; a token that its end cuts off is left out.
        limit: stop after about this many characters of result.

    Raises:
        JsonLayoutError: when something between the tokens is neither a token nor white space.
    """
    parts: list[str] = []
    length = depth = at = 0
    while length <= limit:
        piece, at = _token(text, at)
        if not piece:
            break
        if piece == "[" and (short := _short_list(text, at)) is not None:
            piece, at = short
        elif piece == "{" and _token(text, at)[0] == "}":
            piece, at = "{}", _token(text, at)[1]
        elif piece in "{[":
            depth += 1
            piece += _new_line(depth)
        elif piece in "}]":
            depth = max(0, depth - 1)
            piece = _new_line(depth) + piece
        elif piece == ",":
            piece += _new_line(depth)
        elif piece == ":":
            piece = ": "
        parts.append(piece)
        length += len(piece)
    return "".join(parts)


def _token(text: str, start: int) -> tuple[str, int]:
    """Return the next token and where it ends; an empty one at the end of the text."""
    match = _TOKEN.match(text, start)
    if match is not None:
        return match[1], match.end()
    rest = text[start : start + 1000].strip()
    if rest.startswith('"') or len(rest) < _CUT_LITERAL:
        return "", len(text)
    raise JsonLayoutError(f"no JSON token at character {start}")


def _short_list(text: str, at: int) -> tuple[str, int] | None:
    """Return the list whose bracket ends at `at` as one line, and its end; None when it is long or holds brackets."""
    values: list[str] = []
    room = _SHORT_LIST
    while room > 0:
        piece, at = _token(text, at)
        if piece == "]":
            return "[" + ", ".join(values) + "]", at
        if piece == ",":
            continue
        if not piece or piece in "{[}:":
            return None
        values.append(piece)
        room -= len(piece) + 2
    return None


def _new_line(depth: int) -> str:
    return "\n" + INDENT * min(depth, _DEEPEST)
