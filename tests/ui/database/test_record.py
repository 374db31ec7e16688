"""A row shown whole: long values are read, JSON is laid out, blobs are bytes, and a value goes to a file."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.database.changes import Key, Value
from explorer.database.grid import Cut, GridRow, Mark, Page
from explorer.database.inspector import Inspector
from explorer.database.schema import Column, ForeignKey, Table, TableKind
from explorer.ui.controllers.record import RecordController
from explorer.ui.models.record_value import file_name, record_value
from explorer.ui.panels.database.data_page import DataPage, Following
from explorer.ui.panels.database.record_dialog import RecordDialog
from explorer.ui.tasks import Tasks
from explorer.ui.theme.manager import Themes

LONG = '{"words": ["' + "x" * 5000 + '"]}'
PHOTO = b"\x89PNG" + bytes(range(256)) * 40
ITEMS = Table(
    name="items",
    kind=TableKind.TABLE,
    columns=(
        Column(name="id", type="INTEGER", key=1),
        Column(name="owner_id", type="INTEGER"),
        Column(name="tags", type="JSON"),
        Column(name="photo", type="BLOB"),
        Column(name="note", type="TEXT"),
    ),
    foreign_keys=(ForeignKey(columns=("owner_id",), table="users", to=("id",)),),
)
ROW = GridRow((1,), (1, 42, Cut(True, len(LONG), LONG[:256]), Cut(False, len(PHOTO), PHOTO[:256]), None))
GONE = GridRow((2,), (2, 42, Cut(True, len(LONG), LONG[:256]), b"", "old"), Mark.DELETED)
Shown = tuple[DataPage, RecordController]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a database with the first of the two rows."""
    path = tmp_path / "shop.sqlite3"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, owner_id, tags JSON, photo BLOB, note TEXT)")
        connection.execute("INSERT INTO items VALUES (1, 42, ?, ?, NULL)", (LONG, PHOTO))
    return path


@pytest.fixture
def shown(qtbot: QtBot, themes: Themes, ui_loop: asyncio.AbstractEventLoop, path: Path) -> Iterator[Shown]:
    """Return the page with two rows, of which one is gone, and its controller."""
    page = DataPage(themes)
    qtbot.addWidget(page)
    page.resize(800, 400)
    page.show()
    page.set_table(ITEMS)
    page.set_page(Page(first=0, rows=(ROW, GONE), total=2, exact=True))
    problems: list[BaseException] = []
    inspector = Inspector(path)

    def read(table: str, key: Key, column: str) -> Awaitable[Value]:
        return asyncio.wrap_future(inspector.value(table, key, column))

    controller = RecordController(page, read, themes, Tasks(problems.append), page)
    yield page, controller
    controller.close()
    qtbot.waitUntil(lambda: not asyncio.all_tasks(ui_loop))
    inspector.close()
    assert problems == []


def opened(shown: Shown, row: int = 0, column: str = "") -> RecordDialog:
    page, controller = shown
    page.go_to(row, column)
    page.grid.activated.emit(row, page.grid.current[1])
    dialog = controller._dialog
    assert dialog is not None
    return dialog


def test_that_a_long_json_is_read_whole_and_laid_out(shown: Shown, qtbot: QtBot) -> None:
    dialog = opened(shown, column="tags")
    assert dialog.pane.sentence == "Reading the value…"
    qtbot.waitUntil(lambda: dialog.pane.sentence == "")
    assert dialog.pane.text.text().splitlines()[0] == "{"
    assert dialog._fact.whole_text == f"tags · {len(LONG):,} characters"
    dialog.laid_out.click()
    assert dialog.pane.text.text().startswith('{"words": ["xxx')


def test_that_a_blob_is_shown_byte_by_byte(shown: Shown, qtbot: QtBot) -> None:
    dialog = opened(shown, column="photo")
    qtbot.waitUntil(lambda: dialog.pane.sentence == "")
    assert dialog.pane.bytes.isVisible()
    assert dialog.pane.bytes.visible_rows[0][1].text.startswith("89 50 4E 47")


def test_that_null_says_that_there_is_no_value(shown: Shown) -> None:
    dialog = opened(shown, column="note")
    assert dialog.pane.sentence == "NULL: there is no value."
    assert not dialog._save.isEnabled()


def test_that_one_goes_on_to_the_next_row_in_the_same_column(shown: Shown, qtbot: QtBot) -> None:
    dialog = opened(shown, column="note")
    qtbot.keyClick(dialog, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    dialog._forth.click()
    assert dialog._title.whole_text == "items id 2"
    assert dialog._number.text() == "Row 2, deleted"
    assert dialog.pane.text.text() == "old"
    assert not dialog._forth.isEnabled()


def test_that_a_long_value_of_a_row_that_is_gone_is_not_asked_for(shown: Shown) -> None:
    dialog = opened(shown, row=1, column="tags")
    assert dialog.pane.sentence.startswith("This row is gone")


def test_that_a_value_that_cannot_be_read_says_why(shown: Shown, qtbot: QtBot, path: Path) -> None:
    path.unlink()
    dialog = opened(shown, column="tags")
    qtbot.waitUntil(lambda: "shop.sqlite3" in dialog.pane.sentence)


def test_that_the_way_to_the_row_it_points_to_is_open(shown: Shown) -> None:
    followed: list[Following] = []
    shown[0].reference_followed.connect(followed.append)
    dialog = opened(shown, column="owner_id")
    assert dialog._follow.text() == "Go to users"
    dialog._follow.click()
    assert followed[0].key.table == "users"
    assert not dialog.isVisible()


def test_that_a_value_is_saved_exactly_as_it_is(shown: Shown, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = opened(shown, column="photo")
    qtbot.waitUntil(lambda: dialog.pane.sentence == "")
    assert dialog._value is not None
    assert dialog._value.suffix == ".png"
    path = tmp_path / "photo.png"
    shown[1].save(dialog._value, path)
    qtbot.waitUntil(path.exists)
    assert path.read_bytes() == PHOTO


def test_that_a_value_is_copied(shown: Shown) -> None:
    dialog = opened(shown, column="owner_id")
    dialog._copy.click()
    assert QApplication.clipboard().text() == "42"


def test_that_names_of_files_hold_nothing_that_a_file_system_minds() -> None:
    assert file_name("my/table", "a b:c", "..", ".txt") == "my_table-a_b_c.txt"


def test_that_an_empty_text_and_an_empty_blob_are_values() -> None:
    for value in ("", b""):
        shown = record_value(value)
        assert shown is not None
        assert shown.content.body.size == 0
