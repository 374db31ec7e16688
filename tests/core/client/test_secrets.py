"""What of a draft reaches the disk."""

from __future__ import annotations

import json
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.client.draft import Auth, AuthKind, BodyKind, FormField, RequestDraft, Value
from explorer.client.secret_names import is_secret_name
from explorer.client.secrets import without_secrets
from explorer.openapi.operations import Location

WEB_TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.s1gnature"


@pytest.mark.parametrize(
    ("location", "name"),
    [
        (Location.HEADER, "Authorization"),
        (Location.HEADER, "X-API-Key"),
        (Location.HEADER, "X-CSRF-Token"),
        (Location.QUERY, "access_token"),
        (Location.COOKIE, "anything"),
    ],
)
def test_that_a_secret_value_becomes_one_that_is_asked_for_again(location: Location, name: str) -> None:
    limit = Value(location=Location.QUERY, name="limit", text="5")
    secret = Value(location=location, name=name, text="s3cret")
    saved = without_secrets(RequestDraft(method="GET", path="/", values=(limit, secret)))
    assert saved.values == (limit, Value(location=location, name=name, ask=True))
    assert saved.values[1].with_text("s3cret") == secret


@pytest.mark.parametrize("text", [None, ""])
def test_that_nothing_is_asked_for_where_nothing_was(text: str | None) -> None:
    draft = RequestDraft(method="GET", path="/", values=(Value(location=Location.QUERY, name="token", text=text),))
    assert without_secrets(draft) == draft


def test_that_credentials_are_known_by_their_looks_too() -> None:
    values = tuple(
        Value(location=Location.HEADER, name="X-Auth", text=text) for text in (WEB_TOKEN, "Bearer abc", "Basic abc")
    )
    assert all(value.ask for value in without_secrets(RequestDraft(method="GET", path="/", values=values)).values)


@pytest.mark.parametrize(
    "name", ["max_tokens", "token_type", "tokenUrl", "Access-Control-Allow-Credentials", "tokenizer", "secretary"]
)
def test_that_a_name_that_only_sounds_secret_is_kept(name: str) -> None:
    assert not is_secret_name(name)


@pytest.mark.parametrize(
    ("body", "saved"),
    [
        ('{"name": "Ada", "password": "a \\"b\\" c"}', '{"name": "Ada", "password": ""}'),
        ('{"client_secret":"x", "half": ', '{"client_secret":"", "half": '),
        ('{"title": "My password is long"}', '{"title": "My password is long"}'),
        ('{"pass\n "password": "half typed', '{"pass\n "password": "'),
        ('{"no quote: "a, "token": "x"}', '{"no quote: "a, "token": ""}'),
        ('{"password": 1234, "token": null}', '{"password": "", "token": null}'),
        (
            '{"tokens": ["a]", {"b": "c"}], "credentials": {"k": "v}"}, "x": 1}',
            '{"tokens": [], "credentials": {}, "x": 1}',
        ),
        ("{'password': 'x', secret: y}", "{'password': '', secret: \"\"}"),
        ('{"raw": "{\\"password\\": \\"x\\"}"}', '{"raw": "{\\"password\\": \\"\\"}"}'),
        (f'{{"note": "see {WEB_TOKEN}."}}', '{"note": "see ."}'),
        ("username=ada&password=x&scope=", "username=ada&password=&scope="),
        ("<a><password>x</password><b token='x'/></a>", "<a><password></password><b token=''/></a>"),
        ('{"İ": 1, "PassWord": "x"}', '{"İ": 1, "PassWord": ""}'),
        ('{"half": 1, "tokens": ["a", "b', '{"half": 1, "tokens": []'),
        ("A password: keep it to yourself", "A password: keep it to yourself"),
    ],
)
def test_that_a_secret_in_a_body_is_emptied_and_the_rest_stays_as_typed(body: str, saved: str) -> None:
    draft = RequestDraft(method="POST", path="/", body=body, media_type="" if body[0] != "{" else "application/json")
    assert without_secrets(draft).body == saved


def test_that_json_that_says_it_is_a_form_is_read_as_what_it_is() -> None:
    form = "application/x-www-form-urlencoded"  # curl says so of everything after -d
    draft = RequestDraft(method="POST", path="/", body='{"user": "ada", "password": "x"}', media_type=form)
    assert without_secrets(draft).body == '{"user": "ada", "password": ""}'


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["password", "id_token"]), inner),
        max_leaves=12,
    ),
    st.none() | st.integers(0, 3),
    st.booleans(),
)
def test_that_json_without_its_secrets_is_json_still(value: object, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps({"x": value, "password": "hunter2"}, indent=indent, ensure_ascii=ascii_only)
    saved = without_secrets(RequestDraft(method="POST", path="/", body=text)).body or ""
    assert "hunter2" not in saved
    assert json.loads(saved)["password"] == ""


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("/items?q=1", "/items?q=1"),
        ("http://other/a@b", "http://other/a@b"),
        ("/items?token=abc&q=1", "/items?token=&q=1"),
        ("/items?next=/cb%3Ftoken%3Dabc&q=1", "/items?next=&q=1"),
        ("/items#access_token=abc", "/items#access_token="),
        ("http://ada:lovelace@other/?a", "http://ada@other/?a"),
        ("/users/me/password/reset", "/users/me/password/reset"),
        ("/reset-token/5Kd9", None),
        ("/map;token=abc/x", None),
        (f"/{WEB_TOKEN}", None),
    ],
)
def test_that_a_typed_url_loses_its_secrets_or_is_left_out(url: str, kept: str | None) -> None:
    draft = RequestDraft(method="GET", path="/", url_override=url)
    assert without_secrets(draft).url_override == kept


def test_that_no_secret_is_anywhere_in_what_is_saved() -> None:
    secrets = [f"s3cret-{number}" for number in range(13)]
    s = iter(secrets)
    draft = RequestDraft(
        method="POST",
        path="/login",
        values=(
            Value(location=Location.HEADER, name="Authorization", text=f"Bearer {next(s)}"),
            Value(location=Location.HEADER, name="Cookie", text=f"a={next(s)}", enabled=False),
            Value(location=Location.COOKIE, name="a", text=next(s)),
            Value(location=Location.QUERY, name="api_key", text=next(s)),
        ),
        body=json.dumps({"user": {"password": next(s)}, "list": [{"refresh_token": next(s)}]}),
        fields=(
            FormField(name="password", text=next(s)),
            FormField(name="payload", text=json.dumps({"secret": next(s)})),
            FormField(name="file", is_file=True, file="/home/ada/picture.png"),
        ),
        auth=Auth(
            kind=AuthKind.OAUTH2_PASSWORD,
            token=next(s),
            username="ada",
            password=next(s),
            key_value=next(s),
            client_secret=next(s),
            token_url="/token",
        ),
        url_override=f"/login?access_token={next(s)}",
    )
    saved = without_secrets(draft)
    plain = msgspec.json.encode(saved).decode()
    assert [secret for secret in secrets if secret in plain] == []
    assert "/home/ada/picture.png" in plain
    assert [value.ask for value in saved.values] == [True] * 4
    assert [field.ask for field in saved.fields] == [True, False, False]
    assert saved.auth == Auth(kind=AuthKind.OAUTH2_PASSWORD, username="ada", token_url="/token", ask=True)
    assert without_secrets(saved) == saved


def test_that_a_draft_comes_back_from_plain_json_exactly() -> None:
    draft = RequestDraft(
        method="PURGE",
        path="/items/{item_id}",
        values=(
            Value(location=Location.PATH, name="item_id", text="", enabled=False),
            Value(location=Location.COOKIE, name="a", ask=True),
        ),
        body_kind=BodyKind.MULTIPART,
        body="{",
        media_type="text/plain",
        fields=(FormField(name="f", is_file=True, file="/a", content_type="a/b", enabled=False), FormField(name="")),
        file="/b",
        auth=Auth(kind=AuthKind.API_KEY, key_location=Location.QUERY, ask=True),
        url_override="//",
    )
    draft = replace(draft, options=replace(draft.options, timeout=1.5, verify=False, use_jar=False))
    plain = json.loads(msgspec.json.encode(msgspec.to_builtins(draft)))
    assert msgspec.convert(plain, RequestDraft) == draft
