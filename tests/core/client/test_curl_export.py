"""A request as a curl command: the real curl makes a real server see what our client makes it see."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import shutil
from collections.abc import AsyncGenerator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import MultiPartParser
from starlette.requests import Request as Seen
from starlette.responses import JSONResponse

from explorer.client.build import build_request
from explorer.client.draft import Auth, AuthKind, BodyKind, FormField, RequestDraft, SendOptions, Value
from explorer.client.exchange import Request
from explorer.client.exporting.curl import to_curl
from explorer.client.importing.curl import draft_from_curl
from explorer.client.payload import Payload
from explorer.client.transport import Client
from explorer.openapi.operations import Catalogue, Location

from .served import served

NOTHING = Catalogue(title="", version="")
OWN_WORDS = {"user-agent", "accept-encoding", "traceparent", "connection", "host", "content-length"}
needs_curl = pytest.mark.skipif(
    shutil.which("curl") is None or shutil.which("bash") is None, reason="curl or bash is not installed here"
)


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        request = Seen(scope, receive)
        headers = [[name.decode("latin-1"), value.decode("latin-1")] for name, value in scope["headers"]]
        query = f"?{scope['query_string'].decode()}" if scope["query_string"] else ""
        seen = {
            "method": scope["method"],
            "target": scope["raw_path"].decode() + query,
            "headers": sorted(header for header in headers if header[0] not in OWN_WORDS),
            "body": (await request.body()).hex(),
        }
        await JSONResponse(seen)(scope, receive, send)

    with served(app) as url:
        yield url


def query(name: str, text: str) -> Value:
    return Value(location=Location.QUERY, name=name, text=text)


def header(name: str, text: str) -> Value:
    return Value(location=Location.HEADER, name=name, text=text)


def cookie(name: str, text: str) -> Value:
    return Value(location=Location.COOKIE, name=name, text=text)


def post(**more: Any) -> RequestDraft:
    return RequestDraft(method="POST", path="/items", **more)


FORM = (
    FormField(name="a", text="@x&y=z;type=a"),
    FormField(name="a", text="two\nlines 'é日' \"$HOME\" `id` \\"),
    FormField(name="empty", text=""),
    FormField(name="json", text='{"a": "@<;\\\\"}', content_type="application/json"),
)
DRAFTS = {
    "plain": RequestDraft(method="GET", path="/items", values=(query("q", "a b'c&é"), query("q", ""))),
    "head": RequestDraft(method="HEAD", path="/items"),
    "own method": RequestDraft(method="PURGE", path="/items"),
    "raw target": RequestDraft(method="GET", path="/", url_override="/files/../../x/./[1-2]{a,b}?q=x"),
    "headers": RequestDraft(
        method="GET",
        path="/",
        values=(
            header("X-Name", "Zoë's \\ $HOME"),
            header("X-Empty", ""),
            header("Accept", "a/b"),
            header("X-Two", "1"),
            header("X-Two", "2"),
            cookie("a", "1"),
            cookie("b", "x y"),
        ),
    ),
    "json": post(body='{\n  "it\'s": "é日 $HOME `id` !x \\\\"\n}\n'),
    "body starting with @": post(body="@/etc/passwd", media_type="text/plain"),
    "nul": post(body="a\0b", media_type="text/plain"),
    "no media type": post(body="x", media_type=""),
    "get with body": RequestDraft(method="GET", path="/", body="{}"),
    "post without body": post(),
    "urlencoded": post(body_kind=BodyKind.URLENCODED, fields=FORM),
    "one pair": post(body_kind=BodyKind.URLENCODED, fields=FORM[:1]),
    "multipart": post(body_kind=BodyKind.MULTIPART, fields=FORM),
    "own multipart": post(
        body_kind=BodyKind.MULTIPART,
        fields=FORM,
        values=(header("Content-Type", "multipart/form-data; charset=utf-8"),),
    ),
    "bearer": RequestDraft(method="GET", path="/", auth=Auth(kind=AuthKind.BEARER, token="a.b-c")),
    "basic": RequestDraft(method="GET", path="/", auth=Auth(kind=AuthKind.BASIC, username="zoë", password="a:'b")),
    "key": RequestDraft(
        method="GET",
        path="/",
        auth=Auth(kind=AuthKind.API_KEY, key_name="key", key_value="a&b", key_location=Location.QUERY),
    ),
    "options": replace(
        post(body="{}"), options=SendOptions(follow_redirects=False, timeout=5, verify=False, connect_timeout=3)
    ),
}
FILE_NAMES = ["plain.png", "od d;\"n,'é.txt", "bytes.bin"]


def drafts(folder: Path) -> dict[str, RequestDraft]:
    files = []
    for name in FILE_NAMES:
        (folder / name).write_bytes(bytes(range(256)) + b"\r\n--")
        files.append(FormField(name="files", is_file=True, file=str(folder / name)))
    return {
        **DRAFTS,
        "files": post(body_kind=BodyKind.MULTIPART, fields=(FORM[0], *files)),
        "file": post(body_kind=BodyKind.FILE, file=str(folder / FILE_NAMES[0]), media_type=""),
    }


NAMES = [*DRAFTS, "files", "file"]


async def run(command: str, **variables: str) -> dict[str, Any]:
    process = await asyncio.create_subprocess_exec(
        "bash",
        "-c",
        command.replace("curl ", "curl -sS ", 1),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, **variables},
    )
    output, errors = await process.communicate()
    assert (process.returncode, errors) == (0, b"")
    seen: dict[str, Any] = json.loads(output) if output.startswith(b"{") else {}
    return seen


async def seen_from_us(client: Client, request: Request) -> dict[str, Any]:
    exchange = await client.send(request, emit=lambda _: None)
    assert exchange.response is not None
    content = exchange.response.body.read()
    seen: dict[str, Any] = json.loads(content) if content else {}
    return seen


async def form_of(seen: dict[str, Any]) -> list[tuple[Any, ...]]:
    async def chunks() -> AsyncGenerator[bytes, None]:
        yield bytes.fromhex(seen["body"])

    form: FormData = await MultiPartParser(Headers(dict(seen["headers"])), chunks()).parse()
    found = [
        (name, value.filename, value.content_type, await value.read())
        if isinstance(value, UploadFile)
        else (name, value)
        for name, value in form.multi_items()
    ]
    await form.close()
    return found


def without_boundary(seen: dict[str, Any]) -> dict[str, Any]:
    headers = [[name, value.partition("; boundary")[0]] for name, value in seen["headers"]]
    return {**seen, "headers": headers, "body": ""}


@needs_curl
@pytest.mark.parametrize("name", NAMES)
async def test_that_curl_makes_the_server_see_the_same(name: str, client: Client, base: str, tmp_path: Path) -> None:
    request = build_request(drafts(tmp_path)[name], base)
    ours, theirs = await seen_from_us(client, request), await run(to_curl(request, with_secrets=True))
    if "multipart" in str(ours.get("headers")):
        assert await form_of(theirs) == await form_of(ours)
        ours, theirs = without_boundary(ours), without_boundary(theirs)
    assert theirs == ours


@needs_curl
async def test_that_secrets_are_taken_from_the_shell(base: str) -> None:
    draft = RequestDraft(
        method="POST",
        path="/items",
        values=(query("token", "s3cret"), header("X-API-Key", "s3cret"), cookie("session", "s3cret")),
        body='{"password": "s3cret", "a": 1}',
        auth=Auth(kind=AuthKind.BEARER, token="s3cret"),
    )
    request = build_request(draft, base)
    command = to_curl(request, with_secrets=False)
    assert "s3cret" not in command
    names = ("TOKEN", "API_KEY", "COOKIE_SESSION", "PASSWORD")
    assert all(f'"${name}"' in command for name in names)
    assert await run(command, **dict.fromkeys(names, "s3cret")) == await run(to_curl(request, with_secrets=True))


@pytest.mark.parametrize("name", NAMES)
def test_that_no_secret_is_in_a_command_unless_it_is_asked_for(name: str, tmp_path: Path) -> None:
    draft = drafts(tmp_path)[name]
    draft = replace(
        draft,
        values=(*draft.values, cookie("session", "s3cret"), query("access_token", "s3cret")),
        fields=(*draft.fields, FormField(name="password", text="s3cret")),
        auth=Auth(kind=AuthKind.BASIC, username="ada", password="s3cret"),
    )
    request = build_request(draft, "http://localhost")
    assert "s3cret" not in to_curl(request, with_secrets=False)
    assert "s3cret" in to_curl(request, with_secrets=True)


def test_that_a_secret_whose_name_does_not_say_so_is_left_to_the_shell_too() -> None:
    draft = RequestDraft(
        method="GET",
        path="/reset/{token}",
        values=(Value(location=Location.PATH, name="token", text="s3cret a"),),
        auth=Auth(kind=AuthKind.API_KEY, key_name="k", key_value="s3cret b", key_location=Location.QUERY),
    )
    command = to_curl(build_request(draft, "http://localhost"), with_secrets=False)
    assert command.endswith("""http://localhost/reset/"$SECRET"'?k='"$SECRET\"""")
    in_header = replace(draft, auth=replace(draft.auth, key_location=Location.HEADER, key_name="X-Shop"))
    assert "s3cret" not in to_curl(build_request(in_header, "http://localhost"), with_secrets=False)


def test_that_a_path_that_may_hold_a_secret_is_left_to_the_shell() -> None:
    request = Request(method="GET", url="http://localhost/reset-token/5Kd9")
    assert to_curl(request, with_secrets=False) == """curl -L http://localhost/"$PATH_AND_QUERY\""""


def test_that_a_command_reads_well() -> None:
    draft = RequestDraft(
        method="PUT",
        path="/items/{item_id}",
        values=(Value(location=Location.PATH, name="item_id", text="3"), header("X-Trace", "on"), query("q", "a b")),
        body='{\n  "name": "Ada\'s lamp"\n}',
        auth=Auth(kind=AuthKind.BEARER, token="abc"),
    )
    lines = [
        "curl -L --compressed -X PUT 'http://127.0.0.1:8000/items/3?q=a%20b' \\",
        "  -H 'Content-Type: application/json' \\",
        "  -H 'Authorization: Bearer '\"$TOKEN\" \\",
        "  -H 'X-Trace: on' \\",
        "  --data-raw '{\n  \"name\": \"Ada'\\''s lamp\"\n}'",
    ]
    assert to_curl(build_request(draft, "http://127.0.0.1:8000"), with_secrets=False) == "\n".join(lines)


def test_that_what_a_sent_request_has_besides_is_left_to_curl() -> None:
    headers = (
        ("Host", "localhost:8000"),
        ("Content-Length", "1"),
        ("traceparent", "00-a-b-01"),
        ("Connection", "close"),
    )
    request = Request(method="POST", url="http://localhost:8000/", headers=headers, content=Payload.of(b"x"))
    assert to_curl(request, with_secrets=True) == (
        "curl -L http://localhost:8000/ \\\n  -H 'Content-Type:' \\\n  --data-raw x"
    )


@pytest.mark.parametrize("name", NAMES)
def test_that_a_command_read_back_makes_the_same_request(name: str, tmp_path: Path) -> None:
    if name == "nul":
        pytest.skip("a pipe brings its body, and what another program writes cannot be pasted")
    base = "http://127.0.0.1:8000"
    request = build_request(drafts(tmp_path)[name], base)
    again = draft_from_curl(to_curl(request, with_secrets=True), base, NOTHING)
    assert again.ignored == ()
    found = build_request(again.draft, base)
    assert (found.method, found.url, found.options) == (request.method, request.url, request.options)
    mine, read = (
        sorted((name.lower(), value.partition("; boundary")[0]) for name, value in each.headers)
        for each in (request, found)
    )
    assert read == mine
    assert len(found.content.pieces) == len(request.content.pieces)
    if "multipart" not in str(mine):
        assert b"".join(found.content.chunks()) == b"".join(request.content.chunks())


def test_that_a_request_that_could_not_be_sent_is_shown_all_the_same() -> None:
    assert to_curl(Request(method="GET", url=""), with_secrets=False) == "curl -L ''"
    assert to_curl(Request(method="GET", url="http://[::1/"), with_secrets=True) == "curl -L -g 'http://[::1/'"


def test_that_a_secret_between_bytes_is_masked() -> None:
    content = Payload.of(b'\xff{"password": "s3cret"}')
    request = Request(method="POST", url="http://localhost/", content=content)
    encoded = to_curl(request, with_secrets=False).split()[2]
    assert base64.b64decode(encoded) == b'\xff{"password": "***"}'


@needs_curl
@pytest.mark.parametrize("name", ["plain", "headers", "json", "file", "basic"])
async def test_that_a_request_as_it_was_sent_makes_the_same_command(
    name: str, client: Client, base: str, tmp_path: Path
) -> None:
    request = build_request(drafts(tmp_path)[name], base)
    exchange = await client.send(request, emit=lambda _: None)
    assert exchange.request.headers != request.headers  # ours are among them now
    command = to_curl(exchange.request, with_secrets=True)
    assert "traceparent" not in command
    assert await run(command) == await seen_from_us(client, request)
