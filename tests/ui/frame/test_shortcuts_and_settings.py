"""The sheet of shortcuts and the settings, as a person uses them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QListView, QWidget
from pytestqt.qtbot import QtBot

from explorer.storage.history import History
from explorer.ui import names
from explorer.ui.actions.commands import BY_ID, COMPOSE
from explorer.ui.controllers.history import HistoryController
from explorer.ui.controllers.settings import SettingsController
from explorer.ui.controllers.shortcuts import ShortcutsController
from explorer.ui.dialogs.settings import SettingsDialog
from explorer.ui.dialogs.shortcuts import ShortcutsDialog
from explorer.ui.main_window import MainWindow
from explorer.ui.models.shortcuts_model import ShortcutsModel
from explorer.ui.panels.history_panel import HistoryPanel
from explorer.ui.panels.rail import Room
from explorer.ui.tasks import Tasks
from explorer.ui.theme.manager import Themes

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
Key = Qt.Key


class Desk:
    """A window with the sheet and the settings."""

    def __init__(self, qtbot: QtBot, themes: Themes, folder: Path) -> None:
        self.qtbot = qtbot
        self.errors: list[BaseException] = []
        self.tasks = Tasks(self.errors.append)
        self.window = MainWindow(themes)
        qtbot.addWidget(self.window, before_close_func=lambda w: w.leave())
        self.window.add_room(Room(COMPOSE, "Compose", "compose"), QWidget())
        self.window.show()
        self.panel = HistoryPanel(themes, self.window)
        self.store = History(folder / "history.sqlite3", lambda _sentence: None, lambda _sentence: None)
        self.history = HistoryController(self.panel, self.store, self.window.status_bar.undo, self.tasks, self.window)
        ShortcutsController(self.window, themes, self.tasks, self.window)
        self.settings = SettingsController(self.window, themes, self.history, folder, self.tasks, self.window)

    def find(self, kind: type, name: str) -> object:
        return self.window.findChild(kind, name)

    def dialog(self, kind: type, request: Callable[[], object]) -> object:
        request()
        self.qtbot.waitUntil(lambda: self.window.findChild(kind) is not None)
        return self.window.findChild(kind)

    def click(self, name: str) -> None:
        button = self.window.findChild(QAbstractButton, name)
        assert button is not None
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center())


@pytest.fixture
def desk(qtbot: QtBot, changing: Themes, ui_loop: asyncio.AbstractEventLoop, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, changing, tmp_path)
    yield desk
    over = ui_loop.create_task(desk.tasks.cancel_all())
    qtbot.waitUntil(over.done)
    desk.store.close(5)
    changing.set_contrast(None)
    assert desk.errors == []


@pytest.fixture
def sheet(desk: Desk) -> ShortcutsDialog:
    sheet = desk.dialog(ShortcutsDialog, desk.window.shortcuts_requested.emit)
    assert isinstance(sheet, ShortcutsDialog)
    QAbstractItemModelTester(sheet.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    desk.qtbot.waitUntil(sheet.isVisible)
    return sheet


def lines(model: ShortcutsModel) -> list[str]:
    return [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(model.rowCount())]


def begin(desk: Desk, sheet: ShortcutsDialog, command: str) -> None:
    """Choose a command in the sheet and press Enter on it."""
    sheet.list.setFocus()
    sheet.list.setCurrentIndex(sheet.model.index_of(command))
    desk.qtbot.keyClick(sheet.list, Key.Key_Return)
    desk.qtbot.waitUntil(sheet.field.hasFocus)


def test_that_the_sheet_lists_all_commands_by_room_and_finds_them_by_words_or_keys(
    desk: Desk, sheet: ShortcutsDialog
) -> None:
    shown = lines(sheet.model)
    assert shown[:2] == ["Everywhere", "Search or run a command, Ctrl+K or Ctrl+P, Everywhere"]
    assert [each for each in shown if ", " not in each] == [
        *("Everywhere", "In several rooms", "Compose", "Traces", "Sockets", "Database")
    ]
    assert "Go to Compose, Ctrl+1, Everywhere" in shown
    assert "Go to the next control, or the one before, Tab or Shift+Tab, Everywhere, fixed" in shown
    assert "Move in lists and text, ↑ or ↓ or ← or →, Everywhere, fixed" in shown
    assert sheet.fixed.isVisible()
    desk.qtbot.keyClicks(sheet.filter, "ctrl+d")
    assert lines(sheet.model) == ["Compose", "Duplicate the request, Ctrl+D, Compose"]


def test_that_new_keys_are_pressed_shown_and_taken_back(desk: Desk, sheet: ShortcutsDialog) -> None:
    begin(desk, sheet, "sidebar")
    desk.qtbot.keyClick(sheet.field, Key.Key_B, CONTROL | SHIFT)
    assert sheet.sentence.text() == "Show or hide the sidebar has the keys Ctrl+Shift+B now."
    assert "Show or hide the sidebar, Ctrl+Shift+B, In several rooms, your own" in lines(sheet.model)
    assert desk.window.keymap.saved == {"sidebar": ["Ctrl+Shift+B"]}
    assert sheet.list.hasFocus()
    desk.click(names.SHORTCUTS_RESET)
    assert desk.window.keymap.saved == {}
    begin(desk, sheet, "sidebar")
    desk.qtbot.keyClick(sheet.field, Key.Key_Backspace)
    assert sheet.sentence.text() == "Show or hide the sidebar has no keys now."
    desk.click(names.SHORTCUTS_RESET_ALL)
    assert desk.window.keymap.saved == {}
    desk.click(names.STATUS_UNDO)
    assert desk.window.keymap.saved == {"sidebar": []}


def test_that_enter_goes_on_from_the_search_and_presses_the_button_that_has_the_keyboard(
    desk: Desk, sheet: ShortcutsDialog
) -> None:
    sheet.filter.setFocus()
    desk.qtbot.keyClicks(sheet.filter, "sidebar")
    desk.qtbot.keyClick(sheet.filter, Key.Key_Return)
    desk.qtbot.waitUntil(sheet.field.hasFocus)
    desk.qtbot.keyClick(sheet.field, Key.Key_B, CONTROL | SHIFT)
    assert desk.window.keymap.saved == {"sidebar": ["Ctrl+Shift+B"]}
    reset = sheet.findChild(QAbstractButton, names.SHORTCUTS_RESET)
    assert reset is not None
    reset.setFocus()
    desk.qtbot.keyClick(reset, Key.Key_Return)
    assert desk.window.keymap.saved == {}
    assert sheet.isVisible()


def test_that_keys_of_another_command_are_taken_over_only_when_one_says_so(desk: Desk, sheet: ShortcutsDialog) -> None:
    begin(desk, sheet, "sidebar")
    desk.qtbot.keyClick(sheet.field, Key.Key_K, CONTROL)
    assert sheet.sentence.text() == "Ctrl+K is “Search or run a command” now."
    assert desk.window.keymap.saved == {}
    desk.click(names.SHORTCUTS_TAKE)
    assert desk.window.keymap.keys(BY_ID["palette"]) == ("Ctrl+P",)
    assert desk.window.keymap.keys(BY_ID["sidebar"]) == ("Ctrl+K",)
    assert desk.window.top_bar.search.toolTip() == "Search or run a command (Ctrl+P)"


@pytest.mark.parametrize(
    ("key", "modifiers", "sentence"),
    [
        (Key.Key_X, NONE, "X alone is for typing and for lists: press it together with Ctrl or Alt."),
        (Key.Key_Down, NONE, "↓ alone is for typing and for lists: press it together with Ctrl or Alt."),
        (Key.Key_V, CONTROL, "Ctrl+V edits text everywhere: press other keys."),
    ],
)
def test_that_keys_that_cannot_be_had_are_refused_with_the_reason(
    desk: Desk, sheet: ShortcutsDialog, key: Qt.Key, modifiers: Qt.KeyboardModifier, sentence: str
) -> None:
    begin(desk, sheet, "sidebar")
    desk.qtbot.keyClick(sheet.field, key, modifiers)
    assert sheet.sentence.text() == sentence
    assert not sheet.take.isVisible()
    desk.qtbot.keyClick(sheet.field, Key.Key_Escape)
    assert not sheet.field.isVisible()
    assert sheet.isVisible()
    assert desk.window.keymap.saved == {}


def test_that_searching_gets_other_keys_and_what_is_fixed_does_not(desk: Desk, sheet: ShortcutsDialog) -> None:
    for command, key in (("find", Key.Key_F7), ("find_next", Key.Key_F8), ("find_previous", Key.Key_F4)):
        begin(desk, sheet, command)
        desk.qtbot.keyClick(sheet.field, key)
    assert desk.window.keymap.saved == {"find": ["F7"], "find_next": ["F8"], "find_previous": ["F4"]}
    sheet.list.setCurrentIndex(sheet.model.index_of("arrows"))
    desk.qtbot.keyClick(sheet.list, Key.Key_Return)
    assert not sheet.field.isVisible()
    change = desk.find(QAbstractButton, names.SHORTCUTS_CHANGE)
    assert isinstance(change, QAbstractButton)
    assert not change.isEnabled()


def test_that_the_settings_hold_at_once(desk: Desk, changing: Themes, tmp_path: Path) -> None:
    dialog = desk.dialog(SettingsDialog, desk.window.settings_requested.emit)
    assert isinstance(dialog, SettingsDialog)
    desk.qtbot.waitUntil(dialog.isVisible)
    assert dialog.colours.buttons[1].hasFocus() or QApplication.focusWidget() is None
    desk.qtbot.mouseClick(dialog.colours.buttons[2], Qt.MouseButton.LeftButton)
    assert changing.theme.name == "light"
    with desk.qtbot.waitSignal(desk.settings.changed):
        desk.qtbot.mouseClick(dialog.contrast.buttons[2], Qt.MouseButton.LeftButton)
    assert changing.contrast
    zoom = desk.window.findChild(QComboBox, names.SETTINGS_ZOOM)
    assert zoom is not None
    zoom.activated.emit(zoom.findText("125 %"))
    assert changing.zoom == 125
    changing.set_zoom(90)
    assert zoom.currentText() == "90 %"
    desk.click(names.SETTINGS_FOLDER_COPY)
    assert QApplication.clipboard().text() == str(tmp_path)
    desk.click(names.SETTINGS_HISTORY)
    assert not desk.history.kept
    count = desk.window.findChild(QLabel, names.SETTINGS_HISTORY_COUNT)
    assert count is not None
    assert count.text() == "Nothing is kept"
    desk.click(names.SETTINGS_CLOSE)
    desk.qtbot.waitUntil(lambda: desk.window.findChild(SettingsDialog) is None)


def test_that_asking_twice_opens_one_window(desk: Desk, sheet: ShortcutsDialog) -> None:
    desk.window.shortcuts_requested.emit()
    assert len(desk.window.findChildren(ShortcutsDialog)) == 1
    assert sheet.isVisible()
    assert desk.window.findChild(QListView, names.SHORTCUTS_LIST) is sheet.list
