"""A person sends requests and reads in the SQL log what they asked of the database."""

from __future__ import annotations

from explorer.ui import names
from explorer.ui.models.sql_log_rows import PLAN, STATEMENT, TRACE
from explorer.ui.panels.database.sql_log_panel import SqlLogPanel
from explorer.ui.panels.database_room import SQL_LOG, DatabaseRoom
from tests.e2e.conftest import Person


def log(person: Person) -> SqlLogPanel:
    return person.find(SqlLogPanel, names.SQL_LOG_PANEL)


def column(person: Person, number: int) -> list[str]:
    rows = log(person).rows
    return [rows.cell(row, number).text for row in range(rows.row_count)]


def test_that_the_statements_of_a_request_are_logged_and_lead_back_to_it(person: Person) -> None:
    person.until_ready()
    person.choose("POST /items")
    person.send()
    person.window.show_room("database")
    room = person.find(DatabaseRoom, names.DATABASE_ROOM)
    room.show_tab(SQL_LOG)
    person.until(lambda: "COMMIT" in column(person, STATEMENT))
    statements = column(person, STATEMENT)
    assert any(text.startswith("INSERT INTO items (…)") for text in statements)
    assert set(column(person, TRACE)) == {"POST /items"}
    person.until(lambda: "index" in column(person, PLAN))
    row = statements.index("COMMIT")
    log(person).table.link_followed.emit(row, TRACE)
    assert person.window.current_room == "compose"
    assert "COMMIT" in [stop.title for stop in person.stops]

    person.window.show_room("database")
    assert person.request("/items/1") == 200  # by another program: no open request holds it
    person.until(lambda: "GET /items/1" in column(person, TRACE))
    log(person).table.link_followed.emit(column(person, TRACE).index("GET /items/1"), TRACE)
    assert person.window.current_room == "traces"
    assert person.read(names.TRACE_PATH) == "/items/1"
    assert person.leave() == 0


def test_that_a_scan_is_explained_in_words(person: Person) -> None:
    person.until_ready()
    person.choose("GET /items/search")
    person.send()
    person.window.show_room("database")
    person.find(DatabaseRoom, names.DATABASE_ROOM).show_tab(SQL_LOG)
    person.until(lambda: "full scan" in column(person, PLAN))
    log(person).table.go_to(column(person, PLAN).index("full scan"))
    person.click(names.SQL_LOG_EXPLAIN)
    person.until(lambda: "EXPLAIN" in column(person, TRACE))
    (line,) = [
        text for text, trace in zip(column(person, STATEMENT), column(person, TRACE), strict=True) if trace == "EXPLAIN"
    ]
    assert line.startswith("SCAN items")
    assert person.leave() == 0


def test_that_a_request_that_adds_changes_and_deletes_is_told_by_its_counts(person: Person) -> None:
    person.until_ready()
    person.choose("PUT /users/{user_id}/items")
    person.send()
    commit = next(stop for stop in person.stops if stop.title == "COMMIT")
    assert commit.note.startswith("+1 ~")
    assert "−" in commit.note
    person.window.show_room("database")
    controller = person.rooms.database.controller
    assert controller is not None
    person.until(lambda: controller.changes.change is not None)
    change = controller.changes.change
    assert change is not None
    assert (change.label, change.complete) == ("PUT /users/1/items", True)
    assert all(change.counts["items"])
    assert person.leave() == 0
