"""How a request proves who sends it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fastapi.security.utils import get_authorization_scheme_param
from starlette.requests import cookie_parser

from explorer.client.build import UnsendableRequestError, build_request
from explorer.client.draft import Auth, AuthKind, RequestDraft, Value
from explorer.client.exchange import Request
from explorer.openapi.operations import Location

BASE = "http://127.0.0.1:8000"


def build(auth: Auth, *values: Value, token: str | None = None, url: str | None = None) -> Request:
    draft = RequestDraft(method="GET", path="/items", values=values, auth=auth, url_override=url)
    return build_request(draft, BASE, token=token)


def header(request: Request, name: str) -> list[str]:
    return [value for key, value in request.headers if key.lower() == name]


def row(location: Location, name: str, text: str, *, enabled: bool = True) -> Value:
    return Value(location=location, name=name, text=text, enabled=enabled)


@pytest.mark.parametrize("token", ["abc", " abc\n", "Bearer abc"])
def test_that_a_bearer_token_goes_along_as_it_was_copied(token: str) -> None:
    [sent] = header(build(Auth(kind=AuthKind.BEARER, token=token)), "authorization")
    assert get_authorization_scheme_param(sent) == ("Bearer", "abc")


def test_that_basic_speaks_utf_8() -> None:
    [sent] = header(build(Auth(kind=AuthKind.BASIC, username="zoë", password="a:b日")), "authorization")
    assert sent == "Basic em/DqzphOmLml6U="


def test_that_a_colon_in_a_user_name_is_refused() -> None:
    with pytest.raises(UnsendableRequestError, match="a:b has a colon"):
        build(Auth(kind=AuthKind.BASIC, username="a:b"))


@pytest.mark.parametrize(
    ("url", "target"), [(None, "/items?"), ("/a", "/a?"), ("/a?%FF", "/a?%FF&"), ("/a?b", "/a?b&"), ("/a?", "/a?&")]
)
def test_that_an_api_key_goes_into_the_query(url: str | None, target: str) -> None:
    auth = Auth(kind=AuthKind.API_KEY, key_name="a key", key_value="x&y", key_location=Location.QUERY)
    assert build(auth, url=url).url == f"{BASE}{target}a%20key=x%26y"


def test_that_an_api_key_goes_into_a_header_or_beside_other_cookies() -> None:
    auth = Auth(kind=AuthKind.API_KEY, key_value="abc")
    assert header(build(auth), "x-api-key") == ["abc"]
    auth = Auth(kind=AuthKind.API_KEY, key_name="key", key_value="a b;", key_location=Location.COOKIE)
    [sent] = header(build(auth, row(Location.COOKIE, "a", "1")), "cookie")
    assert cookie_parser(sent) == {"a": "1", "key": "a b;"}


def test_that_an_api_key_needs_a_name_and_no_line_break() -> None:
    with pytest.raises(UnsendableRequestError, match="The API key has no name"):
        build(Auth(kind=AuthKind.API_KEY, key_name="", key_value="x"))
    for location in (Location.HEADER, Location.COOKIE):
        with pytest.raises(UnsendableRequestError, match="has a line break"):
            build(Auth(kind=AuthKind.API_KEY, key_value="a\r\nX-Injected: 1", key_location=location))


def test_that_a_token_from_the_server_goes_along_and_none_is_no_header() -> None:
    auth = Auth(kind=AuthKind.OAUTH2_PASSWORD, username="ada", password="x")
    assert header(build(auth, token="abc"), "authorization") == ["Bearer abc"]
    assert header(build(auth), "authorization") == []
    assert header(build(Auth(token="abc", username="ada")), "authorization") == []


@pytest.mark.parametrize(
    "auth",
    [Auth(kind=AuthKind.BEARER), Auth(kind=AuthKind.BASIC), Auth(kind=AuthKind.API_KEY)],
    ids=lambda auth: str(auth.kind),
)
def test_that_what_is_not_filled_in_is_not_sent(auth: Auth) -> None:
    assert build(auth) == build(Auth())


def test_that_a_row_written_by_hand_wins_unless_it_is_switched_off() -> None:
    auth = Auth(kind=AuthKind.BEARER, token="abc")
    own = row(Location.HEADER, "authorization", "Digest x")
    assert header(build(auth, own), "authorization") == ["Digest x"]
    off = row(Location.HEADER, "authorization", "Digest x", enabled=False)
    assert header(build(auth, off), "authorization") == ["Bearer abc"]
    for location in (Location.QUERY, Location.COOKIE, Location.HEADER):
        auth = Auth(kind=AuthKind.API_KEY, key_name="key", key_value="other", key_location=location)
        with_auth, without = (build(used, row(location, "key", "mine")) for used in (auth, Auth()))
        assert replace(with_auth, secrets=()) == replace(without, secrets=())  # those tell of the key entered, too
