"""The server's log in the window."""

import logging

import pytest
from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from explorer.server.interface import LogLine
from explorer.ui import names
from explorer.ui.delegates.log_delegate import level_token
from explorer.ui.models.log_model import CAPACITY, LogModel
from explorer.ui.panels.log_panel import LogPanel
from explorer.ui.theme.manager import Themes


def line(message: str, level: int = logging.INFO, traceback: str | None = None) -> LogLine:
    return LogLine(at=1_741_104_271.0, level=level, logger="uvicorn.error", message=message, traceback=traceback)


@pytest.fixture
def panel(themes: Themes, qtbot: QtBot) -> LogPanel:
    panel = LogPanel(themes)
    qtbot.addWidget(panel)
    panel.resize(800, 240)
    panel.show()
    return panel


def view(panel: LogPanel) -> QListView:
    found = panel.findChild(QListView, names.LOG_LIST)
    assert found is not None
    return found


def texts(panel: LogPanel) -> list[str]:
    model = view(panel).model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def press(qtbot: QtBot, panel: LogPanel, name: str) -> None:
    button = panel.findChild(QWidget, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_that_the_model_keeps_qts_rules_while_it_overflows() -> None:
    model = LogModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.append([line(str(i)) for i in range(CAPACITY - 10)])
    model.append([line(f"late {i}") for i in range(30)])
    assert model.rowCount() == CAPACITY
    assert model.index(0, 0).data() == "20"
    assert model.index(CAPACITY - 1, 0).data() == "late 29"
    model.append([line(f"flood {i}") for i in range(3 * CAPACITY)])
    assert model.rowCount() == CAPACITY
    assert model.index(0, 0).data() == f"flood {2 * CAPACITY}"
    model.append([])
    model.clear()
    assert model.rowCount() == 0
    del tester


def test_that_a_traceback_is_shown_line_by_line_in_the_colour_of_its_level(panel: LogPanel) -> None:
    panel.append([line("It failed", logging.ERROR, "Traceback:\n  File 'x'\nKeyError: 1")])
    assert texts(panel) == ["It failed", "Traceback:", "  File 'x'", "KeyError: 1"]
    assert [level_token(level) for level in (10, 20, 30, 40, 50)] == ["t3", "c_txt", "warn", "err", "err"]


def test_that_the_filter_keeps_the_lines_with_the_text_in_them(panel: LogPanel, qtbot: QtBot) -> None:
    panel.append([line("GET /items 200"), line("POST /items 201"), line("Reloaded")])
    field = panel.findChild(QLineEdit, names.LOG_FILTER)
    assert field is not None
    qtbot.keyClicks(field, "post")
    assert texts(panel) == ["POST /items 201"]
    panel.append([line("POST /users 201"), line("other")])
    assert texts(panel) == ["POST /items 201", "POST /users 201"]
    field.clear()
    assert len(texts(panel)) == 5


def test_that_the_newest_line_stays_in_sight_unless_the_person_scrolled_up(panel: LogPanel, qtbot: QtBot) -> None:
    bar = view(panel).verticalScrollBar()
    panel.append([line(str(i)) for i in range(200)])
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    most = bar.maximum()
    panel.append([line("new")])
    qtbot.waitUntil(lambda: bar.value() == bar.maximum() > most)
    bar.setValue(10)
    panel.append([line("newer")])
    qtbot.waitUntil(lambda: view(panel).model().rowCount() == 202)
    assert bar.value() == 10


def test_that_all_shown_lines_or_the_selected_ones_are_copied(panel: LogPanel, qtbot: QtBot) -> None:
    panel.append([line("one"), line("two", traceback="deeper")])
    with qtbot.waitSignal(panel.copy_requested) as copied:
        press(qtbot, panel, names.LOG_COPY)
    rows = copied.args[0].split("\n")
    assert [row.split("  ")[-1] for row in rows] == ["one", "two", "deeper"]
    model = view(panel).model()
    assert isinstance(model, QSortFilterProxyModel)
    view(panel).setCurrentIndex(model.index(1, 0))
    panel.activateWindow()
    view(panel).setFocus()
    qtbot.waitUntil(view(panel).hasFocus)
    with qtbot.waitSignal(panel.copy_requested) as copied:
        qtbot.keyClick(view(panel), Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied.args[0].endswith("uvicorn.error  two")


def test_that_the_log_can_be_cleared_and_closed(panel: LogPanel, qtbot: QtBot) -> None:
    panel.append([line("one")])
    press(qtbot, panel, names.LOG_CLEAR)
    assert texts(panel) == []
    with qtbot.waitSignal(panel.close_requested):
        press(qtbot, panel, names.LOG_CLOSE)


def test_that_rows_are_painted_also_when_they_are_far_too_long(panel: LogPanel, themes: Themes) -> None:
    panel.append([line("x" * 1_000_000, logging.WARNING)])
    assert len(texts(panel)[0]) <= 2_000
    picture = panel.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(200, 780, 2) for y in range(40, 70)}
    assert themes.theme.color("warn").name() in colours
