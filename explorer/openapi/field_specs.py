"""What a person may enter at one place of a value, and what lies below it.

Everything here looks one step ahead, so that models which lead back to themselves are no trouble: a form asks for the
children of a field when it opens them.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from explorer.openapi.field_layers import Layers, unfold
from explorer.openapi.raw import shortened
from explorer.openapi.schema import Schema, bounds, is_null, is_number, type_label

_LONG_FROM = 200  # characters that a text may have before it gets more than one line
_LONG_NAMES = frozenset({"bio", "body", "comment", "content", "description", "message", "notes", "text"})


class FieldKind(enum.StrEnum):
    """Which sort of control fits."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    CHOICE = "choice"  # one of `FieldSpec.choices`
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    FILE = "file"  # bytes: a file in a form, a text where it stands in JSON
    OBJECT = "object"  # `children`; `item` as well when `FieldSpec.open`
    ARRAY = "array"  # `item`
    MAP = "map"  # any names, and `item` for each of their values
    UNION = "union"  # one of `members`
    CONST = "const"  # nothing but `FieldSpec.choices[0]`
    ANY = "any"  # whatever JSON can say


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """What is known of one place in a value.

    Attributes:
        name: the name of the member or parameter; empty for an item and for the whole.
        kind: which sort of control fits.
        type_label: the schema in a programmer's words, such as ``int ≥ 1`` or ``str | None``.
        model: the name of its model, such as ``ItemCreate``; empty for an unnamed schema.
        title: what its author calls it, when that says more than the name; may be empty.
        description: what its author wrote; may be empty.
        required: whether the value around it must hold it.
        nullable: whether null is allowed.
        choices: of CHOICE and CONST, as JSON values, without null.
        has_default: whether there is a default; null may be one.
        default: it, as a JSON value.
        has_example: whether the author gives an example.
        example: it, as a JSON value.
        minimum: of a number; one that is itself excluded for whole numbers is moved to the next that fits.
        maximum: likewise.
        step: what a number must be a multiple of; 1 for whole numbers.
        min_length: least number of characters, items or names.
        max_length: greatest number of characters, items or names.
        pattern: a regular expression that a text must fit; empty for none.
        format: of a text, such as ``uuid``; empty for none.
        deprecated: whether its author discourages it.
        read_only: whether only the server sets it.
        write_only: whether the server never shows it, such as a password.
        open: of an OBJECT: whether other names than its own are kept; `item` tells what their values are.
        schema: the resolved member without null; of a UNION the schema with the members.
    """

    name: str = ""
    kind: FieldKind = FieldKind.ANY
    type_label: str = "any"
    model: str = ""
    title: str = ""
    description: str = ""
    required: bool = False
    nullable: bool = False
    choices: tuple[Any, ...] = ()
    has_default: bool = False
    default: Any = None
    has_example: bool = False
    example: Any = None
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str = ""
    format: str = ""
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    open: bool = False
    schema: Schema = field(default_factory=dict)


def field_spec(schema: object, document: Mapping[str, Any], name: str = "", required: bool = False) -> FieldSpec:
    """Say what may be entered for a schema of any form; it never raises."""
    layers = unfold(schema, document)
    choices = _choices(layers, document)
    kind = _kind(layers, choices, name)
    low, high, step = _number_bounds(layers.inner) if kind in (FieldKind.INTEGER, FieldKind.NUMBER) else (None,) * 3
    default, example = layers.first("default"), _example(layers)
    return FieldSpec(
        name=name,
        kind=kind,
        type_label=type_label(_without_default(schema), document),
        model=layers.model,
        title=_telling_title(layers.text("title"), name, layers.model),
        description=shortened(layers.text("description")),
        required=required,
        nullable=layers.nullable,
        choices=choices,
        has_default=default is not None,
        default=default[0] if default is not None else None,
        has_example=example is not None,
        example=example[0] if example is not None else None,
        minimum=low,
        maximum=high,
        step=step,
        min_length=_size(layers.inner, ("minLength", "minItems", "minProperties")),
        max_length=_size(layers.inner, ("maxLength", "maxItems", "maxProperties")),
        pattern=_text(layers.inner, "pattern"),
        format=_text(layers.inner, "format"),
        deprecated=layers.says("deprecated"),
        read_only=layers.says("readOnly"),
        write_only=layers.says("writeOnly"),
        open=kind is FieldKind.OBJECT and _takes_more(layers.inner),
        schema=layers.inner,
    )


def children(spec: FieldSpec, document: Mapping[str, Any]) -> tuple[FieldSpec, ...]:
    """Return the declared members of an OBJECT, in the author's order; nothing for other kinds."""
    properties = spec.schema.get("properties")
    if spec.kind is not FieldKind.OBJECT or not isinstance(properties, Mapping):
        return ()
    needed = spec.schema.get("required")
    required = {name for name in needed if isinstance(name, str)} if isinstance(needed, list) else set()
    return tuple(field_spec(child, document, str(name), name in required) for name, child in properties.items())


def child(spec: FieldSpec, name: str, document: Mapping[str, Any]) -> FieldSpec | None:
    """Return one member of an OBJECT or MAP, declared or not; None when the schema knows nothing of such a name."""
    properties = spec.schema.get("properties")
    if isinstance(properties, Mapping) and name in properties:
        needed = spec.schema.get("required")
        return field_spec(properties[name], document, name, isinstance(needed, list) and name in needed)
    if spec.open or spec.kind is FieldKind.MAP:
        return replace(item(spec, document), name=name)
    return None


def item(spec: FieldSpec, document: Mapping[str, Any], index: int | None = None) -> FieldSpec:
    """Return what each item of an ARRAY, or each value of a MAP or an open OBJECT, may be.

    In a tuple the items differ: `index` says which one is meant.
    """
    if spec.kind is not FieldKind.ARRAY:
        return field_spec(spec.schema.get("additionalProperties"), document)
    first = spec.schema.get("prefixItems")
    if isinstance(first, list) and index is not None and 0 <= index < len(first):
        return field_spec(first[index], document)
    rest = spec.schema.get("items")
    if rest is None and isinstance(first, list) and first:
        rest = first[-1]
    return field_spec(rest, document)


def takes_file(spec: FieldSpec, document: Mapping[str, Any]) -> bool:
    """Tell whether a member of a form is a file, or several."""
    one = item(spec, document) if spec.kind is FieldKind.ARRAY else spec
    return one.kind is FieldKind.FILE


def members(spec: FieldSpec, document: Mapping[str, Any]) -> tuple[FieldSpec, ...]:
    """Return the members of a UNION with a `type_label` each that no other one has; nothing for other kinds."""
    if spec.kind is not FieldKind.UNION:
        return ()
    found = [field_spec(member, document, spec.name, spec.required) for member in union_members(spec.schema)]
    labels = [member.type_label for member in found]
    return tuple(
        replace(member, type_label=f"{label} ({number})") if labels.count(label) > 1 else member
        for number, (member, label) in enumerate(zip(found, labels, strict=True), start=1)
    )


def union_members(schema: Schema) -> tuple[object, ...]:
    """Return the raw members of a union's schema without null."""
    for key in ("anyOf", "oneOf"):
        if isinstance(raw := schema.get(key), list) and raw:
            return tuple(member for member in raw if not is_null(member))
    if isinstance(types := schema.get("type"), list):
        return tuple({**schema, "type": kind} for kind in types if kind != "null")
    return ()


def _kind(layers: Layers, choices: tuple[Any, ...], name: str) -> FieldKind:
    schema = layers.inner
    if "const" in schema or (is_null(schema) and not layers.is_union):
        return FieldKind.CONST
    if choices:
        return FieldKind.CHOICE
    if layers.is_union:
        return FieldKind.UNION
    kind = schema.get("type")
    plain = {"integer": FieldKind.INTEGER, "number": FieldKind.NUMBER, "boolean": FieldKind.BOOLEAN}
    if isinstance(kind, str) and kind in plain:
        return plain[kind]
    return _text_kind(schema, layers, name) if kind == "string" else _container_kind(schema)


def _container_kind(schema: Schema) -> FieldKind:
    kind, more = schema.get("type"), schema.get("additionalProperties")
    if kind == "array" or (kind is None and ("items" in schema or "prefixItems" in schema)):
        return FieldKind.ARRAY
    properties = schema.get("properties")
    if kind not in (None, "object") or (kind is None and not isinstance(properties or more, Mapping)):
        return FieldKind.ANY
    has_members = isinstance(properties, Mapping) and bool(properties)
    return FieldKind.OBJECT if has_members or more is False else FieldKind.MAP


def _text_kind(schema: Schema, layers: Layers, name: str) -> FieldKind:
    by_format = {
        "date": FieldKind.DATE,
        "date-time": FieldKind.DATETIME,
        "time": FieldKind.TIME,
        "binary": FieldKind.FILE,
    }
    if (format_name := _text(schema, "format")) in by_format:
        return by_format[format_name]
    media_type = _text(schema, "contentMediaType")
    if media_type and "contentEncoding" not in schema and not format_name:
        is_text = media_type.startswith("text/") or "json" in media_type
        return FieldKind.LONG_TEXT if is_text else FieldKind.FILE
    if format_name:
        return FieldKind.TEXT
    longest = schema.get("maxLength")
    if is_number(longest):
        return FieldKind.LONG_TEXT if longest > _LONG_FROM else FieldKind.TEXT
    given = [value[0] for value in (layers.first("default"), _example(layers)) if value is not None]
    has_lines = any(isinstance(value, str) and "\n" in value for value in given)
    return FieldKind.LONG_TEXT if has_lines or name.lower() in _LONG_NAMES else FieldKind.TEXT


def _choices(layers: Layers, document: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what can be chosen from; a union of nothing but choices is one choice."""
    schema = layers.inner
    if is_null(schema) and not layers.is_union:
        return (None,)
    if "const" in schema:
        return (schema["const"],)
    if isinstance(values := schema.get("enum"), list):
        return tuple(value for value in values if value is not None)
    if not layers.is_union or "discriminator" in schema:
        return ()
    found: list[Any] = []
    for member in union_members(schema):
        inside = unfold(member, document)
        values = [inside.inner["const"]] if "const" in inside.inner else inside.inner.get("enum")
        if inside.is_union or not isinstance(values, list):
            return ()
        found += [value for value in values if value is not None and not _holds(found, value)]
    return tuple(found)


def _holds(values: list[Any], value: Any) -> bool:
    return any(type(other) is type(value) and other == value for other in values)


def _number_bounds(schema: Schema) -> tuple[float | None, float | None, float | None]:
    found = bounds(schema)
    low, high = found.get("ge"), found.get("le")
    whole = schema.get("type") == "integer"
    if "gt" in found:
        above = math.floor(found["gt"]) + 1 if whole else found["gt"]
        low = above if low is None else max(low, above)
    if "lt" in found:
        below = math.ceil(found["lt"]) - 1 if whole else found["lt"]
        high = below if high is None else min(high, below)
    return low, high, found.get("multiple_of", 1 if whole else None)


def _example(layers: Layers) -> tuple[Any] | None:
    listed = layers.first("examples")
    if listed is not None and isinstance(listed[0], list) and listed[0]:
        return (listed[0][0],)
    return layers.first("example")


def _telling_title(title: str, name: str, model: str) -> str:
    """Return a title that its author wrote; pydantic makes one of the name or the model by itself."""
    made_up = {name.replace("_", " ").title().strip().lower(), name.lower(), model.lower()}
    return "" if title.lower() in made_up else title


def _takes_more(schema: Schema) -> bool:
    more = schema.get("additionalProperties")
    return more is True or isinstance(more, Mapping)


def _size(schema: Schema, keys: tuple[str, ...]) -> int | None:
    return next((int(value) for key in keys if is_number(value := schema.get(key)) and value >= 0), None)


def _text(schema: Schema, key: str) -> str:
    value = schema.get(key)
    return value if isinstance(value, str) else ""


def _without_default(schema: object) -> object:
    return {key: value for key, value in schema.items() if key != "default"} if isinstance(schema, Mapping) else schema
