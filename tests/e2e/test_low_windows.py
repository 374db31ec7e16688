"""Large type in a low window: everything has the height that it needs, or gives way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from explorer.ui import names

from .conftest import Person, Start

ROOMS = ("compose", "traces", "sockets", "database")


def squeezed(person: Person) -> list[str]:
    """Return which of the window's parts are lower than they must be to be read."""
    center = person.window.centralWidget()
    assert center is not None
    QApplication.processEvents()
    parts = [part for part in (center, *center.findChildren(QWidget, names.ROOMS)) if part.isVisible()]
    return [f"{part.objectName()} {part.height()}" for part in parts if part.minimumSizeHint().height() > part.height()]


@pytest.mark.parametrize(("size", "zoom"), [((1440, 900), 200), ((1280, 720), 150), ((1280, 720), 200)])
def test_that_every_room_fits_a_low_window_at_a_large_zoom(start: Start, size: tuple[int, int], zoom: int) -> None:
    person = start(size=size, zoom=zoom)
    person.until_ready()
    person.choose("GET /items")
    person.send()
    for room in ROOMS:
        person.click(names.RAIL_ROOM.format(room=room))
        assert squeezed(person) == [], room
        person.window.toggle_log()
        assert person.sees(names.LOG_PANEL)
        assert squeezed(person) == [], f"{room}, below it the log"
        person.click(names.LOG_CLOSE)
    assert (person.window.width(), person.window.height()) == size


def test_that_the_log_stands_in_place_of_a_room_that_has_no_height_beside_it(start: Start) -> None:
    person = start(size=(1280, 720), zoom=200)
    person.until_ready()
    person.send()
    person.find(QLineEdit, names.REQUEST_URL).setFocus()
    person.window.toggle_log()
    person.until(lambda: person.sees(names.LOG_PANEL) and not person.sees(names.COMPOSE_ROOM))

    person.click(names.LOG_CLOSE)
    person.until(lambda: person.sees(names.COMPOSE_ROOM))
    assert person.focus == names.REQUEST_URL

    person.window.toggle_log()
    person.press(Qt.Key.Key_F6)
    assert person.sees(person.focus)
    person.click(names.RAIL_ROOM.format(room="traces"))
    person.until(lambda: person.sees(names.TRACES_ROOM))
    assert not person.sees(names.LOG_PANEL)

    person.window.toggle_log()
    person.window.resize(1440, 1400)
    person.until(lambda: person.sees(names.TRACES_ROOM) and person.sees(names.LOG_PANEL))
