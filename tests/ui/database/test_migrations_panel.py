"""The migrations panel as a person uses it."""

from __future__ import annotations

import dataclasses
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog, QLabel, QListView, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.database.migrations.revisions import Chain, Revision, SchemaLine, SchemaLineKind, StepPreview
from explorer.ui import names
from explorer.ui.models.migration_chain_model import ChainModel
from explorer.ui.models.migration_lanes import LaneRow, Line, lane_count, lane_rows
from explorer.ui.models.migration_steps import down_target, head_target, remark, side_words, up_target
from explorer.ui.panels.database.migrations_panel import MigrationsPanel
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.code_view import CodeView
from explorer.ui.widgets.elided_label import ElidedLabel

THIRD = Revision(id="0003", title="prices", parents=("0002",), head=True, source="def upgrade(): ...")
SECOND = Revision(id="0002", title="tags", parents=("0001",), applied=True, current=True)
FIRST = Revision(id="0001", title="users", applied=True)
CHAIN = Chain(revisions=(THIRD, SECOND, FIRST), pending=1)
PREVIEW = StepPreview(
    source="0002",
    target="0003",
    lines=(
        SchemaLine("items", "name", SchemaLineKind.SAME, "TEXT"),
        SchemaLine("items", "price", SchemaLineKind.ADDED, "NUMERIC"),
        SchemaLine("items", "ix_price", SchemaLineKind.REMOVED, "INDEX"),
    ),
    sql=("ALTER TABLE items ADD COLUMN price NUMERIC", "DROP INDEX ix_price;"),
)
MERGED = Chain(
    revisions=(
        Revision(id="m", title="merge", parents=("a", "b"), head=True),
        Revision(id="a", title="one branch", parents=("r",)),
        Revision(id="b", title="other branch", parents=("r",), applied=True, current=True),
        Revision(id="r", title="root", applied=True),
    ),
    pending=2,
)


@pytest.fixture
def panel(qtbot: QtBot, themes: Themes) -> MigrationsPanel:
    made = MigrationsPanel(themes)
    qtbot.addWidget(made)
    made.resize(384, 560)
    with qtbot.waitExposed(made):
        made.show()
    return made


def read(panel: MigrationsPanel, name: str) -> str:
    widget = panel.findChild(QWidget, name)
    assert widget is not None
    if not widget.isVisible():
        return ""
    match widget:
        case ElidedLabel():
            return widget.whole_text
        case CodeView():
            return widget.toPlainText()
        case QLabel() | QPushButton():
            return widget.text()
    return widget.accessibleName()


def click(panel: MigrationsPanel, name: str) -> None:
    button = panel.findChild(QPushButton, name)
    assert button is not None
    button.click()


def choose(qtbot: QtBot, panel: MigrationsPanel, row: int) -> None:
    place = panel.chain_list.visualRect(panel.chain_list.model().index(row, 0)).center()
    qtbot.mouseClick(panel.chain_list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_that_the_next_revision_is_chosen_and_its_preview_asked_for(qtbot: QtBot, panel: MigrationsPanel) -> None:
    with qtbot.waitSignal(panel.preview_wanted) as wanted:
        panel.set_chain(CHAIN)
    assert wanted.args == ["0003"]
    assert panel.chosen == "0003"
    assert read(panel, names.MIGRATIONS_TITLE) == "What 0003 will change"


def test_that_the_list_has_the_height_of_its_revisions_and_never_all_of_it(panel: MigrationsPanel) -> None:
    panel.set_chain(CHAIN)
    rows, area = panel.chain_list, panel.chain_list.viewport()
    assert rows.visualRect(rows.model().index(2, 0)).bottom() in range(area.height() - 2, area.height())
    many = tuple(Revision(id=f"{n:04}", title="step", parents=(f"{n - 1:04}",) if n else ()) for n in range(40))
    panel.set_chain(Chain(revisions=many))
    assert panel.preview.height() > panel.height() / 4
    assert area.height() > panel.preview.height()


def test_that_a_panel_out_of_sight_asks_when_it_is_looked_at(qtbot: QtBot, themes: Themes) -> None:
    panel = MigrationsPanel(themes)
    qtbot.addWidget(panel)
    with qtbot.assertNotEmitted(panel.preview_wanted):
        panel.set_chain(CHAIN)
    with qtbot.waitSignal(panel.preview_wanted):
        panel.show()


def test_that_a_preview_shows_schema_sql_and_python(qtbot: QtBot, panel: MigrationsPanel) -> None:
    panel.set_chain(CHAIN)
    panel.set_previewing("0003")
    assert read(panel, names.MIGRATIONS_MESSAGE) == "Trying it on a throw-away copy…"
    panel.set_preview(PREVIEW)
    schema = panel.findChild(QListView, names.MIGRATIONS_SCHEMA)
    assert schema is not None
    spoken = [schema.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(4)]
    assert spoken == ["Table items stays", "name TEXT stays", "price NUMERIC is added", "ix_price INDEX is taken away"]
    assert read(panel, names.MIGRATIONS_REMARK) == "No data is lost. A snapshot is taken before each step."
    views = panel.preview.findChildren(QWidget, names.MIGRATIONS_VIEWS)[0]
    schema_button, sql_button, python_button = views.buttons  # type: ignore[attr-defined]
    qtbot.mouseClick(sql_button, Qt.MouseButton.LeftButton)
    assert read(panel, names.MIGRATIONS_SQL) == ("ALTER TABLE items ADD COLUMN price NUMERIC;\n\nDROP INDEX ix_price;")
    qtbot.mouseClick(python_button, Qt.MouseButton.LeftButton)
    assert read(panel, names.MIGRATIONS_PYTHON) == "def upgrade(): ..."
    qtbot.mouseClick(schema_button, Qt.MouseButton.LeftButton)
    assert schema.isVisible()


def test_that_a_preview_for_another_revision_is_left_alone(panel: MigrationsPanel) -> None:
    panel.set_chain(CHAIN)
    panel.set_preview(dataclasses.replace(PREVIEW, target="0001"))
    schema = panel.findChild(QListView, names.MIGRATIONS_SCHEMA)
    assert schema is not None
    assert not schema.isVisible()


def test_that_rows_that_would_be_lost_are_named() -> None:
    words, warns = remark(dataclasses.replace(PREVIEW, lost_rows=(("orders", 57), ("order_items", 1_143))))
    assert words.startswith("Rows are lost: 57 of orders, 1,143 of order_items.")
    assert warns
    gone = SchemaLine("items", "price", SchemaLineKind.REMOVED, "NUMERIC")
    assert remark(dataclasses.replace(PREVIEW, lines=(gone,))) == (
        "The values of items.price go, unless this step keeps them elsewhere. A snapshot is taken before.",
        True,
    )


def test_that_the_buttons_go_one_step_and_the_menu_goes_all_the_way(qtbot: QtBot, panel: MigrationsPanel) -> None:
    panel.set_chain(CHAIN)
    steps: list[str] = []
    panel.step_requested.connect(steps.append)
    click(panel, names.MIGRATIONS_UP)
    click(panel, names.MIGRATIONS_DOWN)
    more = panel.findChild(QToolButton, names.MIGRATIONS_MORE)
    assert more is not None
    more.click()
    for entry in ("head", "base"):
        action = panel.findChild(QAction, names.MIGRATIONS_MENU_ENTRY.format(entry=entry))
        assert action is not None
        action.trigger()
    assert steps == ["0003", "0001", "0003", ""]


def test_that_any_revision_can_be_gone_to_by_button_and_by_enter(qtbot: QtBot, panel: MigrationsPanel) -> None:
    panel.set_chain(CHAIN)
    choose(qtbot, panel, 2)
    assert read(panel, names.MIGRATIONS_GO) == "Downgrade to 0001"
    with qtbot.waitSignal(panel.step_requested) as wanted:
        click(panel, names.MIGRATIONS_GO)
    assert wanted.args == ["0001"]
    with qtbot.waitSignal(panel.step_requested) as wanted:
        qtbot.keyClick(panel.chain_list, Qt.Key.Key_Return)
    assert wanted.args == ["0001"]


def test_that_where_the_database_stands_there_is_nothing_to_do(qtbot: QtBot, panel: MigrationsPanel) -> None:
    panel.set_chain(CHAIN)
    with qtbot.assertNotEmitted(panel.preview_wanted):
        choose(qtbot, panel, 1)
    assert read(panel, names.MIGRATIONS_GO) == ""
    assert read(panel, names.MIGRATIONS_MESSAGE).startswith("The database stands here.")


def test_that_while_a_step_runs_it_can_be_cancelled_and_no_other_begun(qtbot: QtBot, panel: MigrationsPanel) -> None:
    panel.set_chain(CHAIN)
    panel.set_running("Upgrading to 0003", 0.4)
    assert read(panel, names.MIGRATIONS_PROGRESS) == "Upgrading to 0003"
    with qtbot.assertNotEmitted(panel.step_requested):
        click(panel, names.MIGRATIONS_UP)
        click(panel, names.MIGRATIONS_GO)
    with qtbot.waitSignal(panel.cancel_requested):
        click(panel, names.MIGRATIONS_CANCEL)
    panel.set_running("")
    assert read(panel, names.MIGRATIONS_PROGRESS) == ""


def test_that_a_failure_is_a_sentence_with_alembics_words_behind_it(qtbot: QtBot, panel: MigrationsPanel) -> None:
    panel.set_chain(CHAIN)
    failed = dataclasses.replace(PREVIEW, error="The step would fail: no such table: items.", details="Traceback …")
    panel.set_preview(failed)
    assert read(panel, names.MIGRATIONS_ERROR) == "The step would fail: no such table: items."
    click(panel, names.MIGRATIONS_DETAILS)
    dialog = panel.findChild(QDialog, names.DETAILS_DIALOG)
    assert dialog is not None
    assert dialog.isVisible()
    dialog.close()


def test_that_after_a_step_the_statements_that_ran_are_shown(panel: MigrationsPanel) -> None:
    panel.set_chain(CHAIN)
    done = (dataclasses.replace(THIRD, applied=True, current=True), dataclasses.replace(SECOND, current=False), FIRST)
    panel.set_chain(Chain(revisions=done))
    panel.set_outcome("The SQL of the upgrade to 0003", PREVIEW.sql, "Every row is still there.")
    assert read(panel, names.MIGRATIONS_SQL).startswith("ALTER TABLE items")
    assert read(panel, names.MIGRATIONS_TITLE) == "The SQL of the upgrade to 0003"
    assert read(panel, names.MIGRATIONS_REMARK) == "Every row is still there."
    up = panel.findChild(QPushButton, names.MIGRATIONS_UP)
    assert up is not None
    assert not up.isEnabled()


def test_that_an_app_without_migrations_says_so(qtbot: QtBot, panel: MigrationsPanel) -> None:
    assert panel.findChildren(QLabel)
    panel.set_unavailable("Alembic is not installed where this app runs.", "Try again")
    buttons = [button for button in panel.findChildren(QPushButton, "") if button.text() == "Try again"]
    assert buttons[0].isVisible()
    with qtbot.waitSignal(panel.refresh_requested):
        buttons[0].click()


def test_that_the_days_are_told_only_where_they_are_known() -> None:
    assert side_words(FIRST) == "applied"
    this_year = time.mktime((time.localtime().tm_year, 2, 28, 12, 0, 0, 0, 0, -1))
    assert side_words(dataclasses.replace(FIRST, applied_at=this_year)) == "applied 28 Feb"
    assert side_words(SECOND) == "you are here"
    assert side_words(THIRD) == "not applied yet"


def test_that_branches_have_lanes_of_their_own_and_meet_again() -> None:
    merge, one, other, root = lane_rows(MERGED.revisions)
    assert [row.lane for row in (merge, one, other, root)] == [0, 0, 1, 0]
    assert merge.below == (Line(0, 0, pending=True), Line(0, 1, pending=True))
    assert Line(1, 1, pending=True) in one.above
    assert other.below == (Line(0, 0, pending=True), Line(1, 0))
    assert root == LaneRow(0, (Line(0, 0, pending=True),))
    assert lane_count((merge, one, other, root)) == 2


def test_that_where_there_are_several_ways_no_single_step_is_offered(panel: MigrationsPanel) -> None:
    assert down_target(MERGED) == "r"
    one, *others = MERGED.revisions[1:]
    two = (MERGED.revisions[0], dataclasses.replace(one, current=True, applied=True), *others)
    assert down_target(Chain(revisions=two, pending=1)) is None
    assert up_target(Chain(revisions=two, pending=1)) == "m"
    loose = (dataclasses.replace(THIRD, id="x"), THIRD, SECOND, FIRST)
    assert up_target(Chain(revisions=loose, pending=2)) is None
    assert head_target(Chain(revisions=loose, pending=2)) == "heads"
    assert head_target(CHAIN) == "0003"


def test_that_the_chain_is_a_sound_model() -> None:
    model = ChainModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_chain(MERGED)
    assert model.rowCount() == 4
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "a, one branch, not applied yet"
    tester.deleteLater()
