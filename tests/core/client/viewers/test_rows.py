"""Long texts as rows that are made where somebody looks."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explorer.client.body import Body, BodyWriter
from explorer.client.viewers import index, json_rows, rows, text_rows
from explorer.client.viewers.body_rows import BodyRows, column_of
from explorer.client.viewers.hex_rows import HexRows, hex_column
from explorer.client.viewers.json_rows import JsonLayout
from explorer.client.viewers.rows import PIECE, Layout
from explorer.client.viewers.text_rows import TextLayout

TRICKY = st.text(alphabet='\\"[]{},: é€', max_size=30) | st.builds(
    lambda text, times: text * times, st.sampled_from(["a", "\\", '"', "é€", '\\"', "x€\\"]), st.integers(0, 400)
)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | TRICKY,
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=40,
)


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make chunks and pieces so small that a short text has many of them."""
    piece = 90
    monkeypatch.setattr(index, "CHUNK", 200)
    for module in (rows, json_rows, text_rows):
        monkeypatch.setattr(module, "PIECE", piece)
    monkeypatch.setattr(json_rows, "_LONG_STRING", re.compile(rb'"[^"]{%d,}+' % (piece - 1)))
    monkeypatch.setattr(text_rows, "_LONG", re.compile(rb"[^\n]{%d,}+" % (piece + 1)))


def indexed(body: bytes, layout: Layout) -> BodyRows:
    found = BodyRows(Body(body), layout)
    while not found.complete:
        found.advance()
    return found


def joined(found: BodyRows) -> str:
    text = ""
    for number, row in enumerate(found.rows(0, found.row_count + 1)):
        text += ("\n" if row.line and number else "") + row.text
    return text


@pytest.mark.usefixtures("tiny")
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(JSON_VALUES, st.sampled_from([None, 1]))
def test_that_json_laid_out_in_pieces_keeps_every_value(value: object, indent: int | None) -> None:
    body = json.dumps(value, ensure_ascii=False, indent=indent).encode("utf-8", "replace")
    found = indexed(body, JsonLayout())

    shown = found.rows(0, found.row_count + 1)
    assert len(shown) == found.row_count
    assert json.loads(joined(found)) == json.loads(body)
    assert [row.line for row in shown if row.line] == list(range(1, found.line_count + 1))
    for number, row in enumerate(shown):
        for column, position in row.pieces:
            first = row.text[column : column + 1].encode()
            assert body[position : position + len(first)] == first
            assert found.place(position) == (number, column)


@pytest.mark.usefixtures("tiny")
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(alphabet="aé€ ", max_size=400)))
def test_that_text_in_pieces_keeps_every_character(lines: list[str]) -> None:
    body = "\n".join(lines)
    found = indexed(body.encode(), TextLayout())

    shown = found.rows(0, found.row_count + 1)
    assert len(shown) == found.row_count
    assert joined(found) == body.removesuffix("\n")
    assert [row.line for row in shown if row.line] == list(range(1, found.line_count + 1))


def test_that_a_line_of_megabytes_goes_over_rows_that_are_bearable() -> None:
    body = ("x" * 70_000 + "é" * 1_000_000).encode()
    found = indexed(body, TextLayout())
    assert found.line_count == 1
    assert max(len(row.text) for row in found.rows(0, 5_000)) <= PIECE
    assert joined(found).encode() == body


def test_that_a_string_of_megabytes_goes_over_rows_and_what_follows_is_laid_out() -> None:
    body = b'{"id":7,"blob":"' + b'x\\"\\\\' * 600_000 + b'","after":[1,2]}'
    found = indexed(body, JsonLayout())
    last = found.rows(found.row_count - 2, 2)
    assert [row.text for row in last] == ['  "after": [1, 2]', "}"]
    assert [row.line for row in last] == [4, 5]
    assert found.problem < 0


def test_that_only_few_kilobytes_are_read_for_a_screen_anywhere_in_a_large_text() -> None:
    item = b'{"id":1,"name":"Desk lamp","tags":["home","light"],"owner":{"id":42,"name":"Ada"}},'
    body = b"[" + item * 60_000 + b"1]"
    found = indexed(body, JsonLayout())
    for first in (0, found.row_count // 3, found.row_count - 50):
        found.bytes_read = 0
        assert len(found.rows(first, 50)) == 50
        assert found.bytes_read <= 3 * 16 * 1024


def test_that_the_first_rows_are_there_long_before_the_text_is_known() -> None:
    body = b"[" + b'{"id":1},' * 600_000 + b"1]"
    found = BodyRows(Body(body), JsonLayout())
    found.advance()
    assert not found.complete
    assert [row.text for row in found.rows(0, 3)] == ["[", "  {", '    "id": 1']
    assert found.bytes_read < 200_000


@pytest.mark.parametrize(
    ("body", "position"),
    [(b'{"a":1} <html>', 8), (b"[1,2,?]", 5), (b'{"a":' + b" " * 3_000_000 + b"1}", 1), (b"\0", 0)],
)
def test_that_the_byte_is_named_from_which_a_text_cannot_be_laid_out_any_more(body: bytes, position: int) -> None:
    assert indexed(body, JsonLayout()).problem == position


@pytest.mark.parametrize("body", [b'{"a":[1,{"b":"x', b'{"a":', b"[1,2,", b'["a\\'])
def test_that_json_which_was_cut_off_is_laid_out_as_far_as_it_came(body: bytes) -> None:
    found = indexed(body, JsonLayout())
    assert found.problem < 0
    assert re.sub(r"\s", "", joined(found)) == body.decode()


def test_that_the_first_byte_that_is_no_utf8_is_named_and_shown_as_such() -> None:
    found = indexed(b"a" * 40_000 + b"\xff" + b"b" * 40_000, TextLayout())
    assert found.bad == 40_000
    assert found.rows(40, 1)[0].text[0] == "\ufffd"


def test_that_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert indexed(b"\xef\xbb\xbf[]", JsonLayout()).rows(0, 9)[0].text == "[]"


def test_that_a_number_of_megabytes_is_cut_with_a_word_about_it() -> None:
    row = indexed(b"[" + b"7" * 20_000 + b"]", JsonLayout()).rows(1, 1)[0]
    assert row.text.endswith("7… (20,000 characters, all of them in Raw)")


def test_that_columns_are_found_behind_characters_of_several_bytes() -> None:
    row = indexed('{"name":"é€x"}'.encode(), JsonLayout()).rows(1, 1)[0]
    assert row.text == '  "name": "é€x"'
    assert row.text[column_of(row, 14)] == "x"


def test_that_bytes_are_shown_sixteen_a_row_with_their_offset() -> None:
    body = HexRows(Body(bytes(range(250)) + b"Hello"))
    assert body.row_count == 16
    assert body.widest_label == "000000F0"
    assert body.rows(15, 5)[0].text == "F0 F1 F2 F3 F4 F5 F6 F7  F8 F9 48 65 6C 6C 6F     ..........Hello"
    text = body.rows(0, 1)[0].text
    assert [text[hex_column(i) :][:2] for i in (0, 7, 8, 15)] == ["00", "07", "08", "0F"]


def test_that_a_file_that_was_taken_away_is_an_error() -> None:
    writer = BodyWriter()
    writer.write(b"x\n" * 1_000_000)
    body = writer.finish()
    assert body.path is not None
    found = BodyRows(body, TextLayout())
    body.path.unlink()
    with pytest.raises(OSError, match="No such file"):
        found.advance()
