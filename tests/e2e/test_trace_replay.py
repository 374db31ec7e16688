"""What another program sent is sent again, or taken to Compose to be changed first."""

from __future__ import annotations

import threading
from typing import Any

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTableView
from pytestqt.qtbot import QtBot

from explorer.ui import names
from explorer.ui.models.traces_model import Column

from .conftest import CONTROL, PATIENCE_MS, Person

NOTE = {"name": "Brass lamp", "price": 12.5}
MESSAGE = names.NOTICE_TEXT.format(kind="message")


@pytest.fixture
def person(regular: Person) -> Person:
    """Return somebody in the Traces room."""
    regular.window.show_room("traces")
    return regular


def ask(person: Person, method: str, path: str, **more: Any) -> None:
    """Ask as another program would, while the window goes on, and choose what came."""
    headers = {"User-Agent": "curl/8.5.0", **more.pop("headers", {})}
    url = f"{person.rooms.server.url}{path}"
    thread = threading.Thread(target=lambda: httpx.request(method, url, headers=headers, **more))
    thread.start()
    person.until(lambda: not thread.is_alive())
    person.until(lambda: newest(person)[0] == path and newest(person)[1] != "…")
    table = person.find(QTableView, names.TRACES_LIST)
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))
    person.until(lambda: person.read(names.TRACE_PATH) == path)


def newest(person: Person) -> tuple[str, ...]:
    """Return path, status and client of the topmost row."""
    model = person.find(QTableView, names.TRACES_LIST).model()
    return tuple(str(model.index(0, column).data()) for column in (Column.PATH, Column.STATUS, Column.CLIENT))


def test_that_send_again_sends_the_same_and_shows_the_new_request(person: Person, qtbot: QtBot) -> None:
    ask(person, "POST", "/items", json=NOTE)
    assert newest(person) == ("/items", "201", "curl")
    before = person.read(names.TRACE_ID)
    with qtbot.waitSignal(person.rooms.sending.exchanged, timeout=PATIENCE_MS) as exchanged:
        person.click(names.TRACE_SEND_AGAIN)
    exchange, _draft = exchanged.args
    assert exchange.response.status == 201
    assert b"Brass lamp" in exchange.response.body.read()
    person.until(lambda: newest(person) == ("/items", "201", "here"))
    assert person.read(names.TRACE_ID) not in ("", before)
    assert person.find(QTableView, names.TRACES_LIST).currentIndex().row() == 0
    assert person.window.current_room == "traces"
    assert not person.sees(MESSAGE)


def test_that_a_request_of_another_program_is_changed_in_compose_and_keeps_its_secrets_out_of_files(
    person: Person,
) -> None:
    headers = {"Authorization": "Bearer s3cret-token", "Cookie": "visit=s3cret-visit"}
    ask(person, "POST", "/items?dry=1", json=NOTE, headers=headers)
    person.click(names.TRACE_OPEN)
    person.until(lambda: person.window.current_room == "compose")
    assert any("POST /items" in tab and tab.startswith("[") for tab in person.open_requests)
    assert "Brass lamp" in person.read(names.REQUEST_BODY)

    person.write(names.REQUEST_BODY, '{"name": "Copper lamp", "price": 10}')
    person.send()
    assert person.last_exchange.response is not None
    assert b"Copper lamp" in person.last_exchange.response.body.read()
    sent = dict(person.last_exchange.request.headers)
    assert (sent["Authorization"], sent["Cookie"]) == ("Bearer s3cret-token", "visit=s3cret-visit")
    folder = person.program.folder
    person.until(lambda: "Copper lamp" in folder.drafts.read_text("utf-8"))
    assert "s3cret" not in folder.drafts.read_text("utf-8")


def test_that_it_is_said_why_a_request_cannot_be_sent_again(person: Person) -> None:
    ask(person, "POST", "/items", json={"name": "x" * 20_000, "price": 1})
    again = person.find(QPushButton, names.TRACE_SEND_AGAIN)
    assert not again.isEnabled()
    assert "Only the first 16,384 of" in again.toolTip()
    ask(person, "GET", "/health")
    assert again.isEnabled()


def test_that_what_was_sent_from_here_is_sent_again_whole_however_long(person: Person, qtbot: QtBot) -> None:
    person.window.show_room("compose")
    person.choose("POST /items")
    person.write(names.REQUEST_BODY, '{"name": "' + "x" * 20_000 + '", "price": 1}')
    person.send()
    person.press(Qt.Key.Key_2, CONTROL)
    table = person.find(QTableView, names.TRACES_LIST)
    person.until(lambda: newest(person)[::2] == ("/items", "here"))
    table.setCurrentIndex(table.model().index(0, 0))
    with qtbot.waitSignal(person.rooms.sending.exchanged, timeout=PATIENCE_MS) as exchanged:
        person.click(names.TRACE_SEND_AGAIN)
    assert exchanged.args[0].request.content.size > 20_000


def test_that_a_stream_is_sent_again_where_it_is_shown_and_can_be_stopped(person: Person, qtbot: QtBot) -> None:
    ask(person, "GET", "/stream/events?count=2")
    with qtbot.waitSignal(person.rooms.sending.exchanged, timeout=PATIENCE_MS):
        person.click(names.TRACE_SEND_AGAIN)
    assert person.window.current_room == "compose"
    assert any("GET /stream/events" in tab and "200" in tab for tab in person.open_requests if tab.startswith("["))
