"""All rows on show are saved: those that pass the filters, in their order."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.database.export import RowsFormat
from explorer.database.grid import Comparison, Filter, GridQuery, Order
from explorer.database.schema import Column, Table, TableKind
from explorer.ui import names
from explorer.ui.controllers.rows_export import RowsExportController
from explorer.ui.panels.database.data_page import DataPage
from explorer.ui.tasks import Tasks
from explorer.ui.theme.manager import Themes
from tests.core.database.making import make

SHOP = """
CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO items VALUES (1, 'Tea, green'), (2, 'Pot'), (3, NULL);
CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;
"""
ITEMS = Table(
    name="items",
    kind=TableKind.TABLE,
    columns=(Column(name="id", type="INTEGER", key=1), Column(name="name", type="TEXT")),
)
ENDLESS = Table(name="endless", kind=TableKind.VIEW, columns=(Column(name="i"),))


class Desk:
    """The Data tab before a small table, and somebody who saves it."""

    def __init__(self, qtbot: QtBot, themes: Themes, folder: Path, loop: asyncio.AbstractEventLoop) -> None:
        self._qtbot = qtbot
        self._loop = loop
        self.folder = folder
        self.failures: list[BaseException] = []
        self.query = GridQuery(table="items")
        self.page = DataPage(themes)
        self.page.set_table(ITEMS)
        self.told: list[str] = []
        self.page.told.connect(self.told.append)
        path = make(folder / "shop.sqlite3", SHOP)
        self.controller = RowsExportController(self.page, lambda: self.query, path, Tasks(self.failures.append))
        qtbot.addWidget(self.page)
        self.page.resize(800, 500)
        self.page.show()

    def find(self, kind: type[QWidget | QAction], name: str) -> QWidget | QAction:
        found = self.page.findChild(kind, name)
        assert found is not None
        return found

    def save(self, form: str, name: str) -> bytes:
        """Choose a form from the menu, and a file; return what was written."""
        self._qtbot.mouseClick(self.find(QWidget, names.DATA_EXPORT), Qt.MouseButton.LeftButton)
        action = self.find(QAction, names.DATA_EXPORT_ENTRY.format(form=form))
        assert isinstance(action, QAction)
        action.trigger()
        dialog = self.find(QFileDialog, names.DATA_SAVE_DIALOG)
        assert isinstance(dialog, QFileDialog)
        assert Path(dialog.selectedFiles()[0]).name == f"items.{form}"
        dialog.fileSelected.emit(str(self.folder / name))
        dialog.close()
        self.until_idle()
        return (self.folder / name).read_bytes()

    def until_idle(self) -> None:
        self._qtbot.waitUntil(lambda: not asyncio.all_tasks(self._loop), timeout=10_000)


@pytest.fixture
def desk(qtbot: QtBot, themes: Themes, tmp_path: Path, ui_loop: asyncio.AbstractEventLoop) -> Iterator[Desk]:
    desk = Desk(qtbot, themes, tmp_path, ui_loop)
    yield desk
    assert desk.failures == []


def test_that_rows_are_saved_as_csv_json_and_json_lines(desk: Desk) -> None:
    assert desk.save("csv", "a.csv") == b'id,name\r\n1,"Tea, green"\r\n2,Pot\r\n3,\r\n'
    assert json.loads(desk.save("json", "a.json"))[2] == {"id": 3, "name": None}
    assert desk.save("jsonl", "a.jsonl").count(b"\n") == 3
    assert desk.told[0].startswith("3 rows, ")
    assert desk.told[0].endswith("saved in a.csv.")
    assert not desk.page.saving.isVisible()


def test_that_only_what_passes_the_filters_is_saved_in_the_order_on_show(desk: Desk) -> None:
    desk.query = GridQuery(
        table="items", filters=(Filter("id", Comparison.LESS, "3"),), order=Order("name", descending=False)
    )
    assert desk.save("csv", "b.csv") == b'id,name\r\n2,Pot\r\n1,"Tea, green"\r\n'


def test_that_saving_is_stopped_by_a_click_and_leaves_what_was_there(desk: Desk, qtbot: QtBot) -> None:
    target = desk.folder / "c.csv"
    target.write_text("what was there")
    desk.controller.export(GridQuery(table="endless"), ENDLESS, RowsFormat.CSV, target)
    cancel = desk.find(QPushButton, names.DATA_SAVING_CANCEL)
    assert isinstance(cancel, QPushButton)
    qtbot.waitUntil(lambda: "so far" in desk.page.saving.accessibleName())
    cancel.click()
    desk.until_idle()
    assert desk.told == ["c.csv was not saved."]
    assert target.read_text() == "what was there"
    assert not desk.page.saving.isVisible()
