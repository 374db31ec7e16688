"""Signing in and cookies, from the first click to the answer."""

import json

from PySide6.QtWidgets import QCheckBox, QListView

from explorer.client.draft import AuthKind
from explorer.ui import names

from .conftest import Person

TOKEN = "GET /account/token"


def test_that_a_token_is_got_before_the_request_that_needs_it_and_its_end_is_said(person: Person) -> None:
    person.choose(TOKEN)
    person.choose_tab(names.REQUEST_TABS, "auth")
    assert person.rooms.room.request._draft.auth.kind is AuthKind.OAUTH2_PASSWORD
    person.write(names.AUTH_FIELD.format(name="username"), "ada@example.com")
    person.write(names.AUTH_FIELD.format(name="password"), "wrong")
    person.click(names.AUTH_TOKEN_GET)
    person.until(lambda: "The e-mail address or the password is wrong" in person.read(names.AUTH_TOKEN_STATE))

    person.write(names.AUTH_FIELD.format(name="password"), "ada in the shop")
    assert person.read(names.AUTH_TOKEN_STATE).startswith("No token yet")
    person.send()
    assert person.read(names.RESPONSE_STATUS) == "200 OK"
    assert person.read(names.AUTH_TOKEN_STATE).startswith("Token until ")
    assert "min left)" in person.read(names.AUTH_TOKEN_STATE)

    person.click(names.AUTH_TOKEN_FORGET)
    person.until(lambda: person.read(names.AUTH_TOKEN_STATE).startswith("No token yet"))


def test_that_one_login_is_good_for_every_operation_that_wants_it(person: Person) -> None:
    person.choose(TOKEN)
    person.choose_tab(names.REQUEST_TABS, "auth")
    person.write(names.AUTH_FIELD.format(name="username"), "ada@example.com")
    person.write(names.AUTH_FIELD.format(name="password"), "ada in the shop")
    person.send()
    person.choose("GET /account/me")
    person.send()
    assert person.read(names.RESPONSE_STATUS) == "200 OK"

    sent = person.find(QListView, names.HISTORY_LIST)
    person.until(lambda: sent.model().rowCount() == 2)
    sent.clicked.emit(sent.model().index(1, 0))
    person.until(lambda: "[GET /account/token, last answer 200]" in person.open_requests)
    assert person.rooms.compose.draft is not None
    assert not person.rooms.compose.draft.auth.ask, "nobody is asked for what is still known"


def test_that_a_cookie_that_the_server_set_goes_along_until_it_is_left_at_home(person: Person) -> None:
    person.choose("POST /cookies/language")
    person.send()
    person.choose("GET /cookies/language")
    assert person.read(names.COOKIES_USE_JAR) == "Send the jar's cookies. 1 cookie of the jar goes with it: language."
    person.send()
    person.choose_tab(names.RESPONSE_TABS, "pretty")
    known = json.loads(person.read(names.RESPONSE_PRETTY))
    person.find(QCheckBox, names.COOKIES_USE_JAR).click()
    person.send()
    person.choose_tab(names.RESPONSE_TABS, "pretty")
    assert json.loads(person.read(names.RESPONSE_PRETTY)) != known


def test_that_a_server_with_a_new_key_is_asked_for_a_new_token(person: Person) -> None:
    person.choose(TOKEN)
    person.choose_tab(names.REQUEST_TABS, "auth")
    person.write(names.AUTH_FIELD.format(name="username"), "ada@example.com")
    person.write(names.AUTH_FIELD.format(name="password"), "ada in the shop")
    person.send()
    person.restart()
    person.send()
    assert person.read(names.RESPONSE_STATUS) == "200 OK"
