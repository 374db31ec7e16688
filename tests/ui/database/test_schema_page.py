"""How a table is made, as a person reads it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from explorer.database.schema import Column, ForeignKey, Index, Schema, Table, TableKind, Trigger
from explorer.ui import names
from explorer.ui.panels.database.schema_page import SchemaPage
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.sentence_bar import SentenceBar

ITEMS = Table(
    name="items",
    kind=TableKind.TABLE,
    columns=(
        Column(name="id", type="INTEGER", key=1, not_null=True),
        Column(name="owner_id", type="INTEGER", not_null=True, default="1"),
        Column(name="label", generated=True),
    ),
    foreign_keys=(ForeignKey(columns=("owner_id",), table="users", to=("id",), on_delete="CASCADE"),),
    indexes=(Index(name="ix_owner", table="items", columns=("owner_id",), unique=True, sql="CREATE UNIQUE INDEX …"),),
    triggers=(Trigger(name="touch", table="items", sql="CREATE TRIGGER touch\nAFTER UPDATE …"),),
    sql="CREATE TABLE items (\n\tid INTEGER\n)",
)
USERS = Table(name="users", kind=TableKind.TABLE, columns=(Column(name="id", key=1),), sql="CREATE TABLE users (id)")
BROKEN = Table(
    name="dear", kind=TableKind.VIEW, sql="CREATE VIEW dear AS SELECT * FROM gone", problem="gone is not there."
)
SCHEMA = Schema(tables=(ITEMS, USERS, BROKEN))


@pytest.fixture
def page(qtbot: QtBot, themes: Themes) -> SchemaPage:
    made = SchemaPage(themes)
    qtbot.addWidget(made)
    made.resize(800, 700)
    made.set_schema(SCHEMA)
    with qtbot.waitExposed(made):
        made.show()
    return made


def section(page: SchemaPage, key: str) -> QTableView:
    QApplication.processEvents()  # what was just added is shown with the next turn of the loop
    found = [t for t in page.findChildren(QTableView, names.SCHEMA_SECTION.format(section=key)) if t.isVisible()]
    assert len(found) == 1
    return found[0]


def cells(table: QTableView, row: int) -> list[str]:
    model = table.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_that_a_table_shows_its_statement_as_written_and_all_its_facts(page: SchemaPage) -> None:
    page.set_table("items")
    assert page.ddl.toPlainText() == ITEMS.sql
    assert cells(section(page, "columns"), 0) == ["id", "INTEGER", "NOT NULL", "", "PK"]
    assert cells(section(page, "columns"), 1) == ["owner_id", "INTEGER", "NOT NULL", "1", "→ users.id"]
    assert cells(section(page, "columns"), 2) == ["label", "(any)", "", "", "generated"]
    assert cells(section(page, "indexes"), 0) == ["ix_owner", "owner_id", "unique"]
    assert cells(section(page, "points_to"), 0) == ["owner_id", "users.id", "on delete cascade"]
    assert cells(section(page, "triggers"), 0) == ["touch", "CREATE TRIGGER touch AFTER UPDATE …"]


def test_that_a_table_says_who_points_to_it_and_leads_there(qtbot: QtBot, page: SchemaPage) -> None:
    page.set_table("users")
    table = section(page, "pointed_at")
    assert cells(table, 0) == ["items.owner_id", "id", "on delete cascade"]
    place = table.visualRect(table.model().index(0, 0)).center()
    with qtbot.waitSignal(page.table_chosen) as chosen:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["items"]


def test_that_a_foreign_key_leads_to_its_table_by_enter(qtbot: QtBot, page: SchemaPage) -> None:
    page.set_table("items")
    table = section(page, "points_to")
    table.setFocus()
    table.selectRow(0)
    with qtbot.waitSignal(page.table_chosen) as chosen:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert chosen.args == ["users"]


def test_that_a_broken_view_says_what_is_wrong_with_it(page: SchemaPage) -> None:
    page.set_table("dear")
    bar = page.findChild(SentenceBar, names.SCHEMA_PROBLEM)
    assert bar is not None
    assert bar.isVisible()
    assert bar.sentence == "gone is not there."
    assert page.ddl.toPlainText() == BROKEN.sql
    page.set_table("users")
    assert not bar.isVisible()


def test_that_the_statement_can_be_copied(qtbot: QtBot, page: SchemaPage) -> None:
    page.set_table("items")
    copy = page.findChild(QPushButton, names.SCHEMA_COPY)
    assert copy is not None
    with qtbot.waitSignal(page.copy_requested) as copied:
        copy.click()
    assert copied.args == [ITEMS.sql]


def test_that_a_table_that_is_gone_leaves_an_empty_page(page: SchemaPage) -> None:
    page.set_table("items")
    page.set_schema(Schema(tables=(USERS,)))
    message = page.findChild(QWidget, names.SCHEMA_MESSAGE)
    assert message is not None
    assert message.isVisible()
    page.set_schema(SCHEMA)
    assert page.ddl.isVisible()


def test_that_two_thousand_columns_are_a_table_that_scrolls(page: SchemaPage) -> None:
    wide = Table(name="wide", kind=TableKind.TABLE, columns=tuple(Column(name=f"c{i}") for i in range(2_000)))
    page.set_schema(Schema(tables=(wide,)))
    page.set_table("wide")
    table = section(page, "columns")
    assert table.model().rowCount() == 2_000
    assert table.height() < 2_000
