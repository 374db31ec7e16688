"""The stories of what leads to everything: the palette, the sheet of keys, the settings."""

from __future__ import annotations

from PySide6.QtCore import Qt

from explorer.ui import names
from explorer.ui.dialogs.shortcuts import ShortcutsDialog
from explorer.ui.tour.driver import Driver
from explorer.ui.tour.story import Story

_COMPOSE = names.RAIL_ROOM.format(room="compose")


async def palette(driver: Driver) -> None:
    """Open the palette, and look for something."""
    driver.click(_COMPOSE)
    driver.click(names.TOP_BAR_SEARCH)
    await driver.settle()
    driver.write(names.PALETTE_LINE, "item")


async def shortcuts(driver: Driver) -> None:
    """Press keys for a command that another one has."""
    await driver.close_dialogs()
    driver.press(_COMPOSE, Qt.Key.Key_Question, Qt.KeyboardModifier.ControlModifier)
    await driver.until(lambda: driver.sees(names.SHORTCUTS_DIALOG), "the sheet is open")
    sheet = driver.find(ShortcutsDialog, names.SHORTCUTS_DIALOG)
    sheet.list.setCurrentIndex(sheet.model.index_of("sidebar"))
    driver.click(names.SHORTCUTS_CHANGE)
    driver.press(names.SHORTCUTS_KEYS, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)


async def settings(driver: Driver) -> None:
    """Open the settings."""
    await driver.close_dialogs()
    driver.click(names.RAIL_ROOM.format(room="settings"))
    await driver.until(lambda: driver.sees(names.SETTINGS_DIALOG), "the settings are open")


STORIES: tuple[Story, ...] = (
    Story("91-palette", palette),
    Story("92-shortcuts", shortcuts),
    Story("93-settings", settings),
)
