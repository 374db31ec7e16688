"""A person reads how the database is made, and sees what hangs together."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from explorer.ui import names
from explorer.ui.panels.database.er_diagram import ErDiagram
from explorer.ui.panels.database.schema_page import SchemaPage
from explorer.ui.panels.database_room import DATA, ER, SCHEMA, DatabaseRoom

from .conftest import CONTROL, Person


def enter(person: Person, page: str) -> DatabaseRoom:
    person.window.show_room("database")
    person.choose_tab(names.DATABASE_TABS, page)
    room = person.find(DatabaseRoom, names.DATABASE_ROOM)
    person.until(lambda: room.data.table is not None)
    return room


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
