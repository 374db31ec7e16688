"""Stories about how everything looks: before a class, and to weak eyes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from explorer.ui import names
from explorer.ui.tour.driver import Driver
from explorer.ui.tour.story import Story


async def presenting(driver: Driver) -> None:
    """Show a class what a request does, and none of its secrets."""
    await driver.close_dialogs()
    driver.click(names.RAIL_ROOM.format(room="compose"))
    await driver.send("POST /users/{user_id}/items", path={"user_id": "1"}, query={"notify": "true"})
    driver.trigger(_action("present"))


async def high_contrast(driver: Driver) -> None:
    """See the borders of all controls, and what has the keyboard."""
    QTest.keyClick(driver.window, Qt.Key.Key_Escape)  # nobody presents any more
    driver.trigger(_action("contrast"))
    driver.find(QWidget, names.COMPOSE_SEND).setFocus()


def _action(command: str) -> str:
    return names.ACTION.format(place="window", command=command)


STORIES: tuple[Story, ...] = (
    Story("94-presenting", presenting),
    Story("95-high-contrast", high_contrast),
)
