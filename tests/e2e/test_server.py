"""The server in the window: stopped, started again, in trouble, and left behind."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListView, QPushButton

from explorer.bootstrap.server import make_server
from explorer.server.interface import Server
from explorer.storage.options import Options
from explorer.ui import names
from explorer.ui.main_window import MainWindow
from tests.ports import HOST, free_port

from .conftest import CONTROL, Person, Start
from .workshop import Workshop

SERVER_NOTICE = names.NOTICE_TEXT.format(kind="server")
GONE_WITHIN_SECONDS = 5  # two are promised; a busy machine may take longer, a program that hangs takes for ever


@pytest.fixture
def taken_port() -> Iterator[int]:
    """Return a port on which another program listens."""
    with socket.create_server((HOST, free_port())) as other:
        yield int(other.getsockname()[1])


def notice_button(action: str) -> str:
    return names.NOTICE_ACTION.format(kind="server", action=action)


def begin_request(person: Person, workshop: Workshop, operation: str) -> None:
    """Send, and do not wait for the answer."""
    person.choose(operation)
    person.press(Qt.Key.Key_Return, CONTROL)
    person.until(workshop.arrived.is_set)


# --- stop, start, restart ---------------------------------------------------------------------------------------------


def test_that_a_stopped_server_is_said_and_comes_back_with_what_was_typed(person: Person) -> None:
    send = person.find(QPushButton, names.COMPOSE_SEND)
    person.choose("POST /items")
    person.write(names.REQUEST_BODY, '{"name": "Kettle", "price": 20}')
    person.trigger(names.SERVER_STOP)
    person.until(lambda: "stopped" in person.read(names.STATUS_SERVER))
    assert not send.isEnabled()
    assert "stopped" in person.read(names.REQUEST_SERVER)
    assert person.sees(names.REQUEST_SERVER)

    person.click(names.REQUEST_NOTICE_ACTION)
    person.until_ready()
    assert not person.sees(names.REQUEST_SERVER)
    assert person.read(names.REQUEST_BODY) == '{"name": "Kettle", "price": 20}'
    person.send()
    assert person.read(names.RESPONSE_STATUS) == "201 Created"


def test_that_a_restart_comes_back_to_the_same_address(person: Person) -> None:
    url = person.rooms.server.url
    person.send()
    person.restart()
    assert person.rooms.server.url == url
    person.send()
    assert person.read(names.RESPONSE_STATUS) == "200 OK"


def test_that_the_log_shows_what_the_server_writes(person: Person) -> None:
    person.trigger(names.SERVER_LOG)
    assert person.sees(names.LOG_PANEL)
    model = person.find(QListView, names.LOG_LIST).model()
    lines = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert any("startup complete" in line for line in lines)
    person.click(names.LOG_CLOSE)
    assert not person.sees(names.LOG_PANEL)


# --- trouble ----------------------------------------------------------------------------------------------------------


def test_that_a_port_that_was_asked_for_and_is_taken_is_named(start: Start) -> None:
    port = free_port()
    with socket.create_server((HOST, port)):
        person = start(port=port, fixed_port=True)
        person.until(lambda: person.sees(SERVER_NOTICE))
        assert f"Port {port} is in use" in person.read(SERVER_NOTICE)
        assert "--port" in person.read(SERVER_NOTICE)
        assert not person.find(QPushButton, names.COMPOSE_SEND).isEnabled()
        assert person.read(names.OPERATIONS_MESSAGE) == "The server is not running."

    person.click(notice_button("restart"))
    person.until_ready()
    assert not person.sees(SERVER_NOTICE)
    assert str(person.rooms.server.url).endswith(f":{port}")


def test_that_otherwise_the_next_free_port_is_taken_and_shown(start: Start, taken_port: int) -> None:
    person = start(port=taken_port)
    person.until_ready()
    port = int(str(person.rooms.server.url).rpartition(":")[2])
    assert taken_port < port <= taken_port + 50
    assert f"127.0.0.1:{port}" in person.read(names.SERVER_PILL)
    assert person.read(names.REQUEST_URL).startswith(f"http://127.0.0.1:{port}/")


def test_that_a_port_lost_meanwhile_is_named_and_the_server_starts_on_the_next_one(start: Start) -> None:
    port = free_port()
    person = start(port=port, fixed_port=True)
    person.until_ready()
    person.trigger(names.SERVER_STOP)
    person.until(lambda: "stopped" in person.read(names.STATUS_SERVER))
    with socket.create_server((HOST, port)):
        person.click(names.REQUEST_NOTICE_ACTION)
        person.until(lambda: person.sees(SERVER_NOTICE))
        assert f"Port {port} is in use by another program" in person.read(SERVER_NOTICE)
        person.click(notice_button("next_port"))
        person.until_ready()
        assert not person.sees(SERVER_NOTICE)
        assert not person.read(names.REQUEST_URL).startswith(f"http://127.0.0.1:{port}/")
        person.send()
        assert person.read(names.RESPONSE_STATUS) == "200 OK"


def test_that_a_server_that_dies_is_said_in_red_and_a_click_brings_it_back(visitor: Person) -> None:
    visitor.choose("GET /end")
    visitor.press(Qt.Key.Key_Return, CONTROL)
    visitor.until(lambda: visitor.sees(SERVER_NOTICE))
    assert "workshop ended unexpectedly." in visitor.read(SERVER_NOTICE)
    assert "not running" in visitor.read(names.SERVER_PILL)
    visitor.until(lambda: "under way" not in visitor.open_requests[0])  # the request ended with its server
    visitor.click(notice_button("restart"))
    visitor.until_ready()
    assert not visitor.sees(SERVER_NOTICE)
    visitor.choose("GET /hello")
    visitor.send()
    assert visitor.read(names.RESPONSE_STATUS) == "200 OK"


def test_that_an_app_that_cannot_start_says_why(start: Start, tmp_path: Path) -> None:
    person = start(database=tmp_path)
    person.until(lambda: person.sees(SERVER_NOTICE))
    assert "demo_api failed while it started" in person.read(SERVER_NOTICE)
    assert str(tmp_path) in person.read(SERVER_NOTICE)
    person.click(notice_button("details"))
    assert "Traceback" in person.read(names.DETAILS_TEXT)
    assert "not running" in person.read(names.SERVER_PILL)


def test_that_a_handler_that_holds_the_loop_is_named_and_can_be_left_behind(
    visitor: Person, workshop: Workshop
) -> None:
    before = visitor.rooms.server.url
    begin_request(visitor, workshop, "GET /block")
    visitor.until(lambda: visitor.sees(SERVER_NOTICE))
    assert "GET /block holds the event loop" in visitor.read(SERVER_NOTICE)
    assert "blocked" in visitor.read(names.SERVER_PILL)

    visitor.click(notice_button("abandon"))
    visitor.until_ready()
    assert visitor.rooms.server.url not in (None, before)
    assert not visitor.sees(SERVER_NOTICE)
    visitor.press(Qt.Key.Key_Escape)  # the request to the old server goes on until it is cancelled
    visitor.until(lambda: visitor.sees(names.RESPONSE_FAILURE))
    visitor.choose("GET /hello")
    visitor.send()
    assert visitor.read(names.RESPONSE_STATUS) == "200 OK"


def test_that_cancel_stops_the_request_on_both_sides(visitor: Person, workshop: Workshop) -> None:
    begin_request(visitor, workshop, "GET /open")
    visitor.until(lambda: visitor.read(names.COMPOSE_SEND) == "Cancel")
    visitor.click(names.COMPOSE_SEND)
    visitor.until(lambda: visitor.sees(names.RESPONSE_FAILURE))
    assert visitor.read(names.RESPONSE_STATUS) == "Cancelled"
    assert "You stopped this request" in visitor.read(names.RESPONSE_FAILURE)
    visitor.until(workshop.gone.is_set)
    visitor.until(lambda: visitor.read(names.COMPOSE_SEND) == "Send")
    visitor.until(lambda: any(stop.failed for stop in visitor.stops))


# --- leaving ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("operation", ["", "GET /open", "GET /thread", "GET /block"])
def test_that_the_window_is_left_at_once_whatever_is_open(visitor: Person, workshop: Workshop, operation: str) -> None:
    if operation:
        begin_request(visitor, workshop, operation)
    began = time.monotonic()
    assert visitor.leave() == 0
    assert time.monotonic() - began < GONE_WITHIN_SECONDS
    assert not visitor.window.isVisible()


def test_that_a_window_closed_before_it_is_furnished_is_left_too(start: Start, qapp: QApplication) -> None:
    def close_first(options: Options, database: Path) -> Server:
        (window,) = (widget for widget in qapp.topLevelWidgets() if isinstance(widget, MainWindow))
        window.close()
        return make_server(options, database)

    person = start(make_server=close_first)
    person.until(person.task.done)
    assert person.task.result() == 0
    assert not person.window.isVisible()
