"""The SQL log as a person uses it: find a statement, see how its rows are found, go to its request."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from explorer.database.inspector import Inspector
from explorer.database.sql_log import SqlLog
from explorer.trace.events import CONNECTION, FINISHED, SQL, STARTED, RawEvent
from explorer.ui import names
from explorer.ui.controllers.sql_log import SqlLogController
from explorer.ui.models.sql_log_rows import PLAN, STATEMENT, TRACE
from explorer.ui.panels.database.sql_log_panel import SqlLogPanel
from explorer.ui.tasks import Tasks
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.undo_offer import UndoOffer

TRACE_ID = "8f33a0" + "0" * 26
SCAN = "SELECT id, name FROM items WHERE name = ?"
SEARCH = "SELECT name FROM items WHERE id = ?"


def events(*statements: str, first: int = 1, ns: int = 100_000) -> list[RawEvent]:
    told: list[RawEvent] = [
        (TRACE_ID, 1, 0, CONNECTION, STARTED, 999_999, 0, "http", {"method": "PUT", "path": "/users/42/items"})
    ]
    for number, statement in enumerate(statements, first):
        word = statement.split(maxsplit=1)[0]
        told.append((TRACE_ID, 2, 0, SQL, STARTED, number, 0, word, {"statement": statement, "parameters": (number,)}))
        told.append((TRACE_ID, 3, ns, SQL, FINISHED, number, 0, word, {"rows": 1}))
    return told


@pytest.fixture
def panel(qtbot: QtBot, themes: Themes) -> SqlLogPanel:
    panel = SqlLogPanel(themes)
    qtbot.addWidget(panel)
    panel.resize(900, 300)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def show(panel: SqlLogPanel, log: SqlLog) -> None:
    panel.set_statements(log.numbers(), log.statement, {})


def texts(panel: SqlLogPanel, column: int = STATEMENT) -> list[str]:
    return [panel.rows.cell(row, column).text for row in range(panel.rows.row_count)]


def child(panel: SqlLogPanel, name: str) -> QPushButton:
    found = panel.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def test_that_statements_are_shown_with_their_requests(panel: SqlLogPanel) -> None:
    log = SqlLog()
    log.add(events(SCAN, "COMMIT"))
    show(panel, log)
    assert texts(panel) == [SCAN, "COMMIT"]
    assert texts(panel, TRACE) == ["PUT /users/42/items"] * 2
    assert panel.rows.copied(0, STATEMENT) == SCAN


def test_that_the_log_stays_at_its_end_until_somebody_scrolls(panel: SqlLogPanel) -> None:
    log = SqlLog()
    for batch in range(2):
        log.add(events(*[SCAN] * 50, first=batch * 50))
        show(panel, log)
        assert panel.table.rows_in_sight.stop >= 50 * (batch + 1)
    panel.table.scroll_to(10)
    log.add(events(*[SCAN] * 50, first=100))
    show(panel, log)
    assert panel.table.rows_in_sight.start == 10


def test_that_a_request_is_gone_to(panel: SqlLogPanel, qtbot: QtBot) -> None:
    log = SqlLog()
    log.add(events(SCAN))
    show(panel, log)
    panel.table.setFocus()
    panel.table.go_to(0, TRACE)
    with qtbot.waitSignal(panel.trace_opened) as opened:
        qtbot.keyClick(panel.table.cells, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert opened.args == [TRACE_ID]


def test_that_an_empty_log_says_what_to_do(panel: SqlLogPanel, qtbot: QtBot) -> None:
    label = panel.findChild(QLabel, names.SQL_LOG_MESSAGE)
    assert label is not None
    assert "send a request" in label.text()
    edit = panel.findChild(QLineEdit, names.SQL_LOG_FILTER)
    assert edit is not None
    qtbot.keyClicks(edit, "x")
    panel.set_statements((), lambda _: None, {})
    assert label.text() == "No statement fits."
    qtbot.mouseClick(child(panel, names.SQL_LOG_MESSAGE_ACTION), Qt.MouseButton.LeftButton)
    assert edit.text() == ""


def test_that_the_menu_copies_and_leads_on(panel: SqlLogPanel, qtbot: QtBot) -> None:
    log = SqlLog()
    log.add(events(SCAN))
    show(panel, log)
    panel.table.menu_wanted.emit(0, STATEMENT, panel.mapToGlobal(panel.rect().center()))
    menu = panel.findChild(QMenu, names.SQL_LOG_MENU)
    assert menu is not None
    entries = {action.text(): action for action in menu.actions()}
    entries["Copy the statement"].trigger()
    assert QApplication.clipboard().text() == SCAN
    with qtbot.waitSignal(panel.console_requested) as asked:
        entries["Open in the console"].trigger()
    assert asked.args == [SCAN]
    menu.close()


@pytest.fixture
def undo(themes: Themes, qtbot: QtBot) -> UndoOffer:
    offer = UndoOffer(themes)
    qtbot.addWidget(offer)
    return offer


@pytest.fixture
def joined(panel: SqlLogPanel, undo: UndoOffer, tmp_path: Path) -> Iterator[Callable[[SqlLog], SqlLogController]]:
    path = tmp_path / "shop.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT)")
    connection.close()
    inspector = Inspector(path)
    made: list[SqlLogController] = []

    def join(log: SqlLog) -> SqlLogController:
        def fail(error: BaseException) -> None:
            raise error

        made.append(SqlLogController(panel, log, inspector, undo, Tasks(lambda error, *_: fail(error)), panel))
        return made[-1]

    yield join
    for controller in made:
        controller.stop()
    inspector.close()


async def test_that_plans_are_asked_for_what_is_in_sight(
    panel: SqlLogPanel, joined: Callable[[SqlLog], SqlLogController]
) -> None:
    log = SqlLog()
    log.add(events(SCAN, SEARCH, "COMMIT", "SELECT * FROM gone"))
    joined(log)
    while "–" in texts(panel, PLAN)[:2]:  # noqa: ASYNC110 - the panel has no signal for what it was given
        await asyncio.sleep(0)
    assert texts(panel, PLAN) == ["full scan", "index", "–", "–"]
    panel.table.go_to(0)
    panel.explain.click()
    assert panel.rows.row_count == 5
    assert texts(panel, TRACE)[1] == "EXPLAIN"
    assert texts(panel)[1].startswith("SCAN items ")
    panel.explain.click()
    assert panel.rows.row_count == 4


async def test_that_plans_are_asked_for_anew_when_the_schema_is_another(
    panel: SqlLogPanel, joined: Callable[[SqlLog], SqlLogController]
) -> None:
    log = SqlLog()
    log.add(events(SCAN))
    controller = joined(log)
    controller.forget_plans()
    controller.on_timer_timeout()
    while texts(panel, PLAN)[0] == "–":  # noqa: ASYNC110 - the panel has no signal for what it was given
        await asyncio.sleep(0)
    assert texts(panel, PLAN) == ["full scan"]


async def test_that_the_log_is_filtered_and_emptied(
    panel: SqlLogPanel, joined: Callable[[SqlLog], SqlLogController], undo: UndoOffer, qtbot: QtBot
) -> None:
    log = SqlLog()
    log.add([*events("COMMIT"), *events(SCAN, first=7, ns=9_000_000)])
    controller = joined(log)
    panel.slow.click()
    assert texts(panel) == [SCAN]
    panel.slow.click()
    panel.filter.setText("commit")
    assert texts(panel) == ["COMMIT"]
    panel.filter.clear()
    with qtbot.waitSignal(controller.counted) as counted:
        panel.clear_button.click()
    assert (texts(panel), counted.args) == ([], [0])
    undone = undo.findChild(QPushButton, names.STATUS_UNDO)
    assert undone is not None
    undone.click()
    panel.slow.click()
    assert texts(panel) == [SCAN]
