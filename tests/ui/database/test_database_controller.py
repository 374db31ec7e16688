from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from explorer.database.changes import ChangeKind, ChangeSet, RowChange
from explorer.database.grid import Comparison, Filter, Mark, Order
from explorer.database.inspector import Inspector
from explorer.database.snapshot import Snapshot
from explorer.ui import names
from explorer.ui.controllers.database import DatabaseController
from explorer.ui.panels.database_room import DatabaseRoom
from explorer.ui.tasks import Tasks
from explorer.ui.theme.manager import Themes
from tests.core.database.making import is_free, make, writing

SHOP = """
CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO users VALUES (1, 'Ada'), (2, 'Grace');
CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT, owner_id INTEGER REFERENCES users (id));
INSERT INTO items VALUES (10, 'Tea', 1), (20, 'Pot', 2), (30, 'Ink', NULL);
CREATE VIEW fails AS SELECT abs(-9223372036854775808) AS a;
CREATE TABLE large (n INTEGER PRIMARY KEY, word TEXT);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
INSERT INTO large SELECT i, printf('%05d', i * 7919 % 60000) FROM n;
"""


class Desk:
    """The room before a database, and patience."""

    def __init__(self, qtbot: QtBot, themes: Themes, path: Path) -> None:
        self._qtbot = qtbot
        self.failures: list[BaseException] = []
        self.path = path
        self.inspector = Inspector(path, busy_seconds=0.05)
        self.room = DatabaseRoom(themes)
        self.tasks = Tasks(self.failures.append)
        qtbot.addWidget(self.room)
        self.room.resize(1200, 800)
        self.controller = DatabaseController(self.room, self.inspector, self.tasks, self.room)
        with qtbot.waitExposed(self.room):
            self.room.show()

    def start(self) -> None:
        self.controller.start()
        self.until(lambda: self.room.data.row(0) is not None)

    def show(self, table: str) -> None:
        self.controller.rows.show_table(table)
        self.until(lambda: self.room.data.row(0) is not None)

    def until(self, true: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(true()), timeout=20_000)

    def button(self, name: str) -> QPushButton:
        found = self.room.findChild(QPushButton, name)
        assert found is not None
        return found

    @property
    def trouble(self) -> str:
        shown = self.room.trouble.isVisible()
        text = self.room.findChild(QLabel, names.NOTICE_TEXT.format(kind="database"))
        return text.text() if shown and text is not None else ""

    def names(self) -> list[tuple[object, Mark]]:
        rows = [self.room.data.row(number) for number in self.room.data.grid.rows_in_sight]
        return [(row.cells[1], row.mark) for row in rows if row is not None]


def overwrite(path: Path, content: bytes) -> None:
    """Put bytes over a file's first ones; the file stays the same one, also for who has it open."""
    with path.open("r+b") as file:
        file.write(content)


@pytest.fixture
def desk(qtbot: QtBot, themes: Themes, tmp_path: Path, ui_loop: asyncio.AbstractEventLoop) -> Iterator[Desk]:
    desk = Desk(qtbot, themes, make(tmp_path / "shop.sqlite3", SHOP))
    yield desk
    desk.controller.stop()
    ended = ui_loop.create_task(desk.tasks.cancel_all())
    desk.until(ended.done)
    desk.inspector.close(5)
    assert desk.failures == []
    assert is_free(desk.path)


def test_that_rows_can_be_filtered_and_sorted_and_the_way_back_from_a_jump_leads_to_them(desk: Desk) -> None:
    desk.start()
    desk.show("items")
    data = desk.room.data
    data.filters_changed.emit((Filter("owner_id", Comparison.IS_NOT_NULL),))
    data.order_changed.emit(Order("name"))
    desk.until(lambda: [name for name, _ in desk.names()] == ["Pot", "Tea"])
    data.follow(0, "owner_id")
    desk.until(lambda: desk.names() == [("Grace", Mark.NONE)])
    data.back_requested.emit()
    desk.until(lambda: [name for name, _ in desk.names()] == ["Pot", "Tea"])
    assert (data.order, data.filters) == (Order("name"), (Filter("owner_id", Comparison.IS_NOT_NULL),))


def test_that_a_change_leads_to_its_row_and_one_can_go_back_to_the_change_before(desk: Desk) -> None:
    desk.start()
    first, second = (
        ChangeSet(
            trace_id=str(key),
            label="POST /items",
            at=0,
            columns={"items": ("id", "name", "owner_id")},
            changes=(RowChange("items", ChangeKind.INSERT, (key,), None, (key, name, None)),),
            counts={"items": (1, 0, 0)},
        )
        for key, name in ((20, "Pot"), (30, "Ink"))
    )
    desk.controller.add_changes((first, second))
    assert desk.controller.open_change("30")
    desk.until(lambda: desk.names() == [("Tea", Mark.NONE), ("Pot", Mark.NONE), ("Ink", Mark.ADDED)])
    desk.until(lambda: desk.room.data.grid.current[0] == 2)
    desk.room.data.change_stepped.emit(-1)
    desk.until(lambda: desk.names()[1:] == [("Pot", Mark.ADDED), ("Ink", Mark.NONE)])
    assert not desk.controller.open_change("unknown")


def test_that_a_change_one_went_back_to_stays_on_show_and_the_way_to_newer_ones_is_offered(desk: Desk) -> None:
    desk.start()
    changes = [ChangeSet(trace_id=str(n), label=f"PUT /items/{n}", at=0, counts={"items": (0, 1, 0)}) for n in range(4)]
    desk.controller.add_changes(changes[:2])
    newer = desk.button(names.DATA_CHANGE_NEWER)
    assert desk.controller.changes.change == changes[1]
    assert not newer.isVisible()
    desk.room.data.change_stepped.emit(-1)
    desk.controller.add_changes(changes[2:])
    assert desk.controller.changes.change == changes[0]
    assert newer.text() == "3 newer"
    grown = replace(changes[0], counts={"items": (0, 2, 0)})
    desk.controller.add_changes((grown,))
    assert desk.controller.changes.change == grown  # and it is the newest now
    assert [change.trace_id for change in desk.controller.changes.changes] == ["1", "2", "3", "0"]
    desk.room.data.change_stepped.emit(-1)
    newer.click()
    assert desk.controller.changes.change == grown
    desk.room.data.change_stepped.emit(-1)
    desk.room.hide()
    desk.controller.add_changes((changes[1],))
    assert desk.controller.changes.change == changes[1]  # whoever comes back sees what was done meanwhile


def test_that_a_snapshot_brings_back_the_marks_of_what_it_has_in_it(desk: Desk) -> None:
    changes = [ChangeSet(trace_id=str(n), label=f"PUT /items/{n}", at=0, counts={"items": (0, 1, 0)}) for n in range(3)]
    marked: list[ChangeSet | None] = []
    rows = desk.controller.changes
    rows.shown.connect(marked.append)
    snapshot = Snapshot(path=desk.path.with_suffix(".copy"), taken_at=0, reason="by hand", size=0)
    desk.controller.add_changes(changes[:2])
    rows.set_undone("0", True)
    rows.note_snapshot(snapshot)
    desk.controller.add_changes(changes[2:])
    assert marked[-1:] == [changes[2]]
    rows.note_restored(snapshot)
    assert marked[-1:] == [None]  # it came after the snapshot
    desk.room.data.change_stepped.emit(-1)
    assert marked[-1:] == [changes[1]]
    desk.room.data.change_stepped.emit(-1)
    assert marked[-1:] == [None]  # it was undone before it
    rows.note_restored(None)
    desk.room.data.change_stepped.emit(1)
    assert marked[-1:] == [None]


@pytest.mark.parametrize("gone", [True, False], ids=["deleted", "ruined"])
def test_that_a_lost_database_offers_the_ways_back(desk: Desk, qtbot: QtBot, gone: bool) -> None:
    desk.start()
    content = desk.path.read_bytes()
    desk.path.unlink()
    if not gone:
        desk.path.write_bytes(b"a text" * 2_000)
    desk.until(desk.room.trouble.isVisible)
    for action, asked in (
        ("snapshots", desk.room.sidebar.snapshots_requested),
        ("reset", desk.room.sidebar.reset_requested),
    ):
        with qtbot.waitSignal(asked):
            desk.button(names.NOTICE_ACTION.format(kind="database", action=action)).click()
    desk.path.unlink(missing_ok=True)
    desk.path.write_bytes(content)
    desk.until(lambda: not desk.room.trouble.isVisible())


@pytest.mark.parametrize("length", [16, 100, 4096], ids=["its first word", "its header", "its first page"])
def test_that_a_database_that_is_overwritten_while_it_is_open_costs_nothing_once_it_is_well(
    desk: Desk, length: int
) -> None:
    desk.start()
    desk.show("items")
    data, sidebar = desk.room.data, desk.room.sidebar
    data.filters_changed.emit((Filter("owner_id", Comparison.IS_NOT_NULL),))
    data.order_changed.emit(Order("name"))
    sidebar.filter.setText("name")
    desk.until(lambda: [name for name, _ in desk.names()] == ["Pot", "Tea"])
    good = desk.path.read_bytes()[:length]
    overwrite(desk.path, bytes(255 - byte for byte in good))
    desk.until(lambda: "no SQLite database" in desk.trouble)
    assert desk.names()  # what was read stays in sight
    overwrite(desk.path, good)
    assert is_free(desk.path)
    with writing(desk.path) as connection:
        connection.execute("UPDATE items SET name = 'Green tea' WHERE id = 10")
    desk.until(lambda: not desk.room.trouble.isVisible())
    desk.until(lambda: [name for name, _ in desk.names()] == ["Green tea", "Pot"])
    assert sidebar.filter.text() == "name"
    assert (data.order, data.filters) == (Order("name"), (Filter("owner_id", Comparison.IS_NOT_NULL),))


def test_that_a_large_table_is_sorted_while_its_first_rows_are_seen(desk: Desk) -> None:
    desk.start()
    desk.show("large")
    data = desk.room.data
    data.order_changed.emit(Order("word", descending=True))
    desk.until(lambda: desk.names() and desk.names()[0][0] == "59999")
    data.grid.scroll_to(59_990)
    desk.until(lambda: ("00000", Mark.NONE) in desk.names())
    desk.until(lambda: not data.footer.stop.isVisible())
    assert data.footer.count.text() == "60,000 rows"


def test_that_rows_follow_what_another_program_writes(desk: Desk) -> None:
    desk.start()
    desk.show("items")
    with writing(desk.path) as connection:
        connection.execute("UPDATE items SET name = 'Green tea' WHERE id = 10")
        connection.execute("CREATE TABLE added (a)")
    desk.until(lambda: desk.names()[0][0] == "Green tea")
    desk.until(lambda: desk.room.sidebar.tree.model().rowCount() > 5)


def test_that_a_view_that_fails_says_so_in_place_of_rows_and_other_tables_go_on(desk: Desk) -> None:
    desk.start()
    desk.controller.rows.show_table("fails")
    again = desk.button(names.DATA_MESSAGE_ACTION)
    desk.until(again.isVisible)
    assert not desk.room.trouble.isVisible()
    desk.show("items")
    desk.until(lambda: len(desk.names()) == 3)


def test_that_a_locked_database_is_said_above_the_rows_that_stay(desk: Desk) -> None:
    desk.start()
    desk.show("items")
    with closing(sqlite3.connect(desk.path, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        desk.until(desk.room.trouble.isVisible)
        assert len(desk.names()) == 3
    desk.until(lambda: not desk.room.trouble.isVisible())
