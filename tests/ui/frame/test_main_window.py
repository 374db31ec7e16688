"""The window as a whole."""

from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from explorer.server.interface import LogLine
from explorer.ui import names
from explorer.ui.actions.zoom import larger, smaller
from explorer.ui.main_window import MainWindow
from explorer.ui.panels.rail import Room
from explorer.ui.theme.manager import Themes

COMPOSE = Room("compose", "Compose", "compose")
TRACES = Room("traces", "Traces", "traces")


@pytest.fixture
def window(changing: Themes, qtbot: QtBot) -> MainWindow:
    window = MainWindow(changing)
    qtbot.addWidget(window, before_close_func=lambda w: w.leave())
    window.add_room(COMPOSE, QLabel("compose room"))
    window.add_room(TRACES, QLabel("traces room"))
    window.show()
    qtbot.waitExposed(window)
    return window


def rail_button(window: MainWindow, key: str) -> QToolButton:
    button = window.findChild(QToolButton, names.RAIL_ROOM.format(room=key))
    assert button is not None
    return button


def test_that_the_rail_and_the_keys_lead_to_the_rooms(window: MainWindow, qtbot: QtBot) -> None:
    assert window.current_room == "compose"
    assert rail_button(window, "compose").isChecked()
    with qtbot.waitSignal(window.room_changed) as changed:
        qtbot.mouseClick(rail_button(window, "traces"), Qt.MouseButton.LeftButton)
    assert changed.args == ["traces"]
    assert window.current_room == "traces"
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.current_room == "compose")
    assert rail_button(window, "compose").isChecked()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_that_these_keys_press_the_button_that_has_the_keyboard(window: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    window.activateWindow()
    button = rail_button(window, "traces")
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    qtbot.keyClick(button, key)
    qtbot.waitUntil(lambda: window.current_room == "traces")


class Beginning(QWidget):
    """A room whose first button is no place to begin."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        self.line = QLineEdit()
        for part in (QPushButton("Pause"), self.line):
            layout.addWidget(part)

    def begin(self) -> None:
        self.line.setFocus()


@pytest.mark.parametrize(("had", "begins"), [("room", True), ("rail", False)])
def test_that_a_new_room_begins_where_it_says_when_the_room_before_had_the_keyboard(
    window: MainWindow, qtbot: QtBot, had: str, begins: bool
) -> None:
    window.activateWindow()
    before, after = Beginning(), Beginning()
    window.add_room(Room("before", "Before", "compose"), before)
    window.add_late_room(Room("after", "After", "traces"), lambda: after)
    window.show_room("before")
    start = before.line if had == "room" else rail_button(window, "before")
    start.setFocus()
    qtbot.waitUntil(start.hasFocus)
    window.show_room("after")
    assert after.line.hasFocus() is begins
    assert start.hasFocus() is not begins


def test_that_enter_in_a_line_does_not_press_the_button_to_which_the_line_leads(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.activateWindow()
    line, button = QLineEdit(window), rail_button(window, "traces")
    line.show()
    line.returnPressed.connect(button.setFocus)
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(button.hasFocus)
    assert window.current_room == "compose"


def test_that_closing_is_a_question_until_the_program_has_answered(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.closing_requested):
        window.close()
    assert window.isVisible()
    window.leave()
    assert not window.isVisible()


def test_that_keys_make_everything_larger_and_smaller(window: MainWindow, changing: Themes, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    bar = window.top_bar.height()
    qtbot.keyClick(window, Qt.Key.Key_Equal, control)
    qtbot.waitUntil(lambda: changing.zoom == 110)
    assert window.top_bar.height() > bar
    qtbot.keyClick(window, Qt.Key.Key_Minus, control)
    qtbot.keyClick(window, Qt.Key.Key_Minus, control)
    qtbot.waitUntil(lambda: changing.zoom == 90)
    qtbot.keyClick(window, Qt.Key.Key_0, control)
    qtbot.waitUntil(lambda: changing.zoom == 100)


def test_that_zoom_steps_end_at_both_ends_and_start_from_anywhere() -> None:
    assert [larger(zoom) for zoom in (80, 100, 137, 200)] == [90, 110, 150, 200]
    assert [smaller(zoom) for zoom in (80, 100, 137, 200)] == [80, 90, 125, 175]


def test_that_the_switch_changes_the_colours_and_says_what_it_does(
    window: MainWindow, changing: Themes, qtbot: QtBot
) -> None:
    button = window.findChild(QToolButton, names.TOP_BAR_THEME)
    assert button is not None
    assert button.accessibleName() == "Light colours"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert changing.theme.name == "light"
    assert button.accessibleName() == "Dark colours"


@pytest.mark.parametrize("zoom", [100, 150, 200])
def test_that_the_window_fits_a_small_screen_at_any_zoom(window: MainWindow, changing: Themes, zoom: int) -> None:
    changing.set_zoom(zoom)
    window.resize(1280, 720)
    screen = QGuiApplication.primaryScreen().availableSize()
    assert window.minimumWidth() <= min(1180, screen.width())
    assert window.minimumHeight() <= min(720, screen.height())
    assert (window.width(), window.height()) == (1280, 720)


def test_that_a_new_window_leaves_room_for_its_title_bar(window: MainWindow, changing: Themes) -> None:
    screen = QGuiApplication.primaryScreen().availableSize()
    assert window.height() == screen.height() - 37  # a bar of the usual height, with the status bar still on the screen
    window.restore({"geometry": [0, 0, screen.width(), screen.height()]})
    assert window.geometry().top() == 37
    assert window.geometry().bottom() < screen.height()


def test_that_high_contrast_rings_what_has_the_keyboard(window: MainWindow, changing: Themes, qtbot: QtBot) -> None:
    button = window.findChild(QToolButton, names.TOP_BAR_THEME)
    assert button is not None
    window.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    edge = button.mapTo(window, button.rect().center()).x(), button.mapTo(window, button.rect().topLeft()).y() + 1

    def marked() -> bool:
        return window.grab().toImage().pixelColor(*edge) == changing.theme.color("acc")

    assert not marked()
    changing.set_contrast(True)
    assert marked()
    rail_button(window, "traces").setFocus()
    assert not marked()
    button.setFocus()
    changing.set_contrast(False)
    assert not marked()


def test_that_high_contrast_rings_a_filled_button_in_a_colour_that_is_seen_on_it(
    window: MainWindow, changing: Themes, qtbot: QtBot
) -> None:
    button = QPushButton("Send", window.rooms)
    button.setProperty("variant", "primary")
    button.setGeometry(300, 300, 120, 40)
    button.show()
    window.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    changing.set_contrast(True)
    middle = button.mapTo(window, button.rect().center())
    down = [window.grab().toImage().pixelColor(middle.x(), middle.y() - 20 + step) for step in range(6)]
    assert changing.theme.color("accink") in down
    assert changing.theme.color("accbg") in down


def test_that_place_log_and_room_are_remembered(window: MainWindow, changing: Themes, qtbot: QtBot) -> None:
    window.setGeometry(QRect(20, 40, 800, 760))
    window.show_room("traces")
    window.toggle_log()
    qtbot.waitUntil(lambda: all(window.state()["splitter"]))
    state = window.state()
    window.leave()
    second = MainWindow(changing)
    qtbot.addWidget(second, before_close_func=lambda w: w.leave())
    second.add_room(COMPOSE, QLabel())
    second.add_room(TRACES, QLabel())
    second.restore(state)
    second.show()
    assert second.current_room == "traces"
    assert second.log_panel.isVisible()
    assert second.geometry() == QRect(20, 40, 800, 760)
    assert second.state()["splitter"][1] == state["splitter"][1]


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"geometry": None, "splitter": "x", "room": 7, "maximized": "no"},
        {"geometry": [1, 2], "splitter": [0, 0], "room": "gone"},
        {"geometry": ["a", 1, 2, 3]},
    ],
)
def test_that_odd_remembered_values_change_nothing(window: MainWindow, state: dict[str, Any]) -> None:
    before = window.state()
    window.restore(state)
    assert window.state() == before


def test_that_a_window_remembered_on_a_screen_that_is_gone_comes_back(window: MainWindow) -> None:
    window.restore({"geometry": [90_000, -90_000, 5_000, 5_000]})
    screen = QGuiApplication.primaryScreen().availableGeometry()
    assert window.geometry().intersects(screen)
    assert window.geometry().top() >= screen.top()


def test_that_the_log_opens_closes_and_has_heard_what_came_before(window: MainWindow, qtbot: QtBot) -> None:
    window.log_panel.append([LogLine(at=0.0, level=20, logger="uvicorn", message="Started")])
    assert not window.log_panel.isVisible()
    window.toggle_log()
    assert window.log_panel.isVisible()
    lines, clear = window.findChild(QListView, names.LOG_LIST), window.findChild(QToolButton, names.LOG_CLEAR)
    undo = window.findChild(QPushButton, names.STATUS_UNDO)
    assert lines is not None
    assert clear is not None
    assert undo is not None
    qtbot.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert lines.model().rowCount() == 0
    window.log_panel.append([LogLine(at=1.0, level=20, logger="uvicorn", message="Stopped")])
    undo.setFocus()
    qtbot.keyClick(undo, Qt.Key.Key_Space)
    assert lines.hasFocus()
    assert [lines.model().index(row, 0).data() for row in range(2)] == ["Started", "Stopped"]
    close = window.findChild(QToolButton, names.LOG_CLOSE)
    assert close is not None
    qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not window.log_panel.isVisible()


def test_that_the_report_of_an_error_can_be_read_and_copied(window: MainWindow, qtbot: QtBot) -> None:
    window.notice_bar.show_error("Something went wrong. Your work is kept.", "all of the report")
    details = window.findChild(QWidget, names.NOTICE_ACTION.format(kind="error", action="details"))
    assert details is not None
    qtbot.mouseClick(details, Qt.MouseButton.LeftButton)
    dialog = window.findChild(QDialog, names.DETAILS_DIALOG)
    assert dialog is not None
    assert dialog.isVisible()
    body = dialog.findChild(QPlainTextEdit, names.DETAILS_TEXT)
    assert body is not None
    assert body.toPlainText() == "all of the report"
    copy = dialog.findChild(QWidget, names.DETAILS_COPY)
    close = dialog.findChild(QWidget, names.DETAILS_CLOSE)
    assert copy is not None
    assert close is not None
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "all of the report"
    with qtbot.waitSignal(dialog.destroyed):
        qtbot.mouseClick(close, Qt.MouseButton.LeftButton)


def test_that_every_control_of_the_frame_has_a_name_for_screen_readers(window: MainWindow) -> None:
    window.toggle_log()
    window.notice_bar.show_error("Something went wrong.", "report")
    window.notice_bar.show_message("A message.")
    controls = [w for w in window.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()]
    assert len(controls) >= 9
    nameless = [c.objectName() or type(c).__name__ for c in controls if not c.accessibleName()]
    assert nameless == []
    known = [w.objectName() for w in window.findChildren(QWidget) if "." in w.objectName()]
    assert sorted(known) == sorted(set(known))
