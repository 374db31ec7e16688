"""Stories of the Database room: rows that requests added, changed and deleted, and ways to look at them."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel

from explorer.database.grid import Mark
from explorer.ui import names
from explorer.ui.panels.database.data_page import DataPage
from explorer.ui.tour.driver import START_PATIENCE_SECONDS, Driver
from explorer.ui.tour.story import Story

_USER = "2"
_ROOM = "database"
_ITEMS = "/users/{user_id}/items"
_CELLS = f"{names.DATA_GRID}.cells"
_INK = '{\n  "name": "Ink, green",\n  "price": 9.8,\n  "tags": ["paper"]\n}'
_LAMP = '{\n  "name": "Lamp",\n  "price": 39.9\n}'


async def posted(driver: Driver) -> None:
    """Post an item, and see its row light up, linked to the request."""
    driver.close_log()
    await _send(driver, f"POST {_ITEMS}", _INK)
    await _see(driver, Mark.ADDED)
    driver.write(names.DATABASE_FILTER, "")
    _page(driver).grid.cells.setFocus()


async def replaced(driver: Driver) -> None:
    """Replace a user's whole list: one row is changed, others are deleted, one is added."""
    await _send(driver, f"POST {_ITEMS}", _LAMP)
    await _see(driver, Mark.ADDED)
    page = _page(driver)
    lamp = page.row(_marked(page, Mark.ADDED)[0])
    number = lamp.key[0] if lamp is not None and lamp.key is not None else 0
    table_lamp = {"id": number, "name": "Table lamp", "price": 34.9}
    entries = [table_lamp, {"name": "Cork board", "price": 15, "tags": ["home"]}]
    await _send(driver, f"PUT {_ITEMS}", json.dumps(entries, indent=2))
    await _see(driver, Mark.ADDED, Mark.CHANGED, Mark.DELETED)
    page.go_to(_marked(page, Mark.CHANGED)[0], "price")
    page.grid.cells.setFocus()


async def record(driver: Driver) -> None:
    """Open the record of the row that was changed."""
    driver.press(_CELLS, Qt.Key.Key_Return)
    await driver.until(lambda: driver.sees(names.RECORD_DIALOG), "the record is shown")


async def filtered(driver: Driver) -> None:
    """Leave the items that cost more than 20, the dearest first."""
    await driver.close_dialogs()
    driver.click(names.DATA_FILTER_ADD)
    driver.find(QComboBox, names.DATA_FILTER_COLUMN).setCurrentText("price")
    driver.find(QComboBox, names.DATA_FILTER_COMPARISON).setCurrentText(">")
    driver.write(names.DATA_FILTER_VALUE, "20")
    driver.press(names.DATA_FILTER_VALUE, Qt.Key.Key_Return)
    page = _page(driver)
    await driver.until(lambda: page.filters, "the filter holds")
    price = [column.title for column in page.grid.columns].index("price")
    for _ in range(2):
        page.grid.order_wanted.emit(price)
        await driver.settle()
    await driver.until(lambda: page.order is not None and page.order.descending, "the dearest come first")


async def followed(driver: Driver) -> None:
    """Go from an item to its owner; the way back is open."""
    page = _page(driver)
    await driver.until(lambda: _marked(page, Mark.NONE), "a row is there that leads on")
    page.go_to(_marked(page, Mark.NONE)[0], "owner_id")
    driver.press(_CELLS, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await driver.until(lambda: page.table is not None and page.table.name == "users", "the owner is shown")
    await driver.until(lambda: page.row(0) is not None, "the owner's row is there")


async def no_rows(driver: Driver) -> None:
    """Filter for something that is not there."""
    driver.click(names.DATA_CHIP.format(number=0))
    driver.write(names.DATA_FILTER_VALUE, "4711")
    driver.press(names.DATA_FILTER_VALUE, Qt.Key.Key_Return)
    await driver.until(lambda: driver.sees(names.DATA_MESSAGE), "no row is left")


async def tables(driver: Driver) -> None:
    """Find the tables that have a column."""
    driver.click(names.DATA_MESSAGE_ACTION)
    await driver.open_side(names.DATABASE_OPEN_SIDEBAR, names.DATABASE_FILTER)
    driver.write(names.DATABASE_FILTER, "name")


STORIES: tuple[Story, ...] = (
    Story("70-database-posted", posted),
    Story("71-database-replaced", replaced),
    Story("72-database-record", record),
    Story("73-database-filtered", filtered),
    Story("74-database-followed", followed),
    Story("75-database-no-rows", no_rows),
    Story("76-database-tables", tables),
)


def _page(driver: Driver) -> DataPage:
    return driver.find(DataPage, names.DATA_PAGE)


def _marked(page: DataPage, mark: Mark) -> list[int]:
    rows = ((number, page.row(number)) for number in range(page.grid.row_count))
    return [number for number, row in rows if row is not None and row.mark is mark]


async def _send(driver: Driver, key: str, body: str) -> None:
    driver.click(names.RAIL_ROOM.format(room="compose"))
    await driver.settle()
    await driver.send(key, path={"user_id": _USER}, body=body)


async def _see(driver: Driver, *marks: Mark) -> None:
    """Go to the database, and wait until rows with these marks are on show."""
    before = driver.find(QLabel, names.XRAY_TRACE).text()
    driver.click(names.RAIL_ROOM.format(room=_ROOM))
    told = f"the change of {before} is told"  # the first time, the room is furnished for it
    await driver.until(lambda: driver.sees(names.DATA_CHANGE), told, START_PATIENCE_SECONDS)
    link = driver.find(QAbstractButton, names.DATA_CHANGE_LINK)
    await driver.until(lambda: link.text() and link.text() in before, "the newest change is shown")
    await driver.until(lambda: all(_marked(_page(driver), mark) for mark in marks), "its rows light up")
    await driver.settle()
