"""The rows of a form, from the schema of a body that travels as one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from explorer.client.draft import FormField
from explorer.openapi.examples import example_value
from explorer.openapi.fields import FieldKind, FieldSpec, children, field_spec, item, takes_file
from explorer.openapi.operations import Body

_LITERAL = re.compile(r"\^([\w-]+)\$")


def starting_fields(body: Body, document: Mapping[str, Any]) -> tuple[FormField, ...]:
    """Return one row for every property in its order: required ones with an example, the others "not sent"."""
    form = field_spec(body.schema, document)
    return tuple(_field(spec, form.schema["properties"][spec.name], document) for spec in children(form, document))


def with_missing_fields(fields: tuple[FormField, ...], fresh: tuple[FormField, ...]) -> tuple[FormField, ...]:
    """Return the rows of a form with those of `fresh` whose name is not among them."""
    have = {field.name for field in fields}
    return fields + tuple(field for field in fresh if field.name not in have)


def plain_text(value: object) -> str:
    """Write an example as a person would type it into a field; lists and objects as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _field(spec: FieldSpec, schema: object, document: Mapping[str, Any]) -> FormField:
    field = FormField(name=spec.name, is_file=takes_file(spec, document))
    if field.is_file or not spec.required:
        return field
    is_list = spec.kind is FieldKind.ARRAY
    one = item(spec, document) if is_list else spec
    if (literal := _LITERAL.fullmatch(one.pattern)) is not None:  # such as OAuth2's grant_type
        return replace(field, text=literal[1])
    given = example_value(schema, document, name=spec.name)  # the author's own example first
    if is_list:
        given = given[0] if isinstance(given, list) and given else example_value(one.schema, document, name=spec.name)
    return replace(field, text=plain_text(given))
