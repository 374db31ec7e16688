"""Reading answers in the whole window."""

import asyncio
import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QTableView, QTextBrowser

from explorer.ui import names
from explorer.ui.widgets.counted_tabs import CountedTabs

from .conftest import CONTROL, Person
from .trial import Trial

USER_ITEMS = "POST /users/{user_id}/items"


@pytest.fixture
def person(regular: Person) -> Person:
    """Return somebody at a desk that the tests here share; who needs a program of their own is a `newcomer`."""
    return regular


def test_that_an_answer_is_held_against_the_schema(person: Person) -> None:
    person.choose("GET /items")
    person.send()
    verdict = person.find(QPushButton, names.RESPONSE_VERDICT)
    person.until(verdict.isVisible)
    assert verdict.accessibleName().startswith("Matches ")


def test_that_an_error_of_the_server_leads_to_its_field(person: Person) -> None:
    person.choose(USER_ITEMS)
    person.write(names.PARAMETER_VALUE.format(location="path", name="user_id"), "0")
    person.send()
    table = person.find(QTableView, names.RESPONSE_ERRORS)
    assert table.isVisible()
    table.doubleClicked.emit(table.model().index(0, 0))
    person.until(lambda: person.focus == names.PARAMETER_VALUE.format(location="path", name="user_id"))


def test_that_a_request_can_be_copied_as_curl(person: Person) -> None:
    person.choose("GET /items")
    person.send()
    person.trigger(names.RESPONSE_MENU_ENTRY.format(entry="copy_curl"))
    assert QApplication.clipboard().text().startswith("curl ")
    assert "/items" in QApplication.clipboard().text()


def test_that_the_very_bytes_and_the_time_are_there(person: Person) -> None:
    person.choose("GET /items")
    person.send()
    person.choose_tab(names.RESPONSE_TABS, "wire")
    wire = person.read(names.RESPONSE_WIRE)
    assert wire.startswith("HTTP/1.1 200 OK«CR»«LF»")
    assert json.loads(wire.rpartition("«CR»«LF»\n")[2])
    person.choose_tab(names.RESPONSE_TABS, "timing")
    table = person.find(QTableView, names.RESPONSE_TIMING)
    labels = [table.model().index(row, 0).data() for row in range(table.model().rowCount())]
    assert labels[-3:] == ["Send", "Wait", "Receive"]


def rows(person: Person, name: str, column: int) -> list[str]:
    model = person.find(QTableView, name).model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def begin(person: Person, key: str) -> None:
    """Send, and do not wait for the end."""
    person.choose(key)
    person.click(names.COMPOSE_SEND)


def arrived(person: Person) -> list[str]:
    return rows(person, names.RESPONSE_EVENTS, 4) if person.sees(names.RESPONSE_EVENTS) else []


@pytest.mark.parametrize(
    ("key", "data"), [("GET /sse", ["0", "1", "2"]), ("GET /lines", ['{"row": 0}', '{"row": 1}', '{"row": 2}'])]
)
def test_that_a_stream_is_not_only_shown_at_its_end(trier: Person, trial: Trial, key: str, data: list[str]) -> None:
    begin(trier, key)
    trier.until(lambda: arrived(trier) == data[:1])
    assert trier.read(names.RESPONSE_STATUS) == "200 OK"
    trial.gate.set()
    trier.until(lambda: arrived(trier) == data)


def test_that_cancelling_a_stream_keeps_what_came_and_the_server_sees_it(trier: Person, trial: Trial) -> None:
    begin(trier, "GET /sse")
    trier.until(lambda: arrived(trier) == ["0"])
    trier.until(lambda: trier.read(names.COMPOSE_SEND) == "Cancel")
    trier.press(Qt.Key.Key_Escape)
    trier.until(lambda: trier.sees(names.RESPONSE_PROBLEM))
    assert arrived(trier) == ["0"]
    assert "You stopped this request" in trier.read(names.RESPONSE_PROBLEM)
    trier.until(trial.gone.is_set)


def test_that_redirects_are_not_followed_invisibly(trier: Person) -> None:
    trier.choose("GET /hops/{left}")
    trier.write(names.PARAMETER_VALUE.format(location="path", name="left"), "2")
    trier.send()
    assert trier.find(QPushButton, names.RESPONSE_HOPS).accessibleName() == "3 redirects followed"
    trier.choose_tab(names.RESPONSE_TABS, "redirects")
    addresses = rows(trier, names.RESPONSE_REDIRECTS, 1)
    assert [address.rpartition("/")[2] for address in addresses] == ["2", "1", "0", "cookies"]
    assert rows(trier, names.RESPONSE_REDIRECTS, 2)[0] == "307 Temporary Redirect"
    assert "/hops/1" in rows(trier, names.RESPONSE_REDIRECT_HEADERS, 1)


def test_that_set_cookie_is_not_hidden(trier: Person) -> None:
    trier.choose("POST /cookies")
    trier.send()
    trier.choose_tab(names.RESPONSE_TABS, "cookies")
    assert rows(trier, names.RESPONSE_COOKIES, 0) == ["flavour", "theme"]
    assert "hidden from scripts" in trier.read(names.RESPONSE_COOKIE_MEANING)


def test_that_a_page_is_seen_and_loads_nothing(trier: Person) -> None:
    trier.choose("GET /page")
    trier.send()
    trier.choose_tab(names.RESPONSE_TABS, "preview")
    page = trier.find(QTextBrowser, names.RESPONSE_PREVIEW_TEXT)
    trier.until(page.isVisible)
    assert page.toPlainText().startswith("Hello")


def test_that_a_picture_is_seen_at_once(trier: Person) -> None:
    trier.choose("GET /pixel")
    trier.send()
    trier.until(lambda: trier.sees(names.RESPONSE_PREVIEW_PICTURE))
    assert trier.read(names.RESPONSE_PREVIEW_NOTE).startswith("1 × 1 pixels, PNG")


def test_that_an_answer_other_than_promised_is_told(trier: Person) -> None:
    trier.choose("GET /broken-promise")
    trier.send()
    verdict = trier.find(QPushButton, names.RESPONSE_VERDICT)
    trier.until(lambda: "to Item" in verdict.accessibleName())
    verdict.click()
    assert "response › id" in rows(trier, names.RESPONSE_DIFFERENCES, 0)


def test_that_another_answer_and_a_second_stream_may_follow_a_stream(trier: Person, trial: Trial) -> None:
    trial.gate.set()
    trier.choose("GET /lines")
    trier.send()
    for target, kept in (("/items", "pretty"), ("/lines", "events")):
        trier.write(names.REQUEST_URL, target)
        trier.send()
        assert trier.find(CountedTabs, names.RESPONSE_TABS).chosen == kept


def test_that_a_request_may_be_closed_while_its_answer_is_still_judged(trier: Person) -> None:
    problems: list[str] = []
    closed: list[str] = []
    trier.program.errors.error_reported.connect(lambda sentence, _report: problems.append(sentence))
    requests = trier.rooms.compose.open_requests
    requests.closed.connect(closed.append)
    trier.choose("GET /items")
    trier.rooms.sending.exchanged.connect(lambda *_: requests.close(requests.requests.current))
    trier.press(Qt.Key.Key_Return, CONTROL)
    trier.until(lambda: closed)
    tasks = asyncio.all_tasks(trier.task.get_loop())
    trier.until(lambda: all(task.done() for task in tasks if task.get_name() == "check response"))
    trier.request("/items")  # what an error has to say takes one more turn of the loop
    assert problems == []
