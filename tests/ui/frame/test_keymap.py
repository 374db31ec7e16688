"""Commands, their keys, and how a person gives them others."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from explorer.storage.settings import Settings, settings_document
from explorer.ui.actions.action import CommandAction, Doing, add_actions
from explorer.ui.actions.commands import BY_ID, COMMANDS, COMPOSE, DATABASE, PLACES
from explorer.ui.actions.key_words import pressed_keys, problem_with, shown_keys
from explorer.ui.finder import By
from explorer.ui.main_window import MainWindow
from explorer.ui.panels.rail import Room
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.code_editor import CodeEditor
from explorer.ui.widgets.filter_edit import FilterEdit
from explorer.ui.widgets.find_bar import FindBar
from explorer.ui.widgets.request_tab_bar import RequestTab
from explorer.ui.widgets.request_tabs import RequestTabs
from explorer.ui.widgets.send_button import SendButton

CONTROL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
Key = Qt.Key


class Acting(QWidget):
    """A room that notes what was done in it."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self.done: list[str] = []
        add_actions(
            self,
            place,
            {
                "sidebar": lambda: self.done.append("sidebar"),
                "side": Doing(lambda: self.done.append("side"), text="Show or hide a thing"),
            },
        )


@pytest.fixture
def window(changing: Themes, qtbot: QtBot) -> MainWindow:
    window = MainWindow(changing)
    qtbot.addWidget(window, before_close_func=lambda w: w.leave())
    window.add_room(Room(COMPOSE, "Compose", "compose"), Acting(COMPOSE))
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    return window


def room(window: MainWindow) -> Acting:
    (found,) = window.findChildren(Acting)
    return found


def test_that_no_two_commands_have_one_key_in_a_room_and_all_keys_are_known_to_qt() -> None:
    clashes = [
        (one.id, other.id)
        for number, one in enumerate(COMMANDS)
        for other in COMMANDS[number + 1 :]
        # Between fixed ones decides what has the keyboard.
        if one.meets(other) and set(one.keys) & set(other.keys) and not (one.fixed and other.fixed)
    ]
    assert clashes == []
    assert len(BY_ID) == len(COMMANDS)
    assert [key for command in COMMANDS for key in command.keys if QKeySequence(key).toString() != key] == []
    assert {place for command in COMMANDS for place in command.places} <= set(PLACES)


def test_that_another_key_does_it_then_and_the_usual_one_does_not(window: MainWindow, qtbot: QtBot) -> None:
    window.keymap.set_keys(BY_ID["sidebar"], ("Ctrl+Shift+B",))
    qtbot.keyClick(window, Key.Key_B, CONTROL)
    qtbot.keyClick(window, Key.Key_B, CONTROL | SHIFT)
    assert room(window).done == ["sidebar"]
    window.keymap.reset_all()
    qtbot.keyClick(window, Key.Key_B, CONTROL)
    assert room(window).done == ["sidebar", "sidebar"]


def test_that_a_key_that_is_taken_over_is_taken_from_the_other(window: MainWindow, qtbot: QtBot) -> None:
    keymap, side, sidebar = window.keymap, BY_ID["side"], BY_ID["sidebar"]
    assert keymap.clashing(side, ("Ctrl+B",)) == [sidebar]
    keymap.set_keys(side, ("Ctrl+B",))
    qtbot.keyClick(window, Key.Key_B, CONTROL)
    assert room(window).done == ["side"]
    assert keymap.keys(sidebar) == ()
    keymap.set_keys(sidebar, sidebar.keys)  # the way back takes it over again
    assert (keymap.keys(side), keymap.keys(sidebar)) == ((), ("Ctrl+B",))


def test_that_the_same_key_may_do_one_thing_in_one_room_and_another_elsewhere(window: MainWindow) -> None:
    refresh, send_again = BY_ID["refresh"], BY_ID["send_again"]
    assert refresh.keys == send_again.keys
    assert window.keymap.clashing(refresh, refresh.keys) == []
    assert BY_ID["palette"] in window.keymap.clashing(refresh, ("Ctrl+K",))


def test_that_keys_that_do_the_same_in_every_program_stay_as_they_are(window: MainWindow) -> None:
    for command, keys in ((BY_ID["escape"], ("Ctrl+G",)), (BY_ID["sidebar"], ("Esc",))):
        with pytest.raises(ValueError, match=command.id):
            window.keymap.set_keys(command, keys)
    assert window.keymap.saved == {}


def test_that_a_control_has_its_keys_before_the_room_and_the_chosen_ones_then(
    window: MainWindow, changing: Themes, qtbot: QtBot
) -> None:
    run, follow, indent = BY_ID["run_sql"], BY_ID["follow_key"], BY_ID["indent"]
    assert window.keymap.clashing(run, follow.keys) == []  # they are held by different controls
    assert window.keymap.clashing(run, indent.keys) == [indent]
    assert BY_ID["sidebar"] in window.keymap.clashing(run, ("Ctrl+B",))
    window.keymap.set_keys(indent, ("F8",))
    editor = CodeEditor(changing, room(window))  # made after the choice
    editor.start_text("a")
    editor.show()
    editor.setFocus()
    qtbot.keyClick(editor, Key.Key_BracketRight, CONTROL)
    assert editor.toPlainText() == "a"
    qtbot.keyClick(editor, Key.Key_F8)
    assert editor.toPlainText() == "  a"
    assert editor.accessibleDescription().startswith("F8 indents; Ctrl+[ goes back; ")
    window.keymap.set_keys(BY_ID["sidebar"], ("F8",))
    assert window.keymap.keys(indent) == ()
    qtbot.keyClick(editor, Key.Key_F8)
    assert (editor.toPlainText(), room(window).done) == ("  a", ["sidebar"])


def test_that_what_is_made_without_a_window_learns_of_the_chosen_keys_when_it_is_shown(
    window: MainWindow, changing: Themes
) -> None:
    window.keymap.set_keys(BY_ID["find_next"], ("F8",))
    bar = FindBar(changing, "any", (By.TEXT,))
    assert bar.next.toolTip() == "Next finding (F3)"
    bar.setParent(room(window))
    bar.show()
    assert bar.next.toolTip() == "Next finding (F8)"
    window.keymap.reset_all()
    assert bar.next.toolTip() == "Next finding (F3)"


def test_that_a_room_that_is_furnished_later_has_the_chosen_keys(window: MainWindow, qtbot: QtBot) -> None:
    window.keymap.restore({"sidebar": ["Ctrl+Shift+B"], "room_database": ["F8"]})
    window.add_late_room(Room(DATABASE, "Database", "db"), lambda: Acting(DATABASE))
    qtbot.keyClick(window, Key.Key_F8)
    assert window.current_room == DATABASE
    qtbot.keyClick(window, Key.Key_B, CONTROL | SHIFT)
    assert [each.done for each in window.findChildren(Acting)] == [[], ["sidebar"]]


def test_that_unknown_commands_are_kept_and_odd_keys_fall_back(window: MainWindow) -> None:
    saved = {
        "of_a_newer_program": ["Ctrl+Alt+1"],
        "sidebar": "Ctrl+Q",
        "side": [7],
        "url": ["no such key"],
        "new": ["Ctrl+K"],  # which is the palette's
        "duplicate_request": ["Ctrl+Shift+D"],
    }
    window.keymap.restore(saved)
    assert window.keymap.saved == {"of_a_newer_program": ["Ctrl+Alt+1"], "duplicate_request": ["Ctrl+Shift+D"]}
    assert window.keymap.keys(BY_ID["sidebar"]) == ("Ctrl+B",)


@pytest.mark.parametrize(("keys", "kept"), [({"side": ["F8"]}, {"side": ["F8"]}), ("odd", {}), ([1], {})])
def test_that_keys_are_saved_and_odd_ones_cost_no_other_setting(tmp_path: Path, keys: object, kept: object) -> None:
    document = settings_document(tmp_path / "settings.json")
    document.path.write_bytes(document.encode(Settings(theme="light", keys=keys)))  # type: ignore[arg-type]
    settings, notice = document.load()
    assert (settings.theme, settings.keys, notice) == ("light", kept, None)


@pytest.mark.parametrize(
    ("modifiers", "key", "words", "can"),
    [
        (CONTROL, Key.Key_Return, "Ctrl+Enter", True),
        (CONTROL, Key.Key_Plus, "Ctrl++", True),
        (Qt.KeyboardModifier.AltModifier, Key.Key_Left, "Alt+←", True),
        (NONE, Key.Key_F8, "F8", True),
        (NONE, Key.Key_Slash, "/", True),
        (NONE, Key.Key_A, "A", False),
        (SHIFT, Key.Key_A, "Shift+A", False),
        (NONE, Key.Key_Down, "↓", False),
        (NONE, Key.Key_Return, "Enter", False),
        (CONTROL, Key.Key_C, "Ctrl+C", False),
        # A keyboard says the sign, and Shift besides; Qt would match the two together with nothing.
        (CONTROL | SHIFT, Key.Key_Question, "Ctrl+?", True),
        (CONTROL | SHIFT, Key.Key_Backtab, "Ctrl+Shift+Tab", True),
        (CONTROL | SHIFT, Key.Key_T, "Ctrl+Shift+T", True),
    ],
)
def test_that_keys_are_shown_as_they_are_printed_and_those_for_typing_are_refused(
    modifiers: Qt.KeyboardModifier, key: Qt.Key, words: str, can: bool
) -> None:
    pressed = QKeyCombination(modifiers, key)
    assert shown_keys(pressed_keys(pressed)) == words
    assert (problem_with(pressed) == "") is can


def test_that_shift_stands_with_no_sign_in_the_usual_keys() -> None:
    keys = [key for command in COMMANDS for key in command.keys]
    assert [key for key in keys if "Shift+" in key and not key.rpartition("Shift+")[2].isalnum()] == []


def test_that_both_enter_keys_are_meant_by_one(window: MainWindow) -> None:
    assert pressed_keys(QKeyCombination(CONTROL, Key.Key_Return)) == ("Ctrl+Return", "Ctrl+Enter")
    action = next(each for each in window.findChildren(CommandAction) if each.command.id == "side")
    assert action.text() == "Show or hide a thing"


def test_that_controls_say_the_keys_that_hold(window: MainWindow, changing: Themes, qtbot: QtBot) -> None:
    button, line = SendButton(changing), FilterEdit(changing, "Filter", "filter")
    strip = RequestTabs(changing)
    strip.set_tabs([RequestTab(id="a", method="GET", title="/items", tip="GET /items")], "a", can_reopen=False)
    for part in (button, line, strip):
        part.setParent(room(window))
    assert button.toolTip() == "Send the request (Ctrl+Enter)"
    before = line.textMargins().right()
    window.keymap.restore({"send": ["F8"], "new": [], "close_request": ["F4"], "filter": ["Ctrl+Shift+L"]})
    assert button.toolTip() == "Send the request (F8)"
    assert strip.new_button.toolTip() == "New request"
    assert "F4 close" in strip.bar.tabToolTip(0)
    assert line.textMargins().right() > before
