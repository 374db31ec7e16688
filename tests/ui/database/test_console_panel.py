"""The SQL console as a person uses it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.database.console_result import ConsoleResult
from explorer.database.grid import Cell
from explorer.database.schema import Column, Schema, Table, TableKind
from explorer.database.statements import Finding, PlanStep
from explorer.ui import names
from explorer.ui.panels.database.console_panel import ConsoleIntent, ConsolePanel
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.elided_label import ElidedLabel

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SCHEMA = Schema(tables=(Table(name="users", kind=TableKind.TABLE, columns=(Column(name="id"), Column(name="email"))),))


@dataclass(frozen=True)
class Past:
    statement: str
    at: float = 1_741_100_000.0


@pytest.fixture
def panel(qtbot: QtBot, themes: Themes) -> ConsolePanel:
    made = ConsolePanel(themes)
    qtbot.addWidget(made)
    made.resize(460, 460)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.editor.setFocus()
    return made


def rows(*cells: Cell, more: bool = False, ns: int = 0, plan: tuple[PlanStep, ...] = ()) -> ConsoleResult:
    found = tuple((cell,) for cell in cells)
    return ConsoleResult(statement="SELECT 1", columns=("a",), rows=found, more=more, ns=ns, plan=plan)


def text(panel: ConsolePanel, name: str) -> str:
    found = panel.findChild(QWidget, name)
    assert found is not None
    return found.whole_text if isinstance(found, ElidedLabel) else found.accessibleName()


def sees(panel: ConsolePanel, name: str) -> bool:
    return any(widget.isVisible() for widget in panel.findChildren(QWidget, name))


def ask(qtbot: QtBot, panel: ConsolePanel, modifiers: Qt.KeyboardModifier = CONTROL) -> ConsoleIntent:
    with qtbot.waitSignal(panel.run_requested) as asked:
        qtbot.keyClick(panel.editor, Qt.Key.Key_Return, modifiers)
    intent = asked.args[0]
    assert isinstance(intent, ConsoleIntent)
    return intent


def test_that_ctrl_enter_runs_all_and_with_shift_asks_for_the_plan(qtbot: QtBot, panel: ConsolePanel) -> None:
    panel.set_text("SELECT 1")
    assert ask(qtbot, panel) == ConsoleIntent("SELECT 1")
    assert ask(qtbot, panel, CONTROL | SHIFT) == ConsoleIntent("SELECT 1", explain=True)
    assert panel.editor.toPlainText() == "SELECT 1"


def test_that_a_selection_is_run_alone(qtbot: QtBot, panel: ConsolePanel) -> None:
    panel.set_text("SELECT 1;\nSELECT 2;")
    panel.editor.select_span(1, 0, 8)
    assert ask(qtbot, panel).text == "SELECT 2"


def test_that_nothing_is_run_when_nothing_is_there(qtbot: QtBot, panel: ConsolePanel) -> None:
    panel.set_text("  \n")
    with qtbot.assertNotEmitted(panel.run_requested):
        qtbot.keyClick(panel.editor, Qt.Key.Key_Return, CONTROL)


def test_that_typing_is_told_so_that_it_can_be_kept(qtbot: QtBot, panel: ConsolePanel) -> None:
    with qtbot.waitSignal(panel.text_edited) as edited:
        qtbot.keyClicks(panel.editor, "x")
    assert edited.args == ["x"]


def test_that_parameters_are_asked_for_and_keep_what_was_typed(qtbot: QtBot, panel: ConsolePanel) -> None:
    panel.set_text("SELECT :id")
    panel.set_parameters([":id"])
    field = panel.findChild(QLineEdit, names.CONSOLE_PARAMETER.format(name=":id"))
    assert field is not None
    assert field.isVisible()
    qtbot.keyClicks(field, "42")
    assert ask(qtbot, panel).parameters == {":id": "42"}
    panel.set_parameters([])
    panel.set_parameters([":name", ":id"])
    fields = [edit for edit in panel.findChildren(QLineEdit) if edit.isVisible()]
    assert [edit.text() for edit in fields] == ["", "42"]


def test_that_rows_show_nulls_blobs_and_how_long_it_took(panel: ConsolePanel) -> None:
    panel.set_results([rows(1, None, b"abc", "x\ny", ns=400_000)])
    model = panel.results.table.model()
    assert [model.index(row, 0).data() for row in range(4)] == ["1", "NULL", "blob 3 B", "x⏎y"]
    assert text(panel, names.CONSOLE_FACTS) == "4 rows · 0.4 ms"
    assert panel.results.table.isVisible()


def test_that_more_rows_can_be_asked_for_and_the_view_keeps_its_place(qtbot: QtBot, panel: ConsolePanel) -> None:
    panel.set_results([rows(*range(100), more=True)])
    assert text(panel, names.CONSOLE_FACTS).startswith("first 100 rows")
    more = panel.findChild(QPushButton, names.CONSOLE_MORE)
    assert more is not None
    panel.results.table.verticalScrollBar().setValue(50)
    with qtbot.waitSignal(panel.more_requested) as wanted:
        qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert wanted.args == [0]
    panel.update_result(0, rows(*range(300)))
    assert panel.results.table.verticalScrollBar().value() == 50
    assert not more.isVisible()


def test_that_an_error_is_said_below_and_underlined_at_its_place(panel: ConsolePanel) -> None:
    panel.set_text("SELECT 1;\nSELECT nam FROM users")
    panel.editor.setFocus()
    intent: list[ConsoleIntent] = []
    panel.run_requested.connect(intent.append)
    panel.run_button.trigger()
    wrong = ConsoleResult(statement="SELECT nam FROM users", error="There is no column nam.", position=7)
    panel.set_results([rows(1), wrong])
    assert text(panel, names.CONSOLE_ERROR) == "There is no column nam."
    assert sees(panel, names.CONSOLE_ERROR)
    note = panel.editor.note_of(1)
    assert note is not None
    assert (note.column, note.length, note.error) == (7, 3, True)


def test_that_typing_takes_the_mark_away(qtbot: QtBot, panel: ConsolePanel) -> None:
    panel.set_text("SELEC 1")
    panel.run_button.trigger()
    panel.set_results([ConsoleResult(statement="SELEC 1", error="SELEC is no word of SQL.", position=0)])
    assert panel.editor.note_of(0) is not None
    qtbot.keyClicks(panel.editor, " ")
    assert panel.editor.note_of(0) is None


def test_that_several_statements_have_a_tab_each_and_the_failed_one_is_in_front(
    qtbot: QtBot, panel: ConsolePanel
) -> None:
    panel.set_results([rows(1), ConsoleResult(statement="DELETE FROM x", error="This console only reads.")])
    tabs = panel.results.tabs
    assert [tabs.tabText(i) for i in range(tabs.count())] == ["1 SELECT", "2 DELETE"]
    assert tabs.chosen == "1"
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(0).center())
    assert panel.results.table.isVisible()
    assert not sees(panel, names.CONSOLE_ERROR)


def test_that_a_plan_is_told_in_words(panel: ConsolePanel) -> None:
    step = PlanStep(0, "SCAN items", "Reads all rows of items.", Finding.FULL_SCAN, "items")
    panel.set_results([ConsoleResult(statement="SELECT 1", plan=(step,))])
    assert panel.results.plan_list.isVisible()
    index = panel.results.plan_list.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "SCAN items, full scan. Reads all rows of items."


def test_that_rows_with_a_plan_offer_both(qtbot: QtBot, panel: ConsolePanel) -> None:
    panel.set_results([rows(1, plan=(PlanStep(0, "SCAN items", "Reads all rows."),))])
    assert panel.results.table.isVisible()
    qtbot.mouseClick(panel.results.view.buttons[1], Qt.MouseButton.LeftButton)
    assert panel.results.plan_list.isVisible()


def test_that_a_long_run_offers_to_stop_by_button_and_escape(qtbot: QtBot, panel: ConsolePanel) -> None:
    panel.set_text("SELECT 1")
    panel.set_running(True)
    qtbot.waitUntil(lambda: panel.run_button.cancels)
    with qtbot.waitSignal(panel.cancel_requested):
        qtbot.mouseClick(panel.run_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(panel.cancel_requested):
        qtbot.keyClick(panel.editor, Qt.Key.Key_Escape)
    with qtbot.assertNotEmitted(panel.run_requested):
        qtbot.keyClick(panel.editor, Qt.Key.Key_Return, CONTROL)
    panel.set_running(False)
    assert panel.run_button.accessibleName() == "Run"


def test_that_a_cancelled_statement_says_so(panel: ConsolePanel) -> None:
    panel.set_results([ConsoleResult(statement="SELECT 1", cancelled=True, ns=2_100_000_000)])
    assert text(panel, names.CONSOLE_FACTS) == "cancelled after 2.1 s"
    message = panel.findChild(QLabel, names.CONSOLE_MESSAGE)
    assert message is not None
    assert message.text() == "You stopped it before the first row."


def test_that_rows_can_be_saved_in_three_forms(qtbot: QtBot, panel: ConsolePanel) -> None:
    panel.set_results([rows(1)])
    button = panel.findChild(QToolButton, names.CONSOLE_EXPORT)
    assert button is not None
    button.click()
    action = panel.findChild(QAction, names.CONSOLE_EXPORT_ENTRY.format(form="json"))
    assert action is not None
    with qtbot.waitSignal(panel.export_requested) as wanted:
        action.trigger()
    assert wanted.args == [0, "json"]


def test_that_the_history_can_be_searched_and_undo_brings_back_what_was_typed(
    qtbot: QtBot, panel: ConsolePanel
) -> None:
    panel.set_text("")
    qtbot.keyClicks(panel.editor, "SELECT 99")
    button = panel.findChild(QToolButton, names.CONSOLE_HISTORY)
    assert button is not None
    with qtbot.waitSignal(panel.history_searched) as searched:
        button.click()
    assert searched.args == [""]
    panel.set_history([Past("SELECT 1"), Past("SELECT 2")])
    popup = panel.findChild(QWidget, names.CONSOLE_HISTORY_POPUP)
    search = panel.findChild(QLineEdit, names.CONSOLE_HISTORY_SEARCH)
    assert popup is not None
    assert search is not None
    assert popup.isVisible()
    with qtbot.waitSignal(panel.history_searched) as searched:
        qtbot.keyClicks(search, "2")
    assert searched.args == ["2"]
    panel.set_history([Past("SELECT 2")])
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert panel.editor.toPlainText() == "SELECT 2"
    assert not popup.isVisible()
    panel.editor.undo()
    assert panel.editor.toPlainText() == "SELECT 99"


def test_that_names_are_offered_and_enter_puts_one_in(qtbot: QtBot, panel: ConsolePanel) -> None:
    panel.set_schema(SCHEMA)
    panel.set_text("")
    panel.activateWindow()
    panel.editor.setFocus()
    qtbot.waitUntil(panel.editor.hasFocus)
    qtbot.keyClicks(panel.editor, "SELECT users.em")
    qtbot.waitUntil(lambda: panel.editor.offered == ("email",))
    qtbot.keyClick(panel.editor.completion, Qt.Key.Key_Return)
    assert panel.editor.toPlainText() == "SELECT users.email"
    assert panel.editor.offered == ()


def test_that_a_locked_database_is_said_below_the_editor(panel: ConsolePanel) -> None:
    panel.set_problem("The database is locked by POST /items. Try again when it is done.")
    assert sees(panel, names.CONSOLE_ERROR)
