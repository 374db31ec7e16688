"""A schema is said in few words that a programmer knows."""

from __future__ import annotations

from typing import Any

import pytest

from explorer.openapi.schema import field_note, resolve, type_label

DOCUMENT: dict[str, Any] = {
    "components": {
        "schemas": {
            "Item": {"type": "object", "properties": {}},
            "app__models__Item-Input": {"type": "object"},
            "Loop": {"$ref": "#/components/schemas/Loop"},
            "a/b": {"type": "integer"},
        }
    }
}


@pytest.mark.parametrize(
    ("schema", "label"),
    [
        ({"type": "integer"}, "int"),
        ({"type": "integer", "minimum": 1, "maximum": 1}, "int 1"),
        ({"type": "number", "minimum": 0.5}, "float ≥ 0.5"),
        ({"type": "number", "exclusiveMaximum": 3.0}, "float < 3"),
        ({"type": "number", "minimum": 0, "exclusiveMinimum": True}, "float > 0"),
        ({"type": "integer", "multipleOf": 5}, "int step 5"),
        ({"type": "integer", "minimum": 1, "maximum": 2**63 - 1}, "int ≥ 1"),
        ({"type": "integer", "minimum": -(2**63), "maximum": 2.0**63}, "int"),
        ({"type": "number", "exclusiveMinimum": 0, "maximum": 1e6}, "float > 0, ≤ 1_000_000"),
        ({"type": "string", "minLength": 1, "maxLength": 80}, "str 1–80"),
        ({"type": "string", "maxLength": 80}, "str ≤ 80"),
        ({"type": "string", "format": "date-time"}, "datetime"),
        ({"type": "string", "format": "binary"}, "file"),
        ({"type": "string", "contentMediaType": "application/octet-stream"}, "file"),
        ({"type": "string", "format": "made-up"}, "str"),
        ({"type": "string", "default": ""}, 'str = ""'),
        ({"type": "string", "default": "a" * 50}, "str"),
        ({"type": ["string", "null"]}, "str | None"),
        ({"type": "string", "nullable": True}, "str | None"),
        ({"anyOf": [{"type": "null"}, {"type": "integer"}, {"type": "string"}]}, "int | str | None"),
        ({"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}], "default": None}, "int ≥ 1 | None"),
        ({"allOf": [{"$ref": "#/components/schemas/Item"}]}, "Item"),
        ({"$ref": "#/components/schemas/app__models__Item-Input"}, "Item"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Item"}, "maxItems": 3}, "list[Item] ≤ 3"),
        ({"type": "array", "items": {"type": "string"}, "uniqueItems": True}, "set[str]"),
        ({"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}]}, "tuple[int, str]"),
        ({"type": "array"}, "list"),
        ({"type": "object", "additionalProperties": {"type": "number"}}, "dict[str, float]"),
        ({"type": "object"}, "dict"),
        ({"type": "object", "properties": {}, "title": "Inline"}, "Inline"),
        ({"enum": ["a", 1, None]}, '"a" | 1 | null'),
        ({"const": "cat"}, '"cat"'),
        ({}, "any"),
        (True, "any"),
        ({"type": "unheard of"}, "any"),
    ],
)
def test_that_labels_are_pythons_words(schema: object, label: str) -> None:
    assert type_label(schema, DOCUMENT) == label


@pytest.mark.parametrize(
    ("schema", "note"),
    [
        ({"type": "string", "minLength": 1, "maxLength": 80}, "str, 1–80 characters"),
        ({"type": "string", "minLength": 1}, "str, ≥ 1 character"),
        ({"anyOf": [{"type": "string", "maxLength": 5}, {"type": "null"}]}, "str | None, ≤ 5 characters"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "str | None"),
        ({"anyOf": [{"type": "string", "format": "binary"}, {"type": "null"}]}, "bytes | None"),
        ({"type": "number", "minimum": -90, "maximum": 90}, "float -90 to 90"),
        ({"type": "number", "exclusiveMinimum": 0, "default": 3}, "float > 0"),
        ({"type": "array", "items": {"type": "string"}}, ""),
        ({"enum": ["a long enough member"] * 9}, ""),
        (None, ""),
    ],
)
def test_that_notes_are_words_or_nothing(schema: object, note: str) -> None:
    assert field_note(schema, DOCUMENT) == note


@pytest.mark.parametrize("reference", ["#/components/schemas/Loop", "#/nowhere", "other.json#/a", "#/components/0/x"])
def test_that_a_reference_to_nowhere_gives_an_empty_schema(reference: str) -> None:
    assert resolve({"$ref": reference}, DOCUMENT) == {}


def test_that_an_escaped_name_is_found() -> None:
    assert resolve({"$ref": "#/components/schemas/a~1b"}, DOCUMENT) == {"type": "integer"}
