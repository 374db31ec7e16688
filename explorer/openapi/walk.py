"""Down into a schema, step by step, the way a value goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from explorer.openapi.schema import Schema, is_null, model_name, resolve, variants

_MAX_STEPS = 10  # from name to name; a schema may lead back to itself


def only_member(schema: object, document: Mapping[str, Any]) -> tuple[Schema, str]:
    """Return what a schema is apart from null, resolved, and its model's name; an empty schema for a real choice."""
    name = ""
    for _ in range(_MAX_STEPS):
        name = model_name(schema) or name
        found = resolve(schema, document)
        members = [member for member in variants(found) if not is_null(member)]
        if len(members) != 1:
            break
        if members[0] is found:
            return found, name
        schema = members[0]
    return {}, ""


def child_schema(schema: object, step: str | int, document: Mapping[str, Any]) -> object:
    """Return the schema of a field or list item inside a value of `schema`; None when nothing is said about it."""
    parent, _ = only_member(schema, document)
    if isinstance(step, str):
        properties = parent.get("properties")
        if isinstance(properties, Mapping) and step in properties:
            return properties[step]
        extra = parent.get("additionalProperties")
        return extra if isinstance(extra, Mapping) else None
    first = parent.get("prefixItems")
    if isinstance(first, list) and step < len(first):
        return first[step]
    return parent.get("items")


def existing_part(loc: tuple[str | int, ...], value: Any) -> tuple[str | int, ...]:
    """Follow a place as pydantic names it as far as it exists; names of a union's members are left out."""
    pointer: list[str | int] = []
    for step in loc:
        if _holds(value, step):
            value = value[step]
            pointer.append(step)
    return tuple(pointer)


def _holds(value: Any, step: str | int) -> bool:
    if isinstance(value, dict):
        return step in value
    return isinstance(value, list) and isinstance(step, int) and step < len(value)


def ignored_beside(schema: object, document: Mapping[str, Any]) -> tuple[tuple[str, ...], str] | None:
    """Return the fields and name of a model that ignores all other fields; None when others count or are refused."""
    parent, name = only_member(schema, document)
    properties = parent.get("properties")
    if not isinstance(properties, Mapping) or "additionalProperties" in parent:
        return None
    title = parent.get("title")
    return tuple(properties), name or (title if isinstance(title, str) else "") or "the schema"
