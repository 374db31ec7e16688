"""A draft becomes exactly the request that it describes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import cookie_parser

from explorer.client.build import UnsendableRequestError, build_request
from explorer.client.draft import Auth, AuthKind, BodyKind, FormField, RequestDraft, SendOptions, Value
from explorer.client.exchange import Request
from explorer.openapi.operations import Location

BASE = "http://127.0.0.1:8000"


def build(*values: Value, method: str = "GET", body: str | None = None) -> Request:
    return build_request(RequestDraft(method=method, path="/items", values=values, body=body), BASE)


def header(name: str, text: str | None) -> Value:
    return Value(location=Location.HEADER, name=name, text=text)


def cookie(name: str, text: str | None) -> Value:
    return Value(location=Location.COOKIE, name=name, text=text)


def values_of(request: Request, name: str) -> list[str]:
    return [value for key, value in request.headers if key.lower() == name]


def test_that_a_content_type_goes_with_a_body_only() -> None:
    assert values_of(build(method="POST"), "content-type") == []
    assert values_of(build(method="POST", body=""), "content-type") == []
    sent = build(method="POST", body='{"name": "Lämpchen"}')
    assert values_of(sent, "content-type") == ["application/json"]
    assert sent.content.head(1000) == '{"name": "Lämpchen"}'.encode()


def test_that_a_declared_header_replaces_ours_and_may_repeat() -> None:
    sent = build(header("user-agent", "me"), header("x-tag", "a"), header("x-tag", "b"), header("x-none", None))
    assert values_of(sent, "user-agent") == ["me"]
    assert values_of(sent, "x-tag") == ["a", "b"]
    assert values_of(sent, "x-none") == []


def test_that_a_header_left_out_gets_our_usual_one() -> None:
    assert values_of(build(header("user-agent", None)), "user-agent")[0].startswith("fastapi-explorer/")


def test_that_space_around_a_header_is_left_out_as_every_receiver_does() -> None:
    assert values_of(build(header("x-a", " a b\t")), "x-a") == ["a b"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("日本", "“日”, which a header cannot carry"),
        ("a\r\nX-Injected: 1", "has a line break"),
        ("a\0b", "control character 0x00"),
    ],
)
def test_that_what_a_header_cannot_carry_is_said_in_a_sentence(text: str, words: str) -> None:
    with pytest.raises(UnsendableRequestError, match=words):
        build(header("x-a", text))
    with pytest.raises(UnsendableRequestError, match=words):
        build(cookie("a", text))


def test_that_a_header_needs_a_name_that_is_one() -> None:
    with pytest.raises(UnsendableRequestError, match="“x a” cannot be the name"):
        build(header("x a", "1"))


def test_that_half_a_character_in_the_body_is_said() -> None:
    with pytest.raises(UnsendableRequestError, match="Character 3 of the body"):
        build(body='{"\ud83d"}', method="POST")


def test_that_cookies_share_one_header() -> None:
    sent = build(cookie("session", "abc"), cookie("ads", None), cookie("lang", "en"))
    assert values_of(sent, "cookie") == ["session=abc; lang=en"]


LATIN = st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f")


@given(st.text(LATIN, max_size=12).map(lambda text: text.strip(" ")))
def test_that_starlette_reads_the_cookie_that_was_typed(text: str) -> None:
    [sent] = values_of(build(cookie("a", text), cookie("b", "2")), "cookie")
    assert cookie_parser(sent) == {"a": text, "b": "2"}


def test_that_a_row_switched_off_is_not_sent() -> None:
    off = [
        Value(location=location, name="x", text="kept", enabled=False)
        for location in (Location.QUERY, Location.HEADER, Location.COOKIE)
    ]
    assert build(*off) == build()


def test_that_a_cookie_header_written_by_hand_joins_the_cookies_in_one_header() -> None:
    sent = build(header("cookie", "mine=1; bare"), cookie("a", "2"))
    assert values_of(sent, "cookie") == ["mine=1; bare; a=2"]


def test_that_an_own_content_type_wins_and_stays_without_a_body() -> None:
    own = header("content-type", "text/csv")
    assert values_of(build(own, method="POST", body="a,b"), "content-type") == ["text/csv"]
    assert values_of(build(own), "content-type") == ["text/csv"]


def test_that_a_body_goes_with_any_method() -> None:
    for method in ("GET", "HEAD", "DELETE", "PURGE"):
        assert build(method=method, body="{}").content.head(10) == b"{}"


@pytest.mark.parametrize("method", ["", "GET /x HTTP/1.1\r\nX-Injected: 1\r\n", "GÉT"])
def test_that_a_method_is_one_word(method: str) -> None:
    with pytest.raises(UnsendableRequestError, match="cannot be a method"):
        build(method=method)


def test_that_only_the_chosen_kind_of_body_is_sent(tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG")
    draft = RequestDraft(
        method="POST", path="/", body="text", media_type="", fields=(FormField(name="a", text="1"),), file=str(path)
    )
    sent = {
        kind: build_request(replace(draft, body_kind=kind), BASE)
        for kind in (BodyKind.NONE, BodyKind.TEXT, BodyKind.URLENCODED, BodyKind.FILE)
    }
    assert {kind: request.content.head(100) for kind, request in sent.items()} == {
        BodyKind.NONE: b"",
        BodyKind.TEXT: b"text",
        BodyKind.URLENCODED: b"a=1",
        BodyKind.FILE: b"\x89PNG",
    }
    assert {kind: values_of(request, "content-type") for kind, request in sent.items()} == {
        BodyKind.NONE: [],
        BodyKind.TEXT: [],
        BodyKind.URLENCODED: ["application/x-www-form-urlencoded"],
        BodyKind.FILE: ["image/png"],
    }
    assert sent[BodyKind.FILE].content.pieces == (path,)


def test_that_a_file_may_go_under_another_type_and_an_empty_one_is_no_body(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x")
    draft = RequestDraft(method="POST", path="/", body_kind=BodyKind.FILE, media_type="a/b", file=str(path))
    assert values_of(build_request(draft, BASE), "content-type") == ["a/b"]
    path.write_text("")
    assert not build_request(draft, BASE).content
    assert not build_request(replace(draft, file=None), BASE).content


def test_that_a_media_type_is_no_way_to_slip_in_a_header() -> None:
    draft = RequestDraft(method="POST", path="/", body="x", media_type="a/b\r\nX-Injected: 1")
    with pytest.raises(UnsendableRequestError, match="The value of Content-Type has a line break"):
        build_request(draft, BASE)


def test_that_the_options_go_along() -> None:
    options = SendOptions(follow_redirects=False, timeout=3)
    assert build_request(RequestDraft(method="GET", path="/", options=options), BASE).options == options


def test_that_two_content_types_go_as_they_were_entered() -> None:
    sent = build(header("content-type", "a/b"), header("Content-Type", "c/d"), method="POST", body="x")
    assert values_of(sent, "content-type") == ["a/b", "c/d"]


def test_that_a_request_needs_a_server() -> None:
    with pytest.raises(UnsendableRequestError, match="There is no server to send this to"):
        build_request(RequestDraft(method="GET", path="/"), "")
    assert build_request(RequestDraft(method="GET", path="/", url_override="http://a/"), "").url == "http://a/"


@pytest.mark.parametrize("address", ["http://a\r\nX-Injected: 1", "http://a b", "http://a\0"])
def test_that_an_address_is_no_way_to_slip_in_a_header(address: str) -> None:
    with pytest.raises(UnsendableRequestError, match="is no address"):
        build_request(RequestDraft(method="GET", path="/", url_override=f"{address}/x"), BASE)


ANY = st.text(max_size=6) | st.text(st.characters(categories=["Cs", "Cc"]), max_size=2)
DRAFTS = st.builds(
    RequestDraft,
    method=st.sampled_from(["GET", "POST", "x y"]) | ANY,
    path=ANY.map(lambda text: f"/{text}"),
    values=st.lists(st.builds(Value, location=st.sampled_from(Location), name=ANY, text=st.none() | ANY)).map(tuple),
    body_kind=st.sampled_from(BodyKind),
    body=st.none() | ANY,
    media_type=ANY,
    fields=st.lists(st.builds(FormField, name=ANY, text=st.none() | ANY, content_type=ANY)).map(tuple),
    file=st.none() | ANY,
    auth=st.builds(Auth, kind=st.sampled_from(AuthKind), token=ANY, username=ANY, key_name=ANY, key_value=ANY),
    url_override=st.none() | ANY | ANY.map(lambda text: f"http://{text}/{text}"),
)


@given(DRAFTS)
def test_that_a_draft_becomes_a_request_without_a_line_too_many_or_a_sentence(draft: RequestDraft) -> None:
    try:
        request = build_request(draft, BASE, token="t")
    except UnsendableRequestError as error:
        sentence = str(error)
    else:
        lines = [request.method, request.url, *(text for header in request.headers for text in header)]
        assert not any(character in line for line in lines for character in "\r\n\0")
        assert b"".join(request.content.chunks()) is not None
        sentence = "."
    assert sentence.endswith(".")
