"""The one way from events to a trace."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.trace.context import format_traceparent, new_trace_id, parse_traceparent
from explorer.trace.events import (
    CLIENT,
    CONNECTION,
    FAILED,
    FINISHED,
    MIDDLEWARE,
    NOTED,
    SEND,
    STARTED,
    RawEvent,
    Source,
)
from explorer.trace.fold import MOST_NOTES, Fold, fold
from explorer.trace.journey import CLIENT_SENDS, SOCKET, journey
from explorer.trace.model import RUNNING

TRACE = "ab" * 16


def event(seq: int, kind: str, phase: str, span: int, parent: int = 0, name: str = "x", **data: Any) -> RawEvent:
    return (TRACE, seq, seq * 1_000, kind, phase, span, parent, name, data)


STORY = [
    event(1, CLIENT, STARTED, -1, 0, "request", method="GET"),
    event(2, CONNECTION, STARTED, 1, -1, "http"),
    event(3, MIDDLEWARE, STARTED, 2, 1, "CORS"),
    event(4, MIDDLEWARE, NOTED, 2, 1, SEND, type="http.response.start", status=200),
    event(5, MIDDLEWARE, FINISHED, 2, 1, "CORS"),
    event(6, CONNECTION, FINISHED, 1, -1, "http"),
    event(7, CLIENT, FINISHED, -1, 0, "request", status=200),
]


def test_that_both_sides_become_one_tree() -> None:
    trace = fold(TRACE, STORY)

    (client,) = trace.roots
    (connection,) = client.children
    (layer,) = connection.children
    assert [client.kind, connection.kind, layer.kind] == [CLIENT, CONNECTION, MIDDLEWARE]
    assert layer.duration_ns == 2_000
    assert layer.notes[0].data["status"] == 200
    assert client.data == {"method": "GET", "status": 200}
    assert trace.done


def test_that_a_span_without_an_end_is_running() -> None:
    trace = fold(TRACE, STORY[:3])

    assert {span.outcome for span in trace.walk()} == {RUNNING}
    assert not trace.done
    connection = trace.connection
    assert connection is not None
    assert connection.duration_ns is None


def test_that_a_failed_span_keeps_its_reason() -> None:
    trace = fold(TRACE, [*STORY[:3], event(9, MIDDLEWARE, FAILED, 2, 1, "CORS", error="ZeroDivisionError")])

    layer = trace.find(MIDDLEWARE)
    assert layer is not None
    assert layer.outcome == FAILED
    assert layer.data["error"] == "ZeroDivisionError"


@given(st.randoms(use_true_random=False))
def test_that_the_order_of_arrival_does_not_matter(shuffler: random.Random) -> None:
    shuffled = STORY.copy()
    shuffler.shuffle(shuffled)

    assert fold(TRACE, shuffled) == fold(TRACE, STORY)


@given(st.lists(st.sampled_from(STORY), max_size=12))
def test_that_lost_and_repeated_events_never_raise(events: list[RawEvent]) -> None:
    trace = fold(TRACE, events)

    assert len(list(trace.walk())) == len({e[5] for e in events})


def test_that_events_of_other_traces_do_not_mix_in() -> None:
    stranger = ("cd" * 16, *STORY[1][1:])

    assert fold(TRACE, [*STORY, stranger]) == fold(TRACE, STORY)


def test_that_a_long_stream_is_summed_up_and_its_size_stays_right() -> None:
    chunks = 3 * MOST_NOTES
    collected = Fold(TRACE)
    collected.add(event(1, CONNECTION, STARTED, 1))
    for seq in range(chunks):
        collected.add(
            event(seq + 2, CONNECTION, NOTED, 1, 0, SEND, type="http.response.body", size=10, more=seq < chunks - 1)
        )

    connection = collected.trace().connection
    assert connection is not None
    assert len(connection.notes) <= MOST_NOTES
    assert sum(note.data["size"] for note in connection.notes) == 10 * chunks
    assert sum(note.data.get("count", 1) for note in connection.notes) == chunks
    assert connection.notes[-1].data["more"] is False


@given(st.integers(min_value=1, max_value=2**63))
def test_that_a_traceparent_survives_the_journey(span: int) -> None:
    trace_id = new_trace_id()

    assert parse_traceparent(format_traceparent(trace_id, -span)) == (trace_id, -span)


@pytest.mark.parametrize(
    "header", ["", "00", "00-" + "0" * 32 + "-" + "1" * 16 + "-01", "ff-" + "a" * 32, "00-xyz-1-01"]
)
def test_that_a_malformed_traceparent_is_ignored(header: str) -> None:
    assert parse_traceparent(header) is None


def test_that_span_ids_of_the_two_sides_never_collide() -> None:
    server, client = Source(lambda _: None, side=1), Source(lambda _: None, side=-1)

    assert not {server.new_span_id() for _ in range(100)} & {client.new_span_id() for _ in range(100)}


def test_that_sending_is_over_when_the_server_has_the_request() -> None:
    """The client's thread may get to run again only after the server's."""
    story = [
        event(1, CLIENT, STARTED, -1, 0, "request", method="GET"),
        event(2, CLIENT, STARTED, -2, -1, "send"),
        event(3, CONNECTION, STARTED, 1, -1, "http"),
        event(9, CLIENT, FINISHED, -2, -1, "send"),
    ]

    sends, socket = journey(fold(TRACE, story)).stops
    assert (sends.kind, sends.own_ns) == (CLIENT_SENDS, 2_000)
    assert (socket.kind, socket.own_ns) == (SOCKET, 0)


def test_that_a_request_that_never_arrived_stops_at_the_client() -> None:
    story = [
        event(1, CLIENT, STARTED, -1, 0, "request", method="GET"),
        event(2, CLIENT, STARTED, -2, -1, "connect"),
        event(3, CLIENT, FAILED, -2, -1, "connect", error="ConnectError"),
        event(4, CLIENT, FAILED, -1, 0, "request", error="ConnectError"),
    ]

    (only,) = journey(fold(TRACE, story)).stops
    assert (only.kind, only.failed, only.own_ns) == (CLIENT_SENDS, True, 3_000)
