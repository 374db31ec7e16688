"""The window without a mouse and without eyes."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from explorer.ui import names

from .conftest import Person
from .keyboard import walk

FAR_TOO_MANY_TABS = 200


@pytest.fixture
def person(regular: Person) -> Person:
    """Return somebody at a desk that the tests here share; who needs a program of their own is a `newcomer`."""
    return regular


@pytest.fixture
def furnished(person: Person) -> Person:
    """Return somebody who has sent a request with a body and has everything open."""
    person.choose("POST /users/{user_id}/items")
    person.send()
    person.until(lambda: person.find(QWidget, names.HISTORY_CLEAR).isEnabled())  # the history has been counted
    person.trigger(names.SERVER_LOG)
    person.window.notice_bar.show_message("Something happened.")
    person.window.status_bar.undo.offer("test", "Something was taken away.")
    return person


def label_of(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton | QLabel) else "")


def describe(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()}"


def test_that_whatever_takes_the_keyboard_has_a_name(furnished: Person) -> None:
    reached = [w for w in furnished.window.findChildren(QWidget) if w.isVisible() and w.focusPolicy() and w.isEnabled()]
    assert len(reached) > 20
    assert [describe(w) for w in reached if not label_of(w) and w.focusProxy() is None] == []


def test_that_no_two_widgets_have_the_same_name(furnished: Person) -> None:
    found = furnished.window.findChildren(QWidget)
    counted = Counter(w.objectName() for w in found if "." in w.objectName())  # those without are Qt's own
    assert len(counted) > 40
    assert [name for name, count in counted.items() if count > 1] == []


def test_that_the_tab_key_goes_through_all_panels_and_comes_back(furnished: Person) -> None:
    furnished.find(QWidget, names.COMPOSE_SEND).setFocus()
    visited: list[QWidget] = []
    for _ in range(FAR_TOO_MANY_TABS):
        widget = QApplication.focusWidget()
        if widget is None or widget in visited:
            break
        visited.append(widget)
        furnished.press(Qt.Key.Key_Tab)

    assert furnished.focus == names.COMPOSE_SEND, "the way round does not close"
    panels = (
        *(names.TOP_BAR, names.NOTICE_BAR, names.RAIL, names.OPERATIONS_PANEL, names.REQUEST_PANEL),
        *(names.HISTORY_PANEL, names.OPEN_REQUESTS, names.RESPONSE_PANEL, names.XRAY_PANEL, names.LOG_PANEL),
        names.STATUS_BAR,
    )
    missed = [name for name in panels if not any(furnished.find(QWidget, name).isAncestorOf(w) for w in visited)]
    assert missed == []
    for _ in visited:
        furnished.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert furnished.focus == names.COMPOSE_SEND


def test_that_everything_on_the_way_round_is_named_and_seen(furnished: Person) -> None:
    found, wrong = walk(furnished.window, in_order=False)
    assert len(found) > 40
    assert wrong == []


def test_that_the_panels_come_in_the_order_in_which_they_stand(furnished: Person) -> None:
    found, _ = walk(furnished.window, in_order=False)
    order = (
        *(names.TOP_BAR, names.NOTICE_BAR, names.RAIL, names.OPERATIONS_PANEL, names.HISTORY_PANEL),
        *(names.OPEN_REQUESTS, names.REQUEST_PANEL, names.RESPONSE_PANEL, names.XRAY_PANEL, names.LOG_PANEL),
        names.STATUS_BAR,
    )
    panels = [furnished.find(QWidget, name) for name in order]
    met = [next(i for i, panel in enumerate(panels) if panel.isAncestorOf(widget)) for widget in found]
    assert met == sorted(met)


def test_that_no_key_means_two_things_in_any_room(person: Person) -> None:
    wrong = []
    for number in (Qt.Key.Key_4, Qt.Key.Key_3, Qt.Key.Key_2, Qt.Key.Key_1):
        person.press(number, Qt.KeyboardModifier.ControlModifier)
        wrong += [f"{person.window.current_room}: {clash}" for clash in clashes(person.window)]
    assert wrong == []


def clashes(window: QWidget) -> list[str]:
    """Return the keys that two controls in sight wait for at the same time: Qt would then obey neither."""
    waiting: list[tuple[str, QObject | None, Qt.ShortcutContext]] = [
        (shortcut.key().toString(), shortcut.parent(), shortcut.context())
        for shortcut in window.findChildren(QShortcut)
    ]
    waiting += [
        (keys.toString(), widget, action.shortcutContext())
        for widget in (window, *window.findChildren(QWidget))
        for action in widget.actions()
        for keys in action.shortcuts()
    ]
    in_sight = [(key, part, near) for key, part, near in waiting if isinstance(part, QWidget) and part.isVisible()]
    found = []
    for (key, one, near), (other_key, other, far) in itertools.combinations(in_sight, 2):
        nested = one is other or one.isAncestorOf(other) or other.isAncestorOf(one)
        if key == other_key and (nested or Qt.ShortcutContext.WindowShortcut in (near, far)):
            found.append(f"{key} of {describe(one)} and of {describe(other)}")
    return found


def test_that_an_xray_stop_can_be_read_aloud(furnished: Person) -> None:
    spoken = [stop.spoken for stop in furnished.stops]
    assert spoken[0].startswith("Client sends, POST")
    assert any(text.startswith("create_item_for_user()") for text in spoken)
