"""What of a request and its answer may be kept or shown to others."""

from __future__ import annotations

import json

import pytest

from explorer.client.redaction import redact_body, redacted_headers, redacted_url


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("Authorization", "Bearer abc", "Bearer ***"),
        ("authorization", "abc", "***"),
        ("Cookie", 'a=1; b="x y"; flag', "a=***; b=***; flag"),
        ("Set-Cookie", "session=abc; Path=/; HttpOnly", "session=***; Path=/; HttpOnly"),
        ("X-API-Key", "abc", "***"),
        ("Location", "/done?token=abc&page=2", "/done?token=***&page=2"),
        ("Access-Control-Allow-Credentials", "true", "true"),
        ("ETag", '"abc"', '"abc"'),
    ],
)
def test_that_a_header_keeps_all_but_its_secret(name: str, text: str, shown: str) -> None:
    assert redacted_headers(((name, text), ("X-Other", "1"))) == ((name, shown), ("X-Other", "1"))


def test_that_a_url_keeps_all_but_its_secrets() -> None:
    assert redacted_url("http://a:b@localhost/x?password=p&q=1") == "http://a@localhost/x?password=***&q=1"
    assert redacted_url("http://a:b@localhost/reset-token/5Kd9") == "http://localhost/***"


def test_that_members_with_secrets_are_masked_and_the_layout_stays() -> None:
    body = b'{\n  "user": "ada",\n  "token": "abc",\n  "inner": {"client_secret": "x"}\n}'
    shown = b'{\n  "user": "ada",\n  "token": "***",\n  "inner": {"client_secret": "***"}\n}'
    assert redact_body("application/json", body, url_is_token_url=False) == shown


def test_that_the_answer_of_a_token_url_hides_a_token_of_any_name() -> None:
    body = json.dumps({"jwt_": "a", "key": "b", "token_type": "bearer", "expires_in": 60}).encode()
    shown = json.loads(redact_body("application/json", body, url_is_token_url=True))
    assert shown == {"jwt_": "***", "key": "***", "token_type": "bearer", "expires_in": 60}
    assert redact_body("application/json", b'["a"]', url_is_token_url=True) == b'["a"]'
    assert redact_body("application/json", b'"abc"', url_is_token_url=True) == b'"***"'
    assert redact_body("application/json", b'{"detail": "no"}', url_is_token_url=True) == b'{"detail": "no"}'


def test_that_forms_and_streams_are_masked_and_bytes_left_alone() -> None:
    assert redact_body("application/x-www-form-urlencoded", b"password=a+b&x=1", False) == b"password=***&x=1"
    assert redact_body("text/event-stream", b'data: {"token": "a"}\n\n', False) == b'data: {"token": "***"}\n\n'
    for picture in (b"\x89PNG token", b'\x89PNG \x00 "token": "a"'):
        assert redact_body("image/png", picture, False) == picture
    head = b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n'
    form = head % b"password" + b"a\r\n" + head % b"file" + b"\xff\xfe\r\n--b--\r\n"
    assert redact_body("multipart/form-data; boundary=b", form, False) == form.replace(
        b"\r\n\r\na\r\n", b"\r\n\r\n***\r\n"
    )


def test_that_a_body_cut_in_the_middle_of_a_character_is_masked_too() -> None:
    cut = '{"token": "abc", "name": "é'.encode()[:-1]
    assert redact_body("application/json", cut, False) == cut.replace(b"abc", b"***")
    assert redact_body("application/json", cut, True) == cut.replace(b"abc", b"***")
