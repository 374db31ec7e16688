"""Stories of reading: every view of a response, streams, redirects, large bodies, and answers that never came."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListView

from explorer.ui import names
from explorer.ui.tour.driver import Driver
from explorer.ui.tour.story import Story


def _tab(key: str) -> Callable[[Driver], Awaitable[None]]:
    async def play(driver: Driver) -> None:
        driver.choose_tab(names.RESPONSE_TABS, key)
        await driver.settle()

    return play


async def tree(driver: Driver) -> None:
    """Unfold a response as a tree."""
    await driver.send("GET /items")
    await _tab("tree")(driver)


async def found(driver: Driver) -> None:
    """Search a response with JSONPath."""
    await _tab("pretty")(driver)
    driver.press(names.RESPONSE_PRETTY, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    await driver.settle()
    driver.choose_segment(names.FIND_MODE.format(view=names.RESPONSE_PRETTY), 1)
    driver.write(names.FIND_LINE.format(view=names.RESPONSE_PRETTY), "$[?@.price > 50].name")
    hits = driver.find(QListView, names.FIND_HITS.format(view=names.RESPONSE_PRETTY))
    await driver.until(lambda: hits.model().rowCount() > 0, "something is found")


async def hexadecimal(driver: Driver) -> None:
    """See a response byte by byte."""
    driver.press(names.FIND_LINE.format(view=names.RESPONSE_PRETTY), Qt.Key.Key_Escape)
    await _tab("hex")(driver)


async def page(driver: Driver) -> None:
    """Look at a page without loading anything."""
    await driver.send("GET /pages")
    await _tab("preview")(driver)


async def picture(driver: Driver) -> None:
    """Look at a picture."""
    await driver.send_url("/static/lamp.svg")
    await _tab("preview")(driver)


async def events(driver: Driver) -> None:
    """Follow server-sent events."""
    await driver.send("GET /stream/events", query={"count": "20", "pause": "0.01"})
    await _tab("events")(driver)


async def large(driver: Driver) -> None:
    """Look at the middle of an answer of some megabytes."""
    await driver.send("GET /stream/file", query={"size": "5000000"})
    await _tab("hex")(driver)
    driver.write(names.RESPONSE_HEX_OFFSET, "0x200000")
    driver.press(names.RESPONSE_HEX_OFFSET, Qt.Key.Key_Return)
    await driver.settle()


async def redirects(driver: Driver) -> None:
    """See where a request was sent on to."""
    await driver.send_url("/items/")
    await _tab("redirects")(driver)


async def refused(driver: Driver) -> None:
    """Ask where nobody listens."""
    driver.write(names.REQUEST_URL, "http://127.0.0.1:9/items")
    driver.click(names.COMPOSE_SEND)
    await driver.until(lambda: driver.sees(names.RESPONSE_FAILURE), "the failure is said")


async def history(driver: Driver) -> None:
    """Search what was sent."""
    await driver.open_side(names.COMPOSE_OPEN_SIDEBAR, names.OPERATIONS_FILTER)
    driver.write(names.HISTORY_FILTER, "items 201")
    await driver.settle()
    await driver.settle()


async def history_again(driver: Driver) -> None:
    """Open what was sent, with its answer."""
    view = driver.find(QListView, names.HISTORY_LIST)
    place = view.visualRect(view.model().index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    await driver.settle()
    driver.find(QLineEdit, names.HISTORY_FILTER).clear()


STORIES = (
    Story("22-tree", tree),
    Story("23-jsonpath", found),
    Story("24-hex", hexadecimal),
    Story("25-timing", _tab("timing")),
    Story("26-wire", _tab("wire")),
    Story("27-page", page),
    Story("28-picture", picture),
    Story("29-events", events),
    Story("30-large", large),
    Story("31-redirects", redirects),
    Story("32-refused", refused),
    Story("33-history", history),
    Story("34-history-opened", history_again),
)
