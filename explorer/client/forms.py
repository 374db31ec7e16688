"""The rows of a form, from the schema of a body that travels as one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from explorer.client.content import URLENCODED
from explorer.client.draft import BodyKind, FormField
from explorer.client.multipart import MULTIPART
from explorer.openapi.examples import example_value
from explorer.openapi.operations import Body
from explorer.openapi.schema import Schema, resolve
from explorer.openapi.walk import only_member

_LITERAL = re.compile(r"\^([\w-]+)\$")
_TEXT_TYPES = ("text/", "application/xml", "application/yaml", "application/x-yaml", "application/graphql")


def body_kind_of(body: Body, document: Mapping[str, Any]) -> BodyKind:
    """Return the kind of body that a declared one is composed as."""
    media_type = body.media_type.partition(";")[0].strip().lower()
    if media_type == URLENCODED:
        return BodyKind.URLENCODED
    if media_type.startswith("multipart/"):
        return BodyKind.MULTIPART
    if "json" in media_type or media_type.endswith("+xml") or media_type.startswith(_TEXT_TYPES):
        return BodyKind.TEXT
    schema, _ = only_member(body.schema, document)
    return BodyKind.FILE if is_binary(schema) or schema.get("type") != "object" else BodyKind.TEXT


def starting_fields(body: Body, document: Mapping[str, Any]) -> tuple[FormField, ...]:
    """Return one row for every property in its order: required ones with an example, the others "not sent"."""
    properties, required = _properties(body.schema, document)
    return tuple(_field(name, schema, document, required=name in required) for name, schema in properties.items())


def with_missing_fields(fields: tuple[FormField, ...], fresh: tuple[FormField, ...]) -> tuple[FormField, ...]:
    """Return the rows of a form with those of `fresh` whose name is not among them."""
    have = {field.name for field in fields}
    return fields + tuple(field for field in fresh if field.name not in have)


def is_binary(schema: Schema) -> bool:
    """Tell whether a schema stands for the bytes of a file."""
    if schema.get("type") not in ("string", None) or "contentEncoding" in schema:  # base64 is a text
        return False
    return schema.get("format") == "binary" or "contentMediaType" in schema


def plain_text(value: object) -> str:
    """Write an example as a person would type it into a field; lists and objects as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def is_form(media_type: str) -> bool:
    """Tell whether a body of this media type is made of rows."""
    return media_type.partition(";")[0].strip().lower() in (URLENCODED, MULTIPART)


def _field(name: str, schema: object, document: Mapping[str, Any], *, required: bool) -> FormField:
    only, _ = only_member(schema, document)
    item = schema
    if only.get("type") == "array":
        item = only.get("items", {})
        only, _ = only_member(item, document)
    field = FormField(name=name, is_file=is_binary(only))
    if field.is_file or not required:
        return field
    if (literal := _LITERAL.fullmatch(str(only.get("pattern")))) is not None:  # such as OAuth2's grant_type
        return replace(field, text=literal[1])
    given = example_value(schema, document, name=name)  # the author's own example first
    if item is not schema:
        given = given[0] if isinstance(given, list) and given else example_value(item, document, name=name)
    return replace(field, text=plain_text(given))


def _properties(schema: object, document: Mapping[str, Any], depth: int = 0) -> tuple[dict[str, Any], set[str]]:
    """Return the properties of a model and the names of those required; several parts of an allOf are one model."""
    only, _ = only_member(schema, document)
    if not only:
        only = resolve(schema, document)
    found: dict[str, Any] = {}
    required: set[str] = set()
    parts = only.get("allOf")
    if isinstance(parts, list) and depth < 8:
        for part in parts:
            more, needed = _properties(part, document, depth + 1)
            found |= more
            required |= needed
    properties, needed_here = only.get("properties"), only.get("required")
    if isinstance(properties, Mapping):
        found |= properties
    if isinstance(needed_here, list):
        required |= {name for name in needed_here if isinstance(name, str)}
    return found, required
