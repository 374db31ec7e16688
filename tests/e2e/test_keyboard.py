"""The Compose room without a mouse: each page and state, its dialogs, and the keys that lead through it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPushButton,
    QSplitter,
    QToolTip,
    QWidget,
)

from explorer.ui import names
from explorer.ui.widgets.counted_tabs import CountedTabs
from explorer.ui.widgets.segmented import Segmented

from .conftest import CONTROL, NO_MODIFIER, SHIFT, Person, Start
from .keyboard import chain, settle, stops, walk
from .trial import Trial

ALT_SHIFT = Qt.KeyboardModifier.AltModifier | SHIFT
PLACES = ("query", "header", "cookie")
BODIES = {
    "pretty": names.RESPONSE_PRETTY,
    "tree": names.RESPONSE_TREE,
    "raw": names.RESPONSE_RAW,
    "hex": names.RESPONSE_HEX,
}


@pytest.fixture
def keyboard(start: Start, trial: Trial) -> Iterator[Person]:
    """Return somebody before a program as it first opens, whose streams come to their end."""
    trial.gate.set()
    person = start(make_server=trial.make_server)
    person.until_ready()
    yield person
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()


def wrong_in(person: Person, panel: str, state: str) -> list[str]:
    _, wrong = walk(person.find(QWidget, panel))
    return [f"{state}: {problem}" for problem in wrong]


def wrong_in_search(person: Person, key: str) -> list[str]:
    person.press(Qt.Key.Key_F, CONTROL)
    wrong = wrong_in(person, names.RESPONSE_PANEL, f"search in {key}")
    person.find(QWidget, names.FIND_LINE.format(view=BODIES[key])).setFocus()
    person.press(Qt.Key.Key_Escape)
    return wrong


def press_button(person: Person, name: str) -> None:
    person.find(QAbstractButton, name).click()


def choose_segment(person: Person, name: str, number: int) -> None:
    person.find(Segmented, name).buttons[number].click()


def choose_in(person: Person, name: str, number: int) -> str:
    box = person.find(QComboBox, name)
    box.setCurrentIndex(number)
    box.activated.emit(number)
    return box.itemText(number)


def test_that_every_control_of_a_request_is_reached_named_and_seen(keyboard: Person) -> None:
    wrong = wrong_in(keyboard, names.REQUEST_PANEL, "blank")
    keyboard.choose("GET /parameters/{place}")
    for place in PLACES:
        keyboard.click(names.PARAMETERS_ADD.format(location=place))
    keyboard.write(names.PARAMETER_VALUE.format(location="query", name="limit"), "many")
    hint = names.PARAMETER_HINT.format(location="query", name="limit")
    keyboard.until(lambda: keyboard.sees(hint))
    wrong += wrong_in(keyboard, names.REQUEST_PANEL, "rows")
    for place in PLACES:
        press_button(keyboard, names.PARAMETERS_BULK.format(location=place))
    wrong += wrong_in(keyboard, names.REQUEST_PANEL, "bulk edit")
    keyboard.choose("POST /orders")
    wrong += wrong_in(keyboard, names.REQUEST_PANEL, "JSON as text")
    choose_segment(keyboard, names.REQUEST_BODY_VIEW, 0)
    wrong += wrong_in(keyboard, names.REQUEST_PANEL, "JSON as a form")
    for operation in ("POST /tags", "POST /many-files", "POST /optional-file"):
        keyboard.choose(operation)
        wrong += wrong_in(keyboard, names.REQUEST_PANEL, operation)
    choose_segment(keyboard, names.REQUEST_BODY_ROWS_VIEW, 1)
    wrong += wrong_in(keyboard, names.REQUEST_PANEL, "rows as text")
    keyboard.choose("POST /seen")
    for number in range(keyboard.find(QComboBox, names.REQUEST_BODY_MEDIA).count()):
        kind = choose_in(keyboard, names.REQUEST_BODY_MEDIA, number)
        wrong += wrong_in(keyboard, names.REQUEST_PANEL, kind)
    assert wrong == []


def test_that_signing_in_options_and_dialogs_are_reached_named_and_seen(keyboard: Person) -> None:
    wrong = []
    keyboard.choose("GET /me")
    keyboard.choose_tab(names.REQUEST_TABS, "auth")
    for number in range(keyboard.find(QComboBox, names.AUTH_KIND).count()):
        kind = choose_in(keyboard, names.AUTH_KIND, number)
        wrong += wrong_in(keyboard, names.REQUEST_PANEL, kind)
    keyboard.choose_tab(names.REQUEST_TABS, "options")
    wrong += wrong_in(keyboard, names.REQUEST_PANEL, "options")
    keyboard.choose("POST /cookies")
    keyboard.send()
    wrong += wrong_in(keyboard, names.REQUEST_PANEL, "with cookies of the jar")
    press_button(keyboard, names.COOKIES_JAR)
    keyboard.until(lambda: keyboard.sees(names.JAR_DIALOG))
    wrong += wrong_in(keyboard, names.JAR_DIALOG, "jar")
    press_button(keyboard, names.JAR_CLOSE)
    assert wrong == []


def test_that_every_view_of_a_response_is_reached_named_and_seen(keyboard: Person) -> None:
    wrong = []
    for operation in ("GET /items", "POST /orders", "GET /page", "GET /pixel", "GET /sse", "GET /hops/{left}"):
        keyboard.choose(operation)
        if operation == "POST /orders":
            keyboard.write(names.REQUEST_BODY, "{}")  # refused with a 422
        elif "left" in operation:
            keyboard.write(names.PARAMETER_VALUE.format(location="path", name="left"), "2")
        keyboard.send()
        for key in keyboard.find(CountedTabs, names.RESPONSE_TABS).keys:
            keyboard.choose_tab(names.RESPONSE_TABS, key)
            keyboard.until_over("make the preview")
            wrong += wrong_in(keyboard, names.RESPONSE_PANEL, f"{operation}, {key}")
            if operation == "GET /items" and key in BODIES:
                wrong += wrong_in_search(keyboard, key)
    keyboard.write(names.REQUEST_URL, "http://127.0.0.1:9/items")
    press_button(keyboard, names.COMPOSE_SEND)
    keyboard.until(lambda: keyboard.sees(names.RESPONSE_FAILURE))
    wrong += wrong_in(keyboard, names.RESPONSE_PANEL, "no answer")
    assert wrong == []


def test_that_f6_leads_from_panel_to_panel_and_back(keyboard: Person) -> None:
    keyboard.choose("POST /orders")
    keyboard.send()
    keyboard.find(QWidget, names.RAIL_ROOM.format(room="compose")).setFocus()
    ways: list[list[str]] = []
    for modifier in (NO_MODIFIER, SHIFT):
        ways.append([])
        for _ in range(7):
            ways[-1].append(keyboard.focus)
            keyboard.press(Qt.Key.Key_F6, modifier)
    there, back = ways
    assert there == [
        names.RAIL_ROOM.format(room="compose"),
        names.OPERATIONS_TREE,
        names.REQUEST_URL,
        names.PARAMETERS_ADD.format(location="query"),
        names.REQUEST_BODY_MEDIA,
        names.RESPONSE_TABS,
        names.XRAY_VIEW,
    ]
    assert back == [there[0], *reversed(there[1:])]
    assert keyboard.focus == there[0], "the way round closes"
    keyboard.find(QWidget, names.HISTORY_FILTER).setFocus()
    keyboard.press(Qt.Key.Key_F6)
    assert keyboard.focus == names.REQUEST_URL
    keyboard.press(Qt.Key.Key_F6, SHIFT)
    assert keyboard.focus == names.HISTORY_FILTER, "back to where the keyboard was in the panel"


def test_that_the_search_opens_from_anywhere_and_gives_the_keyboard_back(keyboard: Person) -> None:
    keyboard.choose("GET /items")
    keyboard.send()
    for key, view in BODIES.items():
        keyboard.choose_tab(names.RESPONSE_TABS, key)
        for before in (names.OPERATIONS_TREE, names.REQUEST_URL, names.RESPONSE_TABS, names.XRAY_VIEW):
            keyboard.find(QWidget, before).setFocus()
            keyboard.press(Qt.Key.Key_F, CONTROL)
            assert keyboard.focus == names.FIND_LINE.format(view=view)
            keyboard.press(Qt.Key.Key_Escape)
            assert not keyboard.sees(names.FIND_BAR.format(view=view))
            assert keyboard.focus == before
    keyboard.choose_tab(names.RESPONSE_TABS, "timing")  # has no search, and gives way to the body
    keyboard.press(Qt.Key.Key_F, CONTROL)
    assert keyboard.find(CountedTabs, names.RESPONSE_TABS).chosen == "pretty"
    assert keyboard.focus == names.FIND_LINE.format(view=names.RESPONSE_PRETTY)


def test_that_a_field_that_was_scrolled_away_comes_back_with_the_keyboard(keyboard: Person) -> None:
    keyboard.choose("GET /parameters/{place}")
    keyboard.window.resize(1280, 720)
    settle()
    keyboard.choose_tab(names.REQUEST_TABS, "cookie")
    field = keyboard.find(QWidget, names.PARAMETER_VALUE.format(location="path", name="place"))
    assert field.visibleRegion().isEmpty()
    keyboard.find(QWidget, names.REQUEST_TABS).setFocus()
    keyboard.press(Qt.Key.Key_Tab)
    assert keyboard.focus == field.objectName()
    assert field.visibleRegion().boundingRect().height() == field.height()


def test_that_what_is_wrong_with_a_value_is_read_aloud(keyboard: Person) -> None:
    keyboard.choose("GET /parameters/{place}")
    name = names.PARAMETER_VALUE.format(location="query", name="limit")
    keyboard.write(name, "1000")
    field = keyboard.find(QLineEdit, name)
    keyboard.until(lambda: "100" in field.accessibleDescription())
    assert field.accessibleName() == "Value of limit, int 1–100 = 10"


def test_that_the_rows_of_a_painted_text_are_read_aloud(keyboard: Person) -> None:
    keyboard.choose("GET /items")
    keyboard.send()
    for key, shown in (("pretty", '"name": "Desk lamp"'), ("raw", '"name":"Desk lamp"'), ("hex", "5B 7B 22 69")):
        keyboard.choose_tab(names.RESPONSE_TABS, key)
        text = next(w for w in chain(keyboard.window) if stops(w) and type(w).__name__ == "VirtualText")
        access = QAccessible.queryAccessibleInterface(text)
        assert access.role() is QAccessible.Role.Document
        assert shown in access.text(QAccessible.Text.Value)


def test_that_keys_do_what_else_needs_a_mouse(keyboard: Person) -> None:
    keyboard.choose("GET /items")
    keyboard.send()
    keyboard.until(lambda: keyboard.sees(names.HISTORY_LIST))
    keyboard.choose_tab(names.RESPONSE_TABS, "headers")
    for name, entry in (
        (names.HISTORY_LIST, "Remove"),
        (names.OPEN_REQUESTS_TABS, "Duplicate"),
        (names.RESPONSE_HEADERS, "Copy value"),
    ):
        assert entry in menu_of(keyboard, name)
    columns = keyboard.find(QSplitter, names.COMPOSE_COLUMNS)
    rows = keyboard.find(QSplitter, names.COMPOSE_ROWS)
    keyboard.find(QWidget, names.REQUEST_URL).setFocus()
    width, height = columns.sizes()[1], rows.sizes()[0]
    keyboard.press(Qt.Key.Key_Left, ALT_SHIFT)
    keyboard.press(Qt.Key.Key_Up, ALT_SHIFT)
    assert columns.sizes()[1] < width
    assert rows.sizes()[0] < height
    keyboard.press(Qt.Key.Key_Right, ALT_SHIFT)
    keyboard.press(Qt.Key.Key_Down, ALT_SHIFT)
    assert (columns.sizes()[1], rows.sizes()[0]) == (width, height)
    keyboard.find(QPushButton, names.PARAMETERS_BULK.format(location="query")).setFocus()
    keyboard.press(Qt.Key.Key_F1)
    keyboard.until(QToolTip.isVisible)
    assert QToolTip.text() == "Edit the rows as text, one a line"
    QToolTip.hideText()
    views = keyboard.find(Segmented, names.XRAY_MODE)
    views.buttons[0].setFocus()
    keyboard.press(Qt.Key.Key_Right)
    assert views.current == 1
    assert views.buttons[1].hasFocus()


def menu_of(person: Person, name: str) -> list[str]:
    """Return the entries of the menu that Shift+F10 opens, and close it."""
    person.window.activateWindow()
    person.find(QWidget, name).setFocus(Qt.FocusReason.TabFocusReason)
    person.press(Qt.Key.Key_F10, SHIFT)
    person.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    entries = [action.text() for action in menu.actions()]
    menu.close()
    person.window.activateWindow()
    settle()
    return entries
