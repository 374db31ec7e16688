"""How a response's body is made ready to be shown."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.client.body import Body
from explorer.client.exchange import Response
from explorer.client.json_layout import lay_out
from explorer.client.presentation import LONGEST_LINE, SHOWN_AT_MOST, BodyKind, present

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def response(body: bytes, content_type: str | None = "application/json") -> Response:
    headers = () if content_type is None else (("Content-Type", content_type),)
    return Response(
        status=200, reason="OK", http_version="HTTP/1.1", headers=headers, body=Body(body), wire_size=len(body)
    )


def test_that_one_line_json_is_laid_out_with_short_lists_on_one_line() -> None:
    view = present(response(b'{"name":"Desk lamp","tags":["home","light"],"owner":{"id":42},"no":{},"none":[]}'))

    assert view.kind is BodyKind.JSON
    assert view.pretty == (
        '{\n  "name": "Desk lamp",\n  "tags": ["home", "light"],\n  "owner": {\n    "id": 42\n  },\n'
        '  "no": {},\n  "none": []\n}'
    )
    assert view.raw.startswith('{"name":"Desk lamp"')
    assert not view.truncated


def test_that_numbers_and_repeated_keys_stay_as_they_were_sent() -> None:
    assert present(response(b'{"a":1.10,"a":1e400,"big":12345678901234567890123}')).pretty == (
        '{\n  "a": 1.10,\n  "a": 1e400,\n  "big": 12345678901234567890123\n}'
    )


@given(JSON_VALUES, st.booleans())
def test_that_laying_out_changes_no_value(value: object, ascii_only: bool) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only)
    assert json.loads(lay_out(text, SHOWN_AT_MOST)) == value


@pytest.mark.parametrize("body", [b'{"a": 1', b'{"a" 1}', b"hello", b'[1,2,,"'])
def test_that_text_which_only_claims_to_be_json_is_shown_as_it_came(body: bytes) -> None:
    view = present(response(body))
    assert view.kind is BodyKind.TEXT
    assert view.pretty == view.raw == body.decode()


def test_that_json_under_another_name_is_recognised() -> None:
    assert present(response(b'{"a":1}', "application/problem+json")).kind is BodyKind.JSON
    assert present(response(b'[{"a":1}]', None)).kind is BodyKind.JSON
    assert present(response(b"<p>hello</p>", "text/html; charset=utf-8")).kind is BodyKind.TEXT
    assert present(response(b"[draft]", "text/plain")).kind is BodyKind.TEXT


def test_that_an_empty_body_is_empty() -> None:
    view = present(response(b"", None))
    assert (view.kind, view.size, view.pretty) == (BodyKind.EMPTY, 0, "")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\x89PNG\r\n", "image/png"),
        (b"plain", "application/octet-stream"),
        (b"a\0b", "text/plain"),
        (b"\xff\xfe\xfd", "text/plain"),
        (b"\xff", "text/plain; charset=hex"),
    ],
)
def test_that_bytes_which_are_no_text_are_binary(body: bytes, content_type: str) -> None:
    view = present(response(body, content_type))
    assert (view.kind, view.size, view.raw) == (BodyKind.BINARY, len(body), "")


def test_that_the_named_charset_is_used_and_an_unknown_one_is_read_as_utf8() -> None:
    assert present(response("Grüße".encode("latin-1"), "text/plain; charset=ISO-8859-1")).raw == "Grüße"
    assert present(response("Grüße".encode(), "text/plain; charset=klingon")).raw == "Grüße"
    assert present(response("Grüße".encode(), "text/plain; charset=hex")).raw == "Grüße"


def test_that_a_large_body_is_shown_from_its_beginning_and_never_in_long_lines() -> None:
    items = [{"id": i, "name": "x" * 50, "note": "é" * 9} for i in range(40_000)]
    body = json.dumps(items, separators=(",", ":"), ensure_ascii=False).encode()

    view = present(response(body))

    assert view.kind is BodyKind.JSON
    assert view.truncated
    assert view.size == len(body) > 3 * SHOWN_AT_MOST
    assert view.lines_broken
    assert view.pretty.startswith('[\n  {\n    "id": 0,')
    for text in (view.pretty, view.raw):
        assert len(text) < 2 * SHOWN_AT_MOST
        assert max(map(len, text.split("\n"))) <= LONGEST_LINE


def test_that_a_character_that_the_cut_goes_through_is_left_out() -> None:
    view = present(response(("x" + "é" * 600_000).encode(), "text/plain"))
    assert view.kind is BodyKind.TEXT
    assert set(view.raw) == {"x", "é", "\n"}


def test_that_one_string_of_megabytes_is_broken_into_lines() -> None:
    view = present(response(b'"' + b"x" * 3_000_000 + b'"', "text/plain"))
    assert view.truncated
    assert max(map(len, view.raw.split("\n"))) <= LONGEST_LINE


def test_that_json_nested_deeper_than_python_can_read_does_no_harm() -> None:
    body = b"[" * 100_000 + b"]" * 100_000
    assert present(response(body)).size == 200_000


def test_that_a_large_string_that_the_cut_goes_through_leaves_what_stood_before_it() -> None:
    view = present(response(b'{"id": 7, "blob": "' + b"x" * 2_000_000 + b'"}'))
    assert view.pretty.startswith('{\n  "id": 7,\n  "blob": ')
    assert view.kind is BodyKind.JSON
