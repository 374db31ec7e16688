"""Reading answers in the whole window."""

import json
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QTableView, QTextBrowser

from explorer.ui import names

from .conftest import Person, Start
from .trial import Trial

USER_ITEMS = "POST /users/{user_id}/items"


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


@pytest.fixture
def trial() -> Iterator[Trial]:
    trial = Trial()
    yield trial
    trial.gate.set()


@pytest.fixture
def reader(start: Start, trial: Trial) -> Person:
    """Return somebody before an app that answers in every way."""
    person = start(make_server=trial.make_server)
    person.until_ready()
    return person


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
def test_that_a_stream_is_not_only_shown_at_its_end(reader: Person, trial: Trial, key: str, data: list[str]) -> None:
    begin(reader, key)
    reader.until(lambda: arrived(reader) == data[:1])
    assert reader.read(names.RESPONSE_STATUS) == "200 OK"
    trial.gate.set()
    reader.until(lambda: arrived(reader) == data)


def test_that_cancelling_a_stream_keeps_what_came_and_the_server_sees_it(reader: Person, trial: Trial) -> None:
    begin(reader, "GET /sse")
    reader.until(lambda: arrived(reader) == ["0"])
    reader.until(lambda: reader.read(names.COMPOSE_SEND) == "Cancel")
    reader.press(Qt.Key.Key_Escape)
    reader.until(lambda: reader.sees(names.RESPONSE_PROBLEM))
    assert arrived(reader) == ["0"]
    assert "You stopped this request" in reader.read(names.RESPONSE_PROBLEM)
    reader.until(trial.gone.is_set)


def test_that_redirects_are_not_followed_invisibly(reader: Person) -> None:
    reader.choose("GET /hops/{left}")
    reader.write(names.PARAMETER_VALUE.format(location="path", name="left"), "2")
    reader.send()
    assert reader.find(QPushButton, names.RESPONSE_HOPS).accessibleName() == "3 redirects followed"
    reader.choose_tab(names.RESPONSE_TABS, "redirects")
    addresses = rows(reader, names.RESPONSE_REDIRECTS, 1)
    assert [address.rpartition("/")[2] for address in addresses] == ["2", "1", "0", "cookies"]
    assert rows(reader, names.RESPONSE_REDIRECTS, 2)[0] == "307 Temporary Redirect"
    assert "/hops/1" in rows(reader, names.RESPONSE_REDIRECT_HEADERS, 1)


def test_that_set_cookie_is_not_hidden(reader: Person) -> None:
    reader.choose("POST /cookies")
    reader.send()
    reader.choose_tab(names.RESPONSE_TABS, "cookies")
    assert rows(reader, names.RESPONSE_COOKIES, 0) == ["flavour", "theme"]
    assert "hidden from scripts" in reader.read(names.RESPONSE_COOKIE_MEANING)


def test_that_a_page_is_seen_and_loads_nothing(reader: Person) -> None:
    reader.choose("GET /page")
    reader.send()
    reader.choose_tab(names.RESPONSE_TABS, "preview")
    page = reader.find(QTextBrowser, names.RESPONSE_PREVIEW_TEXT)
    reader.until(page.isVisible)
    assert page.toPlainText().startswith("Hello")


def test_that_a_picture_is_seen_at_once(reader: Person) -> None:
    reader.choose("GET /pixel")
    reader.send()
    reader.until(lambda: reader.sees(names.RESPONSE_PREVIEW_PICTURE))
    assert reader.read(names.RESPONSE_PREVIEW_NOTE).startswith("1 × 1 pixels, PNG")


def test_that_an_answer_other_than_promised_is_told(reader: Person) -> None:
    reader.choose("GET /broken-promise")
    reader.send()
    verdict = reader.find(QPushButton, names.RESPONSE_VERDICT)
    reader.until(lambda: "to Item" in verdict.accessibleName())
    verdict.click()
    assert "response › id" in rows(reader, names.RESPONSE_DIFFERENCES, 0)
