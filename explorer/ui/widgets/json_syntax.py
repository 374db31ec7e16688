"""Which colour each part of a line of JSON has. JSON has no token that goes over a line's end, so a line is enough."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
    (?P<c_key>"(?:[^"\\]|\\.)*"(?=\s*:))
  | (?P<c_str>"(?:[^"\\]|\\.)*"?)
  | (?P<c_num>-?\d[\d.eE+-]*)
  | (?P<c_kw>\b(?:true|false|null|NaN|Infinity)\b)
  | (?P<c_pun>[{}\[\],:]+)
    """,
    re.VERBOSE,
)


class Run(NamedTuple):
    """Characters of one colour.

    Attributes:
        start: 0-based column.
        length: in characters.
        color: a colour token of the theme.
    """

    start: int
    length: int
    color: str


def json_runs(line: str) -> list[Run]:
    """Return the coloured parts of one line of JSON, from left to right; what is none of JSON's has no run."""
    return [Run(m.start(), m.end() - m.start(), m.lastgroup or "c_txt") for m in _TOKEN.finditer(line)]
