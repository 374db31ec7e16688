"""Takes out of a text what must not be shown to others."""

from __future__ import annotations

import re
from pathlib import Path

MASK = "•••"

_NAMES = r"[\w-]*(?:password|passwd|secret|token|api[_-]?key)"
_RULES = (
    # header lines, up to the end of the line
    (re.compile(r"(?im)\b((?:proxy-)?authorization|cookie|set-cookie)(\s*[:=]\s*)[^\r\n]+"), rf"\1\2{MASK}"),
    # tuples of headers, as Python prints them
    (
        re.compile(r"(?i)(b?['\"](?:(?:proxy-)?authorization|cookie|set-cookie)['\"]\s*[,:]\s*b?)(['\"]).*?\2"),
        rf"\1\2{MASK}\2",
    ),
    # "password": "…", password='…'
    (re.compile(rf"(?i)(['\"]?\b{_NAMES}['\"]?\s*[:=]\s*b?)(['\"])(?:\\.|(?!\2).)*\2"), rf"\1\2{MASK}\2"),
    # password=… in a query, a form or a line of text
    (re.compile(rf"(?i)(\b{_NAMES}\s*[:=]\s*)(?![\s'\"•]|b['\"])[^\s&,;)}}\]]+"), rf"\1{MASK}"),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}"), rf"\1 {MASK}"),
    # user:password@host
    (re.compile(r"(://[^/\s:@]+:)[^/\s@]+@"), rf"\1{MASK}@"),
)


def redact(text: str) -> str:
    """Return `text` with credentials masked and the home folder written as ``~``."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    home = str(Path.home())
    return text.replace(home, "~") if len(home) > 1 else text
