"""Stories of the Sockets room: a chat with text, JSON and binary, a refused handshake, a close by the server."""

from __future__ import annotations

import contextlib
import threading

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QListView, QPushButton

from explorer.ui import names
from explorer.ui.models.sockets_lists import EndpointRole
from explorer.ui.panels.sockets.ladder_view import LadderView
from explorer.ui.tour.driver import Driver, StoryFailedError
from explorer.ui.tour.story import Story

_CHAT = "WS /ws/rooms/{room_name}"
_PICTURE = "89 50 4e 47 0d 0a 1a 0a 00 00 00 0d 49 48 44 52"
_TEXT, _JSON, _BINARY = range(3)


def _choose(driver: Driver, key: str) -> None:
    endpoints = driver.find(QListView, names.SOCKETS_ENDPOINTS)
    model = endpoints.model()
    found: list[QModelIndex] = [
        index for row in range(model.rowCount()) if (index := model.index(row, 0)).data(EndpointRole.KEY) == key
    ]
    if not found:
        raise StoryFailedError(f"there is no endpoint {key}")
    endpoints.scrollTo(found[0])
    place = endpoints.visualRect(found[0]).center()
    QTest.mouseClick(endpoints.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


async def _add(driver: Driver, number: int, path: dict[str, str]) -> None:
    """Add a client of the chosen endpoint, in the column with this number, and fill in its path parameters."""
    driver.click(names.SOCKETS_ADD_CLIENT)
    form = names.SOCKET_FORM.format(number=number)
    await driver.until(lambda: driver.sees(form), "the form is there")
    await driver.settle()
    for name, text in path.items():
        value = names.PARAMETER_VALUE.format(location="path", name=name)
        driver.write(f"sockets.{number}.{value}", text)


async def _connect(driver: Driver, number: int, state: str) -> None:
    driver.click(names.SOCKET_CONNECT.format(number=number))
    name = names.SOCKET_STATE.format(number=number)
    await driver.until(lambda: driver.words(name).startswith(state), f"the client is {state}")
    await driver.settle()


async def _say(driver: Driver, number: int, kind: int, text: str) -> None:
    """Send a message, and wait until a row came of it."""
    composer = names.SOCKET_TEXT.format(number=number)
    driver.choose_segment(names.SOCKET_KIND.format(number=number), kind)
    driver.write(composer, text)
    ladder = driver.find(LadderView, names.SOCKETS_LADDER)
    before = ladder.row_count
    driver.press(composer, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    await driver.until(lambda: ladder.row_count >= before + 2, "everybody has heard it")


async def empty_room(driver: Driver) -> None:
    """See the room as it first opens."""
    driver.close_log()
    driver.click(names.RAIL_ROOM.format(room="sockets"))
    await driver.settle()
    await driver.open_side(names.SOCKETS_OPEN_SIDEBAR, names.SOCKETS_ENDPOINTS)
    await driver.until(lambda: driver.sees(names.SOCKETS_ENDPOINTS), "the endpoints are listed")
    await _remove_all(driver)


async def set_up(driver: Driver) -> None:
    """Set up a client of the chat."""
    _choose(driver, _CHAT)
    await _add(driver, 0, {"room_name": "lobby"})


async def chat(driver: Driver) -> None:
    """Let two clients chat, with text, JSON and binary."""
    await _connect(driver, 0, "open")
    await _add(driver, 1, {"room_name": "lobby"})
    await _connect(driver, 1, "open")
    await _say(driver, 0, _TEXT, "hello everyone")
    await _say(driver, 1, _JSON, '{"type": "typing"}')
    await _say(driver, 1, _BINARY, _PICTURE)
    driver.choose_segment(names.SOCKET_KIND.format(number=0), _TEXT)
    driver.write(names.SOCKET_TEXT.format(number=0), "see you at four")
    ladder = driver.find(LadderView, names.SOCKETS_LADDER)
    ladder.setFocus()
    driver.press(names.SOCKETS_LADDER, Qt.Key.Key_End)
    await driver.settle()


async def closing(driver: Driver) -> None:
    """Choose with which code a client closes."""
    driver.click(names.SOCKET_CONNECT.format(number=1))
    await driver.settle()


async def closed_by_client(driver: Driver) -> None:
    """Close one of two clients; the other goes on."""
    button = driver.find(QPushButton, names.SOCKET_CLOSE_NOW)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    name = names.SOCKET_STATE.format(number=1)
    await driver.until(lambda: driver.words(name) == "closed 1000", "the client is closed")
    await driver.settle()


async def refused(driver: Driver) -> None:
    """See what the server says when it refuses a handshake."""
    await _remove_all(driver)
    _choose(driver, "WS /ws/refused/{how}")
    await _add(driver, 0, {"how": "answer"})
    await _connect(driver, 0, "refused")


async def closed_by_server(driver: Driver) -> None:
    """See who closed, and with which code."""
    await _remove_all(driver)
    _choose(driver, "WS /ws/close/{code}")
    await _add(driver, 0, {"code": "1008"})
    await _connect(driver, 0, "closed 1008")


async def with_another_program(driver: Driver) -> None:
    """Chat with a program that is not of this window, and see what the server did with its message, too."""
    await _remove_all(driver)
    _choose(driver, _CHAT)
    for number in range(2):
        await _add(driver, number, {"room_name": "lobby"})
        await _connect(driver, number, "open")
    await _say(driver, 0, _TEXT, "hello everyone")
    url = f"ws{driver.address.removeprefix('http')}/ws/rooms/lobby?name=Script"
    threading.Thread(target=_talk_from_elsewhere, args=(url,), name="another program", daemon=True).start()
    name = names.SOCKET_NAME.format(number=2)
    await driver.until(lambda: driver.sees(name), "the other program has a column")
    ladder = driver.find(LadderView, names.SOCKETS_LADDER)
    await driver.until(lambda: "hello from elsewhere" in ladder.text_in_sight(), "what it said is shown")
    await _say(driver, 1, _TEXT, "who is that?")
    await driver.settle()


def _talk_from_elsewhere(url: str) -> None:
    """Say something, and stay until somebody leaves the room or the server goes."""
    from websockets.exceptions import ConnectionClosed
    from websockets.sync.client import connect

    with contextlib.suppress(ConnectionClosed, OSError), connect(url) as connection:
        connection.send("hello from elsewhere")
        while '"left"' not in str(connection.recv()):
            pass


async def _remove_all(driver: Driver) -> None:
    """Take all clients away that a story before has left."""
    while driver.sees(names.SOCKET_MENU_BUTTON.format(number=0)):
        more = driver.find(QAbstractButton, names.SOCKET_MENU_BUTTON.format(number=0))
        name = names.SOCKET_NAME.format(number=0)
        gone = driver.words(name)
        more.click()
        driver.trigger(names.SOCKET_MENU_ENTRY.format(number=0, entry="remove"))
        await driver.settle()
        if driver.sees(name) and driver.words(name) == gone:
            raise StoryFailedError(f"{gone} cannot be taken away")


STORIES: tuple[Story, ...] = (
    Story("50-sockets-empty", empty_room),
    Story("51-sockets-set-up", set_up),
    Story("52-sockets-chat", chat),
    Story("53-sockets-closing", closing),
    Story("54-sockets-closed", closed_by_client),
    Story("55-sockets-refused", refused),
    Story("56-sockets-closed-by-server", closed_by_server),
    Story("57-sockets-another-program", with_another_program),
)
