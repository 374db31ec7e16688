"""A person opens the program for the first time, sends, and sees both sides."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from urllib.parse import parse_qsl, urlsplit

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QTableView

from explorer.ui import names
from explorer.ui.models.xray_rows import RowKind
from explorer.ui.panels.xray_panel import XRayPanel
from tests.ports import free_port

from .conftest import CONTROL, Person

CREATE = "POST /items"
USER_ITEMS = "POST /users/{user_id}/items"


@pytest.fixture
def person(regular: Person) -> Person:
    """Return somebody at a desk that the tests here share; who needs a program of their own is a `newcomer`."""
    return regular


def names_in_database(person: Person) -> set[str]:
    with closing(sqlite3.connect(person.program.database)) as database:
        return {row[0] for row in database.execute("SELECT name FROM items")}


def headers(person: Person) -> dict[str, str]:
    model = person.find(QTableView, names.RESPONSE_HEADERS).model()
    return {model.index(row, 0).data().lower(): model.index(row, 1).data() for row in range(model.rowCount())}


def test_that_the_first_run_opens_on_get_items_and_one_key_sends_it(newcomer: Person) -> None:
    assert newcomer.read(names.REQUEST_URL) == f"{newcomer.rooms.server.url}/items"
    assert newcomer.focus == names.COMPOSE_SEND

    newcomer.send(lambda: newcomer.press(Qt.Key.Key_Space))

    assert newcomer.read(names.RESPONSE_STATUS) == "200 OK"
    assert re.fullmatch(r"[\d.]+ (ms|s)", newcomer.read(names.RESPONSE_ELAPSED))
    assert re.fullmatch(r"[\d.,]+ [kK]?B", newcomer.read(names.RESPONSE_SIZE))
    items = json.loads(newcomer.read(names.RESPONSE_PRETTY))
    assert {item["name"] for item in items} <= names_in_database(newcomer)
    assert len(items) > 1
    newcomer.choose_tab(names.RESPONSE_TABS, "raw")
    newcomer.until(lambda: newcomer.read(names.RESPONSE_RAW))
    assert json.loads(newcomer.read(names.RESPONSE_RAW)) == items


def test_that_the_xray_tells_the_way_there_and_back_of_the_request_that_was_sent(person: Person) -> None:
    person.send()

    titles = [stop.title for stop in person.stops]
    way = ("Client sends", "Socket", "Router", "list_items()", "Response sent", "Client receives")
    assert [title for title in titles if title in way] == list(way)
    assert not any(stop.failed for stop in person.stops)
    assert "no errors" in person.read(names.XRAY_AXIS)
    trace_id = person.find(QLabel, names.XRAY_TRACE).toolTip().rpartition(" ")[2]
    sent = {name.lower(): value for name, value in person.last_exchange.request.headers}
    assert sent["traceparent"].split("-")[1] == trace_id
    assert person.read(names.XRAY_TRACE) == f"trace {trace_id[:6]}"


def test_that_headers_are_shown_as_they_came(person: Person) -> None:
    person.send(lambda: person.click(names.COMPOSE_SEND))
    person.choose_tab(names.RESPONSE_TABS, "headers")

    assert person.sees(names.RESPONSE_HEADERS)
    assert headers(person)["content-type"] == "application/json"


def test_that_a_json_body_becomes_a_row_in_the_database(person: Person) -> None:
    person.choose(CREATE)
    person.write(names.REQUEST_BODY, '{"name": "Folding bicycle", "price": 499.5}')
    person.send()

    assert person.read(names.RESPONSE_STATUS) == "201 Created"
    assert json.loads(person.read(names.RESPONSE_PRETTY))["name"] == "Folding bicycle"
    assert "Folding bicycle" in names_in_database(person)
    assert "create_item()" in [stop.title for stop in person.stops]


def test_that_hints_warn_of_a_wrong_body_and_it_can_be_sent_all_the_same(person: Person) -> None:
    person.choose(USER_ITEMS)
    person.write(names.PARAMETER_VALUE.format(location="path", name="user_id"), "0")
    person.write(names.REQUEST_BODY, '{"title": "Desk lamp", "price": "cheap"}')
    hint = names.PARAMETER_HINT.format(location="path", name="user_id")
    person.until(lambda: person.sees(hint))
    person.until(lambda: "problem" in person.read(names.REQUEST_BODY_VERDICT))
    person.send()

    assert person.read(names.RESPONSE_STATUS).startswith("422 ")
    person.choose_tab(names.RESPONSE_TABS, "pretty")
    wrong = {tuple(error["loc"]) for error in json.loads(person.read(names.RESPONSE_PRETTY))["detail"]}
    assert {("path", "user_id"), ("body", "price")} <= wrong


def test_that_a_path_that_no_route_knows_stops_at_the_router(person: Person) -> None:
    person.press(Qt.Key.Key_L, CONTROL)
    assert person.focus == names.REQUEST_URL
    person.write(names.REQUEST_URL, f"{person.rooms.server.url}/no/such/path")
    person.send(lambda: person.press(Qt.Key.Key_Return))

    assert person.read(names.RESPONSE_STATUS) == "404 Not Found"
    failed = [stop.title for stop in person.stops if stop.failed]
    assert failed == ["Router"]
    assert "Router" in person.read(names.XRAY_AXIS)


def test_that_url_and_form_follow_each_other(person: Person) -> None:
    limit = names.PARAMETER_VALUE.format(location="query", name="limit")
    person.write(limit, "3")
    assert person.read(names.REQUEST_URL) == f"{person.rooms.server.url}/items?limit=3"

    person.write(names.REQUEST_URL, f"{person.rooms.server.url}/items?limit=2&skip=1")
    assert person.read(limit) == "2"
    person.send()

    assert len(json.loads(person.read(names.RESPONSE_PRETTY))) == 2
    assert set(parse_qsl(urlsplit(person.last_exchange.request.url).query)) == {("limit", "2"), ("skip", "1")}


def test_that_a_url_with_another_address_goes_there(person: Person) -> None:
    elsewhere = f"http://127.0.0.1:{free_port()}/items"
    person.write(names.REQUEST_URL, elsewhere)
    person.send(lambda: person.press(Qt.Key.Key_Return))
    assert person.read(names.RESPONSE_STATUS) == "No response"
    assert "Nothing listens on" in person.read(names.RESPONSE_FAILURE)
    assert [stop.title for stop in person.stops if stop.failed] == ["Client sends"]
    rows = person.find(XRayPanel, names.XRAY_PANEL).model.rows
    assert [row.title for row in rows if row.kind is RowKind.DETAIL] == ["ConnectError"]

    assert person.read(names.REQUEST_URL) == elsewhere
    person.click(names.REQUEST_NOTICE_ACTION)
    assert person.read(names.REQUEST_URL) == f"{person.rooms.server.url}/items"
    person.send()
    assert person.read(names.RESPONSE_STATUS) == "200 OK"


def test_that_an_address_as_a_value_is_shown_behind_ours(person: Person) -> None:
    person.choose("GET /items/search")
    person.write(names.PARAMETER_VALUE.format(location="query", name="text"), "http://x")
    assert person.read(names.REQUEST_URL) == f"{person.rooms.server.url}/items/search?text=http://x"


def test_that_each_operation_keeps_what_was_typed_into_it(person: Person) -> None:
    limit = names.PARAMETER_VALUE.format(location="query", name="limit")
    person.write(limit, "3")
    person.choose(CREATE)
    person.write(names.REQUEST_BODY, '{"name": "Kettle"')
    person.choose("GET /items")
    assert person.read(limit) == "3"
    person.choose(CREATE)
    assert person.read(names.REQUEST_BODY) == '{"name": "Kettle"'


def test_that_the_filter_finds_an_operation_from_the_keyboard(person: Person) -> None:
    person.press(Qt.Key.Key_Slash)
    assert person.focus == names.OPERATIONS_FILTER
    person.write(names.OPERATIONS_FILTER, "health")
    person.press(Qt.Key.Key_Return)
    assert person.read(names.REQUEST_URL).endswith("/health")
    person.send()
    assert person.read(names.RESPONSE_STATUS) == "200 OK"


def test_that_requests_from_elsewhere_are_timed_too(newcomer: Person) -> None:
    assert not newcomer.sees(names.STATUS_LAST)
    newcomer.request("/health")
    newcomer.until(lambda: newcomer.sees(names.STATUS_LAST) and newcomer.sees(names.STATUS_P95))
    assert newcomer.read(names.STATUS_REQUESTS) == "1 request"


def test_that_requests_from_elsewhere_are_counted_but_do_not_take_the_place_of_ours(newcomer: Person) -> None:
    newcomer.send()
    trace = newcomer.read(names.XRAY_TRACE)
    newcomer.request("/health")
    newcomer.until(lambda: newcomer.read(names.STATUS_REQUESTS) == "2 requests")
    assert newcomer.read(names.XRAY_TRACE) == trace


def test_that_url_and_response_can_be_copied(person: Person) -> None:
    person.send()
    person.click(names.REQUEST_COPY_URL)
    assert QApplication.clipboard().text() == person.read(names.REQUEST_URL)
    person.click(names.RESPONSE_COPY)
    assert json.loads(QApplication.clipboard().text()) == json.loads(person.read(names.RESPONSE_PRETTY))
