"""A token is asked for the way FastAPI's form takes it, and its answer is read whatever it says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Any

import jwt
import pytest
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import OAuth2PasswordRequestFormStrict

from explorer.client.body import Body
from explorer.client.build import UnsendableRequestError
from explorer.client.draft import Auth, AuthKind
from explorer.client.exchange import Response
from explorer.client.oauth2 import Token, TokenRefusedError, Tokens, read_token, token_request
from explorer.client.transport import Client

from .served import served

NOW = 1_000_000.0
AUTH = Auth(kind=AuthKind.OAUTH2_PASSWORD, username="ada", password="pa&ss wörd", token_url="token", scopes="a b")


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    app = FastAPI()

    @app.post("/token")
    def token(form: Annotated[OAuth2PasswordRequestFormStrict, Depends()]) -> dict[str, Any]:
        if form.username != "ada":
            raise HTTPException(400, "Incorrect username or password")
        seen = f"{form.password}/{'+'.join(form.scopes)}/{form.client_id}/{form.client_secret}"
        return {"access_token": seen, "token_type": "bearer", "expires_in": 60}

    with served(app) as url:
        yield url


async def ask(client: Client, auth: Auth, base: str) -> Response:
    exchange = await client.send(token_request(auth, base), emit=lambda _: None)
    assert exchange.response is not None
    return exchange.response


async def test_that_the_app_reads_every_field_and_gives_a_token(client: Client, base: str) -> None:
    token = read_token(await ask(client, AUTH, base), NOW)
    assert token == Token(value="pa&ss wörd/a+b/None/None", kind="bearer", expires_at=NOW + 60)
    with_client = Auth(token_url="/token", username="ada", password="p", client_id="c", client_secret="s")
    assert read_token(await ask(client, with_client, base), NOW).value == "p//c/s"


async def test_that_a_refusal_says_what_the_server_said(client: Client, base: str) -> None:
    with pytest.raises(TokenRefusedError, match=r"no token \(400\): Incorrect username or password\."):
        read_token(await ask(client, Auth(token_url="/token", username="eve", password="x"), base), NOW)
    with pytest.raises(TokenRefusedError, match=r"address \(404\): check the token URL"):
        read_token(await ask(client, Auth(token_url="/login"), base), NOW)


def test_that_a_password_that_was_not_kept_is_asked_for_before_the_server_refuses_an_empty_one() -> None:
    with pytest.raises(UnsendableRequestError, match="enter it again under Auth"):
        token_request(Auth(token_url="/token", username="ada", ask=True), "http://127.0.0.1:8000")


def test_that_a_token_url_is_needed_and_may_be_absolute_or_relative() -> None:
    with pytest.raises(UnsendableRequestError, match="enter the token URL"):
        token_request(Auth(token_url=" "), "http://localhost")
    with pytest.raises(UnsendableRequestError, match="ftp:token is no address"):
        token_request(Auth(token_url="ftp:token"), "http://localhost")
    for url, absolute in [
        ("token", "http://localhost:8000/token"),
        ("./auth/token", "http://localhost:8000/auth/token"),
        ("/ü", "http://localhost:8000/%C3%BC"),
        ("https://other/token?a=b", "https://other/token?a=b"),
    ]:
        assert token_request(Auth(token_url=url), "http://localhost:8000").url == absolute


def test_that_a_password_is_not_sent_on_by_a_redirect() -> None:
    assert not token_request(AUTH, "http://localhost").options.follow_redirects


def answer(body: Any, status: int = 200, **headers: str) -> Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Response(
        status=status,
        reason="",
        http_version="HTTP/1.1",
        headers=tuple(headers.items()),
        body=Body(content),
        wire_size=len(content),
    )


def test_that_the_expiry_comes_from_the_answer_or_from_the_token_itself() -> None:
    with_expiry = jwt.encode({"exp": 2_000_000}, "x" * 32)
    for body, expires_at in [
        ({"access_token": "a"}, None),
        ({"access_token": "a", "expires_in": "90"}, NOW + 90),
        ({"access_token": "a", "expires_in": -5}, NOW),
        ({"access_token": "a", "expires_in": True}, None),
        ({"access_token": with_expiry}, 2_000_000),
        ({"access_token": with_expiry, "expires_in": 90}, NOW + 90),
        ({"access_token": jwt.encode({"sub": "ada"}, "x" * 32)}, None),
        ({"access_token": "a.é.c"}, None),
        ({"access_token": "a.W10.c"}, None),
    ]:
        assert read_token(answer(body), NOW).expires_at == expires_at
    assert read_token(answer(b'{"access_token": "a", "expires_in": NaN}'), NOW).expires_at == NOW
    endless = read_token(answer(b'{"access_token": "a", "expires_in": 1e400}'), NOW).expires_at
    assert endless is not None
    assert endless > NOW


@pytest.mark.parametrize(
    ("response", "words"),
    [
        (answer(b"<html>"), "without JSON"),
        (answer([1]), "without JSON"),
        (answer({"token": "a"}), "without an “access_token”"),
        (answer({"access_token": 5}), "without an “access_token”"),
        (answer({"error": "invalid_grant", "error_description": "No such user"}, 400), r"\(400\): No such user\."),
        (answer({"detail": [{"loc": ["body", "scope"], "msg": "Field required"}]}, 422), "scope: Field required"),
        (answer({"detail": []}, 401), "check the user name"),
        (answer(b"", 307, Location="/token/"), r"leads on to /token/ \(307\)"),
        (answer(b"", 500), "look for an error in its log"),
        (answer(b"[" * 100_000), "without JSON"),
    ],
)
def test_that_an_answer_without_a_token_is_said_in_a_sentence(response: Response, words: str) -> None:
    with pytest.raises(TokenRefusedError, match=words):
        read_token(response, NOW)


def test_that_tokens_are_kept_for_one_person_at_one_address_until_they_expire() -> None:
    tokens = Tokens()
    base = "http://localhost"
    tokens.put(AUTH, base, Token(value="a", expires_at=NOW + 60), NOW)
    assert tokens.get(AUTH, base, NOW) == Token(value="a", expires_at=NOW + 60)
    same = Auth(token_url=f"{base}/token", username="ada", password="pa&ss wörd", scopes="b  a")
    assert tokens.get(same, base, NOW) is not None
    for other in (
        Auth(token_url="token", username="eve", password="pa&ss wörd", scopes="a b"),
        Auth(token_url="token", username="ada", password="other", scopes="a b"),
        Auth(token_url="token", username="ada", password="pa&ss wörd", scopes="a"),
        Auth(token_url="token", username="ada", password="pa&ss wörd", scopes="a b", client_id="c"),
    ):
        assert tokens.get(other, base, NOW) is None
    assert tokens.get(AUTH, "http://other", NOW) is None
    assert tokens.get(AUTH, base, NOW + 54.9) is not None
    assert tokens.get(AUTH, base, NOW + 55) is None
    assert tokens.get(AUTH, base, NOW) is None  # it was dropped
    tokens.put(AUTH, base, Token(value="b"), NOW)
    assert tokens.get(AUTH, base, NOW + 1e9) == Token(value="b")
    tokens.forget(AUTH, base)
    tokens.forget(AUTH, base)
    assert tokens.get(AUTH, base, NOW) is None


def test_that_a_clock_that_is_set_makes_no_token_last_longer() -> None:
    passed = [0.0]
    tokens = Tokens(monotonic=lambda: passed[0])
    base, day = "http://localhost", 86_400
    tokens.put(AUTH, base, Token(value="a", expires_at=NOW + 900), NOW)
    passed[0] = 100
    assert tokens.get(AUTH, base, NOW - day) == Token(value="a", expires_at=NOW - day + 800)
    passed[0] = 896
    assert tokens.get(AUTH, base, NOW - day) is None
    tokens.put(AUTH, base, Token(value="b", expires_at=NOW + 900), NOW)
    assert tokens.get(AUTH, base, NOW + day) is None  # the computer may have slept for a day


def test_that_a_token_is_not_in_what_a_log_would_show() -> None:
    assert "abc" not in repr(Token(value="abc"))
