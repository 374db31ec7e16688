"""What a schema says in all, from its own words down through references and wrappers to the one that counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from explorer.openapi.schema import Schema, is_null, model_name, resolve, variants

_MAX_STEPS = 10  # from name to name; a schema may lead back to itself
_MAX_DEPTH = 10  # of parts inside parts


@dataclass(frozen=True, slots=True)
class Layers:
    """The schemas that hold for one place, the outermost first.

    Attributes:
        outer: all of them; a description or default further out counts more.
        inner: the last: no reference, no null, parts merged; of a real choice the schema with its members.
        is_union: whether `inner` leaves a choice between several members.
        nullable: whether null is allowed as well.
        model: the name of the model that was met last.
    """

    outer: tuple[Schema, ...]
    inner: Schema
    is_union: bool
    nullable: bool
    model: str

    def first(self, key: str) -> tuple[Any] | None:
        """Return the outermost value for a keyword, in a tuple because null may be meant; None when there is none."""
        return next(((layer[key],) for layer in (*self.outer, self.inner) if key in layer), None)

    def text(self, key: str) -> str:
        """Return the outermost text for a keyword; empty when there is none."""
        found = (layer.get(key) for layer in (*self.outer, self.inner))
        return next((text for text in found if isinstance(text, str) and text), "")

    def says(self, key: str) -> bool:
        """Tell whether any layer switches a keyword on."""
        return any(layer.get(key) is True for layer in (*self.outer, self.inner))


def unfold(schema: object, document: Mapping[str, Any]) -> Layers:
    """Follow references, leave out null, and merge parts until there is one schema or a real choice."""
    outer: list[Schema] = []
    nullable, model = False, ""
    for _ in range(_MAX_STEPS):
        if not isinstance(schema, Mapping):
            return Layers(tuple(outer), {}, is_union=False, nullable=nullable, model=model)
        outer.append(schema)
        model = model_name(schema) or model
        if isinstance(schema.get("$ref"), str):
            schema = resolve(schema, document)
            outer.append(schema)
        schema = merged_parts(schema, document)
        nullable = nullable or _lists_null(schema)
        found = variants(schema)
        if len(found) == 1 and found[0] is schema:
            return Layers(tuple(outer), schema, is_union=False, nullable=nullable, model=model)
        real = [member for member in found if not is_null(member)]
        nullable = nullable or len(real) < len(found)
        if len(real) != 1:
            inner = schema if real else {"type": "null"}
            return Layers(tuple(outer), inner, is_union=bool(real), nullable=nullable, model=model)
        schema = real[0]
    return Layers(tuple(outer), {}, is_union=False, nullable=nullable, model=model)


def merged_parts(schema: Schema, document: Mapping[str, Any], depth: int = 0) -> Schema:
    """Return a schema with the parts of its ``allOf`` in it, when they describe one object together."""
    parts = schema.get("allOf")
    if not isinstance(parts, list) or not parts or depth > _MAX_DEPTH:
        return schema
    own = {key: value for key, value in schema.items() if key != "allOf"}
    if len(parts) == 1 and "properties" not in own:
        return schema  # a wrapper for a description beside a reference
    merged: dict[str, Any] = {}
    for part in (*parts, own):
        for key, value in merged_parts(resolve(part, document), document, depth + 1).items():
            merged[key] = _joined(key, merged.get(key), value)
    return merged


def _joined(key: str, known: object, value: object) -> object:
    if key == "properties" and isinstance(known, Mapping) and isinstance(value, Mapping):
        return {**known, **value}
    if key == "required" and isinstance(known, list) and isinstance(value, list):
        return [*known, *(name for name in value if name not in known)]
    return value


def _lists_null(schema: Schema) -> bool:
    values = schema.get("enum")
    return isinstance(values, list) and None in values and len(values) > 1
