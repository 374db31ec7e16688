"""The Database room without a mouse and without eyes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from explorer.ui import names
from explorer.ui.panels.database_room import DatabaseRoom

from .conftest import Person
from .keyboard import walk


def test_that_the_database_room_can_be_gone_through_by_keyboard_and_everything_in_it_has_a_name(person: Person) -> None:
    person.until_ready()
    person.choose("POST /items")
    person.send()
    person.window.show_room("database")
    room = person.find(DatabaseRoom, names.DATABASE_ROOM)
    person.until(lambda: room.data.row(0) is not None and person.sees(names.DATA_CHANGE))
    found, wrong = walk(room, in_order=False)
    assert wrong == []
    assert {names.DATABASE_FILTER, names.DATABASE_TREE, names.DATABASE_TABS, f"{names.DATA_GRID}.cells"} <= {
        widget.objectName() for widget in found
    }
    room.sidebar.tree.setFocus()
    for _ in range(3):
        person.press(Qt.Key.Key_F6)
        if room.data.grid.cells.hasFocus():
            break
    assert QApplication.focusWidget() is room.data.grid.cells
