"""Several requests side by side: each with its own draft, its own answer, its own X-ray, and its own way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from explorer.client.draft import Auth, AuthKind, RequestDraft, Value
from explorer.client.exchange import Exchange
from explorer.openapi.operations import Location
from explorer.trace.events import CONNECTION, STARTED, RawEvent
from explorer.ui import names

from .conftest import CONTROL, SHIFT, Person, Start
from .workshop import Workshop

LIMIT = names.PARAMETER_VALUE.format(location="query", name="limit")
KEY = Qt.Key
PASSWORD = "ada in the shop"


@pytest.fixture
def person(regular: Person) -> Person:
    """Return somebody at a desk that the tests here share; who needs a program of their own is a `newcomer`."""
    return regular


def begin(person: Person, workshop: Workshop, operation: str) -> None:
    """Send, and do not wait for the answer."""
    workshop.arrived.clear()
    person.choose(operation)
    person.press(KEY.Key_Return, CONTROL)
    person.until(workshop.arrived.is_set)


def strangers(batch: int) -> list[RawEvent]:
    """Return the first events of 100 requests from elsewhere."""
    return [(f"{batch * 100 + number:032x}", 1, 1, CONNECTION, STARTED, 1, 0, "socket", {}) for number in range(100)]


# --- the tree and the tabs --------------------------------------------------------------------------------------------


def test_that_an_operation_takes_the_place_of_one_that_nobody_touched(person: Person) -> None:
    assert person.open_requests == ["[GET /items]"]
    person.choose("GET /health")
    person.choose("POST /items")
    assert person.open_requests == ["[POST /items]"]


def test_that_a_request_that_was_changed_or_sent_stays_beside_the_next_one(person: Person) -> None:
    person.write(LIMIT, "3")
    person.choose("GET /health")
    person.send()
    person.choose("POST /items")
    assert person.open_requests == [
        "GET /items, not sent as it is now",
        "GET /health, last answer 200",
        "[POST /items]",
    ]


def test_that_an_operation_that_is_open_is_shown_and_the_tree_follows_the_tabs(person: Person) -> None:
    person.write(LIMIT, "3")
    person.choose("POST /items")
    person.choose("GET /items")
    assert [text.startswith("[") for text in person.open_requests] == [True, False]
    assert person.read(LIMIT) == "3"

    person.choose_request(1)
    assert person.rooms.room.operations.chosen == "POST /items"
    person.press(KEY.Key_N, CONTROL)
    assert person.rooms.room.operations.chosen == ""


# --- keys -------------------------------------------------------------------------------------------------------------


def test_that_requests_are_opened_closed_and_brought_back_by_keys(person: Person) -> None:
    person.write(LIMIT, "3")
    person.press(KEY.Key_D, CONTROL)
    person.write(LIMIT, "4")
    assert person.open_requests == ["GET /items, not sent as it is now", "[GET /items, not sent as it is now]"]
    person.press(KEY.Key_Tab, CONTROL)
    assert person.read(LIMIT) == "3"
    person.press(KEY.Key_PageUp, CONTROL)
    assert person.read(LIMIT) == "4"

    person.press(KEY.Key_W, CONTROL)
    assert person.open_requests == ["[GET /items, not sent as it is now]"]
    assert person.read(LIMIT) == "3"
    assert person.read(names.STATUS_UNDO_TEXT) == "Closed GET /items."
    person.undo()
    assert person.read(LIMIT) == "4"
    assert person.focus == names.OPEN_REQUESTS_TABS
    person.press(KEY.Key_W, CONTROL)
    assert person.sees(names.STATUS_UNDO)
    person.press(KEY.Key_T, CONTROL | SHIFT)
    assert person.read(LIMIT) == "4"
    assert not person.sees(names.STATUS_UNDO), "it was taken back already"
    person.press(KEY.Key_PageUp, CONTROL | SHIFT)
    assert [text.startswith("[") for text in person.open_requests] == [True, False]


def test_that_behind_the_last_request_a_blank_one_opens(person: Person) -> None:
    person.press(KEY.Key_W, CONTROL)
    assert person.open_requests == ["[GET New request]"]
    person.press(KEY.Key_W, CONTROL)
    assert person.open_requests == ["[GET New request]"]
    person.press(KEY.Key_T, CONTROL | SHIFT)
    assert person.open_requests[-1] == "[GET /items]"


def test_that_the_keyboard_stays_in_the_same_field_of_the_other_request(person: Person) -> None:
    person.write(LIMIT, "3")
    person.press(KEY.Key_D, CONTROL)
    assert person.focus == LIMIT
    person.press(KEY.Key_N, CONTROL)
    assert person.focus == names.REQUEST_URL
    person.press(KEY.Key_Tab, CONTROL | SHIFT)
    person.find(QWidget, LIMIT).setFocus()
    person.press(KEY.Key_Tab, CONTROL)  # the blank request has no such field
    assert person.focus == names.OPEN_REQUESTS_TABS


# --- a request begun by hand ------------------------------------------------------------------------------------------


def test_that_a_request_can_be_typed_that_no_operation_asked_for(person: Person) -> None:
    person.press(KEY.Key_N, CONTROL)
    person.write(names.REQUEST_URL, f"{person.rooms.server.url}/items?limit=2&nonsense")
    person.send(lambda: person.press(KEY.Key_Return))

    assert person.last_exchange.request.url.endswith("/items?limit=2&nonsense")
    assert len(json.loads(person.read(names.RESPONSE_PRETTY))) == 2
    assert person.open_requests == ["GET /items", "[GET /items, last answer 200]"]


def test_that_a_pasted_curl_command_fills_a_request_and_leaves_what_was_typed(person: Person) -> None:
    person.write(LIMIT, "3")
    body = '{"name": "Sledge", "price": 5}'
    command = f"curl '{person.rooms.server.url}/items' \\\n  -H 'X-Extra: 1' \\\n  --json '{body}'"
    QApplication.clipboard().setText(command)
    person.press(KEY.Key_L, CONTROL)
    person.press(KEY.Key_V, CONTROL)
    assert person.open_requests == ["GET /items, not sent as it is now", "[POST /items]"]
    assert json.loads(person.read(names.REQUEST_BODY)) == {"name": "Sledge", "price": 5}
    person.send()
    assert person.read(names.RESPONSE_STATUS) == "201 Created"
    assert ("X-Extra", "1") in person.last_exchange.request.headers
    person.choose_request(0)
    assert person.read(LIMIT) == "3"


def test_that_a_pasted_address_goes_into_the_form_and_a_broken_command_is_said(person: Person) -> None:
    QApplication.clipboard().setText(f"{person.rooms.server.url}/items?limit=4")
    person.press(KEY.Key_L, CONTROL)
    person.press(KEY.Key_V, CONTROL)
    assert person.read(LIMIT) == "4"
    assert len(person.open_requests) == 1
    QApplication.clipboard().setText("curl -d 'half of it")
    person.press(KEY.Key_L, CONTROL)
    person.press(KEY.Key_V, CONTROL)
    assert person.sees(names.NOTICE_TEXT.format(kind="message"))
    assert person.read(LIMIT) == "4"
    QApplication.clipboard().setText(f"{person.rooms.server.url}/items?limit=5")
    person.press(KEY.Key_L, CONTROL)
    person.press(KEY.Key_V, CONTROL)
    assert person.read(LIMIT) == "5"
    assert not person.sees(names.NOTICE_TEXT.format(kind="message"))


# --- sending ----------------------------------------------------------------------------------------------------------


def test_that_each_request_keeps_its_own_answer_and_xray(person: Person) -> None:
    person.send()
    first = person.read(names.RESPONSE_PRETTY), person.read(names.XRAY_TRACE)
    person.choose("GET /health")
    assert person.sees(names.RESPONSE_MESSAGE)  # nothing was sent here
    assert person.read(names.XRAY_TRACE) == ""
    person.send()
    second = person.read(names.RESPONSE_PRETTY), person.read(names.XRAY_TRACE)

    person.press(KEY.Key_Tab, CONTROL)
    assert (person.read(names.RESPONSE_PRETTY), person.read(names.XRAY_TRACE)) == first
    assert "list_items()" in [stop.title for stop in person.stops]
    person.press(KEY.Key_Tab, CONTROL)
    assert (person.read(names.RESPONSE_PRETTY), person.read(names.XRAY_TRACE)) == second


def test_that_an_xray_is_still_there_after_hundreds_of_requests_from_elsewhere(person: Person) -> None:
    person.send()
    trace = person.read(names.XRAY_TRACE)
    person.choose("GET /health")
    for batch in range(6):
        person.rooms.xray.traces.add(strangers(batch))
    person.press(KEY.Key_Tab, CONTROL)
    person.choose("GET /items")
    assert person.read(names.XRAY_TRACE) == trace
    assert len(person.stops) > 5


def test_that_several_requests_are_under_way_at_once_and_cancel_stops_the_one_in_front(
    visitor: Person, workshop: Workshop
) -> None:
    begin(visitor, workshop, "GET /thread")
    begin(visitor, workshop, "GET /open")
    visitor.choose("GET /hello")
    visitor.send()
    assert visitor.read(names.RESPONSE_STATUS) == "200 OK"
    assert visitor.open_requests == [
        "GET /thread, under way",
        "GET /open, under way",
        "[GET /hello, last answer 200]",
    ]

    visitor.choose_request(1)
    visitor.until(lambda: visitor.read(names.COMPOSE_SEND) == "Cancel")
    visitor.press(KEY.Key_Escape)
    visitor.until(workshop.gone.is_set)
    visitor.until(lambda: visitor.open_requests[1] == "[GET /open, stopped]")
    assert visitor.open_requests[0] == "GET /thread, under way"
    assert visitor.read(names.COMPOSE_SEND) == "Send"

    workshop.release()
    visitor.until(lambda: visitor.open_requests[0] == "GET /thread, last answer 200")
    assert visitor.read(names.RESPONSE_STATUS) == "Cancelled"  # the answer of another one does not come in between
    visitor.choose_request(0)
    assert visitor.read(names.RESPONSE_STATUS) == "200 OK"


def test_that_the_time_so_far_is_that_of_the_request_in_front(visitor: Person, workshop: Workshop) -> None:
    begin(visitor, workshop, "GET /open")
    visitor.until(lambda: visitor.read(names.COMPOSE_SEND) == "Cancel")
    visitor.choose("GET /hello")
    assert visitor.read(names.COMPOSE_SEND) == "Send"
    visitor.choose_request(0)
    visitor.until(lambda: visitor.read(names.COMPOSE_SEND) == "Cancel")
    visitor.press(KEY.Key_Escape)
    visitor.until(lambda: visitor.sees(names.RESPONSE_FAILURE))


def test_that_an_error_of_a_422_leads_to_the_field_of_its_request(person: Person) -> None:
    person.write(LIMIT, "many")
    person.send()
    assert person.read(names.RESPONSE_STATUS).startswith("422")
    person.rooms.room.response.error_activated.emit(("query", "limit"))
    assert person.focus == LIMIT


def test_that_closing_a_request_under_way_cancels_it(visitor: Person, workshop: Workshop) -> None:
    begin(visitor, workshop, "GET /open")
    visitor.press(KEY.Key_W, CONTROL)
    visitor.until(workshop.gone.is_set)
    visitor.until(lambda: not visitor.rooms.sending._under_way)
    assert visitor.open_requests == ["[GET New request]"]


def test_that_a_request_closed_in_the_moment_it_is_sent_ends_too(visitor: Person) -> None:
    visitor.choose("GET /open")
    visitor.rooms.sending.send()
    visitor.rooms.room.open_requests.close_current()
    visitor.until(lambda: not visitor.rooms.sending._under_way)
    visitor.choose("GET /hello")
    visitor.send()
    assert visitor.read(names.RESPONSE_STATUS) == "200 OK"


def test_that_a_dot_says_what_was_changed_since_it_was_sent(person: Person) -> None:
    person.write(LIMIT, "3")
    person.send()
    assert person.open_requests == ["[GET /items, last answer 200]"]
    person.write(LIMIT, "4")
    assert person.open_requests == ["[GET /items, not sent as it is now, last answer 200]"]
    person.write(LIMIT, "3")
    assert person.open_requests == ["[GET /items, last answer 200]"]


# --- the next start ---------------------------------------------------------------------------------------------------


def test_that_all_open_requests_are_there_again_in_their_order(start: Start) -> None:
    first = start()
    first.until_ready()
    first.write(LIMIT, "3")
    first.choose("POST /items")
    first.write(names.REQUEST_BODY, '{"name": "Sledge"}')
    first.press(KEY.Key_D, CONTROL)
    first.write(names.REQUEST_BODY, '{"name": "Ice skates"}')
    first.press(KEY.Key_N, CONTROL)
    first.write(names.REQUEST_URL, "/no/such/path?x=1")
    first.press(KEY.Key_Tab, CONTROL | SHIFT)
    there = first.open_requests
    assert first.leave() == 0

    again = start()
    again.until_ready()
    assert again.open_requests == there
    assert again.read(names.REQUEST_BODY) == '{"name": "Ice skates"}'
    again.choose_request(1)
    assert again.read(names.REQUEST_BODY) == '{"name": "Sledge"}'
    again.choose_request(3)
    assert again.read(names.REQUEST_URL) == f"{again.rooms.server.url}/no/such/path?x=1"
    again.press(KEY.Key_W, CONTROL)
    assert again.leave() == 0

    third = start()
    third.until_ready()
    third.press(KEY.Key_T, CONTROL | SHIFT)
    assert third.read(names.REQUEST_URL) == f"{third.rooms.server.url}/no/such/path?x=1"


def test_that_the_drafts_of_the_first_version_are_taken_over(start: Start, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    old = {"method": "POST", "path": "/items", "values": [], "body": "Half a thought", "media_type": "application/json"}
    (data / "drafts.json").write_text(json.dumps({"version": 1, "data": {"by_operation": {"POST /items": old}}}))
    person = start(data=data)
    person.until_ready()
    assert person.open_requests == ["[GET /items]"]
    person.choose("POST /items")
    assert person.read(names.REQUEST_BODY) == "Half a thought"
    assert len(list(data.glob("drafts.json.version-1-*"))) == 1


def test_that_undo_does_not_bring_the_text_of_another_request(person: Person) -> None:
    person.choose("POST /items")
    person.write(names.REQUEST_BODY, "first")
    person.press(KEY.Key_D, CONTROL)
    person.write(names.REQUEST_BODY, "second")
    person.choose_request(0)
    person.find(QWidget, names.REQUEST_BODY).setFocus()
    person.press(KEY.Key_Z, CONTROL)
    assert person.read(names.REQUEST_BODY) == "first"
    person.choose_request(1)
    assert person.read(names.REQUEST_BODY) == "second"


def test_that_what_was_typed_can_be_seen_although_the_app_does_not_start(start: Start, tmp_path: Path) -> None:
    first = start()
    first.until_ready()
    first.write(LIMIT, "3")
    assert first.leave() == 0

    again = start(database=tmp_path)
    again.until(lambda: again.sees(names.NOTICE_TEXT.format(kind="server")))
    assert again.open_requests == ["[GET /items, not sent as it is now]"]
    again.until(lambda: again.read(names.REQUEST_URL).endswith("/items?limit=3"))


@pytest.mark.parametrize("open_it", [True, False])
def test_that_a_draft_from_elsewhere_opens_exactly(person: Person, *, open_it: bool) -> None:
    values = (Value(location=Location.HEADER, name="X-Extra", text="1"),)
    path = "/items" if open_it else "/nowhere"
    draft = RequestDraft(method="GET", path=path, values=values, url_override=None)
    person.rooms.compose.open_draft(draft)
    person.send()
    assert ("X-Extra", "1") in person.last_exchange.request.headers
    assert person.open_requests[0] == "GET /items"
    assert person.open_requests[1].startswith(f"[GET {path}, last answer")


# --- logging in -------------------------------------------------------------------------------------------------------


def login(password: str, *values: Value) -> RequestDraft:
    auth = Auth(kind=AuthKind.OAUTH2_PASSWORD, username="ada@example.com", password=password, token_url="/token")
    return RequestDraft(method="GET", path="/account/token", auth=auth, values=values)


def test_that_a_token_is_asked_for_once_before_the_request_that_needs_it(newcomer: Person) -> None:
    newcomer.rooms.compose.open_draft(login(PASSWORD))
    newcomer.send()
    assert newcomer.read(names.RESPONSE_STATUS) == "200 OK"
    first = dict(newcomer.last_exchange.request.headers)["Authorization"]
    assert first.startswith("Bearer ")
    newcomer.until(lambda: newcomer.read(names.STATUS_REQUESTS) == "2 requests")
    newcomer.send()
    newcomer.until(lambda: newcomer.read(names.STATUS_REQUESTS) == "3 requests")
    assert dict(newcomer.last_exchange.request.headers)["Authorization"] == first


def test_that_a_refused_login_is_said_and_nothing_else_is_sent(newcomer: Person) -> None:
    newcomer.rooms.compose.open_draft(login("nobody knows"))
    kept: list[Exchange] = []
    newcomer.rooms.sending.exchanged.connect(lambda exchange, _draft: kept.append(exchange))
    newcomer.press(KEY.Key_Return, CONTROL)
    newcomer.until(lambda: newcomer.sees(names.RESPONSE_FAILURE))
    assert kept
    assert "nobody" not in repr(kept)  # what is kept of it holds no password
    assert "The server gave no token (40" in newcomer.read(names.RESPONSE_FAILURE)
    assert newcomer.open_requests[1] == "[GET /account/token, failed]"
    newcomer.until(lambda: newcomer.read(names.STATUS_REQUESTS) == "1 request")
    # The X-ray tells who refused.
    newcomer.until(lambda: any(stop.title == "Route create_token" for stop in newcomer.stops))


def test_that_an_authorization_header_written_by_hand_wins(person: Person) -> None:
    own = Value(location=Location.HEADER, name="Authorization", text="Bearer mine")
    person.rooms.compose.open_draft(login(PASSWORD, own))
    person.send()
    assert person.read(names.RESPONSE_STATUS).startswith("401")
    assert dict(person.last_exchange.request.headers)["Authorization"] == "Bearer mine"
