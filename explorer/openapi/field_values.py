"""Which values go with a field: the member of a union that a value is, and what a newly added field starts with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from explorer.openapi.examples import example_value
from explorer.openapi.field_specs import FieldKind, FieldSpec, children, item, members, union_members
from explorer.openapi.schema import bounds, model_name

_MAX_DEPTH = 8
_MAX_ITEMS = 20


def member_for(spec: FieldSpec, value: object, document: Mapping[str, Any]) -> int:
    """Return which member of a UNION a value is: by the field that tells them apart, else the one it fits best."""
    tagged = _by_tag(spec, value)
    if tagged is not None:
        return tagged
    from explorer.openapi.validation import find_problems

    best, best_rank = 0, (-1, 0, 0)
    raw = union_members(spec.schema)
    for index, member in enumerate(members(spec, document)):
        problems = find_problems(raw[index], document, value)
        fits = _is_of_kind(value, member)
        known = member.schema.get("properties")
        shared = len(value.keys() & known.keys()) if isinstance(value, dict) and isinstance(known, Mapping) else 0
        rank = (2 * fits + (not problems), shared, -len(problems))
        if rank > best_rank:
            best, best_rank = index, rank
    return best


def starting_value(spec: FieldSpec, document: Mapping[str, Any]) -> Any:
    """Return what a newly added field, item or member starts with: the author's own value first, else a short one.

    Of an object only the required members are there.
    """
    return _starting(spec, document, 0)


def starting_member(spec: FieldSpec, index: int, document: Mapping[str, Any]) -> Any:
    """Return what a member of a UNION starts with; the field that tells the members apart is always there."""
    return _starting_member(spec, index, document, 0)


def _starting_member(spec: FieldSpec, index: int, document: Mapping[str, Any], depth: int) -> Any:
    member = members(spec, document)[index]
    value = _starting(member, document, depth)
    discriminator = spec.schema.get("discriminator")
    name = discriminator.get("propertyName") if isinstance(discriminator, Mapping) else None
    if not isinstance(value, dict) or name is None or name in value:
        return value
    tag = next((child for child in children(member, document) if child.name == name), None)
    return value if tag is None else {name: _starting(tag, document, depth + 1), **value}


def _starting(spec: FieldSpec, document: Mapping[str, Any], depth: int) -> Any:
    if spec.kind is FieldKind.CONST:
        return spec.choices[0]
    for given, value in ((spec.has_default, spec.default), (spec.has_example, spec.example)):
        if given and value is not None:
            return json.loads(json.dumps(value))  # a copy that nobody else holds
    if depth > _MAX_DEPTH:
        return None
    match spec.kind:
        case FieldKind.OBJECT | FieldKind.MAP:
            inside = [child for child in children(spec, document) if child.required]
            return {child.name: _starting(child, document, depth + 1) for child in inside}
        case FieldKind.ARRAY:
            count = min(spec.min_length or 0, _MAX_ITEMS)
            return [_starting(item(spec, document, index), document, depth + 1) for index in range(count)]
        case FieldKind.UNION:
            return _starting_member(spec, 0, document, depth + 1) if union_members(spec.schema) else None
        case _:
            return _plain(spec, document)


def _plain(spec: FieldSpec, document: Mapping[str, Any]) -> Any:
    match spec.kind:
        case FieldKind.CHOICE:
            return spec.choices[0]
        case FieldKind.BOOLEAN:
            return False
        case FieldKind.INTEGER | FieldKind.NUMBER:
            return _number(spec, document)
        case FieldKind.ANY:
            return None
        case _:
            return _text(spec, document)


def _number(spec: FieldSpec, document: Mapping[str, Any]) -> Any:
    limits = bounds(spec.schema)
    if limits.get("ge", 0) <= 0 <= limits.get("le", 0) and limits.get("gt", -1) < 0 < limits.get("lt", 1):
        return 0
    return example_value({key: value for key, value in spec.schema.items() if key != "default"}, document)


def _text(spec: FieldSpec, document: Mapping[str, Any]) -> Any:
    if spec.kind is FieldKind.FILE or not (spec.format or spec.min_length or spec.pattern):
        return ""
    return example_value(spec.schema, document, name=spec.name)


def _by_tag(spec: FieldSpec, value: object) -> int | None:
    discriminator = spec.schema.get("discriminator")
    if not isinstance(value, dict) or not isinstance(discriminator, Mapping):
        return None
    tag, mapping = value.get(str(discriminator.get("propertyName"))), discriminator.get("mapping")
    if not isinstance(tag, str):
        return None
    target = mapping.get(tag) if isinstance(mapping, Mapping) else None
    for index, member in enumerate(union_members(spec.schema)):
        reference = member.get("$ref") if isinstance(member, Mapping) else None
        if reference is not None and (reference == target or (target is None and model_name(member) == tag)):
            return index
    return None


def _is_of_kind(value: object, spec: FieldSpec) -> bool:
    """Tell whether a value has the form that a member asks for, without any conversion."""
    match spec.kind:
        case FieldKind.CONST | FieldKind.CHOICE:
            return any(type(choice) is type(value) and choice == value for choice in spec.choices)
        case FieldKind.INTEGER:
            return isinstance(value, int) and not isinstance(value, bool)
        case FieldKind.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case FieldKind.BOOLEAN:
            return isinstance(value, bool)
        case FieldKind.OBJECT | FieldKind.MAP:
            return isinstance(value, dict)
        case FieldKind.ARRAY:
            return isinstance(value, list)
        case FieldKind.UNION | FieldKind.ANY:
            return True
        case _:
            return isinstance(value, str)
