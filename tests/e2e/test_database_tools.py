"""A person reads how the database is made, sees what hangs together, and asks it things."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton

from explorer.ui import names
from explorer.ui.dialogs.confirm import ConfirmDialog
from explorer.ui.panels.database.console_panel import ConsolePanel
from explorer.ui.panels.database.er_diagram import ErDiagram
from explorer.ui.panels.database.schema_page import SchemaPage
from explorer.ui.panels.database_room import CONSOLE, DATA, ER, MIGRATIONS, SCHEMA, DatabaseRoom

from .conftest import CONTROL, SHIFT, Person


def enter(person: Person, page: str) -> DatabaseRoom:
    person.window.show_room("database")
    person.choose_tab(names.DATABASE_TABS, page)
    room = person.find(DatabaseRoom, names.DATABASE_ROOM)
    person.until(lambda: room.data.table is not None)
    return room


def run(person: Person, sql: str, modifiers: Qt.KeyboardModifier = CONTROL) -> ConsolePanel:
    person.write(names.CONSOLE_EDITOR, sql)
    before = person.find(ConsolePanel, names.CONSOLE_PANEL).results.result
    person.press(Qt.Key.Key_Return, modifiers)
    panel = person.find(ConsolePanel, names.CONSOLE_PANEL)
    person.until(lambda: panel.results.result is not None and panel.results.result is not before)
    return panel


def rows_of(person: Person) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(person.program.database)) as connection:
        tables = [str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in tables}  # noqa: S608


def test_that_the_schema_leads_from_a_table_to_those_it_points_to(person: Person) -> None:
    room = enter(person, SCHEMA)
    page = person.find(SchemaPage, names.SCHEMA_PAGE)
    page.table_chosen.emit("items")
    person.until(lambda: "CREATE TABLE items" in page.ddl.toPlainText().replace('"', ""))
    assert names.SCHEMA_SECTION.format(section="points_to") in page.sections
    page.table_chosen.emit("users")
    person.until(lambda: "CREATE TABLE users" in page.ddl.toPlainText().replace('"', ""))
    assert room.current_tab == SCHEMA
    assert person.leave() == 0


def test_that_a_double_click_in_the_diagram_shows_the_rows_and_cards_stay_where_they_were_put(person: Person) -> None:
    room = enter(person, ER)
    view = person.find(ErDiagram, names.ER_PAGE).view
    person.until(lambda: "orders" in view.tables)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.place_of("orders").center())
    person.until(lambda: room.data.table is not None and room.data.table.name == "orders")
    assert room.current_tab == DATA
    person.choose_tab(names.DATABASE_TABS, ER)
    view.setFocus()
    view.choose("orders")
    person.press(Qt.Key.Key_Down, CONTROL)
    assert "orders" in person.rooms.database.state()["diagram"]["cards"]
    assert person.leave() == 0


def test_that_the_console_answers_explains_and_marks_what_is_wrong(person: Person) -> None:
    enter(person, CONSOLE)
    panel = run(person, "SELECT name FROM users ORDER BY id LIMIT 2")
    result = panel.results.result
    assert result is not None
    assert [row[0] for row in result.rows] == ["Ada", "Grace"]
    panel = run(person, "SELECT * FROM items WHERE name LIKE '%lamp'", CONTROL | SHIFT)
    assert panel.results.plan_list.isVisible()
    panel = run(person, "DELETE FROM items")
    assert person.sees(names.CONSOLE_ERROR)
    run(person, "SELECT prize FROM items")
    note = panel.editor.note_of(0)
    assert note is not None
    assert (note.column, note.length) == (7, 5)
    assert person.leave() == 0


def test_that_no_to_the_question_changes_nothing(person: Person) -> None:
    before = rows_of(person)
    enter(person, MIGRATIONS)
    person.until(person.find(QPushButton, names.MIGRATIONS_DOWN).isEnabled)
    person.click(names.MIGRATIONS_DOWN)
    person.until(lambda: any(each.isVisible() for each in person.window.findChildren(ConfirmDialog)))
    person.click(names.CONFIRM_NO)
    person.until(person.find(QPushButton, names.MIGRATIONS_DOWN).isEnabled)
    person.until(lambda: person.find(QToolButton, names.MIGRATIONS_MORE).isEnabled())
    assert rows_of(person) == before
    assert person.leave() == 0
