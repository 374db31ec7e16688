"""A response held against what its operation declares."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from explorer.openapi.hints import MAX_HINTS, Hint, ignored_sentence
from explorer.openapi.media_types import essence, is_json
from explorer.openapi.operations import DeclaredResponse, Operation
from explorer.openapi.schema import type_label
from explorer.openapi.walk import child_schema, existing_part, ignored_beside

MAX_CHECKED = 2_000_000  # bytes; a longer body would keep a person waiting
_BODILESS = frozenset({204, 205, 304})
_MAX_VALUES = 20_000  # that are looked at for fields that are not declared

_Part = tuple[object, Any, tuple[str | int, ...]]  # a schema, a value in the body, and its place


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseVerdict:
    """What the check found.

    Attributes:
        known: whether the operation declares an answer with this status.
        model: what it declares for the body, such as ``ItemPublic`` or ``list[ItemPublic]``; empty for nothing.
        problems: where the body differs, and as advice (`Hint.error` is False) what it holds beyond; a `Hint.loc`
            begins with ``response``.
        checked: whether the body was held against a schema.
        note: one sentence when it was not, or when nothing is declared; empty otherwise.
    """

    known: bool
    model: str = ""
    problems: tuple[Hint, ...] = ()
    checked: bool = False
    note: str = ""

    @property
    def fits(self) -> bool:
        """Whether the body was checked and is what was declared."""
        return self.checked and not any(hint.error for hint in self.problems)


def check_response(
    operation: Operation, status: int, media_type: str, body: bytes, document: Mapping[str, Any]
) -> ResponseVerdict:
    """Hold a response against what its operation declares for the status, else its range, else by default.

    Args:
        operation: what was asked.
        status: the status code.
        media_type: the Content-Type, with parameters or without; empty when there was none.
        body: decoded from its Content-Encoding.
        document: what references lead into.
    """
    declared = _declared(operation, status)
    if not declared:
        return ResponseVerdict(known=False, note=f"The operation does not declare an answer {status}.")
    if operation.method == "HEAD" or status in _BODILESS:
        return ResponseVerdict(known=True, note="This answer has no body.")
    plain = essence(media_type)
    chosen = _of_media_type(declared, plain)
    if chosen is None:
        names = " or ".join(answer.media_type for answer in declared if answer.media_type)
        if not names:
            return ResponseVerdict(known=True, note=f"Nothing is declared about the body of {declared[0].status}.")
        sentence = f"Declared as {names}, but it came {f'as {plain}' if plain else 'without a Content-Type'}."
        return ResponseVerdict(known=True, problems=(Hint(message=sentence, loc=("response",)),), note=sentence)
    return _check_body(chosen, plain, body, document)


def _declared(operation: Operation, status: int) -> list[DeclaredResponse]:
    for wanted in (str(status), f"{status // 100}XX", "DEFAULT"):
        found = [answer for answer in operation.responses if answer.status.upper() == wanted]
        if found:
            return found
    return []


def _of_media_type(declared: list[DeclaredResponse], media_type: str) -> DeclaredResponse | None:
    names = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
    return next(
        (answer for name in names for answer in declared if essence(answer.media_type) == name),
        None,
    )


def _check_body(
    declared: DeclaredResponse, media_type: str, body: bytes, document: Mapping[str, Any]
) -> ResponseVerdict:
    model = declared.model or type_label(declared.schema, document)
    if model == "any":
        return ResponseVerdict(known=True, note=f"Nothing is declared about the body of {declared.status}.")
    if not is_json(media_type):
        return ResponseVerdict(known=True, model=model, note="Only JSON is checked.")
    if len(body) > MAX_CHECKED:
        return ResponseVerdict(known=True, model=model, note="Bodies over 2 MB are not checked.")
    from explorer.openapi.validation import find_json_problems

    found = find_json_problems(declared.schema, document, body)
    if any(problem.kind == "json_invalid" for problem in found):
        hints = tuple(Hint(message=problem.message, loc=("response",)) for problem in found)
        return ResponseVerdict(known=True, model=model, problems=hints, checked=True)
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):  # a schema that makes no sense was not even held against it
        return ResponseVerdict(known=True, model=model, note="The body is no JSON that can be read here.")
    refused = [
        Hint(message=problem.message, loc=("response", *_place(problem.loc, problem.kind, value)))
        for problem in islice(found, MAX_HINTS)
    ]
    beyond = _beyond(declared.schema, value, document)[: MAX_HINTS - len(refused)]
    return ResponseVerdict(known=True, model=model, problems=(*refused, *beyond), checked=True)


def _place(loc: tuple[str | int, ...], kind: str, value: Any) -> tuple[str | int, ...]:
    """Return a place as it is in the body, with the name of what is missing there."""
    place = existing_part(loc, value)
    return (*place, loc[-1]) if kind == "missing" and loc else place


def _beyond(schema: object, value: Any, document: Mapping[str, Any]) -> list[Hint]:
    """Name fields that the model does not have, each once however many items of a list hold it."""
    found: dict[tuple[str, str], Hint] = {}
    waiting: list[_Part] = [(schema, value, ())]
    for inside, current, place in islice(_growing(waiting), _MAX_VALUES):
        if isinstance(current, dict):
            known = ignored_beside(inside, document)
            for name, below in current.items():
                if known is not None and name not in known[0]:
                    message = ignored_sentence(name, known).replace(", so it is ignored", "")
                    found.setdefault(
                        (known[1], name), Hint(message=message, loc=("response", *place, name), error=False)
                    )
                elif isinstance(below, dict | list):
                    waiting.append((child_schema(inside, name, document), below, (*place, name)))
        elif isinstance(current, list):
            waiting += [
                (child_schema(inside, index, document), below, (*place, index))
                for index, below in enumerate(current)
                if isinstance(below, dict | list)
            ]
    return list(found.values())


def _growing(waiting: list[_Part]) -> Iterator[_Part]:
    """Yield what is in a list, also what is added while it is read."""
    position = 0
    while position < len(waiting):
        yield waiting[position]
        position += 1
