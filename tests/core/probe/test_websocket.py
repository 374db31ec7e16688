"""What the probe sees of WebSockets, on a real server with real clients."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from fastapi import FastAPI, HTTPException, WebSocket, WebSocketDisconnect, WebSocketException
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from explorer.probe.install import attach
from explorer.probe.websocket import MOST_OF_PAYLOAD
from explorer.trace.context import format_traceparent
from explorer.trace.events import (
    CONNECTION,
    FAILED,
    FINISHED,
    MIDDLEWARE,
    NOTED,
    RECEIVE,
    ROUTING,
    SEND,
    STARTED,
    WEBSOCKET,
    Event,
)

from .served import Served

Serve = Callable[[Starlette], Served]


@pytest.fixture
def serve() -> Iterator[Serve]:
    with ExitStack() as open_servers:
        yield lambda app: open_servers.enter_context(Served(app).running())


class Outer:
    """A layer as its author writes it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)


def app_with(talk: Callable[[WebSocket], Any]) -> FastAPI:
    app = FastAPI()
    app.add_middleware(Outer)
    app.websocket("/talk")(talk)
    return app


async def echo(websocket: WebSocket) -> None:
    await websocket.accept(subprotocol="chat" if "chat" in websocket.scope["subprotocols"] else None)
    try:
        while True:
            message = await websocket.receive()
            if message["type"] == "websocket.disconnect":
                return
            await websocket.send({**message, "type": "websocket.send"})
    except WebSocketDisconnect:
        return


def cut(client: ClientConnection) -> None:
    """Cut the connection without a word."""
    client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.socket.shutdown(socket.SHUT_RDWR)


def test_that_both_ways_of_a_conversation_are_told_with_size_and_beginning(serve: Serve) -> None:
    served = serve(app_with(echo))
    long = "é" * 5000
    with connect(f"{served.url}/talk", subprotocols=[Subprotocol("chat")]) as client:
        for message in ("hello", long, b"\x00\xff", ""):
            client.send(message)
            assert client.recv(timeout=5) == message
        client.close(3001, "enough")
    span = served.conversation()
    assert span.data == {
        "subprotocol": "chat", "code": 3001, "reason": "enough", "closed_by": "client", "received": 4, "sent": 4,
    }  # fmt: skip
    expected = [
        (5, True, b"hello"),
        (10_000, True, long.encode()[:MOST_OF_PAYLOAD]),
        (2, False, b"\x00\xff"),
        (0, True, b""),
    ]
    for way in (RECEIVE, SEND):
        notes = [note.data for note in span.notes if note.name == way]
        assert [(n["size"], n["text"], n["payload"]) for n in notes] == expected
        assert [n["number"] for n in notes] == [0, 1, 2, 3]


def test_that_every_layer_tells_of_the_handshake_and_the_end_and_none_of_the_messages(serve: Serve) -> None:
    served = serve(app_with(echo))
    with connect(f"{served.url}/talk") as client:
        client.send("hello")
        assert client.recv(timeout=5) == "hello"
    [trace] = served.wait_for_ends()
    outer = next(span for span in trace.walk() if span.name == "Outer")
    for span in (trace.connection, outer, trace.find(ROUTING)):
        assert span is not None
        assert [(note.name, note.data["type"]) for note in span.notes if "type" in note.data] == [
            (RECEIVE, "websocket.connect"),
            (SEND, "websocket.accept"),
            (RECEIVE, "websocket.disconnect"),
        ]
    conversation = trace.find(WEBSOCKET)
    assert trace.connection is not None
    assert conversation in trace.connection.children
    assert trace.done


def test_that_the_clients_traceparent_joins_both_sides(serve: Serve) -> None:
    served = serve(app_with(echo))
    header = {"traceparent": format_traceparent("ab" * 16, -7)}
    with connect(f"{served.url}/talk", additional_headers=header):
        pass
    [trace] = served.wait_for_ends()
    assert trace.trace_id == "ab" * 16


def test_that_many_sockets_never_mix(serve: Serve) -> None:
    served = serve(app_with(echo))
    with ExitStack() as open_clients:
        clients = [open_clients.enter_context(connect(f"{served.url}/talk")) for _ in range(20)]
        for text in range(5):
            for number, client in enumerate(clients):
                client.send(f"{number}:{text}")
        for client in clients:
            for _ in range(5):
                client.recv(timeout=5)
    traces = served.wait_for_ends(20)
    heard = set()
    for trace in traces:
        span = trace.find(WEBSOCKET)
        assert span is not None
        received = [note.data["payload"] for note in span.notes if note.name == RECEIVE]
        assert received == [note.data["payload"] for note in span.notes if note.name == SEND]
        number = received[0].split(b":")[0]
        assert received == [b"%s:%d" % (number, text) for text in range(5)]
        heard.add(number)
    assert len(heard) == 20


async def close_politely(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.close(4000, "all said")


async def crash(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.receive_text()
    raise ZeroDivisionError("division by zero")


async def policy(websocket: WebSocket) -> None:
    await websocket.accept()
    raise WebSocketException(1008, "not you")


async def leave(websocket: WebSocket) -> None:
    await websocket.accept()


@pytest.mark.parametrize(
    ("talk", "end"),
    [
        (close_politely, (4000, "all said", "server")),
        (policy, (1008, "not you", "server")),
        (leave, (1006, "", "server")),
    ],
)
def test_that_an_end_by_the_app_is_told(
    serve: Serve, talk: Callable[[WebSocket], Any], end: tuple[int, str, str]
) -> None:
    served = serve(app_with(talk))
    with connect(f"{served.url}/talk") as client, pytest.raises(ConnectionClosed):
        client.recv(timeout=5)
    span = served.conversation()
    assert span.outcome == FINISHED
    assert (span.data["code"], span.data["reason"], span.data["closed_by"]) == end


def test_that_an_app_that_fails_ends_the_conversation_by_the_servers_fault(serve: Serve) -> None:
    served = serve(app_with(crash))
    with connect(f"{served.url}/talk") as client:
        client.send("go")
        with pytest.raises(ConnectionClosed):
            client.recv(timeout=5)
    span = served.conversation()
    assert (span.outcome, span.data["error"], span.data["message"]) == (FAILED, "ZeroDivisionError", "division by zero")
    assert (span.data["code"], span.data["closed_by"], span.data["received"]) == (1006, "server", 1)


def close_without_code(client: ClientConnection) -> None:
    client.protocol.send_close()
    client.socket.sendall(b"".join(client.protocol.data_to_send()))


def send_broken_text(client: ClientConnection) -> None:
    client.socket.sendall(b"\x81\x82\x00\x00\x00\x00\xff\xfe")


def send_nonsense(client: ClientConnection) -> None:
    client.socket.sendall(b"\xff\xff\xff\xff")


@pytest.mark.parametrize(
    ("leave_by", "code", "closed_by"),
    [
        (lambda client: client.close(1011, "our own fault"), 1011, "client"),
        (close_without_code, 1005, "client"),
        (cut, 1006, "lost"),
        (send_broken_text, 1007, "server"),
        (send_nonsense, 1002, "server"),
    ],
)
def test_that_an_end_by_the_client_or_by_its_fault_is_told(
    serve: Serve, leave_by: Callable[[ClientConnection], None], code: int, closed_by: str
) -> None:
    served = serve(app_with(echo))
    with connect(f"{served.url}/talk") as client:
        leave_by(client)
        span = served.conversation()
    assert (span.data["code"], span.data["closed_by"]) == (code, closed_by)


def test_that_sending_to_a_client_that_is_gone_ends_as_lost_and_not_as_the_apps_fault(serve: Serve) -> None:
    async def flood(websocket: WebSocket) -> None:
        await websocket.accept()
        while True:
            await websocket.send_bytes(bytes(100_000))
            await asyncio.sleep(0)  # uvicorn never waits by itself for a connection that is gone

    served = serve(app_with(flood))
    with connect(f"{served.url}/talk", max_size=None) as client:
        client.recv(timeout=5)
        cut(client)
        span = served.conversation()
    assert (span.outcome, span.data["closed_by"], span.data["code"]) == (FINISHED, "lost", 1006)
    assert span.data["sent"] >= 1


def test_that_a_server_that_stops_says_so(serve: Serve) -> None:
    served = serve(app_with(echo))
    with connect(f"{served.url}/talk") as client:
        client.send("hello")
        client.recv(timeout=5)
        served.stop()
        with pytest.raises(ConnectionClosed):
            client.recv(timeout=5)
    span = served.conversation()
    assert (span.data["code"], span.data["closed_by"]) == (1012, "server")


async def refuse(websocket: WebSocket) -> None:
    await websocket.close(1008, "not today")


async def refuse_with_answer(websocket: WebSocket) -> None:
    await websocket.send_denial_response(PlainTextResponse("Pay first.", 402))


async def refuse_by_exception(websocket: WebSocket) -> None:
    raise HTTPException(401, "Who are you?")


@pytest.mark.parametrize(("talk", "status"), [(refuse, 403), (refuse_with_answer, 402), (refuse_by_exception, 401)])
def test_that_a_refusal_is_told_and_opens_no_conversation(
    serve: Serve, talk: Callable[[WebSocket], Any], status: int
) -> None:
    served = serve(app_with(talk))
    with pytest.raises(InvalidStatus) as refused:
        connect(f"{served.url}/talk")
    assert refused.value.response.status_code == status
    [trace] = served.wait_for_ends()
    assert trace.find(WEBSOCKET) is None
    assert trace.connection is not None
    note = next(note for note in trace.connection.notes if note.name == SEND)
    if status == 403:
        assert note.data == {"type": "websocket.close", "code": 1008, "reason": "not today"}
    else:
        assert (note.data["type"], note.data["status"]) == ("websocket.http.response.start", status)


def test_that_after_letting_go_nothing_is_told(serve: Serve) -> None:
    served = serve(app_with(echo))
    served.probe.detach()
    with connect(f"{served.url}/talk") as client:
        client.send("hello")
        assert client.recv(timeout=5) == "hello"
    assert served.events == []


async def test_that_odd_messages_of_an_app_reach_the_server_as_they_are() -> None:
    odd: list[dict[str, Any]] = [
        {"type": "websocket.send", "bytes": bytearray(b"ab"), "text": None},
        {"type": "websocket.send", "bytes": None, "text": "\ud800"},
        {"type": "websocket.send", "bytes": 7},
        {"type": "websocket.send"},
        {"type": "websocket.close", "code": "soon", "reason": 7},
    ]

    async def talk(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "websocket.accept"})
        for message in odd:
            await send(message)

    app = Starlette()
    app.router.default = talk
    events: list[Event] = []
    assert attach(app, lambda raw: events.append(Event._make(raw))) is not None
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await app({"type": "websocket", "path": "/", "headers": [], "subprotocols": []}, receive, send)
    assert sent[1:] == odd
    said = [e for e in events if e.kind == WEBSOCKET]
    assert [(e.data["size"], e.data["text"]) for e in said if e.phase == NOTED] == [
        (2, False), (3, True), (0, False), (0, True),
    ]  # fmt: skip
    assert said[0].phase == STARTED
    assert (said[-1].phase, said[-1].data["code"], said[-1].data["closed_by"]) == (FINISHED, 1000, "server")
    assert {e.kind for e in events if e.phase == FINISHED} == {CONNECTION, MIDDLEWARE, ROUTING, WEBSOCKET}
