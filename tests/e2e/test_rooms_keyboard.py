"""The way of the Tab key through each room as a whole, and through what opens over all of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTableView, QWidget

from explorer.ui import names
from explorer.ui.panels.traces_room import TracesRoom

from .conftest import CONTROL, NO_MODIFIER, SHIFT, START_PATIENCE_MS, Person
from .keyboard import FAR_TOO_MANY, called, settle, stops, walk

Key = Qt.Key
ROOMS = {"compose": Key.Key_1, "traces": Key.Key_2, "sockets": Key.Key_3, "database": Key.Key_4}


@pytest.fixture
def person(regular: Person) -> Person:
    """Return somebody at a desk that the tests here share."""
    return regular


def until_alembic_has_told(person: Person) -> None:
    """Wait for the last of the Database room's panels: Alembic is a process of its own, which starts only now."""
    person.until(person.find(QPushButton, names.MIGRATIONS_DOWN).isEnabled, START_PATIENCE_MS)


def wrong_in(part: QWidget, state: str, *, in_order: bool = True) -> list[str]:
    return [f"{state}: {problem}" for problem in walk(part, in_order=in_order)[1]]


@pytest.mark.parametrize("room", ROOMS)
def test_that_the_way_leads_over_the_rail_into_each_room_to_its_end_and_back(person: Person, room: str) -> None:
    person.choose("GET /items")
    person.send()
    person.until(person.find(QWidget, names.HISTORY_CLEAR).isEnabled)  # the history has been counted
    person.press(ROOMS[room], CONTROL)
    if room == "database":
        until_alembic_has_told(person)
    settle()
    found, wrong = walk(person.window, in_order=False)
    assert wrong == []
    way = [called(widget) for widget in found]
    here = way.index(names.RAIL_ROOM.format(room=room))
    assert way[here + 1] == names.RAIL_ROOM.format(room="settings")
    inside = person.find(QWidget, names.ROOMS)
    assert all(inside.isAncestorOf(widget) is (number > here + 1) for number, widget in enumerate(found))
    found[-1].setFocus()
    back = []
    for _ in found:
        back.append(person.focus)
        person.press(Key.Key_Backtab, SHIFT)
    assert back == [widget.objectName() for widget in reversed(found)]


def test_that_the_arrow_keys_in_the_rail_lead_from_room_to_room(person: Person) -> None:
    person.press(ROOMS["traces"], CONTROL)
    rail = person.find(QWidget, names.RAIL)
    assert [called(button) for button in rail.findChildren(QWidget) if stops(button)] == [
        names.RAIL_ROOM.format(room="settings"),
        names.RAIL_ROOM.format(room="traces"),
    ]
    person.find(QWidget, names.RAIL_ROOM.format(room="traces")).setFocus()
    for key, room in ((Key.Key_Down, "sockets"), (Key.Key_Down, "database"), (Key.Key_Up, "sockets")):
        person.press(key)
        assert person.window.current_room == room
        assert person.focus == names.RAIL_ROOM.format(room=room)


@pytest.mark.parametrize(
    ("room", "panels"),
    [
        ("compose", (names.OPERATIONS_PANEL, names.REQUEST_PANEL, names.RESPONSE_PANEL, names.XRAY_PANEL)),
        ("traces", (names.TRACES_LIST, names.TRACE_DETAIL)),
        ("sockets", (names.SOCKETS_SIDEBAR, names.SOCKET_INSPECTOR)),
        ("database", (names.DATABASE_SIDEBAR, names.MIGRATIONS_PANEL, names.CONSOLE_PANEL)),
    ],
)
def test_that_f6_stops_in_every_panel_of_a_room_and_shift_f6_goes_the_same_way_back(
    person: Person, room: str, panels: tuple[str, ...]
) -> None:
    person.choose("GET /items")
    person.send()
    person.press(ROOMS[room], CONTROL)
    if room == "traces":
        person.press(Key.Key_Slash)
        person.press(Key.Key_Down)
        person.until(lambda: person.sees(names.TRACE_PATH))
    elif room == "database":
        until_alembic_has_told(person)
    settle()
    start = names.RAIL_ROOM.format(room=room)
    ways: list[list[QWidget]] = []
    for modifier in (NO_MODIFIER, SHIFT):
        person.find(QWidget, start).setFocus()
        ways.append([])
        while not ways[-1] or (person.focus != start and len(ways[-1]) < FAR_TOO_MANY):
            ways[-1].append(person.window.focusWidget())
            person.press(Key.Key_F6, modifier)
    there, back = ways
    assert back == [there[0], *reversed(there[1:])]
    parts = [person.find(QWidget, panel) for panel in panels]
    met = [next((n for n, stop in enumerate(there) if part is stop or part.isAncestorOf(stop)), -1) for part in parts]
    assert -1 not in met
    assert met == sorted(met)


def test_that_every_state_of_the_traces_is_reached_named_and_seen(person: Person) -> None:
    person.press(ROOMS["traces"], CONTROL)
    person.find(QTableView, names.TRACES_LIST).setFocus()
    person.press(Key.Key_Delete)  # an empty list, whatever was sent before
    room = person.find(TracesRoom, names.TRACES_ROOM)
    wrong = wrong_in(room, "empty")
    person.request("/sql/lazy?limit=20")
    rows = person.find(QTableView, names.TRACES_LIST)
    person.until(lambda: rows.model().rowCount() == 1 and person.sees(names.TRACES_NOTICE))
    person.press(Key.Key_Slash)
    person.press(Key.Key_Down)  # from the filter into the rows
    person.until(lambda: person.sees(names.TRACE_PATH))
    side, detail = room.list, room.detail
    for tab in ("timeline", "middleware", "messages"):
        person.choose_tab(names.TRACE_TABS, tab)
        wrong += wrong_in(detail, tab)
    person.click(names.TRACES_PAUSE)
    person.request("/health")
    person.until(lambda: person.sees(names.TRACES_NEW))
    wrong += wrong_in(side, "paused")
    person.click(names.TRACES_PAUSE)
    for words, state in (("sql>many", "a mistake in the filter"), ("path:/nothing/like/it", "nothing matches")):
        person.write(names.TRACES_FILTER, words)
        settle()
        wrong += wrong_in(side, state)
    person.write(names.TRACES_FILTER, "")
    assert wrong == []


def test_that_settings_sheet_and_palette_are_reached_named_and_seen(person: Person) -> None:
    wrong = []
    for name, key, modifiers in (
        (names.SETTINGS_DIALOG, Key.Key_Comma, CONTROL),
        (names.SHORTCUTS_DIALOG, Key.Key_Question, CONTROL),
        (names.PALETTE, Key.Key_K, CONTROL),
    ):
        person.press(key, modifiers)
        person.until(lambda: person.sees(name))  # noqa: B023 - it is over before the next turn
        part = person.find(QWidget, name)
        wrong += wrong_in(part, name)
        if name == names.SHORTCUTS_DIALOG:
            person.find(QWidget, names.SHORTCUTS_LIST).setFocus()
            person.press(Key.Key_Down)
            person.press(Key.Key_Return)
            wrong += wrong_in(part, "new keys")
            person.find(QWidget, names.SHORTCUTS_LIST).setFocus()
        person.press(Key.Key_Escape)
        person.until(lambda: not person.sees(name))  # noqa: B023
        person.window.activateWindow()
        settle()
    assert wrong == []


def test_that_what_came_back_is_said_to_somebody_who_waits_elsewhere(person: Person, said: list[str]) -> None:
    person.choose("GET /items/{item_id}")
    person.write(names.PARAMETER_VALUE.format(location="path", name="item_id"), "999999")
    person.send()
    assert sum(sentence.startswith("404 Not Found, ") for sentence in said) == 1
    person.write(names.REQUEST_URL, "http://127.0.0.1:9/items")
    person.press(Key.Key_Return, CONTROL)
    person.until(lambda: any(sentence.startswith("No response, ") for sentence in said))
    assert "Nothing listens on 127.0.0.1:9" in said[-1]


def test_that_the_keyboard_stays_where_one_can_go_on_when_a_button_leaves_with_its_message(person: Person) -> None:
    for operation, button, goes_to in (
        ("GET /health", names.RESPONSE_ACTION, names.COMPOSE_SEND),
        ("GET /versions", names.XRAY_EMPTY_SEND, names.XRAY_VIEW),
    ):
        person.press(Key.Key_N, CONTROL)
        person.choose(operation)
        person.until(lambda: person.sees(button))  # noqa: B023 - it is over before the next turn
        person.find(QWidget, button).setFocus()
        person.send(lambda: person.press(Key.Key_Space))
        assert person.focus == goes_to
