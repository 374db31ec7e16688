"""A request that another program sent is sent again: the app sees the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import Body, Cookie, FastAPI, Form, Request, WebSocket
from starlette.testclient import TestClient

from explorer.client.build import build_request
from explorer.client.draft import AuthKind, BodyKind, RequestDraft
from explorer.client.exchange import Request as Built
from explorer.client.replaying import CannotReplayError, draft_of, obstacle
from explorer.client.secrets import without_secrets
from explorer.client.urls import build_target
from explorer.openapi.operations import Catalogue, Location
from explorer.openapi.read import read_catalogue
from explorer.probe.install import attach
from explorer.probe.middleware import MOST_PAYLOAD
from explorer.trace.events import CONNECTION, FINISHED, RECEIVE, RawEvent
from explorer.trace.fold import fold
from explorer.trace.model import Trace

MULTIPART = {"Content-Type": "multipart/form-data; boundary=XX"}
PART = b'--XX\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
UPLOAD = b'--XX\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\nhi\r\n--XX--\r\n'
SENT_BY_US = {"accept", "accept-encoding", "user-agent"}  # when the other client had none


def make_app() -> FastAPI:
    app = FastAPI()

    async def saw(request: Request) -> dict[str, Any]:
        fields = []
        if form := "form" in request.headers.get("content-type", ""):
            async with request.form() as read:
                fields = [
                    (name, value if isinstance(value, str) else (await value.read()).hex())
                    for name, value in read.multi_items()
                ]
        return {
            "path": request.url.path,
            "query": request.query_params.multi_items(),
            "cookies": request.cookies,
            "form": [list(field) for field in fields],
            "body": "" if form else (await request.body()).hex(),
        }

    @app.put("/items/{item_id}")
    async def change_item(
        request: Request, item_id: int, note: Annotated[dict[str, Any], Body()], tag: str = "", theme: str = Cookie("")
    ) -> dict[str, Any]:
        return await saw(request)

    @app.post("/sign-in")
    async def sign_in(request: Request, name: Annotated[str, Form()], word: Annotated[str, Form()]) -> dict[str, Any]:
        return await saw(request)

    @app.post("/unread")
    async def unread() -> str:
        return "I know enough"

    @app.websocket("/talk")
    async def talk(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.close()

    @app.api_route("/{rest:path}", methods=["GET", "POST", "PATCH"], include_in_schema=False)
    async def anything(request: Request) -> dict[str, Any]:
        return await saw(request)

    return app


class Recorder:
    """The app under observation, and another program that asks it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.app = make_app()
        self.catalogue: Catalogue = read_catalogue(self.app.openapi())
        self.events: list[RawEvent] = []
        self._probe = attach(self.app, self.events.append)
        self.client = TestClient(self.app)

    def trace(self) -> Trace:
        """Return the last request that reached the app."""
        last = next(event[0] for event in reversed(self.events) if event[3] == CONNECTION)
        return fold(last, self.events)

    def draft(self) -> RequestDraft:
        """Return it as a draft."""
        return draft_of(self.trace(), self.catalogue, self._keep)

    def send_again(self) -> tuple[dict[str, str], Any]:
        """Send it as the program would; return the headers that the app got, and what it saw."""
        built: Built = build_request(self.draft(), "http://testserver")
        self.client.cookies.clear()
        content = b"".join(built.content.chunks())
        headers = [(name.encode(), value.encode("latin-1")) for name, value in built.headers]
        seen = self.client.request(built.method, built.url, headers=headers, content=content).json()
        return self.headers(), seen

    def headers(self) -> dict[str, str]:
        """Return the headers of the last request."""
        connection = self.trace().connection
        assert connection is not None
        return {name.decode(): value.decode("latin-1") for name, value in connection.data["headers"]}

    def close(self) -> None:
        self.client.close()
        assert self._probe is not None
        self._probe.detach()

    def _keep(self, content: bytes) -> Path:
        path = self._folder / "kept"
        path.write_bytes(content)
        return path


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator[Recorder]:
    recorder = Recorder(tmp_path)
    yield recorder
    recorder.close()


@pytest.mark.parametrize(
    ("method", "target", "more"),
    [
        ("GET", "/plain", {}),
        ("GET", "/search?tag=a&tag=b&empty=&flag&q=a+b%26c", {"headers": {"X-Trial": b"caf\xe9"}}),
        ("GET", "/gr%C3%B6%C3%9Fe/100%25/a%2Fb%20", {"headers": {"If-None-Match": '"1"'}}),
        ("GET", "/search?raw=%FF", {}),
        ("PUT", "/items/7?tag=new", {"json": {"a": "\u00e4"}, "headers": {"Cookie": 'theme=dark; x="a b"; y=1=2'}}),
        ("PUT", "/items/no-number", {"content": b'{"a": 1,  }', "headers": {"Content-Type": "application/json"}}),
        ("POST", "/sign-in", {"data": {"name": "Ada & Co", "word": "\u2713"}}),
        ("POST", "/form", {"content": PART % (b"a", b"1") + PART % (b"b", b"") + b"--XX--\r\n", "headers": MULTIPART}),
        ("POST", "/form", {"content": UPLOAD, "headers": MULTIPART}),
        ("POST", "/bytes", {"content": b"\x00\xff\r\n", "headers": {"Content-Type": "image/png"}}),
        ("POST", "/text", {"content": b"no type"}),
        ("PATCH", "/text", {"content": b"a,b", "headers": {"Content-Type": "text/csv; charset=utf-8"}}),
    ],
)
def test_that_the_app_sees_the_same_request_again(
    recorder: Recorder, method: str, target: str, more: dict[str, Any]
) -> None:
    first = recorder.client.request(method, target, **more).json()
    sent = recorder.headers()
    again, seen = recorder.send_again()

    assert seen == first
    rebuilt = {"cookie", "content-length"} | ({"content-type"} if "form" in sent.get("content-type", "") else set())
    for name in sent.keys() - rebuilt:
        assert again[name] == sent[name]
    assert again.keys() - sent.keys() <= SENT_BY_US


def test_that_the_draft_is_that_of_its_operation_with_each_value_in_its_row(recorder: Recorder) -> None:
    headers = {"Authorization": "Bearer abc123", "Cookie": "theme=dark", "Connection": "close, X-Hop", "X-Hop": "1"}
    recorder.client.put("/items/7?tag=new", json={"a": 1}, headers=headers)
    draft = recorder.draft()
    assert (draft.key, draft.body, draft.media_type) == ("PUT /items/{item_id}", '{"a":1}', "application/json")
    assert draft.value(Location.PATH, "item_id") == "7"
    assert draft.value(Location.QUERY, "tag") == "new"
    assert draft.value(Location.COOKIE, "theme") == "dark"
    assert (draft.auth.kind, draft.auth.token) == (AuthKind.BEARER, "abc123")
    assert not draft.options.use_jar
    assert not {"Host", "Connection", "X-Hop", "Content-Length"} & {value.name for value in draft.values}

    recorder.client.post("/sign-in", data={"name": "Ada", "word": "lamp"})
    draft = recorder.draft()
    assert draft.body_kind is BodyKind.URLENCODED
    assert [(field.name, field.text) for field in draft.fields] == [("name", "Ada"), ("word", "lamp")]


def test_that_what_lets_another_client_in_is_not_saved_with_the_draft(recorder: Recorder) -> None:
    headers = {"Authorization": "Digest u=1, r=s3cret-a", "Cookie": "session=s3cret-b", "X-Shop-Key": "s3cret-c"}
    recorder.client.get("/plain?access_token=s3cret-d", headers=headers)
    sent = str(build_request(recorder.draft(), "http://testserver"))
    assert all(f"s3cret-{letter}" in sent for letter in "abcd")
    assert "s3cret" not in str(without_secrets(recorder.draft()))


def test_that_a_path_that_no_operation_has_becomes_a_request_by_its_address(recorder: Recorder) -> None:
    recorder.client.get("/nowhere/at?q=1")
    draft = recorder.draft()
    assert (draft.path, draft.value(Location.QUERY, "q")) == ("/nowhere/at", "1")
    recorder.client.get("/nowhere/at%20all?q=1")
    assert build_target(recorder.draft()) == "/nowhere/at%20all?q=1"


def test_that_it_is_said_why_a_request_cannot_be_sent_again(recorder: Recorder) -> None:
    recorder.client.post("/bytes", content=b"x" * (MOST_PAYLOAD + 1))
    assert obstacle(recorder.trace()).startswith("Only the first 16,384 of 16,385 bytes of the body were kept")
    with pytest.raises(CannotReplayError, match="were kept"):
        recorder.draft()

    recorder.client.post("/unread", content=b"x")
    assert "answered without reading the body" in obstacle(recorder.trace())

    with recorder.client.websocket_connect("/talk"):
        pass
    assert "Sockets room" in obstacle(recorder.trace())


def test_that_a_body_on_its_way_is_waited_for_and_a_slow_answer_is_not(recorder: Recorder) -> None:
    recorder.client.post("/bytes", content=b"x")
    whole = recorder.trace()
    of_it = [event for event in recorder.events if event[0] == whole.trace_id]
    unfinished = [event for event in of_it if (event[3], event[4]) != (CONNECTION, FINISHED)]
    assert obstacle(fold(whole.trace_id, unfinished)) == ""
    arriving = [event for event in unfinished if event[7] != RECEIVE]
    assert "still on its way" in obstacle(fold(whole.trace_id, arriving))
