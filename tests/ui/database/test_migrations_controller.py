from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListView, QPushButton
from pytestqt.qtbot import QtBot

from explorer.database.migrations.applied import AppliedTimes
from explorer.database.migrations.migrations import Migrations
from explorer.database.migrations.process import MigrationProcess
from explorer.database.migrations.revisions import Chain
from explorer.database.migrations.setup import MigrationSetup
from explorer.database.snapshots import Snapshots
from explorer.storage.writer import Writer
from explorer.ui import names
from explorer.ui.controllers.migrations import MigrationsController
from explorer.ui.controllers.rewriting import Rewriting
from explorer.ui.panels.database.migrations_panel import MigrationsPanel
from explorer.ui.tasks import Tasks
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.segmented import Segmented
from explorer.ui.widgets.sentence_bar import SentenceBar
from explorer.ui.widgets.undo_offer import UndoOffer

ENV = """
from alembic import context
from sqlalchemy import create_engine
engine = create_engine(context.config.get_main_option("sqlalchemy.url"))
with engine.connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""
STEP = """\"\"\"Step {name}\"\"\"
from alembic import op
revision = "{name}"
down_revision = {parent!r}
def upgrade():
    op.execute("{upgrade}")
def downgrade():
    op.execute("{downgrade}")
"""
STEPS = (
    ("one", None, "CREATE TABLE items (id INTEGER)", "DROP TABLE items"),
    ("two", "one", "CREATE TABLE more (id INTEGER)", "DROP TABLE more"),
    ("three", "two", "INSERT INTO nowhere VALUES (1)", "SELECT 1"),
)


class Desk:
    """A panel before a database with three revisions, of which the last one cannot work."""

    def __init__(self, qtbot: QtBot, themes: Themes, folder: Path, loop: asyncio.AbstractEventLoop) -> None:
        self._qtbot = qtbot
        self._loop = loop
        self.folder = folder
        self.path = folder / "shop.sqlite3"
        sqlite3.connect(self.path).close()
        self.path.touch()
        versions = folder / "app" / "alembic" / "versions"
        versions.mkdir(parents=True)
        (folder / "app" / "alembic.ini").write_text("[alembic]\nscript_location = alembic\n")
        (folder / "app" / "alembic" / "env.py").write_text(ENV)
        for name, parent, upgrade, downgrade in STEPS:
            text = STEP.format(name=name, parent=parent, upgrade=upgrade, downgrade=downgrade)
            (versions / f"{name}.py").write_text(text)
        setup = MigrationSetup(ini=folder / "app" / "alembic.ini")
        self.process = MigrationProcess(setup)
        self.writer = Writer(lambda _: None)
        snapshots = Snapshots(folder / "snapshots", self.path, busy_seconds=0.05)
        self.migrations = Migrations(
            setup, snapshots, AppliedTimes(folder / "applied.json", self.writer), self.process, busy_seconds=0.05
        )
        self.failures: list[BaseException] = []
        tasks = Tasks(self.failures.append)
        self.undo = UndoOffer(themes)
        self.rewriting = Rewriting(snapshots, self.undo, tasks)
        self.panel = MigrationsPanel(themes)
        self.controller = MigrationsController(self.panel, themes, self.migrations, self.rewriting, tasks)
        self.chains: list[Chain] = []
        self.controller.chain_read.connect(self.chains.append)
        self.rewriting.wrote.connect(lambda _who: self.controller.refresh())
        for widget in (self.panel, self.undo):
            qtbot.addWidget(widget)
        self.panel.resize(400, 700)
        self.panel.show()
        self.controller.refresh()
        self.until_idle()

    @property
    def tables(self) -> set[str]:
        with closing(sqlite3.connect(self.path)) as connection:
            return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}

    @property
    def title(self) -> str:
        return self.panel.findChildren(ElidedLabel, names.MIGRATIONS_TITLE)[0].whole_text

    @property
    def error(self) -> str:
        return self.panel.findChildren(SentenceBar, names.MIGRATIONS_ERROR)[0].sentence

    def until_idle(self) -> None:
        self._qtbot.waitUntil(lambda: not asyncio.all_tasks(self._loop), timeout=20_000)

    def click(self, name: str) -> None:
        found: list[QPushButton] = []

        def there() -> bool:
            found[:] = [
                each
                for each in QApplication.allWidgets()
                if isinstance(each, QPushButton) and each.objectName() == name and each.isVisible()
            ]
            return bool(found)

        self._qtbot.waitUntil(there)
        found[0].click()


@pytest.fixture
def desk(qtbot: QtBot, themes: Themes, tmp_path: Path, ui_loop: asyncio.AbstractEventLoop) -> Iterator[Desk]:
    desk = Desk(qtbot, themes, tmp_path, ui_loop)
    yield desk
    desk.process.close()
    assert desk.failures == []
    assert desk.writer.flush(5)


def test_that_steps_are_taken_told_and_taken_back(desk: Desk) -> None:
    assert desk.chains[-1].pending == 3
    assert "one" in desk.title  # the next step was tried on a copy
    desk.click(names.MIGRATIONS_UP)
    desk.until_idle()
    desk.click(names.MIGRATIONS_UP)
    desk.until_idle()
    assert desk.tables == {"alembic_version", "items", "more"}
    assert desk.title == "The SQL of the upgrade"
    assert desk.chains[-1].pending == 1
    assert all(one.applied_at for one in desk.chains[-1].revisions if one.applied)

    desk.click(names.MIGRATIONS_DOWN)
    desk.click(names.CONFIRM_NO)
    desk.until_idle()
    assert "more" in desk.tables
    desk.click(names.MIGRATIONS_DOWN)
    desk.click(names.CONFIRM_YES)
    desk.until_idle()
    assert desk.tables == {"alembic_version", "items"}

    desk.click(names.STATUS_UNDO)
    desk.until_idle()
    assert desk.tables == {"alembic_version", "items", "more"}
    assert desk.chains[-1].pending == 1

    desk.click(names.MIGRATIONS_UP)
    desk.until_idle()
    assert desk.error == "no such table: nowhere. The database is as it was before."
    with closing(sqlite3.connect(desk.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        desk.click(names.MIGRATIONS_UP)
        desk.until_idle()
        other.execute("ROLLBACK")
    assert desk.error.startswith("shop.sqlite3 is locked")


def test_that_after_a_step_the_preview_of_the_next_one_waits_behind_what_ran(desk: Desk, qtbot: QtBot) -> None:
    desk.click(names.MIGRATIONS_UP)
    desk.until_idle()
    assert desk.title == "The SQL of the upgrade"
    views = desk.panel.findChild(Segmented, names.MIGRATIONS_VIEWS)
    assert views is not None
    qtbot.mouseClick(views.buttons[0], Qt.MouseButton.LeftButton)
    assert "two" in desk.title
    lines = desk.panel.findChild(QListView, names.MIGRATIONS_SCHEMA)
    assert lines is not None
    assert lines.isVisible()
    assert lines.model().rowCount() > 0
    assert desk.tables == {"alembic_version", "items"}


def test_that_a_preview_is_stopped_by_a_click_and_tried_again(desk: Desk) -> None:
    (env,) = desk.folder.glob("app/alembic/env.py")
    env.write_text(f"import time\ntime.sleep(60)\n{ENV}")
    desk.panel.preview_wanted.emit("one")
    desk.click(names.MIGRATIONS_MESSAGE_ACTION)
    desk.until_idle()
    button = desk.panel.findChild(QPushButton, names.MIGRATIONS_MESSAGE_ACTION)
    assert button is not None
    assert button.text() == "Try it again"
    env.write_text(ENV)
    button.click()
    desk.until_idle()
    assert not button.isVisible()
    assert "one" in desk.title
    assert desk.error == ""
