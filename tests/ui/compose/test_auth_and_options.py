"""How a request proves who sends it, and how it is sent."""

from dataclasses import replace
from typing import Annotated

import pytest
from fastapi import Depends, FastAPI
from fastapi.security import APIKeyQuery, OAuth2PasswordBearer
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from explorer.client.draft import Auth, AuthKind, RequestDraft, SendOptions, Value
from explorer.client.urls import build_target
from explorer.openapi.operations import Catalogue, Location
from explorer.openapi.read import read_catalogue
from explorer.ui import names
from explorer.ui.panels.request_panel import RequestPanel
from explorer.ui.theme.manager import Themes

BASE = "http://127.0.0.1:8000"
SCOPES = {"items:read": "Read items", "items:write": "Write items"}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    app = FastAPI()
    oauth2 = OAuth2PasswordBearer("token", scopes=SCOPES)
    key = APIKeyQuery(name="key")

    @app.get("/me")
    def me(token: Annotated[str, Depends(oauth2)]) -> None: ...

    @app.get("/report")
    def report(key: Annotated[str, Depends(key)]) -> None: ...

    @app.get("/open")
    def everybody() -> None: ...

    return read_catalogue(app.openapi())


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication, themes: Themes, catalogue: Catalogue) -> RequestPanel:
    panel = RequestPanel(themes)
    qtbot.addWidget(panel)
    panel.resize(680, 700)
    panel.draft_edited.connect(lambda draft: show(panel, draft))
    with qtbot.waitExposed(panel):
        panel.show()
    panel.activateWindow()
    open_operation(panel, catalogue, "GET /me")
    return panel


def open_operation(panel: RequestPanel, catalogue: Catalogue, key: str) -> None:
    operation = catalogue.find(key)
    assert operation is not None
    panel.set_operation(operation, catalogue)
    show(panel, RequestDraft(method=operation.method, path=operation.path))


def show(panel: RequestPanel, draft: RequestDraft) -> None:
    panel.set_draft(draft, build_target(draft), BASE)


def turn_to(panel: RequestPanel, key: str) -> None:
    panel.tabs.setCurrentIndex(panel.tabs.keys.index(key))


def field(panel: RequestPanel, name: str) -> QLineEdit:
    found = panel.findChild(QLineEdit, names.AUTH_FIELD.format(name=name))
    assert isinstance(found, QLineEdit)
    return found


def press(qtbot: QtBot, panel: RequestPanel, name: str) -> None:
    button = panel.findChild(QAbstractButton, name)
    assert isinstance(button, QAbstractButton)
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(8, button.height() // 2))


def choose(panel: RequestPanel, kind: AuthKind) -> None:
    box = panel.findChild(QComboBox, names.AUTH_KIND)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(kind))
    box.activated.emit(box.currentIndex())


def auth_tab(panel: RequestPanel) -> str:
    return panel.tabs.accessibleTabName(panel.tabs.keys.index("auth"))


def test_that_an_operation_says_what_it_wants_and_one_click_takes_it(qtbot: QtBot, panel: RequestPanel) -> None:
    assert auth_tab(panel) == "Auth, wanted"
    turn_to(panel, "auth")
    wanted = panel.findChild(QLabel, names.AUTH_WANTED)
    assert isinstance(wanted, QLabel)
    assert wanted.accessibleName() == "This operation wants OAuth2PasswordBearer."
    press(qtbot, panel, names.AUTH_USE)
    auth = panel._draft.auth
    assert (auth.kind, auth.token_url, auth.scopes) == (
        AuthKind.OAUTH2_PASSWORD,
        "token",
        "items:read items:write",
    )
    assert auth_tab(panel) == "Auth, OAuth2"


def test_that_an_open_operation_wants_nothing(panel: RequestPanel, catalogue: Catalogue) -> None:
    open_operation(panel, catalogue, "GET /open")
    assert auth_tab(panel) == "Auth"


def test_that_only_the_fields_of_the_chosen_kind_are_shown(panel: RequestPanel) -> None:
    turn_to(panel, "auth")
    shown = {}
    for kind in AuthKind:
        choose(panel, kind)
        shown[kind] = {
            name
            for name in ("token", "username", "password", "key_name", "key_value", "token_url", "client_secret")
            if field(panel, name).isVisible()
        }
    assert shown == {
        AuthKind.NONE: set(),
        AuthKind.BEARER: {"token"},
        AuthKind.BASIC: {"username", "password"},
        AuthKind.API_KEY: {"key_name", "key_value"},
        AuthKind.OAUTH2_PASSWORD: {"username", "password", "token_url", "client_secret"},
    }


def test_that_what_was_entered_for_another_kind_is_kept(qtbot: QtBot, panel: RequestPanel) -> None:
    turn_to(panel, "auth")
    choose(panel, AuthKind.BEARER)
    qtbot.keyClicks(field(panel, "token"), "abc")
    choose(panel, AuthKind.BASIC)
    choose(panel, AuthKind.BEARER)
    assert panel._draft.auth.token == "abc"


def test_that_an_api_key_takes_its_name_and_place_from_the_app(panel: RequestPanel, catalogue: Catalogue) -> None:
    open_operation(panel, catalogue, "GET /report")
    turn_to(panel, "auth")
    choose(panel, AuthKind.API_KEY)
    auth = panel._draft.auth
    assert auth.kind is AuthKind.API_KEY
    assert (auth.key_name, auth.key_location) == ("key", Location.QUERY)


def test_that_secrets_are_hidden_until_the_eye_is_pressed(qtbot: QtBot, panel: RequestPanel) -> None:
    turn_to(panel, "auth")
    choose(panel, AuthKind.BASIC)
    password = field(panel, "password")
    qtbot.keyClicks(password, "open sesame")
    assert password.displayText() == "●" * 11
    press(qtbot, panel, names.AUTH_REVEAL.format(name="password"))
    assert password.displayText() == "open sesame"
    press(qtbot, panel, names.AUTH_REVEAL.format(name="password"))
    assert "sesame" not in password.displayText()


def test_that_a_secret_that_was_not_saved_is_asked_for_again(qtbot: QtBot, panel: RequestPanel) -> None:
    show(panel, replace(panel._draft, auth=Auth(kind=AuthKind.BASIC, username="ada", ask=True)))
    turn_to(panel, "auth")
    assert field(panel, "password").placeholderText() == "enter again"
    qtbot.keyClicks(field(panel, "username"), "l")
    assert panel._draft.auth.ask, "a user name is no secret"
    qtbot.keyClicks(field(panel, "password"), "x")
    assert panel._draft.auth == Auth(kind=AuthKind.BASIC, username="adal", password="x")


def test_that_declared_scopes_are_ticked_and_others_typed(qtbot: QtBot, panel: RequestPanel) -> None:
    turn_to(panel, "auth")
    press(qtbot, panel, names.AUTH_USE)
    box = panel.findChild(QAbstractButton, names.AUTH_SCOPE.format(name="items:write"))
    assert isinstance(box, QAbstractButton)
    box.click()
    qtbot.keyClicks(field(panel, "scopes"), "admin")
    assert panel._draft.auth.scopes == "items:read admin"


def test_that_the_state_of_the_token_is_said_and_can_be_changed(qtbot: QtBot, panel: RequestPanel) -> None:
    turn_to(panel, "auth")
    press(qtbot, panel, names.AUTH_USE)
    said = panel.findChild(QLabel, names.AUTH_TOKEN_STATE)
    assert isinstance(said, QLabel)
    assert said.text().startswith("No token yet")
    forget = panel.findChild(QAbstractButton, names.AUTH_TOKEN_FORGET)
    assert isinstance(forget, QAbstractButton)
    assert not forget.isEnabled()
    with qtbot.waitSignal(panel.token_requested):
        press(qtbot, panel, names.AUTH_TOKEN_GET)
    panel.set_token_state("Token until 16:04 (14 min left)", "ok")
    assert said.text() == "Token until 16:04 (14 min left)"
    with qtbot.waitSignal(panel.token_forgotten):
        press(qtbot, panel, names.AUTH_TOKEN_FORGET)


def test_that_an_authorization_header_of_ones_own_is_said_to_win(panel: RequestPanel) -> None:
    own = Value(location=Location.HEADER, name="Authorization", text="Bearer mine")
    show(panel, replace(panel._draft, auth=Auth(kind=AuthKind.BEARER, token="x"), values=(own,)))
    turn_to(panel, "auth")
    assert panel.auth._own.isVisible()
    show(panel, replace(panel._draft, values=(replace(own, enabled=False),)))
    assert not panel.auth._own.isVisible()


def test_that_a_422_leads_back_from_another_page(panel: RequestPanel) -> None:
    show(panel, replace(panel._draft, values=(Value(location=Location.QUERY, name="q", text="1"),)))
    turn_to(panel, "options")
    assert panel.focus_loc(("query", "q"))
    row = panel.table.row(Location.QUERY, "q")
    assert row is not None
    assert row.edit.isVisible()
    assert panel.tabs.chosen not in ("auth", "options")


def test_that_options_are_switched_and_counted(qtbot: QtBot, panel: RequestPanel) -> None:
    turn_to(panel, "options")
    for name in ("follow_redirects", "verify", "traceparent"):
        press(qtbot, panel, names.OPTION.format(name=name))
    assert panel._draft.options == SendOptions(follow_redirects=False, verify=False, traceparent=False)
    assert panel.tabs.accessibleTabName(panel.tabs.keys.index("options")) == "Options, 3"


def test_that_times_are_typed_in_seconds_and_nonsense_is_marked(qtbot: QtBot, panel: RequestPanel) -> None:
    turn_to(panel, "options")
    time = panel.findChild(QLineEdit, names.OPTION.format(name="timeout"))
    assert isinstance(time, QLineEdit)
    qtbot.keyClicks(time, "2.5")
    assert panel._draft.options.timeout == 2.5
    qtbot.keyClicks(time, "x")
    assert time.property("state") == "invalid"
    assert panel._draft.options.timeout == 2.5
    qtbot.keyClick(time, Qt.Key.Key_Return)
    assert (time.text(), time.property("state")) == ("2.5", "")
    time.selectAll()
    qtbot.keyClick(time, Qt.Key.Key_Delete)
    assert panel._draft.options.timeout is None


def test_that_the_jar_says_what_goes_along_and_can_be_left_at_home(qtbot: QtBot, panel: RequestPanel) -> None:
    line = panel.table.jar
    assert not line.isVisible()
    panel.set_jar_cookies((("session", "abc"), ("theme", "dark")))
    assert line.isVisible()
    box = panel.findChild(QAbstractButton, names.COOKIES_USE_JAR)
    assert isinstance(box, QAbstractButton)
    assert box.accessibleName() == "Send the jar's cookies. 2 cookies of the jar go with it: session, theme."
    box.click()
    assert not panel._draft.options.use_jar
    assert box.accessibleName() == "Send the jar's cookies. 2 cookies of the jar would fit: session, theme."
    with qtbot.waitSignal(panel.jar_requested):
        press(qtbot, panel, names.COOKIES_JAR)


def test_that_every_control_of_both_pages_has_a_name_and_the_tab_key_reaches_it(
    qtbot: QtBot, panel: RequestPanel
) -> None:
    turn_to(panel, "auth")
    press(qtbot, panel, names.AUTH_USE)
    for key, page in (("auth", panel.auth), ("options", panel.options)):
        turn_to(panel, key)
        controls = [
            w for w in page.findChildren(QWidget) if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        assert [type(w).__name__ for w in controls if not (w.accessibleName() or getattr(w, "text", str)())] == []
        panel.tabs.setFocus()
        reached = set()
        for _ in range(60):
            widget = panel.focusWidget()
            reached.add(widget)
            qtbot.keyClick(widget, Qt.Key.Key_Tab)
        assert {w.objectName() for w in controls if w.isEnabled()} <= {w.objectName() for w in reached}
