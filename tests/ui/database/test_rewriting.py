from __future__ import annotations

import asyncio
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.database.changes import ChangeKind, ChangeSet, RowChange
from explorer.database.snapshots import Snapshots
from explorer.ui import names
from explorer.ui.controllers.busy import BusyController
from explorer.ui.controllers.rewriting import Rewriting
from explorer.ui.controllers.snapshots import SnapshotsController
from explorer.ui.controllers.taking_back_rows import Seed, TakingBackRowsController
from explorer.ui.panels.database.snapshots_dialog import SnapshotsDialog
from explorer.ui.panels.database_room import DatabaseRoom
from explorer.ui.tasks import Tasks
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.undo_offer import UndoOffer

SEED = (
    "import sqlite3; c = sqlite3.connect('seed.sqlite3'); c.execute('CREATE TABLE items (id INTEGER PRIMARY KEY, "
    "name TEXT)'); c.execute(\"INSERT INTO items (name) VALUES ('seed')\"); c.commit()"
)
CHANGE = ChangeSet(
    trace_id="a" * 32,
    label="PUT /items/1",
    at=0.0,
    columns={"items": ("id", "name")},
    changes=(RowChange("items", ChangeKind.UPDATE, (1,), (1, "lamp"), (1, "desk")),),
    counts={"items": (0, 1, 0)},
)


class Desk:
    """A Database room over a small database, and what brings it back."""

    def __init__(self, qtbot: QtBot, themes: Themes, folder: Path, loop: asyncio.AbstractEventLoop) -> None:
        self._qtbot = qtbot
        self._loop = loop
        self.seed = SEED
        self.path = folder / "shop.sqlite3"
        with closing(sqlite3.connect(self.path)) as connection, connection:
            connection.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT)")
            connection.execute("INSERT INTO items VALUES (1, 'desk')")
        self.failures: list[BaseException] = []
        tasks = Tasks(self.failures.append)
        self.room = DatabaseRoom(themes)
        self.undo = UndoOffer(themes)
        self.snapshots = Snapshots(folder / "snapshots", self.path, busy_seconds=0.05)
        self.rewriting = Rewriting(self.snapshots, self.undo, tasks)
        self.told: list[str] = []
        self.wrote: list[str] = []
        self.rewriting.told.connect(self.told.append)
        self.rewriting.wrote.connect(self.wrote.append)
        self.list = SnapshotsController(self.room, themes, self.rewriting, tasks)
        self.rows = TakingBackRowsController(
            self.room,
            themes,
            self.rewriting,
            tasks,
            seed=Seed(lambda _: [sys.executable, "-c", self.seed], {}),
            change_of=lambda trace_id: CHANGE if trace_id == CHANGE.trace_id else None,
        )
        for widget in (self.room, self.undo):
            qtbot.addWidget(widget)
        self.room.resize(1200, 700)
        self.room.show()
        self.until_idle()

    def names(self) -> list[str]:
        with closing(sqlite3.connect(self.path)) as connection:
            return [row[0] for row in connection.execute("SELECT name FROM items ORDER BY id")]

    def until_idle(self, left: int = 0) -> None:
        self._qtbot.waitUntil(lambda: len(asyncio.all_tasks(self._loop)) <= left, timeout=10_000)

    def find(self, kind: type[QWidget], name: str) -> QWidget:
        found: list[QWidget] = []

        def there() -> bool:
            found[:] = [w for w in QApplication.allWidgets() if w.objectName() == name and w.isVisible()]
            return bool(found)

        self._qtbot.waitUntil(there)
        assert isinstance(found[0], kind)
        return found[0]

    def click(self, name: str) -> None:
        button = self.find(QPushButton, name)
        assert isinstance(button, QPushButton)
        button.click()

    def take_back(self) -> None:
        self.click(names.STATUS_UNDO)
        self.until_idle()


@pytest.fixture
def desk(qtbot: QtBot, themes: Themes, tmp_path: Path, ui_loop: asyncio.AbstractEventLoop) -> Iterator[Desk]:
    desk = Desk(qtbot, themes, tmp_path, ui_loop)
    yield desk
    desk.until_idle()
    assert desk.failures == []


def test_that_a_request_is_undone_and_the_undoing_taken_back(desk: Desk) -> None:
    desk.room.data.undo_requested.emit(CHANGE.trace_id)
    desk.until_idle()
    assert desk.names() == ["lamp"]
    assert desk.wrote == ["the undoing of PUT /items/1"]
    desk.take_back()
    assert desk.names() == ["desk"]
    assert desk.told == []


def test_that_what_cannot_be_undone_says_why(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.path)) as connection, connection:
        connection.execute("UPDATE items SET name = 'table'")
    desk.room.data.undo_requested.emit(CHANGE.trace_id)
    desk.until_idle()
    desk.room.data.undo_requested.emit("b" * 32)
    desk.until_idle()
    assert desk.told[0].startswith("Row 1 of items was changed since.")
    assert "not kept any more" in desk.told[1]
    assert desk.names() == ["table"]


def test_that_a_reset_asks_once_takes_a_snapshot_and_can_be_taken_back(desk: Desk) -> None:
    desk.click(names.DATABASE_RESET)
    desk.click(names.CONFIRM_YES)
    desk.until_idle()
    assert desk.names() == ["seed"]
    assert [one.reason for one in desk.snapshots.all()] == ["before the reset to the seed data"]
    desk.take_back()
    assert desk.names() == ["desk"]
    assert desk.snapshots.all()[0].reason == "before going back"
    assert desk.told == ["The database is as it was before. What happened since is in a snapshot."]


def test_that_a_reset_that_is_not_wanted_changes_nothing(desk: Desk) -> None:
    desk.click(names.DATABASE_RESET)
    desk.click(names.CONFIRM_NO)
    desk.until_idle()
    assert (desk.names(), desk.snapshots.all()) == (["desk"], ())


def test_that_snapshots_are_taken_restored_deleted_and_brought_back(desk: Desk) -> None:
    desk.click(names.DATABASE_SNAPSHOTS)
    desk.click(names.SNAPSHOTS_TAKE)
    desk.until_idle(left=1)
    dialog = desk.find(SnapshotsDialog, names.SNAPSHOTS_DIALOG)
    assert isinstance(dialog, SnapshotsDialog)
    assert [one.reason for one in desk.snapshots.all()] == ["by hand"]
    with closing(sqlite3.connect(desk.path)) as connection, connection:
        connection.execute("DELETE FROM items")
    desk.click(names.SNAPSHOTS_RESTORE)
    desk.click(names.CONFIRM_YES)
    desk.until_idle(left=1)
    assert desk.names() == ["desk"]
    assert len(desk.snapshots.all()) == 2
    desk.click(names.SNAPSHOTS_DELETE)
    desk.until_idle(left=1)
    assert len(desk.snapshots.all()) == 1
    desk.click(names.STATUS_UNDO)
    desk.until_idle(left=1)
    assert len(desk.snapshots.all()) == 2
    dialog.close()
    desk.until_idle()


def test_that_a_database_that_is_held_is_told_and_nothing_else_waits(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        desk.click(names.DATABASE_RESET)
        desk.click(names.CONFIRM_YES)
        desk.until_idle()
        other.execute("ROLLBACK")
    assert desk.told[0].startswith("shop.sqlite3 is locked")
    assert desk.snapshots.all() == ()
    assert desk.names() == ["desk"]


def test_that_an_undo_and_its_way_back_are_told(desk: Desk) -> None:
    undone: list[tuple[str, bool]] = []
    desk.rows.undone.connect(lambda trace_id, now: undone.append((trace_id, now)))
    desk.room.data.undo_requested.emit(CHANGE.trace_id)
    desk.until_idle()
    desk.take_back()
    assert undone == [(CHANGE.trace_id, True), (CHANGE.trace_id, False)]


def test_that_what_takes_long_is_said_and_can_be_stopped(desk: Desk) -> None:
    busy = BusyController(desk.room.busy, desk.rewriting)
    desk.seed = "import time; time.sleep(60)"
    desk.room.data.reset_requested.emit()
    desk.click(names.CONFIRM_YES)
    desk.click(names.DATABASE_BUSY_CANCEL)
    desk.until_idle()
    assert busy is not None
    assert not desk.room.busy.running
    assert desk.told == ["Stopped: nothing was changed."]
    assert desk.names() == ["desk"]
