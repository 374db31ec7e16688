"""What other clients can or cannot compose and send, one promise a test, each through the window to a real server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit

from explorer.openapi.operations import Location
from explorer.ui import names
from explorer.ui.widgets.segmented import Segmented

from .conftest import Person

PARAMETERS = "GET /parameters/{place}"


def value(location: Location, name: str) -> str:
    return names.PARAMETER_VALUE.format(location=location, name=name)


def answer(person: Person) -> Any:
    """Return the body of the last answer, as the person reads it."""
    return json.loads(person.read(names.RESPONSE_PRETTY))


def test_that_rows_of_path_query_header_and_cookie_are_sent_and_keys_repeat(trier: Person) -> None:
    trier.choose(PARAMETERS)
    trier.write(value(Location.PATH, "place"), "south, north")
    trier.write(value(Location.QUERY, "tag"), "a=b")
    trier.click(names.PARAMETER_ADD.format(location="query", name="tag"))
    trier.write(value(Location.QUERY, "tag.1"), "two words")
    trier.write(value(Location.HEADER, "x-token"), "t")
    trier.write(value(Location.COOKIE, "visits"), "7")
    trier.send()

    expected = {"place": "south, north", "tag": ["a=b", "two words"], "x_token": "t", "visits": 7}
    assert answer(trier).items() >= expected.items()


def test_that_a_row_switched_off_keeps_its_text_and_is_not_sent(trier: Person) -> None:
    trier.choose(PARAMETERS)
    trier.write(value(Location.PATH, "place"), "here")
    trier.write(value(Location.QUERY, "limit"), "7")
    trier.find(QAbstractButton, names.PARAMETER_ENABLED.format(location="query", name="limit")).click()
    trier.send()

    assert answer(trier)["limit"] == 10
    assert trier.read(value(Location.QUERY, "limit")) == "7"
    assert trier.last_exchange.request.url.endswith("/parameters/here")


def test_that_form_arrays_are_repeated_keys(trier: Person) -> None:
    trier.choose("POST /tags")
    trier.write(names.ROW_VALUE.format(index=0), "red")
    trier.click(names.ROW_MORE.format(index=0))
    trier.write(names.ROW_VALUE.format(index=1), "dark green")
    trier.send()

    assert answer(trier) == ["red", "dark green"]


def test_that_headers_which_documentation_pages_drop_are_sent(trier: Person) -> None:
    trier.choose("GET /declared-headers")
    trier.write(value(Location.HEADER, "authorization"), "Custom 123")
    trier.write(value(Location.HEADER, "accept"), "text/x-lamp")
    trier.write(value(Location.HEADER, "content-type"), "text/x-shade")
    trier.send()

    assert answer(trier) == {"authorization": "Custom 123", "accept": "text/x-lamp", "content_type": "text/x-shade"}


def test_that_invalid_input_is_sent_on_purpose(trier: Person) -> None:
    trier.choose(PARAMETERS)
    trier.write(value(Location.PATH, "place"), "here")
    trier.write(value(Location.QUERY, "limit"), "0")
    trier.until(lambda: trier.sees(names.PARAMETER_HINT.format(location="query", name="limit")))
    trier.send()

    assert trier.read(names.RESPONSE_STATUS).startswith("422 ")


def test_that_a_nested_body_is_filled_in_as_a_form(trier: Person) -> None:
    trier.choose("POST /orders")
    show_form(trier)
    trier.write(names.BODY_VALUE.format(path="customer"), "Ada")
    trier.write(names.BODY_VALUE.format(path="address.street"), "Kiln Lane 1")
    trier.write(names.BODY_VALUE.format(path="lines.0"), "3")
    trier.click(names.BODY_ADD.format(path="lines"))
    trier.write(names.BODY_VALUE.format(path="lines.1"), "4")
    trier.send()

    order = answer(trier)
    assert order["customer"] == "Ada"
    assert order["address"]["street"] == "Kiln Lane 1"
    assert order["lines"] == [3, 4]


def test_that_a_body_goes_with_get_after_a_word_of_warning(trier: Person) -> None:
    trier.choose("GET /search")
    assert "GET" in trier.read(names.REQUEST_SERVER)
    trier.write(names.REQUEST_BODY, '{"id": 5, "name": "Kettle"}')
    trier.send()

    assert answer(trier) == {"id": 5, "name": "Kettle"}


def test_that_several_files_go_under_one_name(trier: Person, tmp_path: Path) -> None:
    for name, size in (("a.txt", 3), ("b.bin", 70_000)):
        (tmp_path / name).write_bytes(b"x" * size)
    trier.choose("POST /many-files")
    choose_files(trier, 0, tmp_path / "a.txt", tmp_path / "b.bin")
    trier.send()

    assert answer(trier) == [["a.txt", 3], ["b.bin", 70_000]]


def test_that_a_file_that_may_be_left_out_is_left_out(trier: Person) -> None:
    trier.choose("POST /optional-file")
    trier.write(names.ROW_VALUE.format(index=0), "hello")
    trier.send()

    assert answer(trier) == "hello: none"


def show_form(person: Person) -> None:
    view = person.find(Segmented, names.REQUEST_BODY_VIEW)
    view.findChildren(QAbstractButton)[0].click()
    person.until(lambda: person.sees(names.REQUEST_BODY_FORM))


def choose_files(person: Person, row: int, *paths: Path) -> None:
    """Name files in the dialog that the row's button opens."""
    person.click(names.ROW_FILE.format(index=row))
    person.until(lambda: person.window.findChild(QFileDialog, names.REQUEST_FILE_DIALOG) is not None)
    dialog = person.find(QFileDialog, names.REQUEST_FILE_DIALOG)
    line = dialog.findChild(QLineEdit)
    assert line is not None
    line.setText(" ".join(f'"{path}"' for path in paths))
    dialog.accept()
