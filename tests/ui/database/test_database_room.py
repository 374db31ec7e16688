"""The Database room: tables at the left, pages that stand in the middle, beside or below it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.ui import names
from explorer.ui.models.database_tree_model import DatabaseRole, DatabaseTreeModel
from explorer.ui.panels.database_room import DatabaseRoom
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.notice import NoticeAction

from .samples import ITEMS, PAGE, SCHEMA


@pytest.fixture
def room(qtbot: QtBot, themes: Themes) -> Iterator[DatabaseRoom]:
    """Return the room with all pages in it, wide and high."""
    room = DatabaseRoom(themes)
    qtbot.addWidget(room)
    for name in ("schema", "er", "sql_log", "migrations", "console"):
        room.set_page(name, QLabel(name))
    room.resize(1388, 830)
    room.show()
    qtbot.waitExposed(room)
    yield room
    room.data.set_table(None)


def page(room: DatabaseRoom, name: str) -> QWidget:
    found = room.page(name)
    assert found is not None
    return found


def texts(model: DatabaseTreeModel, role: int = Qt.ItemDataRole.DisplayRole) -> list[str]:
    return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]


def test_that_three_pages_stand_beside_and_below_the_rows(room: DatabaseRoom) -> None:
    for name in ("sql_log", "migrations", "console"):
        assert page(room, name).isVisible(), name
    assert room.data.isVisible()
    assert not page(room, "schema").isVisible()


def test_that_a_tab_brings_the_same_page_into_the_middle_and_back(room: DatabaseRoom) -> None:
    console = page(room, "console")
    room.show_tab("console")
    assert room.isAncestorOf(console)
    assert not room.is_docked("console")
    assert console.isVisible()
    assert not room.data.isVisible()
    room.show_tab("data")
    assert room.is_docked("console")
    assert console.isVisible()


def test_that_a_narrow_room_keeps_the_rows_and_its_tabs_lead_to_the_rest(room: DatabaseRoom) -> None:
    room.resize(800, 830)
    assert room.data.isVisible()
    assert not page(room, "migrations").isVisible()
    room.show_tab("migrations")
    assert page(room, "migrations").isVisible()


def test_that_a_low_room_has_nothing_below_the_rows(room: DatabaseRoom) -> None:
    room.resize(1388, 480)
    assert not page(room, "sql_log").isVisible()
    room.show_tab("sql_log")
    assert page(room, "sql_log").isVisible()


def test_that_a_dock_can_be_closed_and_opened(room: DatabaseRoom) -> None:
    button = room.findChild(QWidget, names.DATABASE_LAYOUT)
    assert button is room._layout_button
    room._layout_button.click()
    menu = room.findChild(QMenu)
    assert isinstance(menu, QMenu)
    entry = next(a for a in menu.actions() if a.objectName() == names.DATABASE_LAYOUT_ENTRY.format(page="sql_log"))
    entry.trigger()
    menu.close()
    assert not page(room, "sql_log").isVisible()
    room.set_docked("sql_log", docked=True)
    assert page(room, "sql_log").isVisible()


def test_that_nothing_is_left_at_the_side_when_both_are_closed(room: DatabaseRoom) -> None:
    room.set_docked("migrations", docked=False)
    room.set_docked("console", docked=False)
    assert room.data.width() > 1000
    opener = room.findChild(QWidget, names.DATABASE_OPEN_SIDE)
    assert opener is not None
    assert not opener.isVisible()
    room.set_docked("console", docked=True)
    assert page(room, "console").isVisible()


def test_that_what_is_open_is_remembered(room: DatabaseRoom, qtbot: QtBot, themes: Themes) -> None:
    room.set_docked("console", docked=False)
    room.show_tab("schema")
    room.sidebar.set_schema(SCHEMA)
    other = DatabaseRoom(themes)
    qtbot.addWidget(other)
    for name in ("schema", "er", "sql_log", "migrations", "console"):
        other.set_page(name, QLabel(name))
    other.restore(room.state())
    assert other.current_tab == "schema"
    assert not other.is_docked("console")
    assert other.is_docked("migrations")


def test_that_trouble_is_said_above_the_pages_with_what_can_be_done(room: DatabaseRoom, qtbot: QtBot) -> None:
    room.set_trouble("The database needs one writable open.", (NoticeAction("mend", "Open it once"),))
    with qtbot.waitSignal(room.trouble_action_chosen) as told:
        button = room.findChild(QPushButton, names.NOTICE_ACTION.format(kind="database", action="mend"))
        assert isinstance(button, QPushButton)
        button.click()
    assert told.args == ["mend"]
    room.set_trouble("")
    assert not room.trouble.isVisible()


def test_that_a_room_without_a_database_says_so(room: DatabaseRoom, qtbot: QtBot) -> None:
    room.set_message("There is no database yet.", "Start the server")
    assert not room.data.isVisible()
    with qtbot.waitSignal(room.message_action_requested):
        room._message.button.click()
    room.set_message("")
    assert room.data.isVisible()


def test_that_the_tree_lists_tables_views_and_indexes(room: DatabaseRoom) -> None:
    room.sidebar.set_schema(SCHEMA)
    model = room.sidebar._model
    QAbstractItemModelTester(model)
    assert texts(model) == ["Tables", "items", "users", "Views", "broken", "Indexes", "ix_users_email"]
    items = model.index_of("ITEMS")
    assert [model.index(row, 0, items).data(DatabaseRole.NOTE) for row in range(model.rowCount(items))] == [
        *("INTEGER", "VARCHAR(80)", "NUMERIC(10, 2)", "→ users.id"),
    ]


def test_that_rows_are_counted_later_and_changes_stand_beside_the_count(room: DatabaseRoom) -> None:
    room.sidebar.set_schema(SCHEMA)
    model = room.sidebar._model
    items = model.index_of("items")
    assert items.data(DatabaseRole.NOTE) == "—"
    assert items.data(Qt.ItemDataRole.AccessibleTextRole) == "Table items, rows being counted"
    room.sidebar.set_counts({"items": 1118, "users": None})
    room.sidebar.set_changes({"items": (1, 0, 2)})
    assert items.data(DatabaseRole.NOTE) == "1,118"
    assert items.data(Qt.ItemDataRole.AccessibleTextRole) == "Table items, 1,118 rows, 1 added, 2 deleted"


def test_that_the_filter_finds_columns_and_opens_their_tables(room: DatabaseRoom, qtbot: QtBot) -> None:
    room.sidebar.set_schema(SCHEMA)
    qtbot.keyClicks(room.sidebar.filter, "email")
    model = room.sidebar._model
    assert texts(model) == ["Tables", "users", "Indexes", "ix_users_email"]
    assert room.sidebar.tree.isExpanded(model.index_of("users"))
    assert model.rowCount(model.index_of("users")) == 1
    with qtbot.waitSignal(room.sidebar.table_chosen) as told:
        qtbot.keyClick(room.sidebar.filter, Qt.Key.Key_Return)
    assert told.args == ["users"]
    room.sidebar.filter.setText("nothing like it")
    assert room.sidebar._list.message.label.text() == "Nothing matches “nothing like it”."


def test_that_tables_are_chosen_by_keyboard_and_headings_are_passed_over(room: DatabaseRoom, qtbot: QtBot) -> None:
    room.sidebar.set_schema(SCHEMA)
    room.sidebar.select(ITEMS.name)
    room.activateWindow()
    chosen: list[str] = []
    room.sidebar.table_chosen.connect(chosen.append)
    for _ in range(2):
        qtbot.keyClick(room.sidebar.tree, Qt.Key.Key_Down)
    assert chosen == ["users", "broken"]


def test_that_a_new_schema_keeps_what_was_open_and_chosen(room: DatabaseRoom) -> None:
    sidebar = room.sidebar
    sidebar.set_schema(SCHEMA)
    sidebar.tree.setExpanded(sidebar._model.index_of("items"), True)
    sidebar.select("users")
    sidebar.set_schema(SCHEMA)
    assert sidebar.tree.isExpanded(sidebar._model.index_of("items"))
    assert sidebar.tree.currentIndex() == sidebar._model.index_of("users")


def test_that_a_column_of_the_tree_leads_to_the_column_and_an_index_to_the_schema(room: DatabaseRoom) -> None:
    room.sidebar.set_schema(SCHEMA)
    room.data.set_table(ITEMS)
    room.data.set_page(PAGE)
    room.data.go_to(1)
    sidebar, model = room.sidebar, room.sidebar._model
    sidebar.select("items")
    sidebar.tree.setCurrentIndex(model.index(3, 0, model.index_of("items")))
    assert room.data.grid.current == (1, 3)
    sidebar.tree.setCurrentIndex(model.index(model.rowCount() - 1, 0))
    assert room.current_tab == "schema"
    assert sidebar.chosen == "users"


def test_that_alt_left_leads_back_after_a_jump_and_only_then(room: DatabaseRoom, qtbot: QtBot) -> None:
    room.activateWindow()
    room.data.set_table(ITEMS)
    asked: list[bool] = []
    room.data.back_requested.connect(lambda: asked.append(True))
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(room, Qt.Key.Key_Left, alt)
    assert asked == []
    room.data.set_can_go_back(can=True)
    qtbot.keyClick(room, Qt.Key.Key_Left, alt)
    assert asked == [True]
