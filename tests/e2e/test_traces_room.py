"""Every request that reaches the server, live, from whichever client."""

from __future__ import annotations

import threading

import httpx
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QTableView
from websockets.sync.client import connect

from explorer.ui import names
from explorer.ui.models.traces_model import Column
from explorer.ui.panels.traces.trace_detail import MESSAGES
from explorer.ui.widgets.xray_view import XRayView
from tests.ui.traces.requests import request

from .conftest import Person

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def ask(person: Person, path: str, agent: str) -> None:
    """Ask as another program would, while the window goes on."""
    url = f"{person.rooms.server.url}{path}"
    thread = threading.Thread(target=lambda: httpx.get(url, headers={"User-Agent": agent}))
    thread.start()
    person.until(lambda: not thread.is_alive())


def noticed(person: Person) -> str:
    """Return the line about what looks like N+1; empty when there is none."""
    return person.read(names.TRACES_NOTICE_TEXT) if person.sees(names.TRACES_NOTICE_TEXT) else ""


def lines(person: Person) -> list[tuple[str, ...]]:
    """Return path, status, client and number of statements of each row."""
    model = person.find(QTableView, names.TRACES_LIST).model()
    columns = (Column.PATH, Column.STATUS, Column.CLIENT, Column.SQL)
    return [tuple(model.index(row, column).data() for column in columns) for row in range(model.rowCount())]


def test_that_requests_of_all_clients_come_live_and_are_filtered_paused_and_opened(person: Person) -> None:
    person.choose("GET /items")
    person.send()
    person.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert lines(person) == [("/items", "200", "here", "2")]
    ask(person, "/items/999999", "curl/8.5.0")
    ask(person, "/sql/lazy?limit=20", BROWSER)
    ask(person, "/nowhere", BROWSER)
    person.until(lambda: len(lines(person)) == 4 and lines(person)[0][1] == "404")
    assert [line[:3] for line in lines(person)] == [
        ("/nowhere", "404", "browser"),
        ("/sql/lazy?limit=20", "200", "browser"),
        ("/items/999999", "404", "curl"),
        ("/items", "200", "here"),
    ]
    person.until(lambda: person.read(names.STATUS_REQUESTS) == "4 requests")

    person.write(names.TRACES_FILTER, "status:404 client:curl")
    assert [line[0] for line in lines(person)] == ["/items/999999"]
    person.write(names.TRACES_FILTER, "status:404 client:curl sql>many")
    assert "no number" in person.read(names.TRACES_FILTER_ERROR)
    person.write(names.TRACES_FILTER, "path:/nothing/like/it")
    assert person.read(names.TRACES_MESSAGE) == "Nothing matches."

    person.click(names.TRACES_NOTICE_SHOW)  # the filter hides it, and goes
    assert person.read(names.TRACES_FILTER) == ""
    person.undo()
    assert person.read(names.TRACES_FILTER) == "path:/nothing/like/it"
    assert person.focus == names.TRACES_FILTER
    person.write(names.TRACES_FILTER, "sql>2")
    person.choose_tab(names.TRACE_TABS, MESSAGES)
    person.click(names.TRACES_NOTICE_SHOW)
    assert person.read(names.TRACES_FILTER) == "sql>2"  # it fits, and stays
    timeline = person.find(XRayView, names.TRACE_TIMELINE)
    assert "N+1" in timeline.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert timeline.isVisible()
    assert timeline.viewport().rect().contains(timeline.visualRect(timeline.currentIndex()))
    person.write(names.TRACES_FILTER, "")
    assert "/sql/lazy" in person.read(names.TRACE_PATH)
    chosen: QModelIndex = person.find(QTableView, names.TRACES_LIST).currentIndex()
    assert chosen.row() == 1

    person.click(names.TRACES_PAUSE)
    ask(person, "/health", "python-requests/2.32.3")
    person.until(lambda: person.sees(names.TRACES_NEW))
    assert len(lines(person)) == 4
    person.click(names.TRACES_NEW)
    assert lines(person)[0][:3] == ("/health", "200", "requests")
    assert "/sql/lazy" in person.read(names.TRACE_PATH)


def test_that_a_request_of_compose_is_found_among_all_and_the_room_looks_as_it_did(person: Person) -> None:
    ask(person, "/health", "curl/8.5.0")
    person.choose("GET /items")
    person.send()
    person.click(names.XRAY_OPEN_TRACE)
    assert person.window.current_room == "traces"
    assert person.find(QTableView, names.TRACES_LIST).currentIndex().row() == 0
    assert [line[:3] for line in lines(person)] == [("/items", "200", "here"), ("/health", "200", "curl")]
    assert person.read(names.TRACE_PATH) == "/items"


def test_that_a_websocket_is_under_way_as_long_as_it_is_open(person: Person) -> None:
    person.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert "Any client counts" in person.read(names.TRACES_MESSAGE)
    asked, done = threading.Event(), threading.Event()
    url = f"ws{str(person.rooms.server.url).removeprefix('http')}/ws/echo"

    def talk() -> None:
        with connect(url) as connection:
            connection.send("hello")
            connection.recv()
            asked.set()
            done.wait(20)

    thread = threading.Thread(target=talk)
    thread.start()
    person.until(asked.is_set)
    person.until(lambda: lines(person) == [("/ws/echo", "101", "websockets", "–")])
    table = person.find(QTableView, names.TRACES_LIST)
    took = table.model().index(0, Column.MS)
    assert (table.model().index(0, Column.METHOD).data(), took.data()) == ("WS", "…")
    table.setFocus()
    person.press(Qt.Key.Key_Home)
    assert person.read(names.TRACE_ELAPSED) == "under way"
    done.set()
    person.until(lambda: not thread.is_alive())
    person.until(lambda: took.data() != "…")
    person.until(lambda: person.read(names.TRACE_ELAPSED) != "under way")


def test_that_no_flood_hides_what_looks_like_n_plus_one_and_an_emptied_list_does_not_name_it(person: Person) -> None:
    person.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    flood = [event for _ in range(3_000) for event in request("/health")]
    person.rooms.xray.on_bridge_events_arrived([*request("/users", statements=7), *flood])
    person.until(lambda: noticed(person) == "GET /users: 7 SQL statements look like N+1")
    person.click(names.TRACES_CLEAR)
    assert noticed(person) == ""
    person.rooms.xray.on_bridge_events_arrived(request("/health"))
    person.until(lambda: len(lines(person)) == 1)
    assert noticed(person) == ""
    person.undo()
    assert noticed(person) == "GET /users: 7 SQL statements look like N+1"
    assert person.focus == names.TRACES_LIST
