"""Rooms: with the test client, as most tests of WebSockets look, and without it where a client must misbehave."""

import asyncio
from collections.abc import MutableMapping
from contextlib import ExitStack
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.testclient import WebSocketDenialResponse
from starlette.websockets import WebSocketDisconnect

from demo_api.models.chat import MOST_BYTES, MOST_CHARACTERS, ChatMessage
from demo_api.services import rooms as limits

Message = MutableMapping[str, Any]


def test_that_everyone_in_a_room_hears_everything(client: TestClient) -> None:
    with client.websocket_connect("/ws/rooms/hall?name=Ada") as ada:
        assert ada.receive_json() == {"kind": "joined", "name": "Ada", "text": ""}
        with client.websocket_connect("/ws/rooms/hall?name=Grace") as grace:
            for member in (ada, grace):
                assert member.receive_json()["name"] == "Grace"
            grace.send_text("Good morning")
            for member in (ada, grace):
                assert member.receive_json() == {"kind": "said", "name": "Grace", "text": "Good morning"}
        assert ada.receive_json() == {"kind": "left", "name": "Grace", "text": ""}


def test_that_a_picture_reaches_everyone_as_it_is(client: TestClient) -> None:
    picture = b"\x89PNG\r\n\x1a\n\x00"
    with client.websocket_connect("/ws/rooms/hall?name=Ada") as ada:
        ada.receive_json()
        with client.websocket_connect("/ws/rooms/hall?name=Grace") as grace:
            for member in (ada, grace):
                member.receive_json()
            grace.send_bytes(picture)
            for member in (ada, grace):
                assert member.receive_bytes() == picture
            (hall,) = client.get("/ws/rooms").json()
            assert hall["last_messages"][-1] == {"kind": "showed", "name": "Grace", "text": "9 bytes"}
            grace.send_text("Did you see it?")
            assert ada.receive_json()["text"] == "Did you see it?"


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ({"text": "x" * (MOST_CHARACTERS + 1)}, f"At most {MOST_CHARACTERS} characters, please."),
        ({"bytes": bytes(MOST_BYTES + 1)}, f"At most {MOST_BYTES} bytes, please."),
    ],
)
def test_that_who_says_too_much_has_to_leave(client: TestClient, message: Message, reason: str) -> None:
    with client.websocket_connect("/ws/rooms/hall?name=Ada") as ada:
        ada.receive_json()
        ada.send({"type": "websocket.receive", **message})
        with pytest.raises(WebSocketDisconnect) as gone:
            ada.receive_json()
        assert (gone.value.code, gone.value.reason) == (1009, reason)
    assert client.get("/ws/rooms").json() == []


def test_that_rooms_do_not_hear_each_other(client: TestClient) -> None:
    with client.websocket_connect("/ws/rooms/hall") as hall, client.websocket_connect("/ws/rooms/attic") as attic:
        assert attic.receive_json()["kind"] == "joined"
        hall.send_text("Only here")
        attic.send_text("Only there")
        assert attic.receive_json()["text"] == "Only there"


def test_that_an_ordinary_route_sees_and_speaks(client: TestClient) -> None:
    announcement = {"text": "We close in ten minutes."}
    with client.websocket_connect("/ws/rooms/hall?name=Ada") as ada:
        ada.receive_json()
        assert client.post("/ws/rooms/hall/messages", json=announcement).json() == {"members": 1}
        assert ada.receive_json() == {"kind": "announced", "name": "The shop", **announcement}
        (hall,) = client.get("/ws/rooms").json()
        assert (hall["name"], hall["members"], len(hall["last_messages"])) == ("hall", ["Ada"], 2)
    assert client.get("/ws/rooms").json() == []
    assert client.post("/ws/rooms/hall/messages", json=announcement).status_code == 404


def test_that_a_full_room_is_refused_before_accept(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_MEMBERS", 2)
    with ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(client.websocket_connect("/ws/rooms/hall"))
        with pytest.raises(WebSocketDenialResponse) as refused, client.websocket_connect("/ws/rooms/hall"):
            pass
        assert (refused.value.status_code, refused.value.json()) == (
            409,
            {"detail": "The room hall is full: 2 are in it."},
        )


def test_that_there_is_an_end_of_rooms(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ROOMS", 1)
    with (
        client.websocket_connect("/ws/rooms/hall"),
        client.websocket_connect("/ws/rooms/hall"),
        pytest.raises(WebSocketDenialResponse) as refused,
        client.websocket_connect("/ws/rooms/attic"),
    ):
        pass
    assert refused.value.status_code == 409


class Wire:
    """A connection at the level of ASGI, where a client may stop to read."""

    def __init__(self, app: FastAPI, name: str, *, reads: bool) -> None:
        self.incoming: asyncio.Queue[Message] = asyncio.Queue()
        self.sent: asyncio.Queue[Message] = asyncio.Queue()
        self.reads = asyncio.Event()
        if reads:
            self.reads.set()
        self.incoming.put_nowait({"type": "websocket.connect"})
        scope = {
            "type": "websocket",
            "path": "/ws/rooms/hall",
            "query_string": f"name={name}".encode(),
            "headers": [],
            "subprotocols": [],
            "state": {},
        }
        self.task = asyncio.create_task(app(scope, self.incoming.get, self.send))

    async def send(self, message: Message) -> None:
        """Take a message; one that the client would have to read waits until it reads."""
        if message["type"] == "websocket.send":
            await self.reads.wait()
        self.sent.put_nowait(message)


async def test_that_a_member_who_does_not_read_holds_up_nobody(app: FastAPI) -> None:
    async with app.router.lifespan_context(app):
        quick, stuck = Wire(app, "Ada", reads=True), Wire(app, "Grace", reads=False)
        for wire in (quick, stuck):
            assert (await wire.sent.get())["type"] == "websocket.accept"
        room = app.state.memory.rooms.find("hall")
        for number in range(limits.MOST_WAITING + 2):
            room.say(ChatMessage(kind="announced", name="The shop", text=str(number)))
            while f'"text":"{number}"' not in (await quick.sent.get()).get("text", ""):
                pass
        closed = await stuck.sent.get()
        assert (closed["type"], closed["code"]) == ("websocket.close", 1013)
        await stuck.task
        assert [member.name for member in room.members] == ["Ada"]
        quick.incoming.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await quick.task
        assert app.state.memory.rooms.state() == []


async def test_that_a_member_whose_line_breaks_leaves_the_room(app: FastAPI) -> None:
    async with app.router.lifespan_context(app):
        wire = Wire(app, "Ada", reads=False)
        await wire.sent.get()
        wire.incoming.put_nowait({"type": "websocket.disconnect", "code": 1006})
        await wire.task
        assert app.state.memory.rooms.state() == []
