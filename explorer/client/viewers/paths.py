"""JSONPath over a whole body: evaluated on parsed values, and found again in the bytes."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from explorer.client.viewers.members import Source, member_name, root, value_end, walk
from explorer.client.viewers.search import FOUND_AT_MOST

_PREVIEW = 120  # bytes of a value that are shown beside its path


class PathProblemError(ValueError):
    """A JSONPath cannot be evaluated; the text is a sentence for the person who wrote it."""


class Found(NamedTuple):
    """A value that a JSONPath selected.

    Attributes:
        path: where it is, normalised.
        start: position of its first byte.
        length: in bytes.
        preview: its beginning.
    """

    path: str
    start: int
    length: int
    preview: str


def check(expression: str) -> Any:
    """Return a JSONPath that can be evaluated.

    Raises:
        PathProblemError: it is no JSONPath.
    """
    import jsonpath  # this takes some 70 ms, and only whoever searches by path needs it

    try:
        return jsonpath.compile(expression)
    except jsonpath.JSONPathError as error:
        reason = str(error).splitlines()[0].rstrip(".")
        index = getattr(error.token, "index", -1)
        where = "at its end" if index < 0 or index >= len(expression) else f"at character {index + 1}"
        raise PathProblemError(f"This is no JSONPath, {where}: {reason}.") from error
    except RecursionError as error:
        raise PathProblemError("This JSONPath is nested too deeply.") from error


def evaluate(data: Source, expression: str) -> list[Found]:
    """Return the values that a JSONPath selects, in its order; at most `FOUND_AT_MOST` and one more.

    Raises:
        PathProblemError: the path or the body is not what it should be.
    """
    compiled = check(expression)
    gc.disable()  # millions of new values, none of which is garbage
    try:
        values = json.loads(bytes(data).decode("utf-8-sig", "replace"))
        places: list[tuple[str, tuple[str | int, ...]]] = []
        for match in compiled.finditer(values):
            places.append((match.path, tuple(match.parts)))
            if len(places) > FOUND_AT_MOST:
                break
    except ValueError as error:
        raise PathProblemError("This body is no valid JSON, so no JSONPath can be followed in it.") from error
    except RecursionError as error:
        raise PathProblemError("This body is nested too deeply for a JSONPath.") from error
    finally:
        gc.enable()
    del values
    spans = dict(_spans(data, [parts for _, parts in places]))
    return [
        Found(path, start, end - start, _preview(data, start, end))
        for number, (path, _) in enumerate(places)
        if number in spans
        for start, end in (spans[number],)
    ]


def _spans(data: Source, wanted: list[tuple[str | int, ...]]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield (number of the wanted place, where its value stands), going through the text once."""
    tree: dict[str | int, Any] = {}
    numbers: dict[int, list[int]] = {}
    for number, parts in enumerate(wanted):
        node = tree
        for part in parts:
            node = node.setdefault(part, {})
        numbers.setdefault(id(node), []).append(number)
    start = root(data).start
    waiting = [(start, value_end(data, start), tree)]
    while waiting:
        start, end, node = waiting.pop()
        for number in numbers.get(id(node), ()):
            yield number, (start, end)
        if node:
            waiting += _inside(data, start, node)


def _inside(data: Source, start: int, node: dict[str | int, Any]) -> list[tuple[int, int, dict[str | int, Any]]]:
    found: dict[str | int, tuple[int, int, dict[str | int, Any]]] = {}
    is_object = data[start] == ord("{")
    for number, place in enumerate(walk(data, start)):
        key: str | int = member_name(data[place.key_start : place.key_end]) if is_object else number
        if key in node:
            found[key] = (place.start, place.end, node[key])  # of a key that occurs again the last one counts
            if not is_object and len(found) == len(node):
                break
    return list(found.values())


def _preview(data: Source, start: int, end: int) -> str:
    cut = min(end, start + _PREVIEW)
    return " ".join(bytes(data[start:cut]).decode("utf-8", "ignore").split()) + ("…" if cut < end else "")
