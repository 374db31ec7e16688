"""Messages as they cross the layers, and at the edge of the app with what they carried."""

from __future__ import annotations

import gzip
import zlib
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from explorer.trace.events import CONNECTION, NOTED, ROUTING, SEND, RawEvent
from explorer.trace.journey import Journey
from explorer.trace.model import Span
from explorer.ui.models.asgi_messages import AsgiMessage, edge_messages, messages_of
from explorer.ui.models.lane_rows import LaneRow, layer_rows, message_rows
from explorer.ui.models.lanes_model import LanesModel
from explorer.ui.models.message_content import MessageContent, content_of
from explorer.ui.panels.traces.trace_detail import MESSAGES, MIDDLEWARE, TraceDetail
from explorer.ui.wording import size_text

from .recorded import ORIGIN, converse, make_app, record, told, travel
from .requests import request

PLAIN = {"Accept-Encoding": "identity"}


def pack(data: bytes, coding: str) -> bytes:
    if coding == "gzip, deflate":
        return zlib.compress(gzip.compress(data))
    if coding == "raw deflate":
        packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        return packer.compress(data) + packer.flush()
    return gzip.compress(data) if coding == "gzip" else zlib.compress(data)


def answered(coding: bytes, *messages: tuple[bytes, bytes]) -> Journey:
    """Return a request whose answer came in these messages: each, and what was kept of it."""
    events = request("/packed")
    trace_id, _, at, *_ = events[0]
    headers = ((b"content-type", b"text/plain"), (b"content-encoding", coding))
    start = {"type": "http.response.start", "status": 200, "headers": headers}
    bodies = [
        {"type": "http.response.body", "size": len(body), "payload": kept, "more": number < len(messages)}
        for number, (body, kept) in enumerate(messages, 1)
    ]
    notes: list[RawEvent] = [
        (trace_id, 20 + number, at + number, CONNECTION, NOTED, 1, 0, SEND, data)
        for number, data in enumerate((start, *bodies))
    ]
    return told([events[0], *notes, events[-1]])[0]


def contents_of(journey: Journey) -> list[MessageContent]:
    return [found for kind, found in contents(journey) if kind == "http.response.body"]


def bodies(coding: bytes, *messages: bytes) -> list[MessageContent]:
    """Return what is shown of an answer that came in these messages."""
    return contents_of(answered(coding, *((message, message) for message in messages)))


def routing(journey: Journey) -> Span:
    found = journey.trace.find(ROUTING)
    assert found is not None
    return found


def size(message: AsgiMessage) -> str:
    return size_text(message.size) if message.size is not None else ""


def lane(rows: tuple[LaneRow, ...], name: str) -> list[list[str]]:
    """Return the rows of one layer without their times, its head first."""
    head = next(row for row in rows if row.is_head and row.cells[0].text == name)
    return [[cell.text for cell in row.cells[:3]] for row in rows if row.span_id == head.span_id]


def contents(journey: Journey) -> list[tuple[str, MessageContent]]:
    connection = journey.trace.connection
    assert connection is not None
    return [(message.kind, content_of(message, connection)) for message in edge_messages(journey)]


def content(kind: str, method: str, path: str, **more: Any) -> MessageContent:
    """Return what the first message of a kind carried."""
    return next(found for name, found in contents(travel(method, path, **more)[0]) if name == kind)


def test_that_a_base_http_middleware_is_seen_to_split_the_body() -> None:
    rows = layer_rows(travel("GET", "/long", headers=PLAIN)[0])

    guard = lane(rows, "guard")
    assert guard[0][1] == "adds X-Process-Time and 1 more; body in 1 message, out in 2"
    assert [row for row in guard if "response.body" in row[0]] == [
        ["← http.response.body", "more follows", "511 B"],
        ["← http.response.body", "empty, the last", "0 B"],
    ]
    assert [row for row in lane(rows, "CORSMiddleware") if "response.body" in row[0]] == [
        ["← http.response.body", "the last", "511 B"]
    ]


def test_that_of_a_long_stream_a_lane_has_both_ends_and_offers_what_is_between() -> None:
    journey, _ = travel("GET", "/stream", headers=PLAIN)
    messages = len(messages_of(routing(journey)))

    router = lane(layer_rows(journey), "Router")
    assert messages > 100
    assert router[1 + 20][:2] == ["Show 50 more", f"{messages - 40} between the first and the last"]
    assert len(router) == 1 + 20 + 1 + 20
    assert router[-1][1] == "empty, the last"


def test_that_what_is_between_both_ends_is_opened_by_key_and_by_hand(detail: TraceDetail, qtbot: QtBot) -> None:
    journey, summary = travel("GET", "/stream", headers=PLAIN)
    detail.set_trace(journey, summary)
    detail.show_tab(MIDDLEWARE)
    model, table = detail.layers.model, detail.layers.table

    def router() -> list[list[str]]:
        return lane(model.rows, "Router")

    offers = [row for row, each in enumerate(model.rows) if each.opens]
    before = router()
    left = len(messages_of(routing(journey))) - 40 - 50
    table.setCurrentIndex(model.index(offers[-1], 0))
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert len(router()) == len(before) + 50
    assert router()[1 + 70][:2] == [f"Show {left} more", f"{left} between the first and the last"]
    assert router()[:21] + router()[-20:] == before[:21] + before[-20:]
    assert table.currentIndex().row() == offers[-1]
    assert model.rows[offers[-1]].message is not None

    detail.set_trace(journey, summary)
    assert len(router()) == len(before) + 50
    offer = model.index(offers[-1] + 50, 0)
    table.scrollTo(offer)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(offer).center())
    assert len(router()) == len(before) + 50 + left - 1
    assert router()[1:] == [
        [f"{'→' if message.goes_in else '←'} {message.kind}", message.what, size(message)]
        for message in messages_of(routing(journey))
    ]

    detail.set_trace(*travel("GET", "/stream", headers=PLAIN))
    assert len(router()) == len(before)


def test_that_layers_stand_in_nesting_order_and_end_with_the_router() -> None:
    rows = layer_rows(travel("GET", "/long", headers=PLAIN)[0])

    assert [row.cells[0].text for row in rows if row.is_head] == [
        "ServerErrorMiddleware",
        "GZipMiddleware",
        "guard",
        "CORSMiddleware",
        "ExceptionMiddleware",
        "Router",
    ]


def test_that_header_changes_have_their_values_and_secrets_are_masked() -> None:
    rows = layer_rows(travel("GET", "/long", headers={"Origin": ORIGIN})[0])

    assert ["+ x-process-time", "0.1", ""] in lane(rows, "guard")
    assert ["+ set-cookie", "session=***; Path=/; SameSite=lax", ""] in lane(rows, "guard")
    assert ["+ access-control-allow-origin", ORIGIN, ""] in lane(rows, "CORSMiddleware")
    assert ["− content-length", "511", ""] in lane(rows, "GZipMiddleware")
    assert ["~ vary", "Origin → Origin, Accept-Encoding", ""] in lane(rows, "GZipMiddleware")
    assert not any("very-secret" in row.spoken or "very-secret" in row.tip for row in rows)


def test_that_the_edge_has_every_message_in_order() -> None:
    rows = message_rows(travel("POST", "/users/42/items", json={"name": "lamp"}, headers=PLAIN)[0])

    assert [[cell.text for cell in row.cells[:5]] for row in rows] == [
        ["1", "→ in", "http.request", "more follows", "15 B"],
        ["2", "→ in", "http.request", "empty, the last", "0 B"],
        ["3", "← out", "http.response.start", "201 Created, 5 headers", ""],
        ["4", "← out", "http.response.body", "more follows", "26 B"],
        ["5", "← out", "http.response.body", "empty, the last", "0 B"],
    ]


def test_that_a_websocket_shows_its_frames_between_handshake_and_end() -> None:
    said = ({"type": "websocket.receive", "text": "hi"}, {"type": "websocket.receive", "text": "you"})
    journey, _ = told(converse(make_app(), "/echo", *said))

    assert [(message.kind, message.what) for message in edge_messages(journey)] == [
        ("websocket.connect", "a client wants to connect"),
        ("websocket.accept", "accepted, subprotocol chat"),
        ("websocket.receive", "text"),
        ("websocket.send", "text"),
        ("websocket.receive", "text"),
        ("websocket.send", "text"),
        ("websocket.disconnect", "1000 Normal closure"),
    ]
    assert [found.text for kind, found in contents(journey) if kind == "websocket.send"] == ["HI", "YOU"]


def test_that_json_is_laid_out_and_other_text_stays_as_it_is() -> None:
    sent = content("http.request", "POST", "/users/42/items", json={"name": "lamp"})
    assert (sent.text, sent.is_json) == ('{\n  "name": "lamp"\n}', True)

    answer = content("http.response.body", "GET", "/boom", headers=PLAIN)
    assert (answer.text, answer.is_json) == ("Internal Server Error", False)


def test_that_bytes_stay_bytes_and_a_cut_says_so() -> None:
    found = content("http.response.body", "GET", "/huge", headers=PLAIN)

    assert found.data[:4] == b"\x00\xff\x00\xff"
    assert len(found.data) == 16_384
    assert found.notice == "The first 16 KB of 100 KB; more was not kept."


def test_that_a_packed_body_is_unpacked_to_read() -> None:
    found = content("http.response.body", "GET", "/long")

    assert found.text == '{\n  "text": "' + "x" * 500 + '"\n}'
    assert found.is_json
    assert found.notice.startswith("Unpacked: it left the app as ")
    assert found.notice.endswith(" of gzip.")


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw deflate", "gzip, deflate"])
def test_that_each_message_of_a_packed_body_shows_what_it_adds(coding: str) -> None:
    said = " ".join(map(str, range(200)))
    packed = pack(said.encode(), coding)
    header = coding.removeprefix("raw ").encode()
    first, second = bodies(header, packed[:20], packed[20:])

    assert first.text + second.text == said
    assert second.notice == f"Unpacked: it left the app as {len(packed) - 20} B of {header.decode()}."


def test_that_a_piece_that_unpacks_to_nothing_says_so() -> None:
    packed = pack(b"hello", "gzip")
    first, second = bodies(b"gzip", packed[:10], packed[10:])

    assert (first.data, first.notice) == (packed[:10], "Packed with gzip; nothing in this part can be read by itself.")
    assert second.text == "hello"


def test_that_what_cannot_be_unpacked_is_shown_as_it_came_and_says_why() -> None:
    packer = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    begins = packer.compress(b"hello") + packer.flush(zlib.Z_FULL_FLUSH)

    [found] = bodies(b"br", b"\x8b\x02\x80\x03")
    assert found.data == b"\x8b\x02\x80\x03"
    assert found.notice == "The body is encoded as br, which is not decoded here: it is shown as it came."
    [found] = bodies(b"gzip", b"\x00\x01 no gzip")
    assert found.data == b"\x00\x01 no gzip"
    assert "the body is no gzip: it is shown as it came." in found.notice
    first, second = bodies(b"gzip", begins, b"\xff" * 9)
    assert (first.text, second.data) == ("hello", b"\xff" * 9)
    assert "damaged after 5 decoded bytes: the part before that is shown" in second.notice
    [found] = bodies(b"gzip", begins)
    assert found.notice == "The body ends before its gzip encoding does: the part that arrived is shown."


def test_that_of_what_unpacks_to_very_much_the_beginning_is_shown() -> None:
    [found] = bodies(b"gzip", pack(b"x" * 900_000, "gzip"))
    assert sum(map(len, found.text.splitlines())) == 100_000
    assert found.notice.endswith(" of gzip. The first 100 KB are shown.")

    [found] = bodies(b"gzip", pack(b"x" * 9_000_000, "gzip"))
    assert "The body unpacks to more than 1 MB: the rest is not unpacked here." in found.notice


def test_that_of_a_packed_body_that_is_cut_what_was_kept_is_unpacked() -> None:
    said = " ".join(map(str, range(20_000)))
    packed = pack(said.encode(), "gzip")
    [found] = contents_of(answered(b"gzip", (packed, packed[:16_384])))
    assert said.startswith("".join(found.text.splitlines()))
    assert len(found.text) > 16_384
    assert found.notice.startswith("The first 16 KB of ")
    assert "more was not kept. Unpacked: " in found.notice


def test_that_the_start_of_a_response_shows_its_headers_without_secrets() -> None:
    found = content("http.response.start", "GET", "/long", headers=PLAIN)

    assert "content-type: application/json" in found.text.splitlines()
    assert "session=***" in found.text


def test_that_the_answer_is_chosen_first_and_its_payload_is_on_show(detail: TraceDetail) -> None:
    detail.set_trace(*travel("POST", "/users/42/items", json={"name": "lamp"}, headers=PLAIN))
    detail.show_tab(MESSAGES)

    assert detail.messages.table.currentIndex().row() == 3
    assert detail.messages.payload.text.toPlainText() == '{\n  "owner": 42,\n  "name": "lamp"\n}'
    detail.messages.table.selectRow(0)
    assert detail.messages.payload.text.toPlainText() == '{\n  "name": "lamp"\n}'
    detail.messages.table.selectRow(4)
    assert detail.messages.payload.sentence == "This message is empty."


def test_that_a_chosen_message_stays_chosen_while_the_request_goes_on(detail: TraceDetail) -> None:
    events = record(make_app(), "POST", "/users/42/items", json={"name": "lamp"}, headers=PLAIN)
    detail.show_tab(MESSAGES)
    detail.set_trace(*told(events[: len(events) // 2]))
    detail.messages.table.selectRow(0)
    detail.set_trace(*told(events))

    assert detail.messages.table.currentIndex().row() == 0
    assert detail.messages.payload.text.toPlainText() == '{\n  "name": "lamp"\n}'
    assert [detail.tabs.accessibleTabName(i) for i in range(3)] == ["Timeline", "Middleware, 5", "Messages, 5"]


@pytest.mark.parametrize("rows_of", [layer_rows, message_rows])
def test_that_rows_grow_as_a_model_must(rows_of: Any) -> None:
    events = record(make_app(), "POST", "/users/42/items", json={"name": "lamp"})
    width = 5 if rows_of is layer_rows else 7
    model = LanesModel(("",) * width, (2,))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for end in range(1, len(events) + 1):
        model.set_rows(rows_of(told(events[:end])[0]))

    assert model.rows == rows_of(told(events)[0])


def test_that_a_page_out_of_sight_is_filled_when_it_is_looked_at(detail: TraceDetail) -> None:
    detail.set_trace(*travel("GET", "/long"))
    assert detail.layers.model.rowCount() == 0

    detail.show_tab(MIDDLEWARE)
    assert detail.layers.model.rowCount() > 10
