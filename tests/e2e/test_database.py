"""A person looks into the database while requests change it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from explorer.database.grid import Mark
from explorer.ui import names
from explorer.ui.panels.database.data_page import DataPage, Following
from explorer.ui.panels.database_room import DatabaseRoom
from tests.e2e.conftest import Person


def data(person: Person) -> DataPage:
    return person.find(DatabaseRoom, names.DATABASE_ROOM).data


def marked(person: Person) -> list[tuple[object, Mark]]:
    rows = [data(person).row(number) for number in data(person).grid.rows_in_sight]
    return [(row.cells[1], row.mark) for row in rows if row is not None and row.mark is not Mark.NONE]


def test_that_an_item_that_was_posted_lights_up_in_the_database_and_leads_back_to_its_request(person: Person) -> None:
    person.until_ready()
    person.choose("POST /items")
    person.send()
    person.window.show_room("database")
    person.until(lambda: marked(person))
    ((_name, mark),) = marked(person)
    assert mark is Mark.ADDED
    table = data(person).table
    assert table is not None
    assert table.name == "items"
    assert person.sees(names.DATA_CHANGE)
    person.click(names.DATA_CHANGE_LINK)
    assert person.window.current_room == "compose"
    assert person.leave() == 0


def test_that_a_change_by_another_program_is_told_as_one(person: Person) -> None:
    person.until_ready()
    person.window.show_room("database")
    person.until(lambda: data(person).table is not None)
    controller = person.rooms.database.controller
    assert controller is not None
    person.until(lambda: controller.others.ready)
    with closing(sqlite3.connect(person.program.database)) as connection:
        connection.execute("UPDATE users SET email = 'else@example.com' WHERE id = 1")
        connection.commit()
    person.until(lambda: controller.changes.change is not None)
    change = controller.changes.change
    assert change is not None
    assert (change.label, change.counts) == ("another program", {"users": (0, 1, 0)})
    assert person.leave() == 0


def test_that_a_foreign_key_is_followed_and_back(person: Person) -> None:
    person.until_ready()
    person.window.show_room("database")
    controller = person.rooms.database.controller
    assert controller is not None
    person.until(lambda: data(person).table is not None)
    controller.rows.show_table("items")
    person.until(lambda: data(person).row(0) is not None)
    table, row = data(person).table, data(person).row(0)
    assert table is not None
    assert row is not None
    key = table.foreign_keys[0]
    data(person).reference_followed.emit(Following("items", key, row))
    person.until(lambda: data(person).table is not None and data(person).table != table)
    person.until(lambda: data(person).row(0) is not None)
    there = data(person).table
    assert there is not None
    assert there.name == key.table
    data(person).back_requested.emit()
    assert data(person).table == table
    assert person.leave() == 0


def test_that_a_database_that_is_deleted_is_said_to_be_missing_and_shown_again(person: Person) -> None:
    person.until_ready()
    person.window.show_room("database")
    person.until(lambda: data(person).row(0) is not None)
    path = person.program.database
    aside = path.with_suffix(".aside")
    path.rename(aside)
    room = person.find(DatabaseRoom, names.DATABASE_ROOM)
    person.until(room.trouble.isVisible)
    aside.rename(path)
    person.until(lambda: not room.trouble.isVisible())
    assert person.leave() == 0
