"""What an app offers is read from its document, and a broken document breaks nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from explorer.openapi.examples import example_body_text
from explorer.openapi.hints import check_body, check_values, field_notes
from explorer.openapi.operations import Catalogue, Location, Operation, Parameter
from explorer.openapi.read import read_catalogue
from tests.core.openapi.schemas import JSON, SCHEMAS


def find(catalogue: Catalogue, key: str) -> Operation:
    operation = catalogue.find(key)
    assert operation is not None
    return operation


def parameter(catalogue: Catalogue, key: str, name: str) -> Parameter:
    return next(p for p in find(catalogue, key).parameters if p.name == name)


def test_that_groups_follow_the_documents_tags_and_end_with_other(catalogue: Catalogue) -> None:
    assert (catalogue.title, catalogue.version) == ("Shop", "2.1")
    assert [(group.name, group.description) for group in catalogue.groups] == [
        ("users", "People"),
        ("items", ""),
        ("Other", ""),
    ]
    assert [operation.key for operation in catalogue.groups[0].operations] == ["GET /users/{user_id}"]
    assert catalogue.problems == ()


@pytest.mark.parametrize(
    ("key", "function"),
    [
        ("POST /users/{user_id}/items", "create_item"),
        ("GET /files/{file_path}", "read_file"),
        ("GET /health", "health"),
    ],
)
def test_that_the_functions_name_is_found(catalogue: Catalogue, key: str, function: str) -> None:
    assert find(catalogue, key).function == function


def test_that_an_operation_keeps_what_its_author_wrote(catalogue: Catalogue) -> None:
    operation = find(catalogue, "GET /items")
    assert (operation.summary, operation.tags, operation.deprecated) == ("All items", ("items", "users"), True)
    assert find(catalogue, "GET /health").description == "Say that it lives."


def test_that_parameters_keep_their_order_and_place(catalogue: Catalogue) -> None:
    found = [(p.name, p.location, p.required) for p in find(catalogue, "POST /users/{user_id}/items").parameters]
    assert found == [
        ("user_id", Location.PATH, True),
        ("notify", Location.QUERY, False),
        ("lang", Location.QUERY, False),
    ]
    assert parameter(catalogue, "GET /items", "x-token").location is Location.HEADER
    assert parameter(catalogue, "GET /items", "session").location is Location.COOKIE
    assert parameter(catalogue, "POST /users/{user_id}/items", "user_id").description == "Owner of the new item"


@pytest.mark.parametrize(
    ("key", "name", "label"),
    [
        ("POST /users/{user_id}/items", "user_id", "int ≥ 1"),
        ("POST /users/{user_id}/items", "notify", "bool = false"),
        ("POST /users/{user_id}/items", "lang", "str | None"),
        ("GET /items", "limit", "int 1–100 = 10"),
        ("GET /items", "ratio", "float > 0, < 1 = 0.5"),
        ("GET /items", "day", "date | None"),
        ("GET /items", "color", "Color | None"),
        ("GET /items", "level", "Level = 1"),
        ("GET /items", "size", '"S" | "M" = M'),
        ("GET /items", "tags", "list[str] = []"),
        ("GET /items", "numbers", "list[int] | None"),
        ("GET /items", "name", "str ≥ 2 = Bob"),
        ("GET /users/{user_id}", "user_id", "UUID"),
    ],
)
def test_that_types_are_said_as_a_programmer_would(catalogue: Catalogue, key: str, name: str, label: str) -> None:
    assert parameter(catalogue, key, name).type_label == label


def test_that_choices_and_defaults_are_texts_to_type(catalogue: Catalogue) -> None:
    assert parameter(catalogue, "GET /items", "color").choices == ("red", "dark blue")
    assert parameter(catalogue, "GET /items", "level").choices == ("1", "2")
    assert parameter(catalogue, "POST /users/{user_id}/items", "notify").choices == ("true", "false")
    assert parameter(catalogue, "GET /items", "limit").default == "10"
    assert parameter(catalogue, "GET /items", "tags").default is None


def test_that_bodies_name_their_model(catalogue: Catalogue) -> None:
    body = find(catalogue, "POST /users/{user_id}/items").body
    assert body is not None
    assert (body.media_type, body.model, body.required) == ("application/json", "ItemCreate", True)
    maybe = find(catalogue, "PUT /maybe").body
    assert maybe is not None
    assert (maybe.model, maybe.required) == ("Owner", False)
    for several in (find(catalogue, "PUT /both").body, find(catalogue, "PUT /both/{item_id}/now").body):
        assert several is not None
        assert several.model == ""
    form = find(catalogue, "POST /form").body
    assert form is not None
    assert form.media_type == "multipart/form-data"


def test_that_missing_summaries_and_ids_get_a_readable_stand_in() -> None:
    found = read_catalogue(
        {"paths": {"/a": {"get": {"operationId": "list_them_a_get"}, "post": {}, "put": {"operationId": "its-own"}}}}
    )
    assert [(o.key, o.function, o.summary) for o in found.operations] == [
        ("GET /a", "list_them", "List them"),
        ("POST /a", "", "POST /a"),
        ("PUT /a", "", "PUT /a"),
    ]


def test_that_references_lead_to_parameters_and_path_items() -> None:
    found = read_catalogue(
        {
            "paths": {
                "/a": {
                    "parameters": [{"$ref": "#/components/parameters/Page"}, {"name": "q", "in": "query"}],
                    "get": {"parameters": [{"name": "q", "in": "query", "required": True}]},
                }
            },
            "components": {"parameters": {"Page": {"name": "page", "in": "query", "schema": {"type": "integer"}}}},
        }
    )
    [operation] = found.operations
    assert [(p.name, p.required, p.type_label) for p in operation.parameters] == [
        ("page", False, "int"),
        ("q", True, "any"),
    ]


def test_that_what_cannot_be_read_is_left_out_and_named() -> None:
    found = read_catalogue(
        {"paths": {"/a": {"get": "nonsense", "post": {"parameters": [{"in": "query"}, {"name": "q", "in": "query"}]}}}}
    )
    assert [operation.key for operation in found.operations] == ["POST /a"]
    assert [p.name for p in found.operations[0].parameters] == ["q"]
    assert found.problems == (
        "GET /a is not an object and was left out.",
        "POST /a: parameter 1 has no name or no known place and was left out.",
    )
    assert "“paths” is not an object" in read_catalogue({"paths": []}).problems[0]


@given(a=SCHEMAS, b=SCHEMAS, used=SCHEMAS, value=JSON)
def test_that_no_document_however_odd_stops_us(a: Any, b: Any, used: Any, value: Any) -> None:
    document = {
        "paths": {
            "/x": {
                "post": {
                    "parameters": [{"name": "p", "in": "query", "schema": used}],
                    "requestBody": {"content": {"application/json": {"schema": used}}},
                }
            }
        },
        "components": {"schemas": {"A": a, "B": b}},
    }
    [operation] = read_catalogue(document).operations
    check_values(operation.parameters[0], (str(value),), document)
    assert operation.body is not None
    text = example_body_text(operation.body, document)
    json.loads(text)
    check_body(operation.body, json.dumps({"a": value}), document)
    field_notes(operation.body, text, document)


@given(JSON)
def test_that_no_value_in_place_of_a_document_stops_us(value: Any) -> None:
    for key in ("info", "paths", "tags", "components"):
        read_catalogue({key: value})
    read_catalogue({"paths": {"/a": value, "/b": {"get": {"parameters": value, "requestBody": value, "tags": value}}}})
