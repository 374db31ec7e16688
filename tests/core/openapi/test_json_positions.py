"""Every key and value of a JSON text is found where it stands."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from explorer.openapi.json_positions import Pointer, Span, find_positions

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


def walk(value: Any, pointer: Pointer = ()) -> list[tuple[Pointer, Any]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(pointer, value)] + [found for step, child in children for found in walk(child, (*pointer, step))]


def cut(text: str, span: Span) -> str:
    return text.split("\n")[span.line][span.column : span.column + span.length]


@given(JSON, st.sampled_from([None, 0, 2]), st.booleans())
def test_that_the_text_at_each_place_is_the_value(value: Any, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    positions = find_positions(text)
    assert set(positions.values) == {pointer for pointer, _ in walk(value)}
    for pointer, found in walk(value):
        piece = cut(text, positions.values[pointer])
        if isinstance(found, dict | list):
            assert piece[0] == ("{" if isinstance(found, dict) else "[")
            assert indent is not None or json.loads(piece) == found
        else:
            assert json.loads(piece) == found
        if pointer and isinstance(pointer[-1], str):
            assert json.loads(cut(text, positions.keys[pointer])) == pointer[-1]


@given(st.text(alphabet='{}[]:,"\\ \na1', max_size=40))
def test_that_any_text_can_be_scanned(text: str) -> None:
    positions = find_positions(text)
    for span in (*positions.keys.values(), *positions.values.values()):
        assert 0 < span.length == len(cut(text, span))


def test_that_a_missing_comma_does_not_hide_the_next_field() -> None:
    positions = find_positions('{"a": 1 "b": {"c": 2} "d": 3')
    assert list(positions.keys) == [("a",), ("b",), ("b", "c"), ("d",)]
    assert positions.values["d",] == Span(0, 27, 1)


def test_that_an_escaped_name_is_the_name_that_it_means() -> None:
    assert list(find_positions(r'{"\u00e9\n\"x": 1}').keys) == [('é\n"x',)]


def test_that_the_last_of_two_fields_with_one_name_is_found() -> None:
    assert find_positions('{"a": 1, "a": 22}').values["a",] == Span(0, 14, 2)
