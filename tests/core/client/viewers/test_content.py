"""What a body is, and in which charset it is read."""

from __future__ import annotations

import json

import pytest

from explorer.client.body import Body
from explorer.client.exchange import Response
from explorer.client.viewers.content import BodyContent, ContentKind, present, revealed


def content(body: bytes, content_type: str | None = "application/json") -> BodyContent:
    headers = () if content_type is None else (("Content-Type", content_type),)
    return present(
        Response(
            status=200, reason="OK", http_version="HTTP/1.1", headers=headers, body=Body(body), wire_size=len(body)
        )
    )


def text_of(found: BodyContent) -> str:
    assert found.text is not None
    return found.text.read().decode()


@pytest.mark.parametrize(
    ("body", "content_type", "kind"),
    [
        (b"", "application/json", ContentKind.EMPTY),
        (b'{"a":1}', "application/json", ContentKind.JSON),
        (b'{"a":1}', "application/problem+json; charset=utf-8", ContentKind.JSON),
        (b'[{"a":1}]', None, ContentKind.JSON),
        (b'{"a": 1', "application/json", ContentKind.TEXT),
        (b'{"a": ' + b"1" * 5_000 + b"}", "application/json", ContentKind.JSON),
        (b"[draft]", "text/plain", ContentKind.TEXT),
        (b'[{"a":1}]', "text/plain", ContentKind.JSON),
        (b'[{"a":1}]', "text/html", ContentKind.JSON),
        (b'{"a":1}', "application/x-ndjson", ContentKind.TEXT),
        (b"<p>hello</p>", "text/html", ContentKind.TEXT),
        (b"a\xffb", "text/plain", ContentKind.TEXT),
        (b"a\0b", "text/plain", ContentKind.BINARY),
        (b"\xff\xfe\xfd", None, ContentKind.BINARY),
        (b"\x89PNG\r\n", "image/png", ContentKind.BINARY),
        (b"<svg/>", "image/svg+xml", ContentKind.TEXT),
        (b"plain", "application/octet-stream", ContentKind.BINARY),
        (b"[" * 100_000 + b"]" * 100_000, "application/json", ContentKind.JSON),
    ],
)
def test_that_a_body_is_recognised(body: bytes, content_type: str | None, kind: ContentKind) -> None:
    assert content(body, content_type).kind is kind


@pytest.mark.parametrize(
    ("body", "content_type", "notices"),
    [
        (b'[1, ', "application/json", ("This is no valid JSON (line 1, column 5: expecting value).",)),
        (b'{"a": 1,,}', "text/plain", ()),
        (b'["a', "application/json", ("This is no valid JSON (line 1, column 2: unterminated string).",)),
        (b"<html></html>", "application/json", ()),
    ],
)  # fmt: skip
def test_that_it_is_said_where_json_is_none(body: bytes, content_type: str, notices: tuple[str, ...]) -> None:
    assert content(body, content_type).notices == notices


@pytest.mark.parametrize("charset", ["ISO-8859-1", "utf-16", "utf-16-le", "cp1252", '"UTF-8"', "utf-32"])
def test_that_the_charset_that_is_named_is_used(charset: str) -> None:
    body = "Grüße".encode(charset.strip('"'))
    found = content(body, f"text/plain; charset={charset}")
    assert text_of(found) == "Grüße"
    assert found.notices == ()


@pytest.mark.parametrize("charset", ["klingon", "hex", "zip"])
def test_that_an_unknown_charset_is_read_as_utf8_with_a_word_about_it(charset: str) -> None:
    found = content("Grüße".encode(), f"text/plain; charset={charset}")
    assert text_of(found) == "Grüße"
    assert found.notices == (f"The server names the charset “{charset}”, which does not exist. Read as UTF-8.",)


def test_that_bytes_in_an_unknown_charset_that_are_no_utf8_are_read_as_latin_1() -> None:
    found = content("Grüße".encode("latin-1"), "text/plain; charset=klingon")
    assert text_of(found) == "Grüße"
    assert "Read as Latin-1" in found.notices[0]


def test_that_a_byte_order_mark_names_the_charset_when_nobody_else_does() -> None:
    assert text_of(content('{"é":1}'.encode("utf-16"))) == '{"é":1}'


def test_that_binary_can_be_looked_at_as_text() -> None:
    shown = revealed(content(b"\x89PNG\r\n", "image/png"))
    assert shown.kind is ContentKind.TEXT
    assert revealed(content(b'{"a":1}')).kind is ContentKind.JSON


def test_that_a_large_body_is_in_a_file_and_judged_by_its_beginning() -> None:
    body = json.dumps([{"id": i, "name": "x" * 50} for i in range(40_000)]).encode()
    found = content(body)
    assert found.kind is ContentKind.JSON
    assert not found.small
    assert found.body.path is not None
    assert found.body.path.stat().st_size == len(body)
    path = found.body.path
    del found
    assert not path.exists()


def test_that_a_large_body_in_another_charset_waits_for_its_conversion() -> None:
    found = content(("é" * 1_500_000).encode("latin-1"), "text/plain; charset=latin-1")
    assert found.text is None
    assert found.charset == "iso8859-1"
