"""A response while it arrives, and when it is here."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from explorer.client.body import Body
from explorer.client.exchange import Exchange, Failure, Request, Response
from explorer.client.streams import Message, StreamFormat
from explorer.client.viewers.content import present
from explorer.trace.events import CLIENT_RECEIVE
from explorer.ui.models import events_model
from explorer.ui.models.events_model import Column, EventsModel
from explorer.ui.models.response_state import ResponseState
from explorer.ui.panels.response.events_page import EventsPage
from explorer.ui.panels.response_panel import ResponsePanel

CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(response_panel: ResponsePanel) -> ResponsePanel:
    return response_panel


def response(content_type: str, body: bytes = b"", *headers: tuple[str, str]) -> Response:
    return Response(
        status=200,
        reason="OK",
        http_version="HTTP/1.1",
        headers=(("content-type", content_type), *headers),
        body=Body(body),
        wire_size=len(body),
    )


def exchange(answer: Response | None, failure: Failure | None = None) -> Exchange:
    return Exchange(
        trace_id="1" * 32,
        request=Request(method="GET", url="http://127.0.0.1:8000/ticks"),
        response=answer,
        failure=failure,
        sent_at=1_741_104_271,
        elapsed_ns=5_940_000,
    )


def finish(state: ResponseState, answer: Response, failure: Failure | None = None) -> None:
    state.finish(exchange(answer, failure), present(answer))


def event(number: int) -> bytes:
    return f"event: tick\nid: {number}\ndata: {json.dumps({'n': number})}\n\n".encode()


def begin_stream(panel: ResponsePanel) -> ResponseState:
    panel.state.begin()
    panel.state.on_response(response("text/event-stream"))
    return panel.state


def shown(panel: ResponsePanel) -> list[str]:
    model = panel.page(EventsPage).table.model()
    return [model.index(row, Column.DATA).data() for row in range(model.rowCount())]


def test_that_events_are_seen_while_they_arrive(qtbot: QtBot, panel: ResponsePanel) -> None:
    state = begin_stream(panel)
    assert panel.tabs.chosen == "events"
    assert panel.page(EventsPage).note.whole_text == "Waiting for the first one…"

    state.on_data(event(1) + event(2)[:9])
    qtbot.waitUntil(lambda: shown(panel) == ['{"n": 1}'])
    state.on_data(event(2)[9:])
    qtbot.waitUntil(lambda: shown(panel) == ['{"n": 1}', '{"n": 2}'])
    assert panel.pill.text == "200 OK"
    assert panel.tabs.keys == ("events", "headers")


def test_that_what_a_cancelled_stream_brought_stays(qtbot: QtBot, panel: ResponsePanel) -> None:
    state = begin_stream(panel)
    state.on_data(event(1))
    failure = Failure(stage=CLIENT_RECEIVE, sentence="You stopped this request.", cancelled=True)
    finish(state, response("text/event-stream", event(1)), failure)

    assert shown(panel) == ['{"n": 1}']
    assert panel.tabs.chosen == "events"
    assert panel._problem.sentence == "You stopped this request."
    assert "pretty" in panel.tabs.keys


def test_that_a_paused_view_rests_and_says_how_many_came(qtbot: QtBot, panel: ResponsePanel) -> None:
    state, page = begin_stream(panel), panel.page(EventsPage)
    state.on_data(event(1))
    qtbot.waitUntil(lambda: len(shown(panel)) == 1)
    qtbot.mouseClick(page.pause, LEFT)
    state.on_data(b"".join(event(i) for i in range(2, 14)))
    qtbot.waitUntil(lambda: page.new.text() == "12 new ↓")
    assert len(shown(panel)) == 1

    qtbot.mouseClick(page.new, LEFT)
    assert len(shown(panel)) == 13
    assert not page.new.isVisible()


def test_that_the_view_stays_where_a_person_scrolled(qtbot: QtBot, panel: ResponsePanel) -> None:
    state, page = begin_stream(panel), panel.page(EventsPage)
    bar = page.table.verticalScrollBar()
    state.on_data(b"".join(event(i) for i in range(100)))
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    bar.setValue(0)
    state.on_data(b"".join(event(i) for i in range(3)))
    qtbot.waitUntil(lambda: page.new.text() == "3 new ↓")
    assert bar.value() == 0
    page.go_on()
    assert bar.value() == bar.maximum()


def test_that_the_last_message_of_a_stream_is_in_sight_when_it_ends(qtbot: QtBot, panel: ResponsePanel) -> None:
    state, page = begin_stream(panel), panel.page(EventsPage)
    body = b"".join(event(i) for i in range(100))
    state.on_data(body)
    finish(state, response("text/event-stream", body))
    bar = page.table.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    chosen = page.table.model().index(98, 0)
    page.table.setCurrentIndex(chosen)  # its message takes some of the height
    qtbot.waitUntil(page.detail.isVisible)
    qtbot.waitUntil(lambda: page.table.viewport().rect().contains(page.table.visualRect(chosen)))


def test_that_messages_can_be_filtered_while_more_arrive(qtbot: QtBot, panel: ResponsePanel) -> None:
    state, page = begin_stream(panel), panel.page(EventsPage)
    state.on_data(b"".join(event(i) for i in range(20)))
    qtbot.waitUntil(lambda: len(shown(panel)) == 20)
    qtbot.keyClicks(page.filter, '"n": 7')
    qtbot.waitUntil(lambda: shown(panel) == ['{"n": 7}'])
    state.on_data(event(8) + event(77))
    qtbot.waitUntil(lambda: shown(panel) == ['{"n": 7}', '{"n": 77}'])
    assert page.note.whole_text == "2 of 22 events"


def test_that_the_chosen_message_is_laid_out_below(qtbot: QtBot, panel: ResponsePanel) -> None:
    state, page = begin_stream(panel), panel.page(EventsPage)
    state.on_data(event(5))
    qtbot.waitUntil(lambda: len(shown(panel)) == 1)
    page.table.selectRow(0)
    page.table.setCurrentIndex(page.table.model().index(0, 0))
    assert page.detail.toPlainText() == '{\n  "n": 5\n}'
    assert page.facts.whole_text == "Number 1 · event tick · id 5"


def test_that_each_open_request_keeps_its_own_stream(qtbot: QtBot, panel: ResponsePanel) -> None:
    first, second = begin_stream(panel), ResponseState(panel)
    first.on_data(event(1))
    qtbot.waitUntil(lambda: len(shown(panel)) == 1)
    panel.show_state(second)
    assert panel.message.isVisible()
    first.on_data(event(2))  # nobody looks
    finish(second, response("application/json", b"{}"))
    assert panel.pretty.text() == "{}"
    qtbot.waitUntil(lambda: first.events is not None and first.events.count == 2)
    panel.show_state(first)
    assert shown(panel) == ['{"n": 1}', '{"n": 2}']


def test_that_a_stream_is_shown_after_one_whose_request_was_closed(qtbot: QtBot, panel: ResponsePanel) -> None:
    first, second = begin_stream(panel), ResponseState(panel)
    first.on_data(event(1))
    qtbot.waitUntil(lambda: len(shown(panel)) == 1)
    panel.show_state(second)
    with qtbot.waitSignal(first.destroyed):
        first.deleteLater()
    finish(second, response("text/event-stream", event(2)))
    qtbot.waitUntil(lambda: shown(panel) == ['{"n": 2}'])


def test_that_a_stream_nobody_watched_is_read_from_its_body(qtbot: QtBot, panel: ResponsePanel) -> None:
    body = b'{"a": 1}\n{"a": }\n{"a": 3}'
    finish(panel.state, response("application/jsonl", body))
    qtbot.waitUntil(lambda: shown(panel) == ['{"a": 1}', '{"a": }', '{"a": 3}'])
    assert panel.tabs.chosen == "events"


def test_that_a_large_response_says_how_far_it_has_come(qtbot: QtBot, panel: ResponsePanel) -> None:
    state = panel.state
    state.begin()
    state.on_response(response("application/json", b"", ("content-length", "100000000")))
    assert panel.message.isVisible()  # so far it may be done in a moment
    qtbot.waitUntil(panel.progress.isVisible)
    state.on_data(b"x" * 34_000_000)
    qtbot.waitUntil(lambda: panel.progress.label.text() == "34 MB of 100 MB received…")
    finish(state, response("application/json", b"{}"))
    assert panel.pretty.isVisible()


def test_that_a_slow_plain_text_is_read_while_it_arrives(qtbot: QtBot, panel: ResponsePanel) -> None:
    state = panel.state
    state.begin()
    state.on_response(response("text/plain; charset=utf-8"))
    state.on_data("Grüße\n".encode()[:3])
    state.on_data("Grüße\n".encode()[3:] + b"a second line")
    qtbot.waitUntil(panel.progress.text.isVisible)
    assert panel.progress.text.toPlainText() == "Grüße\na second line"
    finish(state, response("text/plain", b"all of it"))
    assert panel.pretty.text() == "all of it"


def test_that_a_model_of_messages_keeps_its_promises_and_its_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events_model, "CAPACITY", 50)
    model = EventsModel(StreamFormat.JSON_LINES)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for start in range(0, 200, 10):
        model.append([(start * 1_000_000, Message(f"[{i}]")) for i in range(start, start + 10)])
        model.set_paused(start % 30 == 0)
        model.set_filter("5" if start % 40 == 0 else "")
    model.set_paused(False)
    model.set_filter("")
    assert model.count == 200
    assert model.rowCount() <= 50
    assert model.dropped == 200 - model.rowCount()
    assert model.index(model.rowCount() - 1, Column.DATA).data() == "[199]"
    assert tester.model() is model
