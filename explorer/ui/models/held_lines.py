"""What the server holds, as the lines of a small tree."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from explorer.ui.widgets.json_syntax import Run

_MOST = 200  # lines
_LONGEST = 60  # characters of a value


class HeldLine(NamedTuple):
    """One line.

    Attributes:
        text: with the branches before it.
        runs: which part has which colour.
    """

    text: str
    runs: tuple[Run, ...]


def held_lines(value: object) -> list[HeldLine]:
    """Return a JSON value as lines: names with their values, what is inside below them; cut when there are too many."""
    lines: list[HeldLine] = []
    for line in _lines(value, ""):
        if len(lines) == _MOST:
            lines.append(HeldLine("…", (Run(0, 1, "t3"),)))
            break
        lines.append(line)
    return lines


def _lines(value: object, branch: str) -> Iterator[HeldLine]:
    members = _members(value)
    if not members:
        text, token = _scalar(value)
        yield HeldLine(branch + text, (Run(0, len(branch), "t3"), Run(len(branch), len(text), token)))
        return
    for number, (name, member) in enumerate(members):
        last = number == len(members) - 1
        before = branch + ("└ " if last else "├ ")
        inner = _members(member)
        if inner:
            count = str(len(inner))
            runs = (
                Run(0, len(before), "t3"),
                Run(len(before), len(name), "c_key"),
                Run(len(before) + len(name) + 2, len(count), "t3"),
            )
            yield HeldLine(f"{before}{name}  {count}", runs)
            yield from _lines(member, branch + ("  " if last else "│ "))
            continue
        text, token = _scalar(member)
        start = len(before) + (len(name) + 2 if name else 0)
        runs = (
            Run(0, len(before), "t3"),
            Run(len(before), len(name), "c_key"),
            Run(start, len(text), token),
        )
        yield HeldLine(f"{before}{name}  {text}" if name else before + text, runs)


def _members(value: object) -> list[tuple[str, object]]:
    if isinstance(value, dict):
        return [(str(name), member) for name, member in value.items()]
    if isinstance(value, list):
        return [_named(number, member) for number, member in enumerate(value)]
    return []


def _named(number: int, member: object) -> tuple[str, object]:
    """Return what a member of a list is called: by its own name if it has one, else by its place."""
    if _is_plain(member):
        return "", member
    if isinstance(member, dict) and isinstance(name := member.get("name"), str) and name and len(member) > 1:
        return name[:_LONGEST], {key: other for key, other in member.items() if key != "name"}
    return f"[{number}]", member


def _is_plain(value: object) -> bool:
    return not isinstance(value, dict | list) or not value


def _scalar(value: object) -> tuple[str, str]:
    match value:
        case str():
            return (value if len(value) <= _LONGEST else value[:_LONGEST] + "…"), "c_str"
        case bool() | None:
            return json.dumps(value), "c_kw"
        case int() | float():
            return str(value), "c_num"
        case dict():
            return "{}", "c_pun"
        case _:
            return "[]", "c_pun"
