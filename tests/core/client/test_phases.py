"""The client tells its own steps in the order in which they happened."""

from __future__ import annotations

import asyncio

from explorer.client.exchange import Exchange, Request
from explorer.client.payload import Payload
from explorer.client.transport import Client
from explorer.trace.events import CLIENT, FAILED, FINISHED, STARTED, Event, RawEvent
from explorer.trace.fold import fold

from .conftest import Echo, Make


async def record(client: Client, request: Request) -> tuple[Exchange, list[Event]]:
    events: list[RawEvent] = []
    exchange = await client.send(request, emit=events.append)
    return exchange, [Event(*event) for event in events]


def steps(events: list[Event]) -> list[tuple[str, str]]:
    return [(event.name, event.phase) for event in events]


def data_of(events: list[Event], name: str, phase: str) -> dict[str, object]:
    [found] = [event.data for event in events if (event.name, event.phase) == (name, phase)]
    return found


async def test_that_a_first_request_connects_sends_waits_and_receives(client: Client, base: str) -> None:
    exchange, events = await record(client, Request(method="POST", url=f"{base}/items", content=Payload.of(b"abc")))
    inner = [(name, phase) for name in ("connect", "send", "wait", "receive") for phase in (STARTED, FINISHED)]
    assert steps(events) == [("request", STARTED), *inner, ("request", FINISHED)]
    assert {event.kind for event in events} == {CLIENT}
    assert {event.trace_id for event in events} == {exchange.trace_id}
    assert [event.at_ns for event in events] == sorted(event.at_ns for event in events)
    assert [event.seq for event in events] == sorted({event.seq for event in events})


async def test_that_every_step_says_what_it_knows(client: Client, base: str) -> None:
    exchange, events = await record(client, Request(method="POST", url=f"{base}/items", content=Payload.of(b"abc")))
    assert exchange.response is not None
    begun = data_of(events, "request", STARTED)
    assert (begun["method"], begun["url"], begun["body_size"]) == ("POST", f"{base}/items", 3)
    assert begun["headers"] == tuple((n.encode(), v.encode()) for n, v in exchange.request.headers)
    assert data_of(events, "connect", STARTED) == {"host": "127.0.0.1", "port": int(base.rpartition(":")[2])}
    assert data_of(events, "wait", FINISHED) == {"status": 200}
    size = len(exchange.response.body)
    assert data_of(events, "request", FINISHED) == {"status": 200, "wire_size": size, "size": size, "reused": False}


async def test_that_a_second_request_reuses_the_connection(client: Client, base: str) -> None:
    await record(client, Request(method="GET", url=f"{base}/"))
    _, events = await record(client, Request(method="GET", url=f"{base}/"))
    assert "connect" not in {event.name for event in events}
    assert data_of(events, "request", FINISHED)["reused"] is True


async def test_that_the_steps_are_parts_of_the_request_with_ids_of_the_client(client: Client, base: str) -> None:
    _, first = await record(client, Request(method="GET", url=f"{base}/"))
    _, second = await record(client, Request(method="GET", url=f"{base}/"))
    ids = {event.span_id for event in first + second}
    assert max(ids) < 0
    assert len(ids) == 9
    assert {event.parent_id for event in first[1:-1]} == {first[0].span_id}


async def test_that_the_bytes_sent_are_counted_as_they_went_out(client: Client, rogue: Make) -> None:
    arrived: list[int] = []

    async def count(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        arrived.append(len(head) + len(await reader.readexactly(5)))
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        await writer.drain()

    base = await rogue(count)
    request = Request(method="PUT", url=f"{base}/a?b=c", headers=(("X-A", "é"),), content=Payload.of(b"12345"))
    _, events = await record(client, request)
    assert data_of(events, "send", FINISHED) == {"bytes": arrived[0]}


async def test_that_a_cancelled_request_marks_its_open_spans_failed(client: Client, base: str, app: Echo) -> None:
    events: list[RawEvent] = []
    task = asyncio.create_task(client.send(Request(method="GET", url=f"{base}/slow"), emit=events.append))
    assert await asyncio.to_thread(app.entered.wait, 20)
    task.cancel()
    await task
    typed = [Event(*event) for event in events]
    assert steps(typed)[-2:] == [("wait", FAILED), ("request", FAILED)]
    started = {event.span_id for event in typed if event.phase == STARTED}
    ended = [event.span_id for event in typed if event.phase != STARTED]
    assert sorted(ended) == sorted(started)


async def test_that_a_refused_connection_fails_in_its_own_step(client: Client) -> None:
    _, events = await record(client, Request(method="GET", url="http://127.0.0.1:1/"))
    expected = [("request", STARTED), ("connect", STARTED), ("connect", FAILED), ("request", FAILED)]
    assert steps(events) == expected
    assert "Nothing listens on 127.0.0.1:1" in str(data_of(events, "request", FAILED)["message"])


async def test_that_an_impossible_address_leaves_no_span_behind(client: Client) -> None:
    exchange, events = await record(client, Request(method="GET", url="http://[::1/"))
    assert exchange.failure is not None
    assert events == []


async def test_that_a_name_is_looked_up_in_a_step_of_its_own(client: Client, base: str) -> None:
    url = base.replace("127.0.0.1", "localhost")
    exchange, events = await record(client, Request(method="GET", url=url))
    assert [name for name, phase in steps(events) if phase == FINISHED][:3] == ["dns", "connect", "send"]
    assert data_of(events, "dns", STARTED) == {"host": "localhost"}
    assert "127.0.0.1" in str(data_of(events, "dns", FINISHED)["addresses"])
    assert data_of(events, "connect", FINISHED) == {"address": exchange.address}
    assert exchange.address == base.removeprefix("http://")


async def test_that_the_exchange_holds_the_same_steps_as_the_events(client: Client, base: str) -> None:
    exchange, _ = await record(client, Request(method="GET", url=f"{base}/"))
    assert [phase.name for phase in exchange.phases] == ["connect", "send", "wait", "receive"]
    before = 0
    for phase in exchange.phases:
        assert before <= phase.start_ns
        before = phase.start_ns + phase.duration_ns
    assert before <= exchange.elapsed_ns


async def test_that_a_reused_connection_has_no_connect_phase_but_an_address(client: Client, base: str) -> None:
    await record(client, Request(method="GET", url=f"{base}/"))
    exchange, _ = await record(client, Request(method="GET", url=f"{base}/"))
    assert [phase.name for phase in exchange.phases] == ["send", "wait", "receive"]
    assert exchange.address == base.removeprefix("http://")


async def test_that_the_step_that_failed_is_the_last_phase(client: Client) -> None:
    exchange, _ = await record(client, Request(method="GET", url="http://127.0.0.1:1/"))
    assert [phase.name for phase in exchange.phases] == ["connect"]
    assert exchange.address == ""


async def test_that_the_events_fold_into_one_request_with_its_steps(client: Client, base: str) -> None:
    exchange, events = await record(client, Request(method="GET", url=f"{base}/"))
    [whole] = fold(exchange.trace_id, reversed(events)).roots
    assert whole.name == "request"
    assert [child.name for child in whole.children] == ["connect", "send", "wait", "receive"]
    assert whole.ended_ns is not None
    before = whole.started_ns
    for child in whole.children:
        assert child.ended_ns is not None
        assert before <= child.started_ns <= child.ended_ns <= whole.ended_ns
        before = child.ended_ns
