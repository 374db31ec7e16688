"""A table of millions of rows, of which only those in sight are asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QImage, QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.table_source import PLAIN, CellPaint, RowLook, TableCell, TableColumn
from explorer.ui.widgets.virtual_table import VirtualTable

MILLIONS = 10_000_000
NEW = RowLook("+", "ok", filled=True, spoken="added")


class Squares:
    """A source that computes its cells and remembers what it was asked for."""

    def __init__(self, rows: int = MILLIONS, columns: int = 3, missing: range = range(0)) -> None:
        self.row_count = rows
        self.columns = [TableColumn(title=f"to the {i}", right=i == 0) for i in range(columns)]
        self.missing = missing
        self.asked: set[int] = set()

    def cell(self, row: int, column: int) -> TableCell | None:
        self.asked.add(row)
        return None if row in self.missing else TableCell(str(row ** (column + 1)), link=column == 1)

    def look(self, row: int) -> RowLook:
        return NEW if row == 2 else PLAIN

    def copied(self, row: int, column: int) -> str | None:
        return None if row in self.missing else str(row ** (column + 1))


@pytest.fixture
def table(qtbot: QtBot, themes: Themes) -> Iterator[VirtualTable]:
    """Return an empty table that is shown and has the keyboard."""
    table = VirtualTable(themes, "test.table", "Squares")
    qtbot.addWidget(table)
    table.resize(600, 400)
    table.show()
    qtbot.waitExposed(table)
    table.activateWindow()
    table.cells.setFocus()
    qtbot.waitUntil(table.cells.hasFocus)
    yield table
    table.set_source(None)


def press(table: VirtualTable, qtbot: QtBot, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    combined = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        combined |= modifier
    qtbot.keyClick(table.cells, key, combined)


CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def centre(table: VirtualTable, row: int, column: int) -> QPoint:
    return table.cells.cell_rect(row, column).center()


def test_that_only_the_rows_in_sight_are_asked_for(table: VirtualTable, qtbot: QtBot) -> None:
    source = Squares()
    table.set_source(source)
    table.grab()
    assert len(source.asked) < 20
    press(table, qtbot, Qt.Key.Key_End, CTRL)
    table.grab()
    assert table.current == (MILLIONS - 1, 2)
    assert MILLIONS - 1 in table.rows_in_sight
    assert len(source.asked) < 50
    assert table.bar.value() == table.bar.maximum()


def test_that_the_keyboard_leads_everywhere(table: VirtualTable, qtbot: QtBot) -> None:
    table.set_source(Squares())
    for key, *modifiers, place in (
        (Qt.Key.Key_Down, (0, 0)),
        (Qt.Key.Key_Down, (1, 0)),
        (Qt.Key.Key_Right, (1, 1)),
        (Qt.Key.Key_End, (1, 2)),
        (Qt.Key.Key_Home, (1, 0)),
        (Qt.Key.Key_PageDown, (1 + len(table.rows_in_sight) - 2, 0)),
        (Qt.Key.Key_PageUp, (1, 0)),
        (Qt.Key.Key_End, CTRL, (MILLIONS - 1, 2)),
        (Qt.Key.Key_Up, (MILLIONS - 2, 2)),
        (Qt.Key.Key_Home, CTRL, (0, 0)),
    ):
        press(table, qtbot, key, *modifiers)
        assert table.current == place, key


def test_that_going_down_past_the_last_row_in_sight_scrolls_by_one(table: VirtualTable, qtbot: QtBot) -> None:
    table.set_source(Squares())
    table.go_to(0)
    whole = table.cells.viewport().height() // table.cells.row_height
    for _ in range(whole):
        press(table, qtbot, Qt.Key.Key_Down)
    assert table.rows_in_sight.start == 1
    assert table.current == (whole, 0)


def test_that_the_scroll_bar_reaches_every_part(table: VirtualTable, qtbot: QtBot) -> None:
    table.set_source(Squares())
    with qtbot.waitSignal(table.rows_in_sight_changed) as told:
        table.bar.setValue(7_654_321)
    assert told.args[0] == 7_654_321
    assert table.rows_in_sight.start == 7_654_321


def test_that_the_wheel_scrolls_by_rows(table: VirtualTable) -> None:
    table.set_source(Squares())
    place = QPointF(40, 40)
    turn = QWheelEvent(
        *(place, table.cells.viewport().mapToGlobal(place), QPoint(), QPoint(0, -240)),
        *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False),
    )
    QApplication.sendEvent(table.cells.viewport(), turn)
    assert table.rows_in_sight.start == 6


def test_that_a_cell_is_copied_and_several_rows_with_tabs(table: VirtualTable, qtbot: QtBot) -> None:
    table.set_source(Squares())
    qtbot.mouseClick(table.cells.viewport(), Qt.MouseButton.LeftButton, pos=centre(table, 3, 1))
    press(table, qtbot, Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "9"
    press(table, qtbot, Qt.Key.Key_Down, SHIFT)
    press(table, qtbot, Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "3\t9\t27\n4\t16\t64"


def test_that_a_copy_says_what_it_left_out(table: VirtualTable, qtbot: QtBot) -> None:
    table.set_source(Squares(10, missing=range(4, 10)))
    press(table, qtbot, Qt.Key.Key_A, CTRL)
    with qtbot.waitSignal(table.copied) as told:
        press(table, qtbot, Qt.Key.Key_C, CTRL)
    assert told.args[0].startswith("4 rows were copied. 6 more were not")


def test_that_a_link_is_followed_by_click_and_by_key(table: VirtualTable, qtbot: QtBot) -> None:
    table.set_source(Squares())
    cell = TableCell("25", link=True)
    with qtbot.waitSignal(table.link_followed) as told:
        place = table.cells.text_rect(cell, 5, 1).center()
        qtbot.mouseClick(table.cells.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [5, 1]
    with qtbot.waitSignal(table.link_followed):
        press(table, qtbot, Qt.Key.Key_Return, CTRL)
    with qtbot.waitSignal(table.activated) as opened:
        press(table, qtbot, Qt.Key.Key_Return)
    assert opened.args == [5, 1]


def test_that_a_title_asks_for_an_order_and_shows_it(table: VirtualTable, qtbot: QtBot) -> None:
    table.set_source(Squares())
    header = table.cells.header
    place = QPoint(header.sectionViewportPosition(1) + 20, header.height() // 2)
    with qtbot.waitSignal(table.order_wanted) as told:
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == [1]
    before = header.grab().toImage()
    table.set_order(1, descending=True)
    assert header.grab().toImage() != before


def test_that_a_width_chosen_by_hand_outlives_the_source(table: VirtualTable, qtbot: QtBot) -> None:
    table.set_source(Squares())
    header = table.cells.header
    edge = QPoint(header.sectionViewportPosition(1) - 1, header.height() // 2)
    with qtbot.waitSignal(table.widths_changed):
        qtbot.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=edge)
        qtbot.mouseMove(header.viewport(), edge + QPoint(83, 0))
        qtbot.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=edge + QPoint(83, 0))
    width = table.cells.columnWidth(0)
    table.set_source(Squares(5))
    assert table.cells.columnWidth(0) == width
    assert set(table.widths) == {"to the 0"}


def test_that_two_thousand_columns_are_painted_only_where_they_are_in_sight(table: VirtualTable, qtbot: QtBot) -> None:
    table.set_source(Squares(5, columns=2000))
    painted: set[int] = set()

    def see(cell: CellPaint) -> bool:
        painted.add(cell.column)
        return False

    table.set_painter(see)
    table.grab()
    assert 2 < len(painted) < 30
    painted.clear()
    press(table, qtbot, Qt.Key.Key_Down)
    press(table, qtbot, Qt.Key.Key_End)
    table.grab()
    assert 1999 in painted
    assert len(painted) < 30


def test_that_rows_that_are_not_there_yet_get_their_widths_when_they_come(table: VirtualTable) -> None:
    source = Squares(20, missing=range(20))
    table.set_source(source)
    narrow = table.cells.columnWidth(1)
    source.missing = range(0)
    source.columns[1] = TableColumn(title="to the 1, which is a rather long title")
    table.refresh()
    assert table.cells.columnWidth(1) > narrow


def test_that_fewer_rows_keep_the_current_row_inside(table: VirtualTable) -> None:
    source = Squares(1000)
    table.set_source(source)
    table.go_to(900)
    source.row_count = 10
    table.refresh()
    assert table.current[0] == 9
    assert table.rows_in_sight == range(10)
    source.row_count = 0
    table.refresh()
    assert table.current[0] == -1


def test_that_rows_and_cells_in_sight_can_be_read_aloud(table: VirtualTable) -> None:
    table.set_source(Squares())
    table.scroll_to(1_000_000)
    model = table.cells.model_in_sight
    QAbstractItemModelTester(model)
    assert table.cells.accessibleDescription().startswith("Rows 1,000,001 to 1,000,0")
    access = QAccessible.queryAccessibleInterface(table.cells)
    assert access.role() is QAccessible.Role.Table
    assert model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == str(1_000_000**2)
    assert model.headerData(0, Qt.Orientation.Vertical) == "Row 1,000,001"
    table.scroll_to(0)
    assert model.headerData(2, Qt.Orientation.Vertical) == "Row 3, added"


def test_that_the_current_cell_is_qts_only_while_it_is_in_sight(table: VirtualTable) -> None:
    table.set_source(Squares())
    table.go_to(4, 2)
    assert table.cells.currentIndex().row() == 4
    table.scroll_to(2)
    assert table.cells.currentIndex().row() == 2
    table.scroll_to(5000)
    assert not table.cells.currentIndex().isValid()
    assert table.current == (4, 2)


def test_that_a_larger_zoom_makes_rows_higher(table: VirtualTable, themes: Themes) -> None:
    table.set_source(Squares())
    before = len(table.rows_in_sight)
    themes.set_zoom(150)
    try:
        assert len(table.rows_in_sight) < before
    finally:
        themes.set_zoom(100)


def test_that_whoever_comes_by_keyboard_stands_in_the_first_row_in_sight(table: VirtualTable) -> None:
    table.cells.clearFocus()
    table.set_source(Squares())
    table.scroll_to(70)
    table.cells.setFocus(Qt.FocusReason.TabFocusReason)
    assert table.current == (70, 0)


def test_that_a_last_column_of_numbers_stays_near_its_title(table: VirtualTable) -> None:
    table.set_source(Squares(5, columns=1))
    assert table.cells.columnWidth(0) < 200
    table.set_source(Squares(5, columns=2))
    assert sum(table.cells.columnWidth(i) for i in range(2)) == table.cells.viewport().width()


def test_that_what_is_moved_on_the_screen_looks_as_if_it_were_painted_anew(table: VirtualTable, qtbot: QtBot) -> None:
    table.set_source(Squares(1000))
    screen = table.screen()

    def on_screen() -> QImage:
        QApplication.processEvents()
        return screen.grabWindow(table.winId()).toImage()

    table.go_to(3, 1)
    before = on_screen()
    for step in (
        lambda: table.scroll_to(2),
        lambda: table.scroll_to(5),
        lambda: table.go_to(5),
        *(lambda: press(table, qtbot, Qt.Key.Key_Down),) * 20,
        lambda: press(table, qtbot, Qt.Key.Key_Up, SHIFT),
        lambda: table.scroll_to(300),
        lambda: table.scroll_to(298),
        lambda: press(table, qtbot, Qt.Key.Key_End, CTRL),
        lambda: table.scroll_to(980),
        lambda: qtbot.mouseMove(table.cells.viewport(), QPoint(50, 100)),
        lambda: table.scroll_to(978),
    ):
        step()
        moved = on_screen()
        table.update()
        table.cells.viewport().update()
        table.cells.gutter.viewport().update()
        assert moved == on_screen()
    assert before != moved


def test_that_widths_that_were_chosen_hold_in_a_table_of_two_thousand_columns_whose_last_one_fills_the_rest(
    table: VirtualTable,
) -> None:
    table.set_source(Squares(5))
    table.set_widths({"to the 1998": 333.0})
    table.set_source(Squares(5, columns=2000))
    assert table.cells.columnWidth(1998) == 333
    assert table.cells.header.stretchLastSection()
