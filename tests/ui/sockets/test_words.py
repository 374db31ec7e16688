"""What the rows of the ladder and the box of the server say."""

from __future__ import annotations

import pytest

from explorer.client.sockets.record import ClosedBy, Direction, Entry, FrameKind, SocketState, SocketStatus
from explorer.client.sockets.sentences import closed_by_server
from explorer.ui.models.held_lines import held_lines
from explorer.ui.models.ladder_words import chip, clock_words, delta_words, preview
from explorer.ui.models.socket_client import end_sentence


def entry(kind: FrameKind, start: bytes, *, code: int | None = None, reason: str = "") -> Entry:
    return Entry(
        number=0,
        at_ns=0,
        direction=Direction.RECEIVED,
        kind=kind,
        size=len(start),
        start=start,
        code=code,
        reason=reason,
    )


@pytest.mark.parametrize(
    ("kind", "start", "shown"),
    [
        (FrameKind.TEXT, b"one\ntwo", "one↵two"),
        (FrameKind.TEXT, b"cut in \xc3", "cut in \ufffd"),
        (FrameKind.BINARY, b"\x89PNG", "89 50 4e 47"),
        (FrameKind.PING, b"", "still there?"),
        (FrameKind.HANDSHAKE, b"GET /ws/echo HTTP/1.1\r\nHost: here", "GET /ws/echo"),
    ],
)
def test_that_a_row_shows_a_payload_on_one_line(kind: FrameKind, start: bytes, shown: str) -> None:
    assert preview(entry(kind, start)) == shown


def test_that_a_close_shows_its_code_and_reason() -> None:
    assert preview(entry(FrameKind.CLOSE, b"", code=1008, reason="no")) == "1008 no"
    assert preview(entry(FrameKind.CLOSE, b"")) == "no code"


def test_that_a_refusal_stands_out() -> None:
    head = b"GET /ws/echo HTTP/1.1\r\n"
    assert chip(entry(FrameKind.HANDSHAKE, head, code=403)) == ("403", "warn")
    assert chip(entry(FrameKind.HANDSHAKE, head, code=101)) == ("101", "ok")
    assert preview(entry(FrameKind.HANDSHAKE, head, code=101)) == "GET /ws/echo → 101"


def test_that_times_are_written_as_on_a_clock_and_deltas_with_their_unit() -> None:
    assert clock_words(151_020_000_000) == "02:31.020"
    assert clock_words(3_751_020_000_000) == "1:02:31.020"
    assert [delta_words(ns) for ns in (None, 900, 1_200_000, 6_000_000_000)] == ["", "+1 µs", "+1.2 ms", "+6.0 s"]


def test_that_what_the_server_holds_is_a_tree() -> None:
    lines = [line.text for line in held_lines({"rooms": {"lobby": ["ana", "bruno"]}, "open": 2})]

    assert lines == ["├ rooms  1", "│ └ lobby  2", "│   ├ ana", "│   └ bruno", "└ open  2"]


def test_that_what_has_a_name_is_called_by_it() -> None:
    lines = [line.text for line in held_lines([{"name": "lobby", "members": ["Ana"]}])]

    assert lines == ["└ lobby  1", "  └ members  1", "    └ Ana"]


def test_that_a_large_answer_is_cut() -> None:
    assert len(held_lines(list(range(10_000)))) == 201


def test_that_a_reason_that_is_a_sentence_ends_the_one_it_stands_in_once() -> None:
    assert closed_by_server(1008, "You asked for 1008.").endswith("It said: “You asked for 1008”.")
    status = SocketStatus(state=SocketState.CLOSED, code=4001, reason="Lunch.", closed_by=ClosedBy.CLIENT)
    assert end_sentence(status) == "Closed by this client: 4001, “Lunch”."
