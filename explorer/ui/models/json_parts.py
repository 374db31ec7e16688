"""What stands where in the form of a JSON body: the parts of a value, each with what its model says of it."""

from __future__ import annotations

import enum
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from explorer.openapi.fields import FieldKind, FieldSpec, children, item, member_for, members
from explorer.openapi.hints import Hint
from explorer.openapi.json_positions import Pointer
from explorer.ui.models.json_entries import MISSING, Entry, entry_text, plain

Document = Mapping[str, Any]
_CONTAINERS = (FieldKind.OBJECT, FieldKind.MAP, FieldKind.ARRAY)


class Place(enum.Enum):
    """What a part is to the value around it."""

    WHOLE = enum.auto()
    MEMBER = enum.auto()  # of an object, declared by its model
    EXTRA = enum.auto()  # of an object, unknown to its model
    ENTRY = enum.auto()  # of an object that takes any names
    ITEM = enum.auto()  # of a list


class Shape(enum.Enum):
    """How a part is shown."""

    LINE = enum.auto()
    LONG = enum.auto()
    CHOICE = enum.auto()
    MOMENT = enum.auto()
    FIXED = enum.auto()
    ADD = enum.auto()  # an object, list or union that is not there
    GROUP = enum.auto()  # an object or list, with parts of its own
    UNION = enum.auto()  # a choice of members, then the member


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a value.

    Attributes:
        key: name or index in the value around it; None for the whole, and for the member of a union.
        spec: what its model says.
        value: as `read_json` returns it.
        place: what it is to the value around it.
        shape: how it is shown.
    """

    key: str | int | None
    spec: FieldSpec
    value: Any
    place: Place
    shape: Shape


def part_of(key: str | int | None, spec: FieldSpec, value: Any, place: Place, document: Document) -> Part:
    """Return a part with the shape that fits what is there."""
    return Part(key=key, spec=spec, value=value, place=place, shape=_shape(spec, value, document))


def parts_of(spec: FieldSpec, declared: tuple[FieldSpec, ...], value: Any, document: Document) -> list[Part]:
    """Return the parts of an object or list; `declared` are the `children` of its model."""
    if isinstance(value, list):
        specs = [item(spec, document, n) if spec.kind is FieldKind.ARRAY else FieldSpec() for n in range(len(value))]
        return [part_of(n, specs[n], child, Place.ITEM, document) for n, child in enumerate(value)]
    found = [part_of(c.name, c, value.get(c.name, MISSING), Place.MEMBER, document) for c in declared]
    names = {child.name for child in declared}
    takes_more = spec.kind is FieldKind.MAP or spec.open
    other = item(spec, document) if takes_more else FieldSpec()
    place = Place.EXTRA if declared and not spec.open else Place.ENTRY
    for name, child in value.items():
        if name not in names:
            found.append(part_of(name, replace(other, name=name), child, place, document))
    return found


def declared_members(spec: FieldSpec, document: Document) -> tuple[FieldSpec, ...]:
    """Return the members of an object in the author's order, without those that only the server sets."""
    return tuple(child for child in children(spec, document) if child.required or not child.read_only)


def member_now(spec: FieldSpec, value: Any, document: Document) -> int:
    """Return which member of a union a value is."""
    return member_for(spec, plain(value), document)


def is_choice_of_forms(spec: FieldSpec, document: Document) -> bool:
    """Tell a union that needs a choice from one whose members all fit into one line."""
    return spec.kind is FieldKind.UNION and any(
        member.kind in (*_CONTAINERS, FieldKind.UNION) for member in members(spec, document)
    )


def choice_texts(spec: FieldSpec, entry: Entry) -> tuple[str, ...]:
    """Return what a drop-down offers."""
    if spec.kind is FieldKind.BOOLEAN:
        return ("true", "false")
    return tuple(entry_text(choice, entry) for choice in spec.choices)


def summary_of(value: Any, declared: tuple[FieldSpec, ...]) -> str:
    """Say in a few words what a group holds."""
    if isinstance(value, list):
        return "empty list" if not value else f"{len(value)} item{'s' * (len(value) != 1)}"
    if not isinstance(value, dict):
        return ""
    if not value:
        return "empty object"
    sent = len(value)
    total = len(declared) + sum(name not in {child.name for child in declared} for name in value)
    return f"{sent} of {total} fields sent" if sent < total else f"{sent} field{'s' * (sent != 1)}"


def hints_by_pointer(hints: tuple[Hint, ...], value: Any) -> Mapping[Pointer, tuple[Hint, ...]]:
    """Put each remark to the part it is about; names that pydantic adds for a union's member are left out."""
    found: dict[Pointer, tuple[Hint, ...]] = {}
    for hint in hints:
        pointer = pointer_of(hint.loc, value)
        found[pointer] = (*found.get(pointer, ()), hint)
    return found


def pointer_of(loc: tuple[str | int, ...], value: Any) -> Pointer:
    """Return the place that a 422's ``loc`` names, as far as it exists; a name that is missing belongs to it."""
    steps = loc[1:] if loc[:1] == ("body",) else loc
    pointer: list[str | int] = []
    for number, step in enumerate(steps):
        if isinstance(value, dict) and str(step) in value:
            value = value[str(step)]
            pointer.append(str(step))
        elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
            value = value[step]
            pointer.append(step)
        elif isinstance(value, dict) and isinstance(step, str) and number == len(steps) - 1:
            pointer.append(step)
    return tuple(pointer)


def _shape(spec: FieldSpec, value: Any, document: Document) -> Shape:
    choice = is_choice_of_forms(spec, document)
    if value is MISSING or value is None:
        if choice or spec.kind in _CONTAINERS:
            return Shape.ADD
    elif choice:
        return Shape.UNION
    if isinstance(value, dict | list):
        return Shape.GROUP
    if spec.kind is FieldKind.CONST and spec.choices:
        fits = value is MISSING or json.dumps(plain(value)) == json.dumps(spec.choices[0])
        return Shape.FIXED if fits else Shape.LINE
    if spec.kind in (FieldKind.CHOICE, FieldKind.BOOLEAN):
        return Shape.CHOICE
    if spec.kind in (FieldKind.DATE, FieldKind.DATETIME, FieldKind.TIME):
        return Shape.MOMENT
    has_lines = isinstance(value, str) and "\n" in value
    return Shape.LONG if has_lines or spec.kind is FieldKind.LONG_TEXT else Shape.LINE
