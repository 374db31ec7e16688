"""A person goes back and forth: migrations, the seed data, one request, and asks the database by hand."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from typing import Any

import httpx
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from explorer.database.grid import Mark
from explorer.ui import names
from explorer.ui.panels.database.console_panel import ConsolePanel
from explorer.ui.panels.database.migrations_panel import MigrationsPanel
from explorer.ui.panels.database_room import DatabaseRoom
from tests.e2e.conftest import CONTROL, START_PATIENCE_MS, Person

UNDONE = names.DATA_CHANGE_COUNTS.format(kind="undone")


def rows(person: Person) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(person.program.database)) as connection:
        tables = [str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}  # noqa: S608 - the demo's


def press_button(person: Person, name: str) -> None:
    """Click a button, also one of another window."""
    found: list[QPushButton] = []

    def there() -> bool:
        found[:] = [
            each
            for each in QApplication.allWidgets()
            if isinstance(each, QPushButton) and each.objectName() == name and each.isVisible() and each.isEnabled()
        ]
        return bool(found)

    person.until(there)
    found[0].click()


def room(person: Person) -> DatabaseRoom:
    person.window.show_room("database")
    return person.find(DatabaseRoom, names.DATABASE_ROOM)


def until_marked(person: Person, count: int) -> None:
    """Wait until so many of the last rows are marked as changed."""
    data = room(person).data

    def marked() -> int:
        data.grid.scroll_to(data.grid.row_count)  # a row that comes back may be below those in sight
        found = [data.row(number) for number in data.grid.rows_in_sight]
        return -1 if None in found else sum(row is not None and row.mark is not Mark.NONE for row in found)

    person.until(lambda: marked() == count)


def until_pending(person: Person, words: str) -> None:
    parts = person.rooms.database
    person.until(lambda: (room(person).count("migrations"), parts.writing and parts.writing.doing()) == (words, None))


def test_that_a_downgrade_and_an_upgrade_keep_every_row_while_the_server_runs(person: Person) -> None:
    room(person).show_tab("migrations")
    panel = person.find(MigrationsPanel, names.MIGRATIONS_PANEL)
    before = rows(person)
    assert person.request("/orders") == 200
    person.until(lambda: panel.chain_list.model().rowCount() == 6)

    press_button(person, names.MIGRATIONS_DOWN)
    press_button(person, names.CONFIRM_YES)
    until_pending(person, "1 pending")
    assert "orders" not in rows(person)
    assert person.request("/orders") == 503  # the demo says what to do
    assert person.request("/items") == 200

    press_button(person, names.MIGRATIONS_UP)
    until_pending(person, "")
    assert rows(person) == before
    assert person.request("/orders") == 200
    assert person.read(names.MIGRATIONS_TITLE) == "The SQL of the upgrade"
    assert person.leave() == 0


def test_that_what_a_request_did_is_undone_and_everything_reset(person: Person) -> None:
    before = rows(person)
    person.choose("POST /items")
    person.send()
    added = rows(person)
    assert len(added["items"]) == len(before["items"]) + 1
    room(person)
    person.until(lambda: person.sees(names.DATA_CHANGE))
    until_marked(person, 1)
    press_button(person, names.DATA_UNDO)
    person.until(lambda: rows(person) == before)
    person.until(lambda: person.sees(UNDONE))
    until_marked(person, 0)
    person.undo()
    person.until(lambda: rows(person) == added)
    person.until(lambda: not person.sees(UNDONE))
    until_marked(person, 1)
    assert person.focus == f"{names.DATA_GRID}.cells"

    press_button(person, names.DATABASE_RESET)
    press_button(person, names.CONFIRM_YES)
    person.until(lambda: rows(person) == before, START_PATIENCE_MS)  # the app is started for it
    person.until(lambda: person.read(names.DATA_COUNT).startswith(f"{len(before['items'])} rows"))
    assert person.sees(UNDONE)
    until_marked(person, 0)
    assert person.request("/items") == 200
    press_button(person, names.STATUS_UNDO)
    person.until(lambda: rows(person) == added)
    person.until(lambda: not person.sees(UNDONE))
    until_marked(person, 1)
    assert person.leave() == 0


def test_that_the_console_answers_and_remembers(person: Person) -> None:
    room(person).show_tab("console")
    console = person.find(ConsolePanel, names.CONSOLE_PANEL)
    person.write(names.CONSOLE_EDITOR, "SELECT count(*) AS items FROM items")
    person.press(Qt.Key.Key_Return, CONTROL)
    person.until(lambda: console.results.result is not None)
    assert console.results.result is not None
    assert console.results.result.rows == ((len(rows(person)["items"]),),)
    assert person.leave() == 0


def test_that_requests_go_on_while_migrations_go_down_and_up_and_lose_nothing_they_were_told_is_there(
    person: Person,
) -> None:
    shown = room(person)
    shown.show_tab("migrations")
    panel = person.find(MigrationsPanel, names.MIGRATIONS_PANEL)
    person.until(lambda: panel.chain_list.model().rowCount() == 6)
    before, url = rows(person), person.rooms.server.url
    assert url is not None
    over = threading.Event()
    answers: list[int] = []

    def visit() -> None:
        with httpx.Client(base_url=url, timeout=30) as client:
            while not over.wait(0.05):
                answers.append(client.post("/items", json={"name": "Lamp", "price": 1}).status_code)

    visitor = threading.Thread(target=visit)
    visitor.start()
    try:
        press_button(person, names.MIGRATIONS_DOWN)
        press_button(person, names.CONFIRM_YES)
        until_pending(person, "1 pending")
        told = len(answers)
        person.until(lambda: len(answers) > told + 2)
        press_button(person, names.MIGRATIONS_UP)
        until_pending(person, "")
        told = len(answers)
        person.until(lambda: len(answers) > told + 2)
    finally:
        over.set()
        visitor.join(30)
    assert answers[-1] == 201
    assert set(answers) <= {201, 503}  # 503: the database is held for a moment, and the demo says so
    after = rows(person)
    assert len(after["items"]) == len(before["items"]) + answers.count(201)
    assert after["orders"] == before["orders"]
    change = person.rooms.database.controller.changes.change if person.rooms.database.controller else None
    assert change is not None
    assert change.label == "POST /items"  # rows are told again after the tables changed
    assert person.leave() == 0
