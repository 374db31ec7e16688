"""What an exchange has to say."""

import pytest

from explorer.client.answer import AnswerKind, read_answer
from explorer.client.body import Body
from explorer.client.cookie_rules import refusal
from explorer.client.cookie_words import sent_cookies, sentence
from explorer.client.cookies import CookieJar
from explorer.client.exchange import Exchange, Headers, Phase, Request, Response
from explorer.client.header_meanings import meaning_of_header
from explorer.client.hop_changes import changes
from explorer.client.payload import Payload
from explorer.client.set_cookie import parse_set_cookie
from explorer.client.svg import without_references
from explorer.client.timing import connection_sentence, timing_steps
from explorer.client.wire_text import marks, wire_text

URL = "http://127.0.0.1:8000/users"


def exchange(body: bytes, content_type: str | None, phases: tuple[Phase, ...] = ()) -> Exchange:
    headers: Headers = (("Content-Type", content_type),) if content_type is not None else ()
    response = Response(
        status=200, reason="OK", http_version="HTTP/1.1", headers=headers, body=Body(body), wire_size=len(body)
    )
    return Exchange(
        trace_id="1" * 32,
        request=Request(method="GET", url=URL),
        response=response,
        failure=None,
        sent_at=0,
        elapsed_ns=10,
        phases=phases,
        address="127.0.0.1:8000",
    )


@pytest.mark.parametrize(
    ("body", "content_type", "kind"),
    [
        (b'{"a": 1}', "application/json", AnswerKind.JSON),
        (b'{"a": 1}', "text/html", AnswerKind.JSON),
        (b"<!DOCTYPE html><p>", "application/json", AnswerKind.HTML),
        (b"<html>", "text/plain", AnswerKind.HTML),
        (b"\x89PNG\r\n\x1a\n...", "application/octet-stream", AnswerKind.PICTURE),
        (b"plain", "text/plain", AnswerKind.TEXT),
        (b"\x00\x01", "application/x-odd", AnswerKind.BINARY),
        (b"%PDF-1.7", "text/plain", AnswerKind.BINARY),
        ("Grüße".encode("utf-16"), "text/plain; charset=utf-16", AnswerKind.TEXT),
        (b"data: x\n\n", "text/event-stream", AnswerKind.STREAM),
        (b"", "application/json", AnswerKind.EMPTY),
    ],
)
def test_that_the_first_bytes_say_of_what_sort_an_answer_is(body: bytes, content_type: str, kind: AnswerKind) -> None:
    answer = read_answer(exchange(body, content_type))
    assert answer is not None
    assert answer.kind is kind


@pytest.mark.parametrize(
    ("body", "content_type", "remark"),
    [
        (b"[1]", "text/html", "The response says text/html, but the body looks like JSON."),
        (b"<html>", "application/json", "The response says application/json, but the body looks like HTML."),
        (b"GIF89a", "image/png", "The response says image/png, but the body looks like a GIF picture."),
        (b"[1]", None, "The response names no Content-Type; it looks like JSON."),
        (b"hello", None, "The response names no Content-Type, so what it is had to be guessed."),
        (b"[draft] hello", "text/plain", ""),
        (b"{}", "application/problem+json", ""),
        (b"hello", "application/json", ""),
        (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ""),
        (b"", None, ""),
    ],
)
def test_that_a_wrong_content_type_is_said_and_a_right_one_is_not(
    body: bytes, content_type: str | None, remark: str
) -> None:
    answer = read_answer(exchange(body, content_type))
    assert answer is not None
    assert answer.remark == remark


def test_that_common_headers_are_explained_whatever_their_case() -> None:
    assert meaning_of_header("X-Content-Type-Options").startswith("nosniff")
    assert meaning_of_header("x-made-up") == ""


COOKIES = [
    ("a=1", URL, True),
    ("a=1; Domain=example.com", URL, False),
    ("a=1; Domain=example.com", "https://shop.example.com/", True),
    ("a=1; Domain=com", "https://shop.example.com/", False),
    ("a=1; Secure", URL, True),  # this machine counts as safe
    ("a=1; Secure", "http://shop.example.com/", False),
    ("__Secure-a=1", "https://shop.example.com/", False),
    ("__Host-a=1; Secure; Path=/", "https://shop.example.com/", True),
    ("__Host-a=1; Secure; Path=/x", "https://shop.example.com/", False),
    ("a=" + "x" * 5_000, URL, False),
    ("", URL, False),
]


@pytest.mark.parametrize(("text", "url", "kept"), COOKIES)
def test_that_a_cookie_is_said_to_be_refused_exactly_when_the_jar_refuses_it(text: str, url: str, kept: bool) -> None:
    jar = CookieJar()
    jar.store(url, [("Set-Cookie", text)])
    assert bool(jar.cookies()) is kept
    assert (refusal(parse_set_cookie(text), url) == "") is kept


def test_that_a_cookie_says_in_words_what_it_asks_for() -> None:
    said = parse_set_cookie("session=1; Max-Age=172800; HttpOnly; Secure; SameSite=Strict; Path=/shop")
    assert sentence(said, URL, 0) == (
        "Kept for 2 days (until 1970-01-03); for 127.0.0.1 alone, below /shop; hidden from scripts (HttpOnly); over "
        "https only (Secure); a browser sends it only from the site's own pages (SameSite=Strict)."
    )
    assert sentence(parse_set_cookie("a=1"), URL, 0) == "Kept until the client is closed; for 127.0.0.1 alone."
    assert sentence(parse_set_cookie("a=; Max-Age=0"), URL, 0).startswith("Deletes the cookie")
    assert "(until 9999-12-31)" in sentence(parse_set_cookie("a=1; Expires=Fri, 31 Dec 9999 23:59:59 GMT"), URL, 0)


def test_that_the_cookies_of_a_request_are_told_apart() -> None:
    assert sent_cookies("a=1; b=x=y;  ; lonely") == (("a", "1"), ("b", "x=y"), ("", "lonely"))


def test_that_what_changed_between_two_hops_is_listed() -> None:
    before = Request(
        method="POST",
        url=URL,
        headers=(("Host", "a"), ("Authorization", "Bearer x"), ("traceparent", "1"), ("Accept", "*/*")),
        content=Payload.of(b"{}"),
    )
    after = Request(method="GET", url=URL, headers=(("Host", "b"), ("traceparent", "2"), ("accept", "*/*")))
    assert [(change.what, change.before, change.after) for change in changes(before, after)] == [
        ("method", "POST", "GET"),
        ("Host", "a", "b"),
        ("Authorization", "Bearer x", None),
        ("body", "sent", None),
    ]


def test_that_the_time_is_told_from_the_first_step_on() -> None:
    phases = (Phase(name="send", start_ns=500, duration_ns=10), Phase(name="wait", start_ns=510, duration_ns=90))
    kept = exchange(b"", None, phases)
    assert [(step.label, step.start_ns, step.duration_ns) for step in timing_steps(kept)] == [
        ("Send", 0, 10),
        ("Wait", 10, 90),
    ]
    assert "kept open from before" in connection_sentence(kept)
    new = exchange(b"", None, (Phase(name="connect", start_ns=0, duration_ns=1), *phases))
    assert connection_sentence(new) == "A new connection to 127.0.0.1:8000."


def test_that_the_wire_names_what_would_turn_a_line_around_or_take_no_room() -> None:
    assert wire_text("X: \u202eevil\u200b\ufeff\x85".encode()) == "X: «U+202E»evil«U+200B»«U+FEFF»«U+0085»"
    assert marks("a«U+202E»«x0A»b") == [(1, 13)]


def test_that_nothing_on_the_wire_is_hidden() -> None:
    text = wire_text("GET / HTTP/1.1\r\nX: grün\t\x00".encode() + b"\xff\n" + b"y" * 5_000)
    first, second, *rest = text.split("\n")
    assert first == "GET / HTTP/1.1«CR»«LF»"
    assert second == "X: grün«TAB»«NUL»«xFF»«LF»"
    assert max(map(len, rest)) <= 2_000
    assert marks(first) == [(14, 8)]


@pytest.mark.parametrize(
    "reference",
    [
        "file:///etc/passwd",
        "/etc/passwd",
        "http://127.0.0.1/x.png",
        "&local;",
        "data:image/svg+xml;base64,PHN2Zz4=",
        "data:image/png;base64,PHN2ZyB4bWxucz0i",
        "data:image/png;base64,%%%",
    ],
)
def test_that_a_drawing_leads_nowhere(reference: str) -> None:
    drawing = (
        f'<?xml version="1.0" encoding="latin-1"?><!DOCTYPE svg [<!ENTITY local "/x">]><image HREF = "{reference}"/>'
    )
    safe = without_references(drawing.encode())
    assert safe is not None
    assert reference.encode() not in safe
    assert b"ENTITY" not in safe


def test_that_a_drawing_keeps_what_is_inside_of_it() -> None:
    picture = 'xlink:href="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA"'
    drawing = f"<svg><use href='#a'/><image {picture}/></svg>".encode()
    assert without_references(drawing) == drawing
    assert without_references(b"\xff\xfe<\x00") is None
