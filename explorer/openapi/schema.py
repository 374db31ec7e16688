"""JSON Schema as OpenAPI uses it: following references, and saying a schema in a programmer's words."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from typing import Any, TypeGuard

Schema = Mapping[str, Any]

_STRING_FORMATS = {
    "date": "date",
    "date-time": "datetime",
    "time": "time",
    "duration": "timedelta",
    "uuid": "UUID",
    "email": "email",
    "uri": "URL",
    "ipv4": "IPv4",
    "ipv6": "IPv6",
    "binary": "file",
    "byte": "bytes",
}
_FILE = re.compile(r"(?<![\w\"])file(?![\w\"])")
_MAX_LABEL_DEPTH = 6
_MAX_DEFAULT = 24
_TECHNICAL = 2**53 - 1  # bounds from here on protect a database, a float or JavaScript; they say nothing to a person


def resolve(schema: object, document: Mapping[str, Any]) -> Schema:
    """Follow local ``$ref`` until there is a schema of its own; an empty one when a reference leads nowhere."""
    seen: set[str] = set()
    while isinstance(schema, Mapping):
        reference = schema.get("$ref")
        if not isinstance(reference, str):
            return schema
        if reference in seen:
            return {}
        seen.add(reference)
        schema = _look_up(reference, document)
    return {}


def model_name(schema: object) -> str:
    """Return the model that a schema refers to, such as ``ItemCreate``; empty when it refers to none."""
    reference = schema.get("$ref") if isinstance(schema, Mapping) else None
    if not isinstance(reference, str):
        return ""
    name = _unescape(reference.rpartition("/")[2])
    # pydantic tells apart what is read and written by a suffix, and equal names by the module in front.
    name = name.removesuffix("-Input").removesuffix("-Output")
    last = name.rpartition("__")[2]
    return last if last[:1].isupper() else name


def variants(schema: object) -> tuple[object, ...]:
    """Return the members of a union, or the schema alone; a list of types and 3.0's nullable are unions, too."""
    if not isinstance(schema, Mapping):
        return (schema,)
    if schema.get("nullable") is True:
        return ({key: value for key, value in schema.items() if key != "nullable"}, {"type": "null"})
    for key in ("anyOf", "oneOf"):
        if isinstance(members := schema.get(key), list) and members and not _only_conditions(members):
            return tuple(members)
    if isinstance(members := schema.get("allOf"), list) and len(members) == 1:
        return (members[0],)
    if isinstance(types := schema.get("type"), list):
        return tuple({**schema, "type": kind} for kind in types)
    return (schema,)


def _only_conditions(members: list[Any]) -> bool:
    """Tell whether members say no more than which fields go together: the schema around them is the only choice."""
    return all(isinstance(member, Mapping) and 0 < len(member) == ("required" in member) for member in members)


def is_null(schema: object) -> bool:
    """Tell whether a schema allows null and nothing else."""
    return isinstance(schema, Mapping) and schema.get("type") == "null"


def type_label(schema: object, document: Mapping[str, Any]) -> str:
    """Say a schema as a Python programmer would, such as ``int ≥ 1``, ``str | None`` or ``bool = false``."""
    label = _label(schema, document, 0)
    default = default_text(schema)
    if default is None:
        return label
    return f"{label} = {default}"


def in_json(label: str) -> str:
    """Return a `type_label` as it holds inside JSON, where no file can stand, but its bytes as a text."""
    return _FILE.sub("bytes", label)


def field_note(schema: object, document: Mapping[str, Any]) -> str:
    """Say what is expected of a value in words, such as ``str, 1–80 characters``; empty when brackets say it all."""
    base = in_json(type_label(_without_default(schema), document))
    if base == "any" or len(base) > 60 or base.startswith(("list[", "dict", "tuple[", "set[")):
        return ""
    members = [resolve(member, document) for member in variants(schema) if not is_null(member)]
    if len(members) == 1 and members[0].get("type") == "string" and base.startswith("str "):
        rest = " | None" if base.endswith(" | None") else ""
        if length := _interval(members[0], "minLength", "maxLength"):
            return f"str{rest}, {length} character{'' if length.endswith(' 1') else 's'}"
    return base


def default_text(schema: object) -> str | None:
    """Return a schema's default as JSON writes it, texts without quotes; None for none, null or a long one."""
    default = schema.get("default") if isinstance(schema, Mapping) else None
    if default is None:
        return None
    text = default if isinstance(default, str) and default.strip() == default != "" else json.dumps(default)
    return text if len(text) <= _MAX_DEFAULT else None


def bounds(schema: Schema) -> dict[str, float]:
    """Return what holds a number, by pydantic's names: ``ge``, ``gt``, ``le``, ``lt`` and ``multiple_of``."""
    found: dict[str, float] = {}
    for key, exclusive_key, name, exclusive_name in (
        ("minimum", "exclusiveMinimum", "ge", "gt"),
        ("maximum", "exclusiveMaximum", "le", "lt"),
    ):
        bound, exclusive = schema.get(key), schema.get(exclusive_key)
        if is_number(bound):
            # In OpenAPI 3.0 the exclusive one is a switch, and a bound of its own since.
            found[exclusive_name if exclusive is True else name] = bound
        if is_number(exclusive):
            found[exclusive_name] = exclusive
    if is_number(step := schema.get("multipleOf")) and step > 0:
        found["multiple_of"] = step
    return found


def is_number(value: object) -> TypeGuard[int | float]:
    """Tell a number that a float can hold from everything else, from true and false, too."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def _label(schema: object, document: Mapping[str, Any], depth: int) -> str:
    if not isinstance(schema, Mapping) or depth > _MAX_LABEL_DEPTH:
        return "any"
    if "$ref" in schema:
        return model_name(schema) or "any"
    members = variants(schema)
    if members != (schema,):
        return _union_label(members, document, depth)
    values = schema.get("enum", [schema["const"]] if "const" in schema else None)
    if isinstance(values, list):
        return " | ".join(json.dumps(value, ensure_ascii=False) for value in values)
    return _label_of_type(schema, document, depth)


def _label_of_type(schema: Schema, document: Mapping[str, Any], depth: int) -> str:
    kind = schema.get("type")
    plain = {"boolean": "bool", "null": "None"}
    label = plain.get(kind, "any") if isinstance(kind, str) else "any"
    if kind in ("integer", "number"):
        label = _bounded("int" if kind == "integer" else "float", schema)
    elif kind == "string":
        label = _string_label(schema)
    elif kind == "array":
        label = _array_label(schema, document, depth)
    elif kind == "object":
        label = _object_label(schema, document, depth)
    return label


def _union_label(members: tuple[object, ...], document: Mapping[str, Any], depth: int) -> str:
    labels = dict.fromkeys(_label(member, document, depth + 1) for member in members)
    names = [label for label in labels if label != "None"]
    return " | ".join(names + ["None"] * ("None" in labels))


def _string_label(schema: Schema) -> str:
    if "contentMediaType" in schema:
        return "file"
    name = _STRING_FORMATS.get(str(schema.get("format")), "str")
    interval = _interval(schema, "minLength", "maxLength")
    return f"{name} {interval}" if interval else name


def _array_label(schema: Schema, document: Mapping[str, Any], depth: int) -> str:
    if isinstance(items := schema.get("prefixItems"), list):
        return f"tuple[{', '.join(_label(item, document, depth + 1) for item in items)}]"
    name = "set" if schema.get("uniqueItems") is True else "list"
    if "items" in schema:
        name = f"{name}[{_label(schema['items'], document, depth + 1)}]"
    interval = _interval(schema, "minItems", "maxItems")
    return f"{name} {interval}" if interval else name


def _object_label(schema: Schema, document: Mapping[str, Any], depth: int) -> str:
    if isinstance(values := schema.get("additionalProperties"), Mapping) and "properties" not in schema:
        return f"dict[str, {_label(values, document, depth + 1)}]"
    if "properties" in schema and isinstance(title := schema.get("title"), str):
        return title
    return "dict"


def _bounded(name: str, schema: Schema) -> str:
    """Add the bounds of a number: ``int 1–100`` when both ends belong to it, else ``float > 0``."""
    found = {key: bound for key, bound in bounds(schema).items() if abs(bound) < _TECHNICAL}
    if "ge" in found and "le" in found:
        parts = [_between(found["ge"], found["le"])]
    else:
        signs = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
        parts = [f"{sign} {_number_text(found[key])}" for key, sign in signs.items() if key in found]
    if "multiple_of" in found:
        parts.append(f"step {_number_text(found['multiple_of'])}")
    return f"{name} {', '.join(parts)}" if parts else name


def _interval(schema: Schema, low_key: str, high_key: str) -> str:
    low, high = schema.get(low_key), schema.get(high_key)
    if is_number(low) and is_number(high):
        return _between(low, high)
    if is_number(low):
        return f"≥ {_number_text(low)}"
    if is_number(high):
        return f"≤ {_number_text(high)}"
    return ""


def _between(low: float, high: float) -> str:
    if low == high:
        return _number_text(low)
    dash = "–" if low >= 0 else " to "  # a dash behind a minus could be taken for another one
    return f"{_number_text(low)}{dash}{_number_text(high)}"


def _number_text(value: float) -> str:
    """Write a bound as Python would, the short way: ``0`` for ``0.0``, and ``1_000_000``."""
    number = int(value) if float(value).is_integer() and abs(value) < _TECHNICAL else value
    return f"{number:_}" if abs(number) >= 10_000 else str(number)


def _without_default(schema: object) -> object:
    return {key: value for key, value in schema.items() if key != "default"} if isinstance(schema, Mapping) else schema


def _look_up(reference: str, document: Mapping[str, Any]) -> object:
    if not reference.startswith("#/"):
        return None
    found: object = document
    for part in reference[2:].split("/"):
        if not isinstance(found, Mapping):
            return None
        found = found.get(_unescape(part))
    return found


def _unescape(part: str) -> str:
    return part.replace("~1", "/").replace("~0", "~")
