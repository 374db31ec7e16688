from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from explorer.database.console_history import ConsoleHistory
from explorer.database.export import RowsFormat
from explorer.database.inspector import Inspector
from explorer.storage.writer import Writer
from explorer.ui import names
from explorer.ui.controllers.console import ConsoleController
from explorer.ui.panels.database.console_panel import ConsolePanel
from explorer.ui.tasks import Tasks
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.sentence_bar import SentenceBar
from explorer.ui.widgets.undo_offer import UndoOffer

CONTROL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """A console before a database, and somebody who uses it."""

    def __init__(self, qtbot: QtBot, themes: Themes, folder: Path, loop: asyncio.AbstractEventLoop) -> None:
        self._qtbot = qtbot
        self.path = folder / "shop.sqlite3"
        self.folder = folder
        self.loop = loop
        self.writer = Writer(lambda _: None)
        self.history = ConsoleHistory(folder / "console.json", self.writer)
        self.inspector = Inspector(self.path, busy_seconds=0.05, holder=lambda: "POST /items")
        self.failures: list[BaseException] = []
        self.tasks = Tasks(self.failures.append)
        self.panel = ConsolePanel(themes)
        self.undo = UndoOffer(themes)
        self.told: list[str] = []
        self.controller = ConsoleController(
            self.panel, self.inspector, self.history, self.undo, self.tasks, clock=lambda: 5.0
        )
        self.controller.told.connect(self.told.append)
        qtbot.addWidget(self.panel)
        qtbot.addWidget(self.undo)
        self.panel.resize(500, 600)
        self.panel.show()

    def until_idle(self) -> None:
        self._qtbot.waitUntil(lambda: not asyncio.all_tasks(self.loop))

    def run(self, sql: str) -> None:
        self.write(sql)
        self._qtbot.keyClick(self.panel.editor, Qt.Key.Key_Return, CONTROL)
        self.until_idle()

    def has_plan(self) -> bool:
        return self.panel.results.result is not None and bool(self.panel.results.result.plan)

    def write(self, sql: str) -> None:
        self.panel.editor.setFocus()
        self.panel.editor.selectAll()
        self.panel.editor.insertPlainText(sql)

    @property
    def error(self) -> str:
        return next(
            bar for bar in self.panel.findChildren(SentenceBar) if bar.objectName() == names.CONSOLE_ERROR
        ).sentence

    def close(self) -> None:
        self.inspector.close()
        assert self.failures == []
        assert self.writer.flush(5)


@pytest.fixture
def desk(qtbot: QtBot, themes: Themes, tmp_path: Path, ui_loop: asyncio.AbstractEventLoop) -> Iterator[Desk]:
    with closing(sqlite3.connect(tmp_path / "shop.sqlite3")) as connection, connection:
        connection.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT)")
        connection.executemany("INSERT INTO items (name) VALUES (?)", [(f"item {n}",) for n in range(2_500)])
    desk = Desk(qtbot, themes, tmp_path, ui_loop)
    yield desk
    desk.close()


def test_that_what_is_typed_runs_and_more_rows_come_when_asked_for(desk: Desk) -> None:
    desk.run("SELECT name FROM items ORDER BY id")
    result = desk.panel.results.result
    assert result is not None
    assert (len(result.rows), result.more, result.rows[0]) == (1_000, True, ("item 0",))
    desk.panel.more_requested.emit(0)
    desk.until_idle()
    result = desk.panel.results.result
    assert result is not None
    assert (len(result.rows), result.more) == (2_500, False)


def test_that_values_are_asked_for_and_kept_while_the_statement_changes(desk: Desk, qtbot: QtBot) -> None:
    desk.run("SELECT name FROM items WHERE id = :id")
    assert desk.error == "Give a value for :id."
    (field,) = desk.panel.findChildren(QLineEdit, names.CONSOLE_PARAMETER.format(name=":id"))
    field.setText("2")
    desk.run("SELECT name, :id AS wanted FROM items WHERE id = :id")
    assert desk.panel.results.result is not None
    assert desk.panel.results.result.rows == (("item 1", 2),)
    assert desk.error == ""


def test_that_an_error_is_shown_and_writing_is_refused(desk: Desk) -> None:
    desk.run("SELECT nme FROM items")
    assert "has a column “nme”" in desk.error
    desk.run("DELETE FROM items")
    assert desk.error.startswith("The console reads only")
    desk.run("SELECT count(*) FROM items")
    assert desk.panel.results.result is not None
    assert desk.panel.results.result.rows == ((2_500,),)


def test_that_an_endless_statement_is_stopped_by_a_click(desk: Desk, qtbot: QtBot) -> None:
    desk.write("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
    qtbot.keyClick(desk.panel.editor, Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: desk.panel.run_button.cancels)
    desk.panel.run_button.click()
    desk.until_idle()
    assert not desk.panel.run_button.cancels
    desk.run("SELECT 1")
    assert desk.panel.results.result is not None
    assert desk.panel.results.result.rows == ((1,),)


def test_that_a_locked_database_is_told_with_its_holder(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        desk.run("SELECT 1 FROM items")
        assert "POST /items holds it" in desk.error
        other.execute("ROLLBACK")
    desk.run("SELECT 1 FROM items LIMIT 1")
    assert desk.error == ""


def test_that_after_a_plain_run_the_plan_is_a_click_away(desk: Desk, qtbot: QtBot) -> None:
    desk.run("SELECT name FROM items WHERE name LIKE '%1'")
    results = desk.panel.results
    assert results.view.isVisible()
    assert not desk.has_plan()
    qtbot.mouseClick(results.view.buttons[1], Qt.MouseButton.LeftButton)
    desk.until_idle()
    assert results.plan_list.isVisible()
    assert desk.has_plan()
    qtbot.mouseClick(results.view.buttons[0], Qt.MouseButton.LeftButton)
    assert results.table.isVisible()
    desk.run("PRAGMA table_info(items)")
    assert not results.view.isVisible()


def test_that_the_plan_is_told_without_running(desk: Desk, qtbot: QtBot) -> None:
    desk.write("UPDATE items SET name = 'x' WHERE name LIKE '%1'")
    qtbot.keyClick(desk.panel.editor, Qt.Key.Key_Return, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    desk.until_idle()
    result = desk.panel.results.result
    assert result is not None
    assert result.plan[0].words == "reads all 2,500 rows of items: a LIKE that starts with % cannot use an index"


def test_that_a_result_is_saved_whole(desk: Desk) -> None:
    desk.run("SELECT id FROM items")
    target = desk.folder / "out.json"
    desk.controller.export(0, RowsFormat.JSON, target)
    desk.until_idle()
    assert len(json.loads(target.read_text("utf-8"))) == 2_500
    assert desk.told == [f"2500 rows, {target.stat().st_size / 1000:.0f} KB, saved in out.json."]
    desk.controller.export(0, RowsFormat.CSV, desk.folder / "shop.sqlite3" / "no.csv")
    desk.until_idle()
    assert "could not be written" in desk.told[-1]


def test_that_what_ran_is_found_again_and_forgetting_can_be_undone(desk: Desk, themes: Themes) -> None:
    desk.run("SELECT 1")
    desk.run("SELECT count(*) FROM items")
    desk.panel.history_searched.emit("ITEMS")
    assert [one.statement for one in desk.history.find("ITEMS")] == ["SELECT count(*) FROM items"]
    desk.panel.history_clear_requested.emit()
    assert not desk.history.find("")
    desk.undo.undone.emit("console")
    assert len(desk.history.entries) == 2
    assert desk.writer.flush(5)
    again = ConsoleHistory(desk.folder / "console.json", desk.writer)
    assert again.text == "SELECT count(*) FROM items"
