"""What the history keeps of a real exchange, and what it leaves out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from explorer.client import history
from explorer.client.body import Body
from explorer.client.build import build_request
from explorer.client.draft import Auth, AuthKind, BodyKind, FormField, RequestDraft, Value
from explorer.client.exchange import Exchange
from explorer.client.history import from_record, to_record
from explorer.client.redaction import MASK
from explorer.client.transport import Client
from explorer.openapi.operations import Location
from explorer.storage.history_file import HistoryFile

SECRETS = ("s3cr3t-token", "k1tten-cookie", "qu3ry-key")


def draft(auth: Auth | None = None) -> RequestDraft:
    return RequestDraft(
        method="POST",
        path="/items",
        values=(
            Value(location=Location.QUERY, name="tag", text="home"),
            Value(location=Location.QUERY, name="tag", text="light"),
            Value(location=Location.QUERY, name="api_key", text="qu3ry-key"),
            Value(location=Location.COOKIE, name="session", text="k1tten-cookie"),
            Value(location=Location.HEADER, name="X-Off", text="kept", enabled=False),
        ),
        body='{"name": "Desk lamp"}',
        auth=auth or Auth(kind=AuthKind.BEARER, token="s3cr3t-token"),
    )


async def sent(client: Client, base: str) -> Exchange:
    return await client.send(build_request(draft(), base), emit=print)


async def test_that_an_exchange_comes_back_from_the_disk_as_it_was(client: Client, base: str, tmp_path: Path) -> None:
    exchange = await sent(client, base)
    file = HistoryFile(tmp_path / "history.sqlite3")
    (entry,) = file.add([to_record(exchange, draft())])
    record = file.read(entry.id)
    file.close()
    assert record is not None

    reopened, again = from_record(record)

    assert (entry.method, entry.status, entry.operation) == ("POST", 200, "POST /items")
    assert reopened.values[:2] == draft().values[:2]
    assert reopened.values[4] == draft().values[4]
    assert reopened.body == draft().body
    assert [value.ask for value in reopened.values] == [False, False, True, True, False]
    assert reopened.auth.kind is AuthKind.BEARER
    assert again.response is not None
    assert exchange.response is not None
    assert again.response.status == exchange.response.status
    assert [name for name, _ in again.response.headers] == [name for name, _ in exchange.response.headers]
    assert b"Desk lamp" in again.response.body.read()
    assert (again.phases, again.elapsed_ns, again.sent_at) == (exchange.phases, exchange.elapsed_ns, exchange.sent_at)
    assert again.request.content == exchange.request.content  # for a copy as curl, and for the lines of a 422


async def test_that_no_secret_is_kept_even_if_the_server_sends_it_back(client: Client, base: str) -> None:
    record = to_record(await sent(client, base), draft())
    kept = b"".join((record.draft, record.exchange, record.body, record.search.encode(), record.entry.url.encode()))
    assert b"Desk lamp" in record.body, "the server sends back all that it got"
    for secret in SECRETS:
        assert secret.encode() not in kept


async def test_that_a_key_is_not_kept_whatever_it_is_called_and_wherever_it_travels(client: Client, base: str) -> None:
    for location in (Location.QUERY, Location.HEADER, Location.COOKIE):
        auth = Auth(kind=AuthKind.API_KEY, key_name="shop", key_location=location, key_value='k&y "5"')
        keyed = draft(auth)
        record = to_record(await client.send(build_request(keyed, base), emit=print), keyed)
        kept = (record.draft, record.exchange, record.body, record.entry.url.encode())
        for written in (b'k&y "5"', b"k%26y", rb"k&y \"5"):
            assert not any(written in text for text in kept), (location, written)


async def test_that_only_the_beginning_of_a_long_body_is_kept_and_said_so(client: Client, base: str) -> None:
    exchange = await sent(client, base)
    assert exchange.response is not None
    size = history.BODY_AT_MOST + 1
    long = replace(exchange, response=replace(exchange.response, body=Body(b"x" * size)))

    _, again = from_record(to_record(long, draft()))

    assert again.response is not None
    assert again.response.body.size == history.BODY_AT_MOST
    assert again.response.problem == "Only the first 256,000 of 256,001 bytes were kept in the history."


async def test_that_a_body_without_its_secrets_is_not_called_cut_off(client: Client, base: str) -> None:
    exchange = await sent(client, base)
    assert exchange.response is not None
    answer = Body(b'{"password": "a long and winding password"}')
    headers = (("Content-Type", "application/json"),)
    exchange = replace(exchange, response=replace(exchange.response, body=answer, headers=headers))

    _, again = from_record(to_record(exchange, draft()))

    assert again.response is not None
    assert "Only the first" not in again.response.problem
    assert again.response.problem.startswith("Secrets in this body were not kept")


async def test_that_a_request_that_failed_is_kept_with_its_reason(client: Client) -> None:
    exchange = await sent(client, "http://127.0.0.1:1")
    record = to_record(exchange, draft())
    _, again = from_record(record)
    assert record.entry.status is None
    assert again.failure == exchange.failure
    assert again.response is None


async def test_that_half_a_character_in_a_draft_is_kept(client: Client, base: str, tmp_path: Path) -> None:
    odd = replace(draft(), body='{"name": "\ud83d"}', url_override="/items?q=\ud83d")
    file = HistoryFile(tmp_path / "history.sqlite3")
    (entry,) = file.add([to_record(await sent(client, base), odd)])
    record = file.read(entry.id)
    file.close()
    assert record is not None
    reopened, _ = from_record(record)
    assert (reopened.body, reopened.url_override) == (odd.body, odd.url_override)


ODD = "s3cret /ä&1"
SECRET_DRAFTS = {
    "a step of the path": replace(
        draft(), path="/reset/{token}", values=(Value(location=Location.PATH, name="token", text=ODD),)
    ),
    "a key in the query": replace(
        draft(), auth=Auth(kind=AuthKind.API_KEY, key_name="k", key_value=ODD, key_location=Location.QUERY)
    ),
    "a member of the body": replace(draft(), body=json.dumps({"password": ODD})),
    "a form as text": replace(
        draft(), body=f"password={quote_plus(ODD)}", media_type="application/x-www-form-urlencoded"
    ),
    "a form": replace(
        draft(), body_kind=BodyKind.URLENCODED, fields=(FormField(name="note", text=json.dumps({"token": ODD})),)
    ),
    "a URL that was typed": replace(draft(), url_override=f"/items?token={quote(ODD)}"),
    "a password": replace(draft(), auth=Auth(kind=AuthKind.BASIC, username="ada", password=ODD)),
}


@pytest.mark.parametrize("place", SECRET_DRAFTS)
async def test_that_a_secret_is_known_again_wherever_the_server_writes_it(
    client: Client, base: str, place: str
) -> None:
    secret_draft = SECRET_DRAFTS[place]
    record = to_record(await client.send(build_request(secret_draft, base), emit=print), secret_draft)
    kept = "\n".join(
        (*(part.decode() for part in (record.draft, record.exchange, record.body)), record.search, record.entry.url)
    )
    assert MASK in kept
    inside_json = json.dumps(json.dumps(ODD)[1:-1])[1:-1]
    for written in (ODD, quote(ODD), quote(ODD, safe=""), quote_plus(ODD), json.dumps(ODD)[1:-1], inside_json):
        assert written not in kept


async def test_that_a_cookie_of_the_jar_is_known_again(client: Client, base: str) -> None:
    client.jar.store(base, (("Set-Cookie", "sid=k1tten-of-the-jar"),))
    record = to_record(await sent(client, base), draft())
    assert b"sid=***" in record.body
    assert b"k1tten-of-the-jar" not in record.body + record.exchange
