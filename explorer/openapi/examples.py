"""Example values that fit a schema: always the same for the same schema."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from explorer.openapi.operations import Body
from explorer.openapi.schema import Schema, bounds, is_null, is_number, model_name, resolve, variants

_BY_FORMAT = {
    "date": "2025-03-04",
    "date-time": "2025-03-04T16:04:31Z",
    "time": "16:04:31",
    "duration": "PT1H30M",
    "uuid": "0e9f2a4c-5b7d-4e1f-8a3b-6c2d1f0e9a8b",
    "email": "ada@example.com",
    "uri": "https://example.com",
    "ipv4": "127.0.0.1",
    "ipv6": "::1",
    "password": "correct horse battery staple",
}
_BY_NAME = {
    "name": "Desk lamp",
    "title": "Desk lamp",
    "description": "Bright and warm",
    "username": "ada",
    "full_name": "Ada Lovelace",
    "email": "ada@example.com",
    "password": "correct horse battery staple",
    "tags": "home",
    "city": "London",
    "lang": "en",
    "language": "en",
}
_LINE = 72
_MAX_DEPTH = 8
_MAX_ITEMS = 100
_MAX_TEXT = 10_000
_MAX_VALUES = 500


def example_value(schema: object, document: Mapping[str, Any], *, name: str = "") -> Any:
    """Return a value that fits, the author's own example first; `name` helps to find a natural one for a text.

    Of models with very many models inside, the later optional parts are left out.
    """
    return _Examples(document).of(schema, name, ())


def example_body_text(body: Body, document: Mapping[str, Any]) -> str:
    """Return an example of a body, the author's own first, as indented JSON; short lists stay on one line."""
    if body.examples:
        return pretty_json(body.examples[0][1])
    return pretty_json(example_value(body.schema, document))


def pretty_json(value: Any) -> str:
    """Write a value as JSON with two spaces a level; a list of plain values stays on one line when it is short."""
    return _pretty(value, "")


def _pretty(value: Any, indent: str) -> str:
    if not value or not isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    inner = indent + "  "
    if isinstance(value, dict):
        rows = [f"{json.dumps(key, ensure_ascii=False)}: {_pretty(child, inner)}" for key, child in value.items()]
        return "{\n" + ",\n".join(inner + row for row in rows) + f"\n{indent}}}"
    line = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(line) <= _LINE and not any(isinstance(child, dict | list) for child in value):
        return line
    return "[\n" + ",\n".join(inner + _pretty(child, inner) for child in value) + f"\n{indent}]"


class _Examples:
    """Makes one example; models may lead to models without end, so it keeps count."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._values_left = _MAX_VALUES

    def of(self, schema: object, name: str, inside: tuple[str, ...]) -> Any:
        self._values_left -= 1
        if not isinstance(schema, Mapping) or len(inside) > _MAX_DEPTH or self._values_left < -_MAX_VALUES:
            return None
        for source in (schema, resolve(schema, self._document)):
            if (given := _given(source)) is not None:
                return given[0]
        if "$ref" in schema:
            inside = (*inside, model_name(schema))
            schema = resolve(schema, self._document)
        members = variants(schema)
        if members != (schema,):
            best = next((member for member in members if not is_null(member)), None)
            return self.of(best, name, inside)
        return self._of_type(schema, name, inside)

    def _of_type(self, schema: Schema, name: str, inside: tuple[str, ...]) -> Any:
        kind = schema.get("type")
        if kind in ("integer", "number"):
            return _number(schema)
        if kind == "boolean":
            return True
        if kind == "string" and "json" in str(schema.get("contentMediaType")) and "contentSchema" in schema:
            return json.dumps(self.of(schema["contentSchema"], name, inside), ensure_ascii=False)
        if kind == "string":
            return _text(schema, name)
        if kind == "array":
            return self._array(schema, name, inside)
        return self._object(schema, inside) if kind == "object" or "properties" in schema else None

    def _array(self, schema: Schema, name: str, inside: tuple[str, ...]) -> list[Any]:
        if isinstance(items := schema.get("prefixItems"), list):
            return [self.of(item, name, inside) for item in items]
        item = schema.get("items", {})
        if _returns(item, inside):
            return []
        least = schema.get("minItems")
        count = max(1, int(least)) if is_number(least) else 1
        return [self.of(item, name, inside)] * min(count, _MAX_ITEMS)

    def _object(self, schema: Schema, inside: tuple[str, ...]) -> dict[str, Any]:
        properties = schema.get("properties")
        if not isinstance(properties, Mapping):
            values = schema.get("additionalProperties")
            return {"key": self.of(values, "", inside)} if isinstance(values, Mapping) and values else {}
        required = schema.get("required")
        needed = required if isinstance(required, list) else []
        result: dict[str, Any] = {}
        for name, child in properties.items():
            if _returns(child, inside):
                if name in needed:
                    result[name] = None
            elif name in needed or self._values_left > 0:
                result[name] = self.of(child, name, inside)
        return result


def _given(schema: Schema) -> tuple[Any] | None:
    """Return what the author offers, in a tuple because null may be meant."""
    examples = schema.get("examples")
    if isinstance(examples, list) and examples:
        return (examples[0],)
    for key in ("example", "const"):
        if key in schema:
            return (schema[key],)
    if schema.get("default") not in (None, [], {}):
        return (schema["default"],)
    values = schema.get("enum")
    if isinstance(values, list) and values:
        return (values[0],)
    return None


def _number(schema: Schema) -> int | float:
    whole = schema.get("type") == "integer"
    found = bounds(schema)
    value: float = 1 if whole else 9.5
    value = max(value, found.get("ge", value))
    if "gt" in found and value <= found["gt"]:
        value = math.floor(found["gt"]) + 1
    value = min(value, found.get("le", value))
    if "lt" in found and value >= found["lt"]:
        floor = found.get("ge", found.get("gt"))
        value = math.ceil(found["lt"]) - 1 if whole or floor is None else (floor + found["lt"]) / 2
    if step := found.get("multiple_of"):
        value = math.ceil(value / step) * step
    return math.floor(value) if whole else value


def _text(schema: Schema, name: str) -> str:
    text = _BY_FORMAT.get(str(schema.get("format"))) or _BY_NAME.get(name.lower()) or "text"
    low, high = schema.get("minLength"), schema.get("maxLength")
    if is_number(low) and len(text) < low <= _MAX_TEXT:
        text = (text * (int(low) // len(text) + 1))[: int(low)]
    return text[: int(high)] if is_number(high) and high >= 0 else text


def _returns(schema: object, inside: tuple[str, ...]) -> bool:
    """Tell whether a schema leads back into a model that is being written."""
    names = {model_name(member) for member in variants(schema)} - {""}
    return bool(names.intersection(inside))
