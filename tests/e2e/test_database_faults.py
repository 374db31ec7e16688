"""What can be wrong with a database, as a person sees it in the window: a sentence, a way out, and rows again."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton

from explorer.ui import names
from explorer.ui.panels.database.schema_page import SchemaPage
from explorer.ui.panels.database_room import DATA, SCHEMA, DatabaseRoom
from tests.core.database.making import another_program, is_free, make
from tests.core.database.odd import ODD

from .conftest import Person, Start

SMALL = "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2); CREATE TABLE big (b);"
BIG = "INSERT INTO big VALUES (zeroblob(400000));"
HALF_WRITTEN = (
    "c.execute('PRAGMA cache_size=2')\nc.execute('BEGIN IMMEDIATE')\nc.execute('DELETE FROM t')\n"
    "c.execute('UPDATE big SET b = randomblob(400000)')"
)


class Onlooker:
    """Looks into the Database room.

    Attributes:
        person: who looks.
        room: the room.
    """

    def __init__(self, person: Person) -> None:
        self.person = person
        person.window.show_room("database")
        self.room = person.find(DatabaseRoom, names.DATABASE_ROOM)

    @property
    def trouble(self) -> str:
        """What the bar above the rows says; empty while it says nothing."""
        shown = self.room.trouble.isVisible()
        return self.person.find(QLabel, names.NOTICE_TEXT.format(kind="database")).text() if shown else ""

    @property
    def problem(self) -> str:
        """What stands in place of the rows; empty while there are rows."""
        return self.person.read(names.DATA_MESSAGE) if self.person.sees(names.DATA_MESSAGE) else ""

    @property
    def rows(self) -> list[tuple[object, ...]]:
        """The rows in sight."""
        data = self.room.data
        found = [data.row(number) for number in data.grid.rows_in_sight]
        return [row.cells for row in found if row is not None]

    def show(self, table: str) -> None:
        """Choose a table at the left."""
        self.person.until(lambda: self.room.data.table is not None)
        self.room.sidebar.table_chosen.emit(table)
        self.person.until(lambda: self.room.data.table is not None and self.room.data.table.name == table)

    def until_rows(self, rows: list[tuple[object, ...]]) -> None:
        """Wait until exactly these rows are in sight."""
        self.person.until(lambda: self.rows == rows)

    def until_problem(self, words: str) -> None:
        """Wait until a sentence with these words stands in place of the rows."""
        self.person.until(lambda: words in self.problem)

    def do(self, action: str) -> None:
        """Press a button of the bar."""
        self.person.find(QPushButton, names.NOTICE_ACTION.format(kind="database", action=action)).click()


def test_that_a_lock_of_another_process_is_said_and_the_rows_stay(start: Start, tmp_path: Path) -> None:
    path = make(tmp_path / "shop.sqlite3", SMALL)
    look = Onlooker(start(database=path))
    look.person.until_ready()
    look.show("t")
    look.until_rows([(1,), (2,)])
    with another_program("c.execute('BEGIN EXCLUSIVE')", path):
        look.person.until(lambda: "another program holds it" in look.trouble)
        assert look.rows == [(1,), (2,)]
    look.person.until(lambda: not look.trouble)
    assert look.person.leave() == 0
    assert is_free(path)


def test_that_a_writer_who_was_killed_is_told_of_and_a_click_brings_the_rows_back(start: Start, tmp_path: Path) -> None:
    path = make(tmp_path / "shop.sqlite3", SMALL + BIG)
    look = Onlooker(start(database=path))
    look.person.until_ready()
    look.show("t")
    look.until_rows([(1,), (2,)])
    with another_program(HALF_WRITTEN, path) as writer:
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait(10)
    assert Path(f"{path}-journal").stat().st_size > 0
    look.person.until(lambda: "open the file for writing once" in look.trouble)
    look.do("mend")
    look.person.until(lambda: not look.trouble and look.rows == [(1,), (2,)])
    assert not Path(f"{path}-journal").exists()
    assert look.person.leave() == 0
    assert is_free(path)


def test_that_what_a_killed_writer_left_in_a_wal_is_shown(start: Start, tmp_path: Path) -> None:
    path = make(tmp_path / "shop.sqlite3", SMALL)
    look = Onlooker(start(database=path))
    look.show("t")
    with another_program("c.execute('PRAGMA journal_mode=WAL')\nc.execute('INSERT INTO t VALUES (3)')", path) as writer:
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait(10)
    assert Path(f"{path}-wal").stat().st_size > 0
    look.until_rows([(1,), (2,), (3,)])
    assert not look.trouble
    assert look.person.leave() == 0
    assert is_free(path)


def test_that_a_file_that_takes_its_place_is_shown_and_a_damaged_one_costs_its_table_alone(
    start: Start, tmp_path: Path
) -> None:
    path = make(tmp_path / "shop.sqlite3", SMALL)
    look = Onlooker(start(database=path))
    look.person.until_ready()
    look.show("t")
    look.until_rows([(1,), (2,)])
    script = "PRAGMA page_size=1024; CREATE TABLE t (a); CREATE TABLE other (a); INSERT INTO other VALUES (7);"
    damaged = make(tmp_path / "damaged", script)
    with damaged.open("r+b") as file:
        file.seek(1024)
        file.write(b"\xff" * 1024)
    damaged.replace(path)
    look.until_problem("damaged")
    look.show("other")
    look.until_rows([(7,)])
    make(tmp_path / "well", "CREATE TABLE t (a); INSERT INTO t VALUES (9);").replace(path)
    look.show("t")
    look.until_rows([(9,)])
    assert not look.trouble
    assert look.person.leave() == 0
    assert is_free(path)


def test_that_a_file_that_is_no_database_is_said_to_be_none(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"just a text, and not a short one" * 40)
    before = path.read_bytes()
    person = start(database=path)
    look = Onlooker(person)
    person.until(lambda: "no SQLite database" in look.trouble)
    assert person.leave() == 0
    assert path.read_bytes() == before


def test_that_odd_tables_are_shown_with_their_schema_and_a_view_that_fails_says_why(
    start: Start, tmp_path: Path
) -> None:
    path = make(tmp_path / "odd.sqlite3", ODD)
    make(path, "DROP TABLE gone")
    look = Onlooker(start(database=path))
    person = look.person
    expected: dict[str, Any] = {
        "a \"b\" 'c' %;--": [(1, "one"), (2, "two")],
        "computed": [(21, 42, "21!")],
        "keyed": [("a", 1, "z"), ("a", 2, "y"), ("b", 1, "x")],
        "taken": [("a", "b", "c")],
        "words": [("tea",), ("pot",)],
    }
    for table, rows in expected.items():
        look.show(table)
        look.until_rows(rows)
    look.show("wide")
    person.until(lambda: [(row[0], row[1999]) for row in look.rows] == [(1, 2), (3, 4)])
    look.room.show_tab(SCHEMA)
    page = person.find(SchemaPage, names.SCHEMA_PAGE)
    person.until(lambda: "c1999 INTEGER" in page.ddl.toPlainText())
    look.show("broken")
    person.until(lambda: person.sees(names.SCHEMA_PROBLEM))
    look.room.show_tab(DATA)
    for view, word in (("broken", "no such table"), ("fails", "integer overflow")):
        look.show(view)
        look.until_problem(word)
    assert not look.trouble
    assert person.leave() == 0
    assert is_free(path)
