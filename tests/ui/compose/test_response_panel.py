"""What came back, as a person sees it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from explorer.client.body import Body
from explorer.client.exchange import Exchange, Failure, Request, Response
from explorer.client.viewers.content import present
from explorer.trace.events import CLIENT_CONNECT
from explorer.ui import names
from explorer.ui.panels.response.body_pages import RawPage
from explorer.ui.panels.response.failure_page import FailurePage
from explorer.ui.panels.response.headers_page import HeadersPage
from explorer.ui.panels.response_panel import ResponsePanel

BODY = b'{"id":118,"name":"Desk lamp"}'


@pytest.fixture
def panel(response_panel: ResponsePanel) -> ResponsePanel:
    return response_panel


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


def go(panel: ResponsePanel, key: str) -> None:
    panel.tabs.setCurrentIndex(panel.tabs.keys.index(key))


def test_that_a_response_shows_status_time_size_and_body(panel: ResponsePanel) -> None:
    show(panel)
    assert panel.pill.text == "201 Created"
    assert panel.elapsed.text() == "5.9 ms"
    assert panel.size_label.text() == "29 B"
    assert panel.pretty.isVisible()
    assert panel.pretty.text() == '{\n  "id": 118,\n  "name": "Desk lamp"\n}'


def test_that_raw_and_headers_are_one_tab_away(panel: ResponsePanel) -> None:
    show(panel)
    go(panel, "raw")
    assert panel.page(RawPage).view.isVisible()
    assert panel.page(RawPage).view.text() == BODY.decode()
    go(panel, "headers")
    table = panel.findChild(QTableView, names.RESPONSE_HEADERS)
    assert isinstance(table, QTableView)
    assert table.isVisible()
    assert table.model().index(1, 1).data() == "0.003"


def test_that_headers_can_be_copied(qtbot: QtBot, panel: ResponsePanel) -> None:
    show(panel)
    go(panel, "headers")
    panel.page(HeadersPage).table.setFocus()
    panel.page(HeadersPage).table.selectAll()
    qtbot.keyClick(panel.page(HeadersPage).table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "content-type: application/json\nx-process-time: 0.003"


def test_that_the_tab_stays_from_one_response_to_the_next(panel: ResponsePanel) -> None:
    show(panel)
    go(panel, "headers")
    show(panel, status=200)
    assert panel.tabs.chosen == "headers"
    assert panel.page(HeadersPage).table.isVisible()


def test_that_an_empty_body_is_said_in_words(panel: ResponsePanel) -> None:
    show(panel, b"", status=204)
    assert panel.pretty.message.label.text() == "The response has no body."
    assert panel.tabs.keys == ("pretty", "headers")
    assert not button(panel, names.RESPONSE_COPY).isVisible()


def test_that_bytes_are_seen_as_bytes_first(panel: ResponsePanel) -> None:
    show(panel, b"\x00\xff\xfe\x01" * 500, content_type="application/octet-stream")
    assert panel.tabs.chosen == "hex"
    go(panel, "pretty")
    assert panel.pretty.message.label.text().startswith("Binary, 2,000 bytes of application/octet-stream.")


def test_that_json_is_a_tree_as_well_and_text_is_not(panel: ResponsePanel) -> None:
    show(panel)
    assert "tree" in panel.tabs.keys
    show(panel, b"plain", content_type="text/plain")
    assert list(panel.tabs.keys) == ["pretty", "raw", "headers", "hex"]


def test_that_a_small_answer_after_a_large_one_is_not_followed_by_the_rest_of_the_large_one(
    qtbot: QtBot, panel: ResponsePanel
) -> None:
    show(panel, b"[" + b"1," * 300_000 + b"1]")
    show(panel)
    qtbot.waitUntil(lambda: panel.pretty.complete)
    assert panel.pretty.text() == '{\n  "id": 118,\n  "name": "Desk lamp"\n}'


def test_that_a_failure_says_where_and_why(panel: ResponsePanel) -> None:
    failure = Failure(stage=CLIENT_CONNECT, sentence="Nothing listens there: start the server.", details="refused")
    panel.set_exchange(exchange(failure=failure), None)
    assert panel.pill.text == "No response"
    assert panel.page(FailurePage).card.isVisible()
    assert panel.page(FailurePage).card.sentence == "Nothing listens there: start the server."
    stops = [child.accessibleName() for child in panel.page(FailurePage).card.findChildren(QWidget)]
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
    assert panel.message.label.text() == "Send the request to see the response.", "what is quick shows no waiting"
    qtbot.waitUntil(lambda: panel.message.label.text() == "Waiting for the response…")
    assert not button(panel, names.RESPONSE_ACTION).isVisible()


def test_that_the_last_response_stays_while_the_next_is_under_way(panel: ResponsePanel) -> None:
    show(panel)
    panel.set_sending()
    assert panel.pretty.isVisible()
    assert panel.pill.text == "201 Created"
