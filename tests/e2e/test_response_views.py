"""Reading answers in the whole window."""

import json

from PySide6.QtWidgets import QApplication, QPushButton, QTableView

from explorer.ui import names

from .conftest import Person

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
