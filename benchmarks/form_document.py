"""An OpenAPI document with long forms: many parameters, and bodies with many fields."""

from __future__ import annotations

import json
from typing import Any

PARAMETERS = 30
FIELDS = 100
ROWS = 300
_SCHEMAS: tuple[dict[str, Any], ...] = (
    {"type": "integer", "minimum": 0, "maximum": 100, "default": 5},
    {"type": "string", "enum": ["a", "b", "c"]},
    {"anyOf": [{"type": "string"}, {"type": "null"}]},
    {"type": "boolean", "default": False},
    {"type": "string", "description": "Words that say what it is."},
)


def form_document() -> bytes:
    """Return the document."""
    return json.dumps(
        {
            "openapi": "3.1.0",
            "info": {"title": "Long forms", "version": "1"},
            "paths": {
                "/parameters": {"get": {**_operation("parameters"), "parameters": _parameters()}},
                "/others": {"get": {**_operation("others"), "parameters": _parameters()}},
                "/fields": {"post": {**_operation("fields"), "requestBody": _body("application/json", FIELDS)}},
                "/rows": {
                    "post": {**_operation("rows"), "requestBody": _body("application/x-www-form-urlencoded", ROWS)}
                },
                "/text": {"post": {**_operation("text"), "requestBody": {"content": {"application/json": {}}}}},
            },
        }
    ).encode()


def _operation(name: str) -> dict[str, Any]:
    answer = {"description": "Done", "content": {"application/json": {"schema": {}}}}
    return {"operationId": name, "summary": name.title(), "tags": ["forms"], "responses": {"200": answer}}


def _parameters() -> list[dict[str, Any]]:
    places = ("query", "header", "cookie")
    return [
        {"name": f"p{n}", "in": places[n % 3], "required": n % 4 == 0, "schema": _SCHEMAS[n % len(_SCHEMAS)]}
        for n in range(PARAMETERS)
    ]


def _body(media_type: str, fields: int) -> dict[str, Any]:
    properties = {f"f{n}": {**_SCHEMAS[-1 - n % len(_SCHEMAS)], "title": f"Field {n}"} for n in range(fields)}
    schema = {"type": "object", "title": "Form", "properties": properties, "required": ["f0", "f3"]}
    return {"required": True, "content": {media_type: {"schema": schema}}}
