"""The Data tab: what it shows of rows, and what a person can ask for."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.database.changes import ChangeSet
from explorer.database.grid import Cell, Comparison, Cut, Filter, GridRow, Mark, Order, Page
from explorer.ui import names
from explorer.ui.models.grid_rows import GridRows
from explorer.ui.panels.database.cell_menu import same_value
from explorer.ui.panels.database.data_page import DataPage, Following, RecordWanted
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.table_source import TableCell
from explorer.ui.widgets.tone_pill import TonePill

from .samples import ITEMS, PAGE, PUT, USERS

OWNER = Filter("owner_id", Comparison.EQUAL, "42")


@pytest.fixture
def page(qtbot: QtBot, themes: Themes) -> Iterator[DataPage]:
    """Return the page with the items on show."""
    page = DataPage(themes)
    qtbot.addWidget(page)
    page.resize(900, 500)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    page.set_table(ITEMS, filters=(OWNER,))
    page.set_change(PUT, earlier=True)
    page.set_page(PAGE)
    yield page
    page.set_table(None)


def cell(page: DataPage, row: int, column: int) -> TableCell:
    found = page._rows.cell(row, column)
    assert found is not None
    return found


def text_of(page: QWidget, name: str) -> str:
    label = page.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


def button(page: QWidget, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def click(page: DataPage, qtbot: QtBot, row: int, column: int) -> None:
    place = page.grid.cells.text_rect(cell(page, row, column), row, column).center()
    qtbot.mouseClick(page.grid.cells.viewport(), Qt.MouseButton.LeftButton, pos=place)


def press(
    page: DataPage, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    qtbot.keyClick(page.grid.cells, key, modifier)


def test_that_hidden_columns_are_left_out_and_the_others_say_what_they_are(page: DataPage) -> None:
    heads = [(column.title, column.note, column.right) for column in page._rows.columns]
    assert heads == [
        ("id", "PK", True),
        ("name", "VARCHAR(80)", False),
        ("price", "NUMERIC(10, 2)", True),
        ("owner_id", "FK", True),
    ]


def test_that_a_changed_cell_shows_both_values_and_the_others_do_not(page: DataPage) -> None:
    changed = cell(page, 1, 2)
    assert (changed.before, changed.text, changed.filled) == ("39.9", "34.9", True)
    assert changed.spoken == "34.9, it was 39.9"
    assert not cell(page, 1, 1).filled


def test_that_a_deleted_row_is_struck_through_and_leads_nowhere(page: DataPage) -> None:
    assert cell(page, 2, 1).struck
    assert not cell(page, 2, 3).link
    assert page._rows.look(2).mark == "−"


def test_that_null_reads_as_null_and_is_no_link(page: DataPage) -> None:
    null = cell(page, 3, 3)
    assert (null.text, null.italic, null.link) == ("NULL", True, False)


def test_that_a_long_value_that_did_not_change_is_not_called_changed() -> None:
    rows = GridRows(USERS)
    text = "x" * 5000
    row = GridRow((1,), (1, Cut(True, 5000, text[:256])), Mark.CHANGED, (1, text))
    rows.set_page(Page(first=0, rows=(row,), total=1, exact=True))
    assert rows.was(0, 1) is None
    row = GridRow((1,), (1, Cut(True, 5000, "y" * 256)), Mark.CHANGED, (1, text))
    rows.set_page(Page(first=0, rows=(row,), total=1, exact=True))
    assert rows.was(0, 1) is not None


def test_that_the_strip_names_the_request_and_counts_its_rows(page: DataPage, qtbot: QtBot) -> None:
    said = {
        kind: pill.text
        for kind in ("added", "changed", "deleted", "too_many")
        if isinstance(pill := page.findChild(TonePill, names.DATA_CHANGE_COUNTS.format(kind=kind)), TonePill)
    }
    assert said == {"added": "1 added", "changed": "1 changed", "deleted": "1 deleted", "too_many": ""}
    with qtbot.waitSignal(page.change_opened) as told:
        button(page, names.DATA_CHANGE_LINK).click()
    assert told.args == [PUT.trace_id]


def test_that_the_strip_leads_to_the_other_table_of_a_change(page: DataPage, qtbot: QtBot) -> None:
    assert page.strip._others.text() == "also in users"
    with qtbot.waitSignal(page.table_wanted) as told:
        page.strip._others.click()
    assert told.args == ["users"]


def test_that_a_change_of_too_many_rows_says_so_with_their_number(page: DataPage) -> None:
    page.set_change(
        ChangeSet(
            trace_id="1", label="POST /seed", at=0, counts={"items": (20_000, 0, 0)}, complete=False, notice="Why."
        )
    )
    assert page.strip._pills["added"].text == "20,000 added"
    assert page.strip._pills["too_many"].text == "too many to show"


def test_that_another_programs_change_of_unknown_rows_says_so(page: DataPage) -> None:
    page.set_change(ChangeSet(trace_id="", label="another program", at=0, counts={"items": (0, 0, 0)}, complete=False))
    assert page.strip._pills["too_many"].text == "rows unknown"
    assert not page.strip._link.isVisible()


def test_that_the_footer_counts_and_tells_what_a_cell_was(page: DataPage) -> None:
    page.set_total(118)
    assert text_of(page, names.DATA_COUNT) == "3 rows of 118, 1 deleted"
    assert text_of(page, names.DATA_RANGE) == "1–4"
    page.go_to(1, "price")
    assert page.footer.was.whole_text == "price 34.9 was 39.9 before trace 8f33a0"
    page.go_to(0)
    assert page.footer.was.whole_text == ""
    page.set_query(filters=(), order=Order("name"))
    page.set_page(PAGE)
    assert text_of(page, names.DATA_COUNT).endswith("1 deleted")
    page.set_page(dataclasses.replace(PAGE, gone_at_top=True))
    assert text_of(page, names.DATA_COUNT).endswith("1 deleted at the top")
    assert "as large as this one" in page.footer.count.toolTip()


def test_that_a_click_and_a_key_follow_a_foreign_key(page: DataPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.reference_followed) as told:
        click(page, qtbot, 0, 3)
    following: Following = told.args[0]
    assert (following.table, following.key.table, following.row.key) == ("items", "users", (1,))
    with qtbot.waitSignal(page.reference_followed):
        press(page, qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_that_enter_asks_for_the_record(page: DataPage, qtbot: QtBot) -> None:
    page.go_to(1, "name")
    with qtbot.waitSignal(page.record_requested) as told:
        press(page, qtbot, Qt.Key.Key_Return)
    wanted: RecordWanted = told.args[0]
    assert (wanted.table, wanted.number, wanted.column) == ("items", 1, "name")


def test_that_a_title_goes_from_up_to_down_to_the_keys_order(page: DataPage, qtbot: QtBot) -> None:
    for order, wanted in (
        (None, Order("price")),
        (Order("price"), Order("price", descending=True)),
        (Order("price", descending=True), None),
    ):
        page.set_query(filters=page.filters, order=order)
        with qtbot.waitSignal(page.order_changed) as told:
            page.grid.order_wanted.emit(2)
        assert told.args == [wanted]


def test_that_a_filter_is_made_by_keyboard_alone(page: DataPage, qtbot: QtBot) -> None:
    button(page, names.DATA_FILTER_ADD).click()
    column = page.findChild(QComboBox, names.DATA_FILTER_COLUMN)
    value = page.findChild(QLineEdit, names.DATA_FILTER_VALUE)
    comparison = page.findChild(QComboBox, names.DATA_FILTER_COMPARISON)
    assert isinstance(column, QComboBox)
    assert isinstance(comparison, QComboBox)
    assert isinstance(value, QLineEdit)
    qtbot.keyClicks(column, "price")
    qtbot.keyClick(column, Qt.Key.Key_Tab)
    qtbot.keyClicks(comparison, ">")
    qtbot.keyClick(comparison, Qt.Key.Key_Tab)
    qtbot.keyClicks(value, "10")
    with qtbot.waitSignal(page.filters_changed) as told:
        qtbot.keyClick(value, Qt.Key.Key_Return)
    assert told.args[0] == (OWNER, Filter("price", Comparison.GREATER, "10"))


def test_that_a_chip_can_be_changed_and_taken_away(page: DataPage, qtbot: QtBot) -> None:
    chip = button(page, names.DATA_CHIP.format(number=0))
    assert chip.text() == "owner_id = 42"
    chip.click()
    popup = page.filter_bar._popup
    popup.value.setText("7")
    with qtbot.waitSignal(page.filters_changed) as told:
        qtbot.keyClick(popup.value, Qt.Key.Key_Return)
    assert told.args[0] == (Filter("owner_id", Comparison.EQUAL, "7"),)
    with qtbot.waitSignal(page.filters_changed) as told:
        button(page, names.DATA_CHIP_CLOSE.format(number=0)).click()
    assert told.args[0] == ()


def test_that_rows_are_asked_for_as_they_come_into_sight(page: DataPage, qtbot: QtBot) -> None:
    page.set_page(Page(first=0, rows=PAGE.rows * 50, total=1_000_000, exact=False))
    assert text_of(page, names.DATA_COUNT).startswith("about 1,000,000 rows")
    with qtbot.waitSignal(page.rows_wanted) as told:
        page.grid.scroll_to(500_000)
    first, count = told.args
    assert first <= 500_000 < first + count <= 500_200


def test_that_rows_stay_on_show_until_newer_ones_are_there(page: DataPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.rows_wanted):
        page.reload()
    assert cell(page, 0, 1).text == "Teapot"
    newer = GridRow((1,), (1, "Kettle", 18.0, 42))
    page.set_page(Page(first=0, rows=(newer,), total=1, exact=True, version=2))
    assert cell(page, 0, 1).text == "Kettle"
    assert page.grid.row_count == 1


def test_that_an_empty_table_offers_the_seed_data(page: DataPage, qtbot: QtBot) -> None:
    page.set_can_reset(can=True)
    page.set_query(filters=(), order=None)
    page.set_page(Page(first=0, rows=(), total=0, exact=True))
    assert text_of(page, names.DATA_MESSAGE) == "No rows"
    with qtbot.waitSignal(page.reset_requested):
        button(page, names.DATA_MESSAGE_ACTION).click()


def test_that_filters_that_leave_nothing_can_be_cleared(page: DataPage, qtbot: QtBot) -> None:
    page.set_page(Page(first=0, rows=(), total=0, exact=True))
    with qtbot.waitSignal(page.filters_changed) as told:
        button(page, names.DATA_MESSAGE_ACTION).click()
    assert told.args == [()]


def test_that_what_fails_is_said_in_place_of_the_rows_until_there_are_rows(page: DataPage) -> None:
    page.set_problem("This view reads a table that is gone.")
    assert text_of(page, names.DATA_MESSAGE) == "This view reads a table that is gone."
    page.set_page(PAGE)
    assert page.grid.isVisible()


def test_that_sorting_says_how_far_it_is_and_can_be_stopped(page: DataPage, qtbot: QtBot) -> None:
    page.set_progress("sorting 34 %", "Cancel")
    with qtbot.waitSignal(page.stop_requested):
        button(page, names.DATA_STOP).click()
    page.set_progress("")
    assert not button(page, names.DATA_STOP).isVisible()


def test_that_undo_is_offered_only_when_it_can_be_done(page: DataPage, qtbot: QtBot) -> None:
    assert not button(page, names.DATA_UNDO).isEnabled()
    page.set_can_undo(can=True)
    with qtbot.waitSignal(page.undo_requested) as told:
        button(page, names.DATA_UNDO).click()
    assert told.args == [PUT.trace_id]


def test_that_the_menu_of_a_cell_filters_by_its_value(page: DataPage, qtbot: QtBot) -> None:
    page.grid.menu_wanted.emit(0, 1, page.mapToGlobal(QPoint(50, 150)))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    only = next(action for action in menu.actions() if action.text() == "Show only rows with this value")
    with qtbot.waitSignal(page.filters_changed) as told:
        only.trigger()
    menu.close()
    assert told.args[0] == (OWNER, Filter("name", Comparison.EQUAL, "Teapot"))


def test_that_widths_are_kept_for_each_table(page: DataPage) -> None:
    page.grid._chosen_widths = {"name": 222.0}
    page.set_table(USERS)
    page.set_table(ITEMS)
    assert page.grid.cells.columnWidth(1) == 222
    assert page.state()["widths"] == {"items": {"name": 222.0}}


def test_that_any_value_that_is_known_whole_can_be_filtered_by() -> None:
    cells: tuple[Cell, ...] = (None, b"\x01\xff", 0.1, 7, "a&b", Cut(True, 5000, "x"))
    filters = [same_value("c", value) for value in cells]
    assert [(one.comparison, one.text) if one else None for one in filters] == [
        (Comparison.IS_NULL, ""),
        (Comparison.EQUAL, "x'01ff'"),
        (Comparison.EQUAL, "0.1"),
        (Comparison.EQUAL, "7"),
        (Comparison.EQUAL, "a&b"),
        None,
    ]
