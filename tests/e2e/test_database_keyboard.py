"""The Database room without a mouse and without eyes: its pages and docks, its dialogs and popups, and its keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

from explorer.ui import names
from explorer.ui.panels.database.schema_page import SchemaPage
from explorer.ui.panels.database_room import CONSOLE, ER, MIGRATIONS, SCHEMA, SQL_LOG, DatabaseRoom
from explorer.ui.widgets.segmented import Segmented

from .conftest import CONTROL, SHIFT, Person
from .keyboard import settle, walk

CELLS = f"{names.DATA_GRID}.cells"


def enter(person: Person) -> DatabaseRoom:
    """Change a row, go to the room, and wait until everything in it is there."""
    person.choose("POST /items")
    person.send()
    person.press(Qt.Key.Key_4, CONTROL)
    room = person.find(DatabaseRoom, names.DATABASE_ROOM)
    person.until(lambda: room.data.row(0) is not None and person.sees(names.DATA_CHANGE))
    person.until(person.find(QPushButton, names.MIGRATIONS_DOWN).isEnabled)
    return room


def wrong_in(part: QWidget | None, state: str, *, in_order: bool = True) -> list[str]:
    assert part is not None
    return [f"{state}: {problem}" for problem in walk(part, in_order=in_order)[1]]


def wrong_in_dialog(person: Person, name: str) -> list[str]:
    """Walk through a dialog or a popup that is open, and close it as a person does."""
    person.until(lambda: person.sees(name))
    dialog = person.find(QWidget, name)
    wrong = wrong_in(dialog, name)
    dialog.setFocus()
    person.press(Qt.Key.Key_Escape)
    person.until(lambda: not person.sees(name))
    person.window.activateWindow()
    settle()
    return wrong


def test_that_every_page_and_dock_of_the_database_is_reached_named_and_seen(person: Person) -> None:
    room = enter(person)
    found, wrong = walk(room, in_order=False)
    assert {names.DATABASE_FILTER, names.DATABASE_TREE, names.DATABASE_TABS, CELLS, names.CONSOLE_EDITOR} <= {
        widget.objectName() for widget in found
    }
    for page in (SCHEMA, ER, SQL_LOG, MIGRATIONS, CONSOLE):
        person.press(Qt.Key.Key_PageDown, CONTROL)
        assert room.current_tab == page
        if page == SCHEMA:
            person.until(person.find(SchemaPage, names.SCHEMA_PAGE).ddl.toPlainText)
        wrong += wrong_in(room.page(page), page)
    room.show_tab(MIGRATIONS)
    for number, button in enumerate(person.find(Segmented, names.MIGRATIONS_VIEWS).buttons):
        button.click()
        wrong += wrong_in(room.page(MIGRATIONS), f"view {number} of the migrations")
    room.show_tab(CONSOLE)
    person.write(names.CONSOLE_EDITOR, "SELECT name FROM users WHERE id > :id")
    person.until(lambda: person.sees(names.CONSOLE_PARAMETER.format(name=":id")))
    person.write(names.CONSOLE_PARAMETER.format(name=":id"), "1")
    person.press(Qt.Key.Key_Return)
    person.until(lambda: person.sees(names.CONSOLE_RESULT))
    wrong += wrong_in(room.page(CONSOLE), "an answer")
    person.find(QWidget, names.CONSOLE_EDITOR).setFocus()
    person.press(Qt.Key.Key_Return, CONTROL | SHIFT)
    person.until(lambda: person.sees(names.CONSOLE_PLAN_ROWS))
    wrong += wrong_in(room.page(CONSOLE), "a plan")
    assert wrong == []


def test_that_dialogs_popups_and_keys_of_the_database_need_no_mouse(person: Person) -> None:
    room = enter(person)
    wrong = []
    room.data.grid.cells.setFocus()
    person.press(Qt.Key.Key_F, CONTROL)
    wrong += wrong_in_dialog(person, names.DATA_FILTER_POPUP)
    room.data.grid.cells.setFocus()
    person.press(Qt.Key.Key_Return)
    wrong += wrong_in_dialog(person, names.RECORD_DIALOG)
    person.find(QAbstractButton, names.DATABASE_SNAPSHOTS).click()
    person.until(lambda: person.sees(names.SNAPSHOTS_DIALOG))
    person.find(QAbstractButton, names.SNAPSHOTS_TAKE).click()
    person.until(person.find(QAbstractButton, names.SNAPSHOTS_RESTORE).isEnabled)
    wrong += wrong_in_dialog(person, names.SNAPSHOTS_DIALOG)
    person.find(QAbstractButton, names.CONSOLE_HISTORY).click()
    wrong += wrong_in_dialog(person, names.CONSOLE_HISTORY_POPUP)
    person.find(QPushButton, names.MIGRATIONS_DOWN).click()
    wrong += wrong_in_dialog(person, names.CONFIRM_DIALOG)
    assert wrong == []

    person.find(QWidget, names.DATABASE_TREE).setFocus()
    ways: list[list[str]] = []
    for key in (Qt.KeyboardModifier.NoModifier, SHIFT):
        ways.append([])
        for _ in range(6):
            ways[-1].append(person.focus)
            person.press(Qt.Key.Key_F6, key)
    assert ways[0][:4] == [names.DATABASE_TREE, names.DATABASE_TABS, CELLS, names.SQL_LOG_FILTER]
    assert any(name.startswith(names.MIGRATIONS_PANEL) for name in ways[0])
    assert any(name.startswith(names.CONSOLE_PANEL) for name in ways[0])

    person.find(QWidget, names.DATABASE_TREE).setFocus()
    person.press(Qt.Key.Key_Slash)
    assert person.focus == names.DATABASE_FILTER
    person.find(QWidget, f"{names.SQL_LOG_TABLE}.cells").setFocus()
    person.press(Qt.Key.Key_F, CONTROL)
    assert person.focus == names.SQL_LOG_FILTER
    person.press(Qt.Key.Key_B, CONTROL)
    assert not person.sees(names.DATABASE_SIDEBAR)
    person.press(Qt.Key.Key_J, CONTROL)
    assert not person.sees(names.DATABASE_SIDE)
    person.press(Qt.Key.Key_B, CONTROL)
    person.press(Qt.Key.Key_J, CONTROL)
    assert person.sees(names.DATABASE_SIDEBAR)
    assert person.sees(names.CONSOLE_EDITOR)
