"""What was sent is there tomorrow, and opens exactly as it was."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QPushButton, QWidget

from explorer.client.draft import RequestDraft, Value
from explorer.openapi.operations import Location
from explorer.ui import names
from explorer.ui.models.history_model import HistoryRole

from .conftest import CONTROL, Person, Start

ITEM = "GET /items/{item_id}"
ITEM_ID = names.PARAMETER_VALUE.format(location="path", name="item_id")


def rows(person: Person) -> list[str]:
    model = person.find(QListView, names.HISTORY_LIST).model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def open_row(person: Person, row: int) -> None:
    view = person.find(QListView, names.HISTORY_LIST)
    view.setCurrentIndex(view.model().index(row, 0))
    view.setFocus()
    person.until(view.hasFocus)
    person.press(Qt.Key.Key_Return)


def test_that_what_was_sent_opens_after_a_restart_with_its_answer(start: Start, tmp_path: Path) -> None:
    first = start(data=tmp_path / "kept")
    first.until_ready()
    first.choose(ITEM)
    first.write(ITEM_ID, "3")
    first.send()
    answer = first.read(names.RESPONSE_PRETTY)
    first.until(lambda: rows(first) == ["GET /items/3"])
    first.write(ITEM_ID, "4")
    first.leave()

    second = start(data=tmp_path / "kept")
    second.until_ready()
    second.until(lambda: rows(second) == ["GET /items/3"])
    open_row(second, 0)

    second.until(lambda: second.read(names.RESPONSE_PRETTY) == answer)
    assert second.read(ITEM_ID) == "3"
    assert second.read(names.RESPONSE_STATUS) == "200 OK"


def test_that_a_clock_that_is_set_changes_neither_order_nor_durations(start: Start) -> None:
    clock = [1_750_000_000.0]
    person = start(clock=lambda: clock[0])
    person.until_ready()
    person.choose(ITEM)
    for number, day in enumerate((0, -86_400, 86_400, 0)):
        clock[0] = 1_750_000_000.0 + day
        person.write(ITEM_ID, str(number))
        person.send()
        assert 0 < person.last_exchange.elapsed_ns < 60_000_000_000
        assert person.last_exchange.sent_at == clock[0]
    newest_first = [f"GET /items/{number}" for number in (3, 2, 1, 0)]
    person.until(lambda: rows(person) == newest_first)
    person.write(names.HISTORY_FILTER, "items")
    person.until(lambda: rows(person) == newest_first)
    assert not person.read(names.STATUS_SERVER).startswith("-")
    assert "up 00:0" in person.read(names.STATUS_SERVER)


def test_that_history_is_searched_and_cleared_and_brought_back(start: Start) -> None:
    person = start()
    person.until_ready()
    person.send()
    person.choose(ITEM)
    person.send()
    person.until(lambda: len(rows(person)) == 2)

    person.write(names.HISTORY_FILTER, "item_id")
    person.until(lambda: len(rows(person)) == 1)
    model = person.find(QListView, names.HISTORY_LIST).model()
    assert model.index(0, 0).data(HistoryRole.STATUS) == "200"

    person.write(names.HISTORY_FILTER, "")
    person.click(names.HISTORY_CLEAR)
    person.until(lambda: rows(person) == [])
    person.until(lambda: person.find(QPushButton, names.STATUS_UNDO).isVisible())
    person.undo()
    person.until(lambda: len(rows(person)) == 2)
    person.until(lambda: person.focus == names.HISTORY_LIST)

    person.click(names.HISTORY_CLEAR)
    person.until(lambda: person.sees(names.STATUS_UNDO))
    person.press(Qt.Key.Key_2, CONTROL)
    person.undo()
    person.until(lambda: len(rows(person)) == 2)
    assert person.focus.startswith("traces.")


def test_that_looking_through_the_history_opens_one_request_until_it_is_changed(start: Start) -> None:
    person = start()
    person.until_ready()
    person.send()
    person.choose(ITEM)
    person.write(ITEM_ID, "3")
    person.send()
    person.write(ITEM_ID, "4")
    person.send()
    person.until(lambda: len(rows(person)) == 3)
    there = len(person.open_requests)

    open_row(person, 0)
    person.until(lambda: len(person.open_requests) == there + 1)
    open_row(person, 1)
    person.until(lambda: person.read(ITEM_ID) == "3")
    assert len(person.open_requests) == there + 1
    person.write(ITEM_ID, "2")
    open_row(person, 2)
    person.until(lambda: len(person.open_requests) == there + 2)


def test_that_what_could_not_be_sent_is_kept_with_its_address_and_says_that_it_never_left(start: Start) -> None:
    person = start()
    person.until_ready()
    person.send()
    bad = Value(location=Location.HEADER, name="no name", text="x")
    person.rooms.compose.open_draft(RequestDraft(method="GET", path="/items", values=(bad,)))
    person.press(Qt.Key.Key_Return, CONTROL)
    person.until(lambda: rows(person) == ["GET /items", "GET /items"])

    parts = person.find(QWidget, names.RESPONSE_FAILURE).findChildren(QWidget)
    assert "The journey ended at stop 1 of 5: Prepare" in [part.accessibleName() for part in parts]
    assert person.read(names.XRAY_TRACE) == ""
