"""An edit of JSON changes what it should change, and not one character more."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.openapi.json_edit import JsonEditError, insert, move_item, remove, rename_key, set_value
from explorer.openapi.json_outline import outline, value_span

ITEM = """{
    "name": "Lamp",
    "price": 1.50,

    "tags": ["a", "b"],   "other" : 1e3,
    "owner": {
        "age": 3
    },
    "none": {}
}
"""


def value_text(text: str, pointer: tuple[str | int, ...]) -> str | None:
    """Return the value at a place as it is written; None when there is no such place."""
    start, end = value_span(text)
    for step in pointer:
        around = outline(text, start)
        found = [member for member in around.members if member.key == step] if around is not None else []
        if not found:
            return None
        start, end = found[-1].value_start, found[-1].end
    return text[start:end]


def test_that_a_changed_value_leaves_all_else_as_typed() -> None:
    assert set_value(ITEM, ("price",), "2") == ITEM.replace("1.50", "2")
    assert set_value(ITEM, ("tags", 0), '"x"') == ITEM.replace('"a"', '"x"')
    assert set_value(ITEM, ("owner", "age"), "null") == ITEM.replace("3\n", "null\n")


def test_that_lines_of_a_new_value_are_indented_as_their_place_is() -> None:
    assert set_value(ITEM, ("owner",), '{\n  "a": 1\n}') == ITEM.replace(
        '{\n        "age": 3\n    }', '{\n      "a": 1\n    }'
    )


@pytest.mark.parametrize(
    ("text", "pointer", "value", "expected"),
    [
        ("{}", ("a",), "1", '{\n  "a": 1\n}'),
        ("{ }\n", ("a",), "1", '{\n  "a": 1\n}\n'),
        ('{"a":1}', ("b",), "2", '{"a":1,"b":2}'),
        ('{"a": 1}', ("b",), "2", '{"a": 1, "b": 2}'),
        ('{ "a": 1, "b": 2 }', ("c",), "3", '{ "a": 1, "b": 2, "c": 3 }'),
        ('{\n\t"a": {}\n}', ("a", "b"), "1", '{\n\t"a": {\n\t\t"b": 1\n\t}\n}'),
        ('{"a": {}}', ("a", "b"), "1", '{"a": {"b": 1}}'),
        ('{\r\n  "a": 1\r\n}', ("b",), "2", '{\r\n  "a": 1,\r\n  "b": 2\r\n}'),
        ("[]", (0,), "1", "[\n  1\n]"),
        ('{"a": []}', ("a", 0), "1", '{"a": [1]}'),
        ("[1]", (1,), "2", "[1, 2]"),
        ("[1,2]", (2,), "3", "[1,2,3]"),
        ("", (), "1", "1"),
        (" \n", (), ' {"a": 1}\n', '{"a": 1}'),
        (" 1 \n", (), "2", " 2 \n"),
        ('{"a": 1, "a": 2}', ("a",), "3", '{"a": 1, "a": 3}'),
        ('{"é": 1}', ("ü",), '"ö"', '{"é": 1, "ü": "ö"}'),
    ],
)
def test_that_what_is_missing_is_added_in_the_manner_of_its_neighbours(
    text: str, pointer: tuple[str | int, ...], value: str, expected: str
) -> None:
    assert set_value(text, pointer, value) == expected


@pytest.mark.parametrize(
    ("text", "pointer", "expected"),
    [
        ('{"a": 1}', ("a",), "{}"),
        ('{"a": 1, "b": 2}', ("a",), '{"b": 2}'),
        ('{"a": 1, "b": 2}', ("b",), '{"a": 1}'),
        ('{\n  "a": 1,\n  "b": 2\n}', ("a",), '{\n  "b": 2\n}'),
        ('{\n  "a": 1,\n  "b": 2\n}', ("b",), '{\n  "a": 1\n}'),
        ("[1, 2, 3]", (1,), "[1, 3]"),
        ("[1, 1, 1]", (0,), "[1, 1]"),
        ('{"a": 1, "b": 2, "a": 3}', ("a",), '{"b": 2}'),
        ('{"a": 1}', ("b",), '{"a": 1}'),
        ('{"a": 1}', (), ""),
    ],
)
def test_that_a_removed_member_takes_its_comma_along(text: str, pointer: tuple[str | int, ...], expected: str) -> None:
    assert remove(text, pointer) == expected


@pytest.mark.parametrize(
    ("text", "index", "expected"),
    [
        ("[1, 2]", 0, "[9, 1, 2]"),
        ("[1, 2]", 1, "[1, 9, 2]"),
        ("[1, 2]", 2, "[1, 2, 9]"),
        ("[1, 2]", 7, "[1, 2, 9]"),
        ("[1]", 0, "[9, 1]"),
        ("[ 1 ]", 1, "[ 1, 9 ]"),
        ("[\n  1\n]", 0, "[\n  9,\n  1\n]"),
        ("[\n  1\n]", 1, "[\n  1,\n  9\n]"),
    ],
)
def test_that_an_item_is_inserted_before_another(text: str, index: int, expected: str) -> None:
    assert insert(text, (), index, "9") == expected


def test_that_an_item_moves_and_the_space_between_stays() -> None:
    assert move_item("[1,  2,\n3]", (), 0, 2) == "[2,  3,\n1]"
    assert move_item('{"a": [1, 2, 3]}', ("a",), 2, 0) == '{"a": [3, 1, 2]}'
    with pytest.raises(JsonEditError, match="a → 3 is not in the JSON"):
        move_item('{"a": [1, 2, 3]}', ("a",), 3, 0)


def test_that_a_renamed_member_keeps_place_and_value() -> None:
    assert rename_key('{"a" : 1.0, "b": 2}', ("a",), 'c"') == '{"c\\"" : 1.0, "b": 2}'
    assert rename_key('{"a": 1}', ("a",), "a") == '{"a": 1}'
    with pytest.raises(JsonEditError, match='a field named "b" already'):
        rename_key('{"a": 1, "b": 2}', ("a",), "b")
    with pytest.raises(JsonEditError, match="is not in the JSON"):
        rename_key("[1]", (0,), "b")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"a": 1,\n "b" 2}', "Line 2: A colon is missing"),
        ("", "Line 1: The JSON ends too early"),
        ("[" * 100_000, "nested too deep"),
        ("1" * 10_000, "too many digits"),
    ],
)
def test_that_a_text_that_is_no_json_is_not_edited(text: str, sentence: str) -> None:
    with pytest.raises(JsonEditError, match=sentence):
        set_value(text, ("a",), "1")
    with pytest.raises(JsonEditError, match=sentence):
        set_value("{}", ("a",), text)


@pytest.mark.parametrize("pointer", [("x", "y"), ("name", "y"), ("tags", 5), ("tags", "a"), ("owner", 0)])
def test_that_a_place_without_anything_around_it_is_named(pointer: tuple[str | int, ...]) -> None:
    with pytest.raises(JsonEditError, match="is not in the JSON"):
        set_value(ITEM, pointer, "1")


NAMES = st.sampled_from(["a", "b", "é", 'q"', "\\", ""])
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
SPACE = st.sampled_from(["", "", " ", "\n", "\n  ", "\t", "\r\n "])


@st.composite
def written(draw: st.DrawFn, value: Any) -> str:
    """Write a value with any white space wherever JSON allows it."""
    if isinstance(value, dict):
        rows = [
            f"{draw(SPACE)}{json.dumps(key, ensure_ascii=draw(st.booleans()))}{draw(SPACE)}:{draw(SPACE)}"
            f"{draw(written(child))}{draw(SPACE)}"
            for key, child in value.items()
        ]
        return "{" + (",".join(rows) or draw(SPACE)) + "}"
    if isinstance(value, list):
        rows = [f"{draw(SPACE)}{draw(written(child))}{draw(SPACE)}" for child in value]
        return "[" + (",".join(rows) or draw(SPACE)) + "]"
    return json.dumps(value)


def places(value: Any, above: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the pointers of everything in a value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [above, *(place for key, child in inside for place in places(child, (*above, key)))]


def at(value: Any, pointer: tuple[str | int, ...]) -> Any:
    for step in pointer:
        value = value[step]
    return value


@st.composite
def texts_and_places(draw: st.DrawFn) -> tuple[str, Any, tuple[str | int, ...]]:
    value = draw(VALUES)
    text = draw(SPACE) + draw(written(value)) + draw(SPACE)
    return text, value, draw(st.sampled_from(places(value)))


@given(texts_and_places(), VALUES, st.booleans())
def test_that_setting_a_value_changes_that_value_alone(
    given_text: tuple[str, Any, tuple[str | int, ...]], new: Any, pretty: bool
) -> None:
    text, value, pointer = given_text
    old_text = value_text(text, pointer)
    assert old_text is not None
    assert json.loads(old_text) == at(value, pointer)
    edited = set_value(text, pointer, json.dumps(new, indent=2 if pretty else None))
    assert at(json.loads(edited), pointer) == new
    # Whatever stood before and after is still there, character for character.
    assert set_value(edited, pointer, "0") == set_value(text, pointer, "0")


@given(texts_and_places(), NAMES, VALUES)
def test_that_adding_and_removing_a_member_gives_the_same_text(
    given_text: tuple[str, Any, tuple[str | int, ...]], name: str, new: Any
) -> None:
    text, value, pointer = given_text
    around = at(value, pointer)
    if not isinstance(around, dict) or name in around:
        return
    added = set_value(text, (*pointer, name), json.dumps(new))
    assert at(json.loads(added), pointer) == {**around, name: new}
    removed = remove(added, (*pointer, name))
    if around:
        assert removed == text
    assert json.loads(removed) == value


@given(texts_and_places())
def test_that_removing_takes_one_member_and_no_other(given_text: tuple[str, Any, tuple[str | int, ...]]) -> None:
    text, value, pointer = given_text
    if not pointer:
        return
    edited = remove(text, pointer)
    expected = json.loads(json.dumps(value))
    at(expected, pointer[:-1]).pop(pointer[-1])
    assert json.loads(edited) == expected
    for place in places(expected):
        if place[: len(pointer) - 1] != pointer[:-1]:
            is_above = pointer[: len(place)] == place
            assert is_above or value_text(edited, place) == value_text(text, place)


@given(texts_and_places(), st.integers(0, 5), VALUES)
def test_that_inserting_puts_one_item_between_the_others(
    given_text: tuple[str, Any, tuple[str | int, ...]], index: int, new: Any
) -> None:
    text, value, pointer = given_text
    around = at(value, pointer)
    if not isinstance(around, list):
        return
    edited = insert(text, pointer, index, json.dumps(new))
    expected = list(around)
    expected.insert(index, new)
    assert at(json.loads(edited), pointer) == expected
    if around:
        assert remove(edited, (*pointer, min(index, len(around)))) == text


@given(texts_and_places(), st.integers(0, 3), st.integers(0, 3))
def test_that_moving_keeps_every_item(given_text: tuple[str, Any, tuple[str | int, ...]], old: int, new: int) -> None:
    text, value, pointer = given_text
    around = at(value, pointer)
    if not isinstance(around, list) or not (old < len(around) and new < len(around)):
        return
    edited = move_item(text, pointer, old, new)
    expected = list(around)
    expected.insert(new, expected.pop(old))
    assert at(json.loads(edited), pointer) == expected
    assert move_item(edited, pointer, new, old) == text


@given(texts_and_places(), st.text(max_size=3))
def test_that_renaming_keeps_order_and_value(given_text: tuple[str, Any, tuple[str | int, ...]], name: str) -> None:
    text, value, pointer = given_text
    if not pointer or not isinstance(pointer[-1], str) or name in at(value, pointer[:-1]):
        return
    edited = rename_key(text, pointer, name)
    around = at(value, pointer[:-1])
    renamed = at(json.loads(edited), pointer[:-1])
    assert list(renamed.items()) == [(name if key == pointer[-1] else key, child) for key, child in around.items()]
    assert value_text(edited, (*pointer[:-1], name)) == value_text(text, pointer)
