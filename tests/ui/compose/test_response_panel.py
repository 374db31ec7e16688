"""What came back, as a person sees it."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from explorer.client.body import Body
from explorer.client.exchange import Exchange, Failure, Request, Response
from explorer.client.presentation import present
from explorer.trace.events import CLIENT_CONNECT
from explorer.ui import names
from explorer.ui.panels.compose_room import ComposeRoom
from explorer.ui.panels.response_panel import ResponsePanel
from explorer.ui.widgets.code_view import CodeView

BODY = b'{"id":118,"name":"Desk lamp"}'


@pytest.fixture
def panel(room: ComposeRoom) -> ResponsePanel:
    return room.response


def show(
    panel: ResponsePanel, body: bytes = BODY, *, status: int = 201, content_type: str = "application/json"
) -> None:
    response = Response(
        status=status,
        reason="",
        http_version="HTTP/1.1",
        headers=(("content-type", content_type), ("x-process-time", "0.003")),
        body=Body(body),
        wire_size=len(body),
    )
    panel.set_exchange(exchange(response=response), present(response))


def exchange(*, response: Response | None = None, failure: Failure | None = None) -> Exchange:
    return Exchange(
        trace_id="1" * 32,
        request=Request(method="GET", url="http://127.0.0.1:8000/items"),
        response=response,
        failure=failure,
        sent_at=1_741_104_271,
        elapsed_ns=5_940_000,
    )


def button(panel: ResponsePanel, name: str) -> QPushButton:
    found = panel.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def test_that_a_response_shows_status_time_size_and_body(panel: ResponsePanel) -> None:
    show(panel)
    assert panel.pill.text == "201 Created"
    assert panel.elapsed.text() == "5.9 ms"
    assert panel.size_label.text() == "29 B"
    assert panel.pretty.isVisible()
    assert panel.pretty.toPlainText() == '{\n  "id": 118,\n  "name": "Desk lamp"\n}'


def test_that_the_body_has_colours(panel: ResponsePanel) -> None:
    show(panel)
    runs = panel.pretty.document().findBlockByNumber(1).layout().formats()
    theme = panel._themes.theme
    assert [(run.start, run.length, run.format.foreground().color()) for run in runs][:1] == [
        (2, 4, theme.color("c_key"))
    ]


def test_that_raw_and_headers_are_one_tab_away(panel: ResponsePanel) -> None:
    show(panel)
    panel.tabs.setCurrentIndex(1)
    assert panel.raw.isVisible()
    assert panel.raw.toPlainText() == BODY.decode()
    panel.tabs.setCurrentIndex(2)
    table = panel.findChild(QTableView, names.RESPONSE_HEADERS)
    assert isinstance(table, QTableView)
    assert table.isVisible()
    assert table.model().index(1, 1).data() == "0.003"


def test_that_headers_can_be_copied(qtbot: QtBot, panel: ResponsePanel) -> None:
    show(panel)
    panel.tabs.setCurrentIndex(2)
    panel.headers.setFocus()
    panel.headers.selectAll()
    qtbot.keyClick(panel.headers, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "content-type: application/json\nx-process-time: 0.003"


def test_that_the_tab_stays_from_one_response_to_the_next(panel: ResponsePanel) -> None:
    show(panel)
    panel.tabs.setCurrentIndex(2)
    show(panel, status=200)
    assert panel.tabs.chosen == "headers"
    assert panel.headers.isVisible()


def test_that_an_empty_body_and_bytes_are_said_in_words(qtbot: QtBot, panel: ResponsePanel) -> None:
    show(panel, b"", status=204)
    assert panel.pretty_page.message.label.text() == "The response has no body."
    assert not button(panel, names.RESPONSE_COPY).isVisible()
    show(panel, b"\x00\xff\xfe\x01" * 500, content_type="application/octet-stream")
    assert panel.pretty_page.message.label.text() == "Binary, 2,000 bytes of application/octet-stream."
    with qtbot.waitSignal(panel.save_requested):
        qtbot.mouseClick(panel.pretty_page.message.button, Qt.MouseButton.LeftButton)


def test_that_the_beginning_of_a_large_body_is_shown_and_the_whole_can_be_saved(
    qtbot: QtBot, panel: ResponsePanel
) -> None:
    body = json.dumps([{"id": i, "name": "x" * 40} for i in range(60_000)], separators=(",", ":")).encode()
    show(panel, body)
    cut = panel.pretty_page.cut
    assert cut.isVisible()
    assert cut.accessibleName() == "Showing the first 1 MB of 3.8 MB."
    qtbot.waitUntil(lambda: panel.pretty.complete)
    assert panel.pretty.toPlainText() == present_pretty(body)
    with qtbot.waitSignal(panel.save_requested):
        qtbot.mouseClick(cut.button, Qt.MouseButton.LeftButton)
    show(panel)
    assert not cut.isVisible()
    assert panel.pretty.toPlainText() == '{\n  "id": 118,\n  "name": "Desk lamp"\n}'


def present_pretty(body: bytes) -> str:
    headers = (("content-type", "application/json"),)
    response = Response(
        status=200, reason="", http_version="HTTP/1.1", headers=headers, body=Body(body), wire_size=len(body)
    )
    return present(response).pretty


def test_that_a_small_answer_after_a_large_one_is_not_followed_by_the_rest_of_the_large_one(
    qtbot: QtBot, panel: ResponsePanel
) -> None:
    show(panel, b"[" + b"1," * 300_000 + b"1]")
    show(panel)
    assert panel.pretty.complete
    assert panel.pretty.blockCount() == 4


def test_that_a_failure_says_where_and_why(panel: ResponsePanel) -> None:
    failure = Failure(stage=CLIENT_CONNECT, sentence="Nothing listens there: start the server.", details="refused")
    panel.set_exchange(exchange(failure=failure), None)
    assert panel.pill.text == "No response"
    assert panel.failure.isVisible()
    assert panel.failure.sentence == "Nothing listens there: start the server."
    stops = [child.accessibleName() for child in panel.failure.findChildren(QWidget)]
    assert "The journey ended at stop 2 of 5: Connect" in stops
    assert not panel.tabs.isVisible()


def test_that_a_cancelled_request_is_no_error(panel: ResponsePanel) -> None:
    failure = Failure(stage=CLIENT_CONNECT, sentence="You cancelled the request.", cancelled=True)
    panel.set_exchange(exchange(failure=failure), None)
    assert panel.pill.text == "Cancelled"


def test_that_the_first_state_offers_to_send(qtbot: QtBot, panel: ResponsePanel) -> None:
    assert panel.message.label.text() == "Send the request to see the response."
    with qtbot.waitSignal(panel.send_requested):
        qtbot.mouseClick(button(panel, names.RESPONSE_ACTION), Qt.MouseButton.LeftButton)
    panel.set_sending()
    assert panel.message.label.text() == "Waiting for the response…"
    assert not button(panel, names.RESPONSE_ACTION).isVisible()


def test_that_the_last_response_stays_while_the_next_is_under_way(panel: ResponsePanel) -> None:
    show(panel)
    panel.set_sending()
    assert panel.pretty.isVisible()
    assert panel.pill.text == "201 Created"


def test_that_colours_follow_the_theme_and_appear_as_lines_come_into_sight(panel: ResponsePanel) -> None:
    show(panel, json.dumps({f"key{i}": i for i in range(500)}).encode())
    view: CodeView = panel.pretty
    last = view.document().findBlockByNumber(400)
    assert last.layout().formats() == []
    view.verticalScrollBar().setValue(400)
    assert last.layout().formats() != []
    themes = panel._themes
    themes.set_mode("light")
    try:
        run = last.layout().formats()[0]
        assert run.format.foreground().color() == themes.theme.color("c_key")
    finally:
        themes.set_mode("dark")
