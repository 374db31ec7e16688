"""Stories of the Traces room: requests of several programs as they come, a filter, and a pause."""

from __future__ import annotations

import asyncio
import contextlib
import threading

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit

from explorer.ui import names
from explorer.ui.panels.traces.trace_table import TraceTable
from explorer.ui.tour.driver import Driver
from explorer.ui.tour.story import Story

_BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
_PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"
_REQUESTS = (
    ("GET", "/", _BROWSER),
    ("GET", "/items?limit=20", _BROWSER),
    ("GET", "/items/3", "curl/8.5.0"),
    ("GET", "/items/117000", "curl/8.5.0"),
    ("POST", "/items", "bruno-runtime/1.20.0"),
    ("GET", "/health", "python-requests/2.32.3"),
    ("GET", "/errors/share?people=0", _PHONE),
    ("GET", "/sql/lazy?limit=20", _BROWSER),
    ("DELETE", "/nothing/here", "PostmanRuntime/7.39.0"),
    ("GET", "/openapi.json", _BROWSER),
)


async def empty(driver: Driver) -> None:
    """See the room before anything is in it."""
    driver.close_log()
    _open_room(driver)
    await driver.settle()
    await driver.open_side(names.TRACES_OPEN_LIST, names.TRACES_FILTER)
    driver.write(names.TRACES_FILTER, "")
    driver.find(QAbstractButton, names.TRACES_CLEAR).click()


async def live(driver: Driver) -> None:
    """Watch requests of many programs come, one of a WebSocket that stays open among them."""
    _open_room(driver)
    done = threading.Event()
    url = f"ws{driver.address.removeprefix('http')}/ws/echo"
    threading.Thread(target=_stay, args=(url, done), name="another program", daemon=True).start()
    await driver.until(lambda: _rows(driver) == 1, "the WebSocket is listed")
    await asyncio.to_thread(_ask, driver.address)
    await driver.until(lambda: _rows(driver) == 1 + len(_REQUESTS), "all requests are listed")
    done.set()
    await driver.send("GET /items/{item_id}", path={"item_id": "2"})
    _open_room(driver)
    await driver.until(lambda: _rows(driver) == 2 + len(_REQUESTS), "ours is listed as well")
    driver.press(names.TRACES_LIST, Qt.Key.Key_Home)
    await driver.settle()


async def n_plus_one(driver: Driver) -> None:
    """See which request looks like N+1."""
    driver.click(names.TRACES_NOTICE_SHOW)
    await driver.settle()


async def filtered(driver: Driver) -> None:
    """Filter for what went wrong."""
    await driver.open_side(names.TRACES_OPEN_LIST, names.TRACES_FILTER)
    driver.write(names.TRACES_FILTER, "status>=400 -client:postman")
    await driver.until(lambda: 0 < _rows(driver) < len(_REQUESTS), "the filter holds")


async def not_understood(driver: Driver) -> None:
    """Mistype a filter: it says what is wrong, and the last one still holds."""
    await driver.open_side(names.TRACES_OPEN_LIST, names.TRACES_FILTER)
    driver.find(QLineEdit, names.TRACES_FILTER).setText("status>=400 -client:postman took>10")
    await driver.until(lambda: driver.find(QLabel, names.TRACES_FILTER_ERROR).isVisible(), "it is said what is wrong")


async def nothing_matches(driver: Driver) -> None:
    """Filter for something that never came."""
    await driver.open_side(names.TRACES_OPEN_LIST, names.TRACES_FILTER)
    driver.write(names.TRACES_FILTER, "path:/invoices")
    await driver.until(lambda: driver.sees(names.TRACES_MESSAGE), "it is said that nothing fits")


async def paused(driver: Driver) -> None:
    """Let new requests wait while looking at those that are there."""
    await driver.open_side(names.TRACES_OPEN_LIST, names.TRACES_FILTER)
    driver.find(QLineEdit, names.TRACES_FILTER).clear()
    driver.find(QAbstractButton, names.TRACES_PAUSE).click()
    await asyncio.to_thread(_ask, driver.address)
    await driver.until(lambda: driver.sees(names.TRACES_NEW), "it is said how many wait")
    await driver.settle()


async def going_on(driver: Driver) -> None:
    """Go on with the newest."""
    driver.click(names.TRACES_NEW)
    await driver.settle()


def _open_room(driver: Driver) -> None:
    driver.click(names.RAIL_ROOM.format(room="traces"))


def _rows(driver: Driver) -> int:
    return driver.find(TraceTable, names.TRACES_LIST).model().rowCount()


def _ask(address: str) -> None:
    """Ask as several programs would, each over a connection of its own."""
    import httpx

    for method, path, agent in _REQUESTS:
        body = b"{}" if method == "POST" else None
        httpx.request(method, f"{address}{path}", headers={"User-Agent": agent}, content=body)


def _stay(url: str, done: threading.Event) -> None:
    """Keep a WebSocket open until `done`, or until the server goes."""
    from websockets.exceptions import WebSocketException
    from websockets.sync.client import connect

    with contextlib.suppress(WebSocketException, OSError), connect(url) as connection:
        connection.send("hello")
        connection.recv()
        done.wait(30)


STORIES: tuple[Story, ...] = (
    Story("60-traces-empty", empty),
    Story("61-traces-live", live),
    Story("62-traces-n-plus-one", n_plus_one),
    Story("63-traces-filtered", filtered),
    Story("64-traces-not-understood", not_understood),
    Story("65-traces-nothing-matches", nothing_matches),
    Story("66-traces-paused", paused),
    Story("67-traces-live-again", going_on),
)
