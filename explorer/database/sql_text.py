"""A statement as a person reads it at a glance. Nothing here decides anything: it is for the eye only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_NAME = r'(?:"(?:[^"]|"")+"|`[^`]+`|\[[^\]]+\]|[\w$]+)'
_TABLE = rf"({_NAME}(?:\.{_NAME})?)"
_HEADLINES = (
    (re.compile(rf"(?:INSERT(?:\s+OR\s+\w+)?|REPLACE)\s+INTO\s+{_TABLE}", re.IGNORECASE), "INSERT INTO"),
    (re.compile(rf"UPDATE(?:\s+OR\s+\w+)?\s+{_TABLE}", re.IGNORECASE), "UPDATE"),
    (re.compile(rf"DELETE\s+FROM\s+{_TABLE}", re.IGNORECASE), "DELETE FROM"),
)
_FROM = re.compile(rf"\bFROM\s+{_TABLE}", re.IGNORECASE)
_COLUMNS = re.compile(r"^(SELECT(?:\s+DISTINCT)?)\s+(.+?)\s+(FROM\b.*)$", re.IGNORECASE)
_VALUES = re.compile(r"^(INSERT\b.+?)\((.{24,}?)\)\s*(VALUES\b.*)$", re.IGNORECASE)
_LONG_COLUMNS = 24
_MOST_SHOWN = 6
_LONGEST_VALUE = 60


@lru_cache(maxsize=2000)
def headline(statement: str) -> str:
    """Return what a statement does, and to which table: ``INSERT INTO items``, ``SELECT items``, ``COMMIT``."""
    text = one_line(statement)
    for pattern, words in _HEADLINES:
        found = pattern.match(text)
        if found is not None:
            return f"{words} {_bare(found[1])}"
    verb = text.split(" ", 1)[0].upper()
    if verb in ("SELECT", "WITH"):
        found = _FROM.search(text)
        return f"SELECT {_bare(found[1])}" if found is not None else "SELECT"
    return " ".join(text.split(" ")[:3]) if verb in ("CREATE", "DROP", "ALTER", "PRAGMA") else verb


@lru_cache(maxsize=5000)
def shortened(statement: str) -> str:
    """Return a statement on one line, its list of columns as ``…`` when that is long."""
    text = one_line(statement)
    found = _COLUMNS.match(text)
    if found is not None and len(found[2]) > _LONG_COLUMNS:
        return f"{found[1]} … {found[3]}"
    found = _VALUES.match(text)
    if found is not None:
        return f"{found[1]}(…) {found[3]}"
    return text


def one_line(statement: str) -> str:
    """Return a statement without its line breaks and indents, outside of quotes and within."""
    return " ".join(statement.split())


def parameters_text(parameters: object) -> str:
    """Return described parameters as a person reads them: ``12, 'Ink', NULL``; of several sets, the first and more."""
    if isinstance(parameters, Mapping):
        named = list(parameters.items())
        shown = ", ".join(f"{name} = {value_text(value)}" for name, value in named[:_MOST_SHOWN])
        return f"{shown}, …" if len(named) > _MOST_SHOWN else shown
    if isinstance(parameters, tuple):
        if parameters and isinstance(parameters[0], (tuple, Mapping)):
            first = parameters_text(parameters[0])
            return f"{first}; and {len(parameters) - 1} more" if len(parameters) > 1 else first
        shown = ", ".join(value_text(value) for value in parameters[:_MOST_SHOWN])
        return f"{shown}, …" if len(parameters) > _MOST_SHOWN else shown
    return ""


def value_text(value: object) -> str:
    """Return one value as SQL writes it, cut when it is long."""
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"x'{value[:12].hex()}…'" if len(value) > 12 else f"x'{value.hex()}'"
    if isinstance(value, str):
        cut = value if len(value) <= _LONGEST_VALUE else value[:_LONGEST_VALUE] + "…"
        return "'" + cut.replace("'", "''").replace("\n", "⏎") + "'"
    return str(value)


def _bare(name: str) -> str:
    return name.strip('"`[]') if name.count('"') <= 2 else name
