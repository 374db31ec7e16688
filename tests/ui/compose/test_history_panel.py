"""The list of what was sent, as a person uses it."""

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from explorer.storage.history_file import HistoryEntry
from explorer.ui import names
from explorer.ui.models.history_model import HistoryModel
from explorer.ui.panels.history_panel import HistoryPanel
from explorer.ui.theme.manager import Themes

NOON = time.mktime((2025, 3, 4, 12, 0, 0, 0, 0, -1))


def entry(number: int, url: str = "http://127.0.0.1:8000/items?q=a", status: int | None = 200) -> HistoryEntry:
    return HistoryEntry(
        id=number,
        at=NOON,
        method="GET",
        url=url,
        operation="GET /items",
        status=status,
        cancelled=status is None,
        elapsed_ns=5_900_000,
        size=133,
    )


@pytest.fixture
def panel(qtbot: QtBot, themes: Themes) -> HistoryPanel:
    made = HistoryPanel(themes)
    qtbot.addWidget(made)
    made.resize(270, 200)
    made.show()
    return made


def click(qtbot: QtBot, panel: HistoryPanel, row: int) -> None:
    place = panel.list.visualRect(panel.list.model().index(row, 0)).center()
    qtbot.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_that_an_empty_history_says_what_it_is_for(panel: HistoryPanel) -> None:
    message = panel.findChild(QLabel, names.HISTORY_MESSAGE)
    assert message is not None
    assert message.text() == "What you send is kept here, also tomorrow."
    assert not panel.findChild(QPushButton, names.HISTORY_CLEAR).isEnabled()  # type: ignore[union-attr]


def test_that_a_click_and_enter_open_an_entry(qtbot: QtBot, panel: HistoryPanel) -> None:
    panel.set_entries((entry(2), entry(1)), complete=True)
    with qtbot.waitSignal(panel.entry_opened) as opened:
        click(qtbot, panel, 1)
    assert opened.args == [1]
    panel.list.setCurrentIndex(panel.list.model().index(0, 0))
    with qtbot.waitSignal(panel.entry_opened) as opened:
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    assert opened.args == [2]


def test_that_delete_removes_the_current_entry(qtbot: QtBot, panel: HistoryPanel) -> None:
    panel.set_entries((entry(2), entry(1)), complete=True)
    panel.list.setFocus()
    qtbot.waitUntil(panel.list.hasFocus)
    panel.list.setCurrentIndex(panel.list.model().index(0, 0))
    with qtbot.waitSignal(panel.entry_removed) as removed:
        qtbot.keyClick(panel.list, Qt.Key.Key_Delete)
    assert removed.args == [2]
    panel.remove(2)
    assert panel.list.model().rowCount() == 1


def test_that_a_search_without_a_result_can_be_taken_back(qtbot: QtBot, panel: HistoryPanel) -> None:
    with qtbot.waitSignal(panel.search_changed):
        qtbot.keyClicks(panel.filter, "lamp")
    panel.set_entries((), complete=True)
    assert panel.findChild(QLabel, names.HISTORY_MESSAGE).text() == "Nothing that was sent holds “lamp”."  # type: ignore[union-attr]
    qtbot.mouseClick(panel.findChild(QPushButton, names.HISTORY_CLEAR_SEARCH), Qt.MouseButton.LeftButton)
    assert panel.filter.text() == ""


def test_that_a_row_is_told_to_a_screen_reader(panel: HistoryPanel) -> None:
    panel.set_entries((entry(3, status=404), entry(2, status=None), entry(1, "http://x")), complete=True)
    model = panel.list.model()
    texts = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert texts[0] == "GET /items?q=a, 404 Not Found, 4 Mar 2025"
    assert texts[1] == "GET /items?q=a, stopped, 4 Mar 2025"
    assert texts[2].startswith("GET /, 200 OK")


def test_that_older_entries_are_asked_for_when_somebody_scrolls_to_them(qtbot: QtBot, panel: HistoryPanel) -> None:
    model = HistoryModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_entries([entry(number) for number in range(50, 40, -1)], complete=False)
    with qtbot.waitSignal(model.more_wanted) as wanted:
        model.fetchMore(model.index(-1, 0))
    assert wanted.args == [41]
    assert not model.canFetchMore(model.index(-1, 0)), "asked twice"
    model.append([entry(40)], complete=True)
    assert not model.canFetchMore(model.index(-1, 0))
    model.prepend(entry(51))
    model.remove(45)
    assert [found.id for found in model.entries] == [51, 50, 49, 48, 47, 46, 44, 43, 42, 41, 40]


def test_that_the_history_looks_whole(qtbot: QtBot, panel: HistoryPanel) -> None:
    panel.set_entries((entry(2, "http://x/" + "long/" * 40), entry(1)), complete=True)
    panel.set_count(100_000)
    assert panel.findChild(QPushButton, names.HISTORY_CLEAR).isEnabled()  # type: ignore[union-attr]
    picture = panel.grab().toImage()
    row = panel.list.visualRect(panel.list.model().index(0, 0))
    left = panel.list.viewport().mapTo(panel, QPoint(0, row.center().y()))
    colors = {picture.pixel(left.x() + x, left.y()) for x in range(panel.width() - 12)}
    assert len(colors) > 10, "nothing was painted"
