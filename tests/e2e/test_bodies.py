"""Bodies of every kind, from the first key press to what the server saw."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QMenu, QWidget

from explorer.ui import names
from explorer.ui.widgets.body.media_box import MediaBox
from explorer.ui.widgets.segmented import Segmented

from .conftest import Person


@pytest.fixture
def customer(trier: Person) -> Person:
    """Return somebody who writes bodies as text until a test shows the form, before an app that tells what it saw."""
    trier.choose("POST /orders")
    trier.find(Segmented, names.REQUEST_BODY_VIEW).buttons[1].click()
    return trier


def show_form(person: Person) -> None:
    person.find(Segmented, names.REQUEST_BODY_VIEW).buttons[0].click()
    person.until(lambda: person.sees(names.REQUEST_BODY_FORM))
    person.until(lambda: not person.rooms.room.request.body.json_form.builder.busy)


def value(path: str) -> str:
    return names.BODY_VALUE.format(path=path)


def choose_from_menu(person: Person, button: str, label: str) -> None:
    person.click(button)
    menu = next(menu for menu in person.window.findChildren(QMenu) if menu.isVisible())
    next(action for action in menu.actions() if action.text().startswith(label)).trigger()
    menu.close()


def choose_files(person: Person, button: str, *files: Path) -> None:
    person.click(button)
    dialog = person.find(QFileDialog, names.REQUEST_FILE_DIALOG)
    dialog.filesSelected.emit([str(file) for file in files])
    dialog.close()
    person.window.activateWindow()
    person.find(QWidget, button).setFocus()


def answer(person: Person) -> Any:
    exchange = person.last_exchange
    assert exchange.response is not None
    return json.loads(exchange.response.body.read())


def sent(person: Person) -> bytes:
    return b"".join(person.last_exchange.request.content.chunks())


def test_that_a_nested_body_is_filled_in_as_a_form(customer: Person) -> None:
    customer.choose("POST /orders")
    show_form(customer)
    customer.write(value("customer"), "Ada")
    customer.write(value("address.street"), "Main Street 1")
    customer.write(value("lines.0"), "7")
    customer.click(names.BODY_ADD.format(path="lines"))
    customer.write(value("lines.1"), "8")
    members = customer.find(QComboBox, names.BODY_MEMBER.format(path="payment"))
    members.setCurrentText("Invoice")
    members.activated.emit(members.currentIndex())
    customer.send()
    assert customer.read(names.RESPONSE_STATUS) == "200 OK"
    order = answer(customer)
    assert (order["customer"], order["lines"]) == ("Ada", [7, 8])
    assert order["payment"] == {"kind": "invoice", "days": 30}, "the field that tells them apart was sent"


def test_that_an_optional_enum_keeps_its_drop_down_and_may_be_null(customer: Person) -> None:
    customer.choose("POST /orders")
    show_form(customer)
    sizes = customer.find(QComboBox, value("size"))
    assert [sizes.itemText(number) for number in range(sizes.count())] == ["small", "large"]
    customer.write(value("size"), "large")
    customer.send()
    assert answer(customer)["size"] == "large"
    choose_from_menu(customer, names.BODY_MENU.format(path="size"), "null")
    customer.send()
    assert answer(customer)["size"] is None


def test_that_nothing_is_lost_between_form_and_text(customer: Person) -> None:
    customer.choose("POST /seen")
    body = '{\n  "price": 1.50,   "extra": [ 1e2 ],\n\n  "name": "lamp" }'
    pick_media_type(customer, "JSON")
    customer.write(names.REQUEST_BODY, body)
    show_form(customer)
    customer.write(value("name"), "bulb")
    customer.send()
    assert answer(customer)["body"] == body.replace("lamp", "bulb")


def test_that_invalid_input_is_sent_on_purpose_and_the_answer_leads_back_to_its_field(customer: Person) -> None:
    customer.choose("POST /orders")
    show_form(customer)
    customer.write(value("lines.0"), "none")
    customer.until(lambda: customer.find(QWidget, value("lines.0")).property("state") == "invalid")
    customer.send()
    assert customer.read(names.RESPONSE_STATUS).startswith("422")
    loc = tuple(answer(customer)["detail"][0]["loc"])
    assert loc == ("body", "lines", 0)
    assert customer.rooms.room.request.focus_loc(loc)
    assert customer.focus == value("lines.0")


def test_that_form_arrays_travel_as_repeated_keys(customer: Person) -> None:
    customer.choose("POST /tags")
    customer.write(names.ROW_VALUE.format(index=0), "home")
    customer.click(names.ROW_MORE.format(index=0))
    customer.write(names.ROW_VALUE.format(index=1), "light")
    customer.send()
    assert sent(customer) == b"tags=home&tags=light"
    assert answer(customer) == ["home", "light"]


def test_that_a_list_of_upload_files_sends_several_files(customer: Person, tmp_path: Path) -> None:
    files = [tmp_path / "lamp.txt", tmp_path / "Stuhl ä.txt"]
    for size, file in enumerate(files, start=3):
        file.write_bytes(b"x" * size)
    customer.choose("POST /many-files")
    choose_files(customer, names.ROW_FILE.format(index=0), *files)
    customer.until(lambda: "lamp.txt · 3 B" in customer.read(names.ROW_FILE.format(index=0)))
    customer.send()
    assert answer(customer) == [["lamp.txt", 3], ["Stuhl ä.txt", 4]]


def test_that_an_optional_file_that_is_not_chosen_gives_no_422(customer: Person) -> None:
    customer.choose("POST /optional-file")
    customer.write(names.ROW_VALUE.format(index=0), "hello")
    customer.send()
    assert answer(customer) == "hello: none"


def test_that_a_file_is_sent_byte_for_byte(customer: Person, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_bytes(b"one\r\ntwo")
    customer.choose("POST /seen")
    pick_media_type(customer, "A file as it is")
    choose_files(customer, names.REQUEST_BODY_FILE, file)
    customer.send()
    assert answer(customer)["body"] == "one\r\ntwo"
    assert dict(answer(customer)["headers"])["content-type"] == "text/plain"


def test_that_all_rows_are_edited_as_text(customer: Person) -> None:
    customer.choose("POST /tags")
    customer.find(Segmented, names.REQUEST_BODY_ROWS_VIEW).buttons[1].click()
    customer.write(names.REQUEST_BODY_BULK, "tags: a\ntags: b\n# tags: c")
    customer.send()
    assert answer(customer) == ["a", "b"]
    customer.find(Segmented, names.REQUEST_BODY_ROWS_VIEW).buttons[0].click()
    assert customer.find(QWidget, names.ROW_ENABLED.format(index=2)).isVisible()


def pick_media_type(person: Person, label: str) -> None:
    box = person.find(MediaBox, names.REQUEST_BODY_MEDIA)
    number = next(n for n in range(box.count()) if box.itemText(n).startswith(label))
    box.setFocus(Qt.FocusReason.TabFocusReason)
    box.setCurrentIndex(number)
    box.activated.emit(number)
