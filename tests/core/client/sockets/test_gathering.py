"""Which of the connections that the server tells of are ours."""

from __future__ import annotations

from explorer.client.sockets.gathering import Gathering
from explorer.client.sockets.ladder import GATHER_TIMES
from explorer.client.sockets.ladder_rows import Column
from explorer.client.sockets.record import Direction, FrameKind
from explorer.trace.events import CONNECTION, NOTED, SEND, STARTED, WEBSOCKET, RawEvent

SECOND = 1_000_000_000
KEY = "dGhlIHNhbXBsZSBub25jZQ=="


def begun(trace_id: str, key: str) -> list[RawEvent]:
    data = {"path": "/ws", "client": ("127.0.0.1", 9), "headers": ((b"sec-websocket-key", key.encode()),)}
    return [
        (trace_id, 0, 10, CONNECTION, STARTED, 1, 0, "websocket", data),
        (trace_id, 1, 20, WEBSOCKET, STARTED, 2, 1, "", {}),
    ]


def said(trace_id: str, payload: bytes) -> RawEvent:
    data = {"type": "", "text": True, "size": len(payload), "payload": payload, "number": 0}
    return (trace_id, 2, 30, WEBSOCKET, NOTED, 2, 1, SEND, data)


def test_that_a_client_without_traceparent_is_not_taken_for_another_program() -> None:
    gathering = Gathering(None)
    log = gathering.new_log()
    gathering.ladder.add_client(Column(id="ana", title="Ana"), log)
    log.begin("never-sent")
    gathering.claim("never-sent", "ana", KEY)
    log.append(at_ns=35, direction=Direction.RECEIVED, kind=FrameKind.TEXT, payload=b"hello", index=0)
    gathering.tick(40)  # the client may well be first
    gathering.take([*begun("the-servers", KEY), said("the-servers", b"hello")])
    for _ in range(GATHER_TIMES):
        gathering.tick(SECOND)

    assert gathering.foreign() == ()
    assert [column.id for column in gathering.ladder.columns] == ["ana"]
    assert gathering.ladder.count == 1
    row = gathering.ladder.row(0)
    assert [cell.column for cell in row.cells] == ["ana"]
    assert row.server is not None
    assert log.trace_id == "the-servers"


def test_that_a_connection_with_another_key_is_another_program() -> None:
    gathering = Gathering(None)
    log = gathering.new_log()
    gathering.ladder.add_client(Column(id="ana", title="Ana"), log)
    log.begin("never-sent")
    gathering.claim("never-sent", "ana", KEY)
    gathering.take(begun("a-browsers", "c29tZWJvZHkgZWxzZSBpcw=="))
    assert [seen.trace_id for seen in gathering.foreign()] == ["a-browsers"]
