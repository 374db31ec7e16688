"""JSON laid out for reading, and lines that a text widget can bear."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.client.json_layout import JsonLayoutError, lay_out
from explorer.client.presentation import LONGEST_LINE, break_long_lines

LIMIT = 1_000_000
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def test_that_one_line_json_is_laid_out_with_short_lists_on_one_line() -> None:
    text = '{"name":"Desk lamp","tags":["home","light"],"owner":{"id":42},"no":{},"none":[]}'
    assert lay_out(text, LIMIT) == (
        '{\n  "name": "Desk lamp",\n  "tags": ["home", "light"],\n  "owner": {\n    "id": 42\n  },\n'
        '  "no": {},\n  "none": []\n}'
    )


def test_that_numbers_and_repeated_keys_stay_as_they_were_sent() -> None:
    assert lay_out('{"a":1.10,"a":1e400,"big":12345678901234567890123}', LIMIT) == (
        '{\n  "a": 1.10,\n  "a": 1e400,\n  "big": 12345678901234567890123\n}'
    )


@given(JSON_VALUES, st.booleans())
def test_that_laying_out_changes_no_value(value: object, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only)
    assert json.loads(lay_out(text, LIMIT)) == value


def test_that_what_is_no_json_is_refused() -> None:
    with pytest.raises(JsonLayoutError):
        lay_out("<html>", LIMIT)


def test_that_long_lines_are_broken_and_short_ones_are_not() -> None:
    text = "short\n" + "x" * (2 * LONGEST_LINE + 1)
    assert [len(line) for line in break_long_lines(text).split("\n")] == [5, LONGEST_LINE, LONGEST_LINE, 1]
    assert break_long_lines("short") == "short"
