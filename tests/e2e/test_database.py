"""A person looks into the database while requests change it."""

from __future__ import annotations

from explorer.database.grid import Mark
from explorer.ui import names
from explorer.ui.panels.database.data_page import DataPage
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
