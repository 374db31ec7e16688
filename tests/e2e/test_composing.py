"""What clients of this kind can compose and send, one promise a test; those of bodies stand in `test_bodies`."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

from explorer.openapi.operations import Location
from explorer.ui import names

from .conftest import Person, Start
from .trial import Trial

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


def test_that_a_body_goes_with_get_after_a_word_of_warning(trier: Person) -> None:
    trier.choose("GET /search")
    assert "GET" in trier.read(names.REQUEST_SERVER)
    trier.write(names.REQUEST_BODY, '{"id": 5, "name": "Kettle"}')
    trier.send()

    assert answer(trier) == {"id": 5, "name": "Kettle"}


def test_that_a_row_that_was_removed_can_be_had_back(trier: Person) -> None:
    trier.choose(PARAMETERS)
    trier.click(names.PARAMETERS_ADD.format(location="header"))
    trier.write(names.PARAMETER_NAME.format(location="header", name="+0"), "X-Lamp")
    trier.write(value(Location.HEADER, "+0"), "on")
    trier.find(QAbstractButton, names.PARAMETER_REMOVE.format(location="header", name="+0")).click()
    assert not trier.sees(value(Location.HEADER, "+0"))

    trier.undo()
    assert trier.read(value(Location.HEADER, "+0")) == "on"
    assert trier.focus == value(Location.HEADER, "+0")


def test_that_a_body_comes_back_whose_place_an_example_took(trier: Person) -> None:
    trier.choose("POST /orders")
    trier.write(names.REQUEST_BODY, '{"mine": 1}')
    trier.click(names.REQUEST_EXAMPLE)
    assert "customer" in trier.read(names.REQUEST_BODY)

    trier.undo()
    assert trier.read(names.REQUEST_BODY) == '{"mine": 1}'
    assert trier.focus == names.REQUEST_BODY


def test_that_an_added_row_comes_into_sight_where_the_window_is_low(start: Start, trial: Trial) -> None:
    person = start(make_server=trial.make_server, size=(1280, 720), zoom=150)
    person.until_ready()
    person.choose(PARAMETERS)
    person.send()
    person.find(QAbstractButton, names.PARAMETERS_ADD.format(location="header")).click()
    name = person.find(QLineEdit, names.PARAMETER_NAME.format(location="header", name="+0"))
    person.until(lambda: name.hasFocus() and name.visibleRegion().boundingRect().height() == name.height())


def test_that_a_name_with_a_password_a_key_and_a_bearer_token_prove_who_sends(trier: Person) -> None:
    trier.choose("GET /basic")
    trier.choose_tab(names.REQUEST_TABS, "auth")
    trier.write(names.AUTH_FIELD.format(name="username"), "ada")
    trier.write(names.AUTH_FIELD.format(name="password"), "en:gine")
    trier.send()
    assert answer(trier) == "ada en:gine"

    trier.choose("GET /key")
    trier.choose_tab(names.REQUEST_TABS, "auth")
    trier.write(names.AUTH_FIELD.format(name="key_value"), "k-1815")
    trier.send()
    assert answer(trier) == "k-1815"

    trier.choose("GET /me")
    trier.choose_tab(names.REQUEST_TABS, "auth")
    kinds = trier.find(QComboBox, names.AUTH_KIND)
    bearer = next(row for row in range(kinds.count()) if kinds.itemText(row).startswith("Bearer"))
    kinds.setCurrentIndex(bearer)
    kinds.activated.emit(bearer)
    trier.write(names.AUTH_FIELD.format(name="token"), "t-1815")
    trier.send()
    assert answer(trier) == {"user": "ada"}
