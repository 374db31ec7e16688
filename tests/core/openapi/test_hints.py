"""Hints say what the server will say: each is held against the answer of the app itself."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from explorer.openapi.examples import example_body_text
from explorer.openapi.hints import MAX_CHECKED, MAX_HINTS, Hint, check_body, check_values, field_notes
from explorer.openapi.operations import Body, Catalogue, Parameter
from explorer.openapi.validation import find_json_problems, find_problems

ITEMS = "POST /users/{user_id}/items"


def body_of(catalogue: Catalogue, key: str = ITEMS) -> Body:
    operation = catalogue.find(key)
    assert operation is not None
    assert operation.body is not None
    return operation.body


def parameter_of(catalogue: Catalogue, name: str) -> Parameter:
    operation = catalogue.find("GET /items")
    assert operation is not None
    return next(p for p in operation.parameters if p.name == name)


def errors(hints: tuple[Hint, ...]) -> list[tuple[tuple[str | int, ...], str]]:
    return [(hint.loc, hint.message) for hint in hints if hint.error]


def refusals(answer: Any) -> list[tuple[tuple[str | int, ...], str]]:
    if answer.status_code != 422:
        return []
    return [(tuple(found["loc"]), found["msg"]) for found in answer.json()["detail"]]


INTEGER = "Input should be a valid integer, unable to parse string as an integer"
GOOD = {"name": "Lamp", "price": 1}


@pytest.mark.parametrize(
    "body",
    [
        {},
        GOOD,
        [],
        "text",
        {"name": "", "price": 0},
        {"name": "x" * 81, "price": "39.9"},
        {"name": 5, "price": "cheap"},
        {"name": None, "price": True},
        {**GOOD, "tags": ["a", 1, None]},
        {**GOOD, "tags": "home"},
        {**GOOD, "count": 0},
        {**GOOD, "count": 11},
        {**GOOD, "count": "3"},
        {**GOOD, "count": 2.0},
        {**GOOD, "count": 2.5},
        {**GOOD, "sold": "yes"},
        {**GOOD, "sold": "maybe"},
        {**GOOD, "sold": 2},
        {**GOOD, "when": "2025-03-04T16:04:31Z", "day": "2025-03-04"},
        {**GOOD, "when": "yesterday", "day": "2025-02-30"},
        {**GOOD, "wait": "PT1H", "key": "0e9f2a4c-5b7d-4e1f-8a3b-6c2d1f0e9a8b"},
        {**GOOD, "wait": "long", "key": "no-uuid"},
        {**GOOD, "color": "green", "level": 3},
        {**GOOD, "color": "dark blue", "level": "2"},
        {**GOOD, "owner": {}},
        {**GOOD, "owner": "Ada"},
        {**GOOD, "owner": {"name": "Ada", "boss": {"name": "Bob", "boss": {"name": 1}}}},
        {**GOOD, "scores": {"a": 1, "b": "x"}},
        {**GOOD, "scores": [1]},
        {**GOOD, "pair": [1]},
        {**GOOD, "pair": [1, "a", 2]},
        {**GOOD, "size": "L"},
        {**GOOD, "code": "abc"},
        {**GOOD, "code": "AB"},
        {**GOOD, "parts": [{"name": "a"}, {"nam": "b"}, {"name": "c"}]},
        {**GOOD, "step": 7},
        {**GOOD, "pet": {"kind": "cat"}},
        {**GOOD, "pet": {"kind": "dog"}},
        {**GOOD, "pet": {"kind": "cow"}},
        {**GOOD, "pet": {}},
        {**GOOD, "closed": {"a": 2, "b": 3}},
        {**GOOD, "email": "ada@example.com", "site": "https://example.com", "flags": ["a", "a"], "either": "x"},
        {**GOOD, "email": "ada", "site": "example", "flags": "a", "either": []},
        {**GOOD, "email": 1, "at": "25:00"},
        {**GOOD, "unknown": 1},
    ],
    ids=json.dumps,
)
def test_that_the_server_refuses_a_body_in_the_words_of_our_hints(
    catalogue: Catalogue, server: TestClient, body: Any
) -> None:
    ours = errors(check_body(body_of(catalogue), json.dumps(body), catalogue.document))
    theirs = refusals(server.post("/users/1/items", json=body))
    assert ours == theirs


@pytest.mark.parametrize(
    ("key", "body"),
    [
        ("PUT /both", {"item": GOOD, "importance": 1}),
        ("PUT /both", {"importance": 2}),
        ("PUT /list", [{"name": "a"}, {}]),
        ("PUT /list", {}),
        ("PUT /maybe", {"nam": "a"}),
        ("PUT /maybe", None),
    ],
)
def test_that_bodies_of_several_parts_and_lists_agree_with_the_server(
    catalogue: Catalogue, server: TestClient, key: str, body: Any
) -> None:
    ours = errors(check_body(body_of(catalogue, key), json.dumps(body), catalogue.document))
    assert ours == refusals(server.put(key.removeprefix("PUT "), json=body))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (name, text)
        for name in ("limit", "ratio", "day", "color", "level", "size", "tags", "numbers", "name", "key")
        for text in ("", "0", "1", "0.5", "100", "101", "red", "S", "yes", "2025-03-04", "None", "ÄÖ")
    ],
)
def test_that_the_server_refuses_a_parameter_in_the_words_of_our_hints(
    catalogue: Catalogue, server: TestClient, name: str, text: str
) -> None:
    ours = check_values(parameter_of(catalogue, name), (text,), catalogue.document)
    theirs = refusals(server.get("/items", params={name: text}))
    assert [hint.message for hint in ours] == [message for _, message in theirs]
    assert all(hint.loc == ("query", name) for hint in ours)


def test_that_a_required_parameter_is_missed_and_an_optional_one_is_not(catalogue: Catalogue) -> None:
    operation = catalogue.find("GET /users/{user_id}")
    assert operation is not None
    [hint] = check_values(operation.parameters[0], (), catalogue.document)
    assert (hint.message, hint.loc) == ("Field required", ("path", "user_id"))
    assert check_values(parameter_of(catalogue, "limit"), (), catalogue.document) == ()


@pytest.mark.parametrize("key", [ITEMS, "PUT /both", "PUT /list", "PUT /maybe"])
def test_that_our_example_bodies_are_accepted(catalogue: Catalogue, key: str) -> None:
    body = body_of(catalogue, key)
    hints = check_body(body, example_body_text(body, catalogue.document), catalogue.document)
    assert [hint for hint in hints if hint.loc[-1] != "code"] == []  # nobody invents a text for a pattern


TEXT = """{
  "nam": "Lamp",
  "price": -1,
  "tags": ["a", 1],
  "owner": {
    "boss": {"name": "b", "nick": "c"}
  },
  "closed": {"b": 1}
}"""


def test_that_hints_stand_where_the_value_stands(catalogue: Catalogue) -> None:
    hints = check_body(body_of(catalogue), TEXT, catalogue.document)
    places = {hint.loc[1:]: (hint.line, hint.column, hint.length) for hint in hints}
    assert places == {
        ("name",): (0, 0, 1),
        ("price",): (2, 11, 2),
        ("tags", 1): (3, 16, 1),
        ("owner", "name"): (4, 11, 1),
        ("closed", "b"): (7, 13, 3),
        ("nam",): (1, 2, 5),
        ("owner", "boss", "nick"): (5, 26, 6),
    }


def test_that_ignored_fields_are_advice_with_a_guess(catalogue: Catalogue) -> None:
    advice = [h.message for h in check_body(body_of(catalogue), TEXT, catalogue.document) if not h.error]
    assert advice == [
        "Not in ItemCreate, so it is ignored. Did you mean name?",
        "Not in Owner, so it is ignored.",
    ]


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ('{\n  "a": 1,\n}', "Remove this comma: only } follows it.", 1, 8),
        ("[1, 2,]", "Remove this comma: only ] follows it.", 0, 5),
        ("{'a': 1}", "JSON uses double quotes, not single ones.", 0, 1),
        ('{"a": True}', "JSON writes true, not True.", 0, 6),
        ('{"a": None}', "JSON writes null, not None.", 0, 6),
        ('{"a": 1', "The JSON ends too early: a value or a closing bracket is missing.", 0, 7),
        ('{"a": ', "The JSON ends too early: a value or a closing bracket is missing.", 0, 6),
        ('{"a" 1}', "A colon is missing between the name and its value.", 0, 5),
        ('{"a": 1 "b": 2}', "A comma or a closing bracket is missing before this.", 0, 8),
        ("{a: 1}", "A field's name in double quotes must stand here.", 0, 1),
        ('{"a": "x}', "This text has no closing quote.", 0, 6),
        ('{"a": "x\ny"}', "A line break or tab inside a text is written as \\n or \\t.", 0, 8),
        ('{"a": "\\q"}', "A backslash inside a text is written twice: \\\\.", 0, 7),
        ('{"a": 1} 2', "The JSON was complete before this: remove what follows it.", 0, 9),
        ('{"a": ?}', "A value is missing here.", 0, 6),
    ],
)
def test_that_broken_json_is_explained_at_its_place(
    catalogue: Catalogue, text: str, message: str, line: int, column: int
) -> None:
    [hint] = check_body(body_of(catalogue), text, catalogue.document)
    assert (hint.message, hint.line, hint.column, hint.error) == (message, line, column, True)


def test_that_an_empty_body_is_missed_only_where_one_is_required(catalogue: Catalogue) -> None:
    [hint] = check_body(body_of(catalogue), " \n", catalogue.document)
    assert (hint.message, hint.loc, hint.line) == ("Field required", ("body",), None)
    assert check_body(body_of(catalogue, "PUT /maybe"), "", catalogue.document) == ()


def test_that_a_form_gets_no_remarks_about_json(catalogue: Catalogue) -> None:
    assert check_body(body_of(catalogue, "POST /form"), "user=ada", catalogue.document) == ()
    assert field_notes(body_of(catalogue, "POST /form"), "user=ada", catalogue.document) == {}


def test_that_a_long_body_is_read_for_its_syntax_only(catalogue: Catalogue) -> None:
    long = json.dumps({"tags": "x" * MAX_CHECKED})
    assert check_body(body_of(catalogue), long, catalogue.document) == ()
    assert field_notes(body_of(catalogue), long, catalogue.document) == {}
    [hint] = check_body(body_of(catalogue), long[:-1], catalogue.document)
    assert "ends too early" in hint.message


def test_that_thousands_of_mistakes_are_cut_short(catalogue: Catalogue) -> None:
    text = json.dumps({**GOOD, "tags": [1] * 20_000})
    assert len(check_body(body_of(catalogue), text, catalogue.document)) == MAX_HINTS


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 30_000, "1" * 5_000], ids=["lists", "objects", "digits"])
def test_that_brackets_and_digits_without_end_are_said_and_not_fatal(catalogue: Catalogue, text: str) -> None:
    [hint] = check_body(body_of(catalogue), text, catalogue.document)
    assert hint.error
    assert field_notes(body_of(catalogue), text, catalogue.document) == {}


def test_that_lines_say_what_is_expected_of_them(catalogue: Catalogue) -> None:
    text = '{\n "name": "Desk lamp",\n "price": 39.9,\n "tags": ["home", "light"],\n "owner": {\n  "name": "A"\n }\n}'
    notes = field_notes(body_of(catalogue), text, catalogue.document)
    assert notes == {1: "str, 1–80 characters", 2: "float > 0", 4: "Owner | None", 5: "str"}


def test_that_lines_have_notes_while_the_text_is_unfinished(catalogue: Catalogue) -> None:
    notes = field_notes(body_of(catalogue), '{\n "name": "Desk\n "price": ,\n "count"', catalogue.document)
    assert notes == {1: "str, 1–80 characters", 2: "float > 0", 3: "int 1–10"}


def test_that_a_line_with_several_fields_has_no_note(catalogue: Catalogue) -> None:
    assert field_notes(body_of(catalogue), '{"name": "a", "price": 1}', catalogue.document) == {}


def test_that_a_pattern_that_only_python_understands_is_left_to_the_server() -> None:
    schema = {"type": "string", "pattern": "(?=a)", "maxLength": 3}
    assert find_problems(schema, {}, "b") == ()
    assert [found.message for found in find_problems(schema, {}, "long")] == ["String should have at most 3 characters"]


@pytest.mark.parametrize(
    ("schema", "value", "messages"),
    [
        ({"const": "cat"}, "dog", ["Input should be 'cat'"]),
        ({"type": ["integer", "null"]}, None, []),
        ({"anyOf": [{"type": "null"}]}, 1, ["Input should be None"]),
        ({"properties": {"a": {}}, "required": ["a"]}, {}, ["Field required"]),
        ({"type": "array", "items": {"type": "integer"}, "maxItems": 1, "uniqueItems": True}, [1, 1], []),
        ({"type": "array", "items": {"type": "object"}, "uniqueItems": True}, [{}, {}], []),
        ({"type": "string", "minLength": 10**400}, "a", []),
        ({"oneOf": [{"type": "integer"}], "discriminator": {"propertyName": "kind"}}, "a", [INTEGER]),
        (True, 1, []),
    ],
)
def test_that_schemas_that_fastapi_does_not_write_are_understood(schema: Any, value: Any, messages: list[str]) -> None:
    assert [found.message for found in find_problems(schema, {}, value)] == messages


@pytest.mark.parametrize(
    "schemas",
    [
        {"A": {"anyOf": [{"$ref": "#/components/schemas/A"}, {"type": "string"}]}},
        {
            "A": {"anyOf": [{"$ref": "#/components/schemas/B"}, {"type": "string"}]},
            "B": {"anyOf": [{"$ref": "#/components/schemas/C"}, {"type": "null"}]},
            "C": {"oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "integer"}]},
        },
        {
            "A": {
                "anyOf": [{"$ref": "#/components/schemas/A"}, {"type": "string"}],
                "discriminator": {"propertyName": "k", "mapping": {"a": "#/components/schemas/A"}},
            }
        },
    ],
)
def test_that_models_that_lead_to_themselves_at_one_place_end_nothing(schemas: dict[str, Any]) -> None:
    document = {"components": {"schemas": schemas}}
    schema = {"$ref": "#/components/schemas/A"}
    for value in (1, "x", None, {"k": "a"}, [1]):
        find_problems(schema, document, value)
        assert find_json_problems(schema, document, json.dumps(value).encode()) == ()


def test_that_a_model_may_hold_itself_further_down() -> None:
    inside = {"$ref": "#/components/schemas/Json"}
    document = {
        "components": {
            "schemas": {"Json": {"anyOf": [{"type": "string"}, {"type": "array", "items": inside}], "title": "Json"}}
        }
    }
    assert find_json_problems(inside, document, b'["a", [["b"]]]') == ()
    assert find_json_problems(inside, document, b'["a", [[1]]]') != ()
    assert find_json_problems(inside, document, b"[" * 5_000 + b"]" * 5_000) != ()
