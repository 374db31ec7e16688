"""Examples fit their schema, are always the same, and look as a person would write them."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from explorer.openapi.examples import example_body_text, example_value, pretty_json
from explorer.openapi.operations import Body, Catalogue, Location
from explorer.openapi.validation import find_problems

DOCUMENT: dict[str, Any] = {
    "components": {
        "schemas": {
            "Node": {
                "type": "object",
                "properties": {
                    "name": {"type": "string"},
                    "parent": {"$ref": "#/components/schemas/Node"},
                    "children": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}},
                },
                "required": ["children"],
            }
        }
    }
}


def body(schema: dict[str, Any]) -> Body:
    return Body(media_type="application/json", required=True, schema=schema)


def test_that_an_example_is_written_as_a_person_would() -> None:
    item = {
        "type": "object",
        "properties": {
            "name": {"type": "string", "minLength": 1, "maxLength": 80},
            "price": {"type": "number", "exclusiveMinimum": 0},
            "tags": {"type": "array", "items": {"type": "string"}, "examples": [["home", "light"]]},
            "sizes": {"type": "array", "items": {"type": "object", "properties": {"cm": {"type": "integer"}}}},
        },
    }
    assert example_body_text(body(item), {}) == (
        '{\n  "name": "Desk lamp",\n  "price": 9.5,\n  "tags": ["home", "light"],\n'
        '  "sizes": [\n    {\n      "cm": 1\n    }\n  ]\n}'
    )


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "string", "examples": ["first", "second"], "default": "x"}, "first"),
        ({"type": "string", "example": "old style"}, "old style"),
        ({"type": "string", "default": "x"}, "x"),
        ({"enum": ["a", "b"]}, "a"),
        ({"const": 7}, 7),
        ({"anyOf": [{"type": "null"}, {"type": "boolean"}]}, True),
        ({"type": "null"}, None),
        ({"type": "array", "items": {"type": "integer"}, "minItems": 3}, [1, 1, 1]),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, {"key": 1}),
        ({}, None),
    ],
)
def test_that_the_authors_word_comes_first_and_then_the_type(schema: dict[str, Any], value: Any) -> None:
    assert example_value(schema, {}) == value


def test_that_a_model_inside_itself_ends() -> None:
    node = {"$ref": "#/components/schemas/Node"}
    assert example_value(node, DOCUMENT) == {"name": "Desk lamp", "children": []}


def test_that_a_long_list_is_broken_into_lines() -> None:
    assert pretty_json({"a": ["x" * 40, "y" * 40], "b": [], "c": {}}) == (
        '{\n  "a": [\n    "' + "x" * 40 + '",\n    "' + "y" * 40 + '"\n  ],\n  "b": [],\n  "c": {}\n}'
    )


BOUND = st.none() | st.integers(-20, 20)


@given(
    st.sampled_from(["integer", "number"]), BOUND, BOUND, st.sampled_from(["minimum", "exclusiveMinimum"]),
    st.sampled_from(["maximum", "exclusiveMaximum"]),
)  # fmt: skip
def test_that_numbers_keep_to_their_bounds(
    kind: str, low: int | None, high: int | None, low_key: str, high_key: str
) -> None:
    if low is not None and high is not None:
        high = low + 2 + abs(high)
    pairs = {"type": kind, low_key: low, high_key: high}
    schema = {key: value for key, value in pairs.items() if value is not None}
    assert find_problems(schema, {}, example_value(schema, {})) == ()


@given(st.integers(0, 30), st.integers(0, 30), st.sampled_from(["", "name", "email", "password"]))
def test_that_texts_keep_to_their_lengths(low: int, more: int, name: str) -> None:
    schema = {"type": "string", "minLength": low, "maxLength": low + more}
    assert find_problems(schema, {}, example_value(schema, {}, name=name)) == ()


def test_that_the_server_takes_our_example_of_every_parameter(catalogue: Catalogue, server: TestClient) -> None:
    for operation in catalogue.operations:
        for parameter in operation.parameters:
            if parameter.location is Location.QUERY and parameter.example is not None and operation.method == "GET":
                answer = server.get(operation.path, params={parameter.name: parameter.example})
                assert answer.status_code == 200, parameter
