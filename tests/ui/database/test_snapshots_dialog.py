"""The list of snapshots, and the question before something is done."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.database.snapshot import Snapshot
from explorer.ui import names
from explorer.ui.dialogs.confirm import ConfirmDialog, confirmed
from explorer.ui.models.snapshots_model import SnapshotsModel
from explorer.ui.panels.database.snapshots_dialog import SnapshotsDialog
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.wording import moment_text

OLD = Snapshot(path=Path("/copies/1.sqlite3"), taken_at=1_700_000_000, reason="by hand", size=148_000)
NEW = Snapshot(
    path=Path("/copies/2.sqlite3"), taken_at=1_700_009_000, reason="before the reset", size=2_000, revision="0006"
)


@pytest.fixture
def dialog(qtbot: QtBot, themes: Themes) -> SnapshotsDialog:
    made = SnapshotsDialog(themes)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.table.setFocus()
    return made


def button(dialog: QWidget, name: str) -> QPushButton:
    found = dialog.findChild(QPushButton, name)
    assert found is not None
    return found


def test_that_snapshots_are_listed_the_newest_first_with_what_they_are(dialog: SnapshotsDialog) -> None:
    dialog.set_snapshots((OLD, NEW))
    model = dialog.table.model()
    assert [model.index(row, 1).data() for row in range(2)] == ["before the reset", "by hand"]
    assert [model.index(0, column).data() for column in (2, 3)] == ["0006", "2 KB"]
    state = dialog.findChild(ElidedLabel, names.SNAPSHOTS_STATE)
    assert state is not None
    assert state.whole_text == "2 snapshots · 150 KB"


def test_that_the_chosen_one_is_restored_or_thrown_away(qtbot: QtBot, dialog: SnapshotsDialog) -> None:
    dialog.set_snapshots((OLD, NEW))
    dialog.table.selectRow(1)
    with qtbot.waitSignal(dialog.restore_requested) as wanted:
        button(dialog, names.SNAPSHOTS_RESTORE).click()
    assert wanted.args == [OLD]
    with qtbot.waitSignal(dialog.delete_requested) as wanted:
        qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert wanted.args == [OLD]
    dialog.set_snapshots((OLD, NEW, NEW))
    assert dialog.table.currentIndex().siblingAtColumn(1).data() == "by hand"


def test_that_without_snapshots_only_taking_one_is_offered(qtbot: QtBot, dialog: SnapshotsDialog) -> None:
    assert not button(dialog, names.SNAPSHOTS_RESTORE).isEnabled()
    assert not button(dialog, names.SNAPSHOTS_DELETE).isEnabled()
    with qtbot.waitSignal(dialog.take_requested):
        button(dialog, names.SNAPSHOTS_TAKE).click()


def test_that_nothing_is_begun_while_something_is_under_way(qtbot: QtBot, dialog: SnapshotsDialog) -> None:
    dialog.set_snapshots((OLD,))
    dialog.set_busy("Copying 40 %")
    with qtbot.assertNotEmitted(dialog.restore_requested), qtbot.assertNotEmitted(dialog.take_requested):
        button(dialog, names.SNAPSHOTS_TAKE).click()
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    dialog.set_busy("")
    assert button(dialog, names.SNAPSHOTS_RESTORE).isEnabled()


def test_that_the_list_is_a_sound_model() -> None:
    model = SnapshotsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_snapshots((OLD, NEW))
    assert model.row_of(OLD.path) == 1
    tester.deleteLater()


def test_that_moments_are_told_as_a_person_names_them() -> None:
    assert moment_text(time.time()).startswith("today ")
    assert moment_text(time.mktime((2024, 2, 28, 9, 5, 7, 0, 0, -1))) == "28 Feb 2024 09:05:07"


def ask(themes: Themes, parent: QWidget, *, danger: bool) -> asyncio.Task[bool]:
    return asyncio.ensure_future(confirmed(themes, parent, "Go back?", "Rows are lost.", "Downgrade", danger=danger))


def question(qtbot: QtBot, parent: QWidget) -> ConfirmDialog:
    qtbot.waitUntil(lambda: any(each.isVisible() for each in parent.findChildren(ConfirmDialog)))
    return next(each for each in parent.findChildren(ConfirmDialog) if each.isVisible())


@pytest.mark.parametrize(("name", "wanted"), [(names.CONFIRM_YES, True), (names.CONFIRM_NO, False)])
def test_that_a_question_is_awaited_while_everything_goes_on(
    qtbot: QtBot, themes: Themes, ui_loop: asyncio.AbstractEventLoop, name: str, wanted: bool
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    answer = ask(themes, parent, danger=True)
    button(question(qtbot, parent), name).click()
    qtbot.waitUntil(answer.done)
    assert answer.result() is wanted


def test_that_escape_means_no_and_enter_never_destroys(
    qtbot: QtBot, themes: Themes, ui_loop: asyncio.AbstractEventLoop
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    answer = ask(themes, parent, danger=True)
    dialog = question(qtbot, parent)
    assert button(dialog, names.CONFIRM_NO).isDefault()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(answer.done)
    assert answer.result() is False
    answer = ask(themes, parent, danger=False)
    qtbot.keyClick(question(qtbot, parent), Qt.Key.Key_Return)
    qtbot.waitUntil(answer.done)
    assert answer.result() is True
