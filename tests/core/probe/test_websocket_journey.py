"""The X-ray of a WebSocket, told from what a real server's probe recorded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from fastapi import FastAPI, Request, Response, WebSocket, WebSocketDisconnect
from starlette.applications import Starlette
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from explorer.trace.events import CONNECTION, FINISHED, NOTED, RECEIVE, SEND, STARTED, WEBSOCKET, RawEvent
from explorer.trace.fold import MOST_NOTES, Fold, fold
from explorer.trace.journey import (
    AFTER,
    CLOSED,
    CONVERSATION,
    IN,
    LAYER_IN,
    OUT,
    RESPONSE_SENT,
    ROUTE,
    TALK,
    WRAP_UP,
    Journey,
    Stop,
    journey,
)
from explorer.ui.models.xray_rows import RowKind, rows, summary
from explorer.ui.models.xray_words import note_of, title_of

from .served import Served

Serve = Callable[[Starlette], Served]


@pytest.fixture
def serve() -> Iterator[Serve]:
    with ExitStack() as open_servers:
        yield lambda app: open_servers.enter_context(Served(app).running())


def app_with(talk: Callable[[WebSocket], Any]) -> FastAPI:
    app = FastAPI()

    @app.middleware("http")
    async def timing(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        return await call_next(request)

    app.websocket("/talk")(talk)
    return app


async def greet(websocket: WebSocket) -> None:
    await websocket.accept()
    try:
        while True:
            await websocket.send_text("hello " + await websocket.receive_text())
    except WebSocketDisconnect:
        return


def stop_of(told: Journey, kind: str) -> Stop:
    return next(stop for stop in told.stops if stop.kind == kind)


def test_that_a_conversation_is_told_from_the_handshake_to_the_close(serve: Serve) -> None:
    served = serve(app_with(greet))
    with connect(f"{served.url}/talk") as client:
        for name in ("Ana", "Bruno"):
            client.send(name)
            assert client.recv(timeout=5) == f"hello {name}"
        client.close(1000, "bye")
    told = served.journey()
    assert told.done
    assert told.status == 101
    assert told.failed_stop is None
    assert list(dict.fromkeys(stop.way for stop in told.stops)) == [IN, OUT, TALK, AFTER]
    words = [(title_of(stop), note_of(stop)) for stop in told.stops if stop.way in (TALK, AFTER)]
    assert words == [
        ("Conversation", "2 in, 2 out"),
        ("Closed", "1000 Normal closure, by the client"),
        ("Wrap-up", "tasks and clean-up"),
    ]
    assert note_of(stop_of(told, ROUTE)) == "accepts"
    assert (title_of(stop_of(told, RESPONSE_SENT)), note_of(stop_of(told, RESPONSE_SENT))) == ("Accepted", "101")
    timing = next(stop for stop in told.stops if stop.kind == LAYER_IN and stop.span.name == "timing")
    assert note_of(timing) == "does not look at WebSockets"
    details = [row for row in rows(told) if ":conversation:" in row.key]
    assert [(row.title, row.note) for row in details] == [
        ("1", "↑ Ana"),
        ("2", "↓ hello Ana"),
        ("3", "↑ Bruno"),
        ("4", "↓ hello Bruno"),
    ]
    assert details[0].right.startswith("3 B  +")
    assert [row.title for row in rows(told) if row.kind is RowKind.LABEL] == [
        "HANDSHAKE GOES IN", "ANSWER GOES OUT", "THE CONVERSATION", "AFTER THE END",
    ]  # fmt: skip


def test_that_an_open_conversation_is_under_way(serve: Serve) -> None:
    served = serve(app_with(greet))
    with connect(f"{served.url}/talk") as client:
        client.send("Ana")
        client.recv(timeout=5)
        events = served.wait(lambda found: any(e.kind == WEBSOCKET and e.name == SEND for e in found))
        told = journey(fold(events[0].trace_id, events))
        assert not told.done
        assert note_of(stop_of(told, CONVERSATION)) == "open, 1 in, 1 out"
        assert told.ends_ns is not None


def test_that_a_refusal_is_told_with_its_status(serve: Serve) -> None:
    async def refuse(websocket: WebSocket) -> None:
        await websocket.close(1008)

    served = serve(app_with(refuse))
    with pytest.raises(InvalidStatus):
        connect(f"{served.url}/talk")
    told = served.journey()
    assert note_of(stop_of(told, ROUTE)) == "answers 403"
    assert (title_of(told.stops[-1]), note_of(told.stops[-1])) == ("Refused", "403")


def test_that_a_path_that_no_websocket_has_stops_at_the_router(serve: Serve) -> None:
    served = serve(app_with(greet))
    with pytest.raises(InvalidStatus):
        connect(f"{served.url}/nowhere")
    told = served.journey()
    assert told.failed_stop is not None
    assert title_of(told.failed_stop) == "Router"
    assert told.status == 403


def test_that_a_failure_in_the_conversation_is_told_where_it_happened(serve: Serve) -> None:
    async def crash(websocket: WebSocket) -> None:
        await websocket.accept()
        raise ZeroDivisionError("division by zero")

    served = serve(app_with(crash))
    with connect(f"{served.url}/talk") as client, pytest.raises(ConnectionClosed):
        client.recv(timeout=5)
    told = served.journey()
    assert told.failed_stop is stop_of(told, CLOSED)
    assert note_of(told.failed_stop) == "ZeroDivisionError was raised"
    assert any(row.note == "division by zero" for row in rows(told))


def test_that_an_exception_nobody_caught_after_the_client_left_is_named(serve: Serve) -> None:
    async def careless(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.receive_text()

    served = serve(app_with(careless))
    with connect(f"{served.url}/talk"):
        pass
    told = served.journey()
    assert told.failed_stop is stop_of(told, WRAP_UP)
    assert note_of(told.failed_stop) == "WebSocketDisconnect was not caught"


def long_talk(count: int, size: int = 10) -> Iterator[RawEvent]:
    trace = "ab" * 16
    yield (trace, 1, 0, CONNECTION, STARTED, 1, 0, "websocket", {"method": "WS", "path": "/"})
    yield (trace, 2, 1, CONNECTION, NOTED, 1, 0, SEND, {"type": "websocket.accept"})
    yield (trace, 3, 1, WEBSOCKET, STARTED, 2, 1, "conversation", {})
    for i in range(count):
        told = {"size": size, "text": True, "payload": b"%d" % i, "number": i // 2}
        yield (trace, 4 + i, 10 + i, WEBSOCKET, NOTED, 2, 1, SEND if i % 2 else RECEIVE, told)
    end = {"code": 1001, "reason": "", "closed_by": "client", "received": count // 2, "sent": count // 2}
    yield (trace, 4 + count, 10 + count, WEBSOCKET, FINISHED, 2, 1, "conversation", end)
    yield (trace, 5 + count, 20 + count, CONNECTION, FINISHED, 1, 0, "websocket", {})


def test_that_a_conversation_of_100_000_messages_keeps_its_beginning_its_end_and_its_sums() -> None:
    collected = Fold("ab" * 16)
    for event in long_talk(100_000, size=16_000_000):
        collected.add(event)
    told = journey(collected.trace())
    span = stop_of(told, CONVERSATION).span
    assert len(span.notes) <= MOST_NOTES + 2
    assert sum(note.data["size"] for note in span.notes) == 100_000 * 16_000_000
    assert note_of(stop_of(told, CONVERSATION)) == "50,000 in, 50,000 out"
    details = [row for row in rows(told) if ":conversation:" in row.key]
    assert [row.title for row in details[:2]] == ["1", "2"]
    assert [row.note for row in details[-2:]] == ["↑ 99998", "↓ 99999"]
    assert [row.title for row in details[-2:]] == ["99999", "100000"]
    assert details[8].title == "99,984 more messages"
    assert len({row.key for row in rows(told)}) == len(rows(told))
    assert summary(told) == ("4 stops, no errors", False)
