"""The Sockets room without a mouse and without eyes: each state of a client, the Inspector, popups, and the keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from explorer.ui import names
from explorer.ui.panels.sockets_room import SocketsRoom

from .conftest import CONTROL, Person
from .keyboard import walk
from .test_sockets_room import BINARY, CHAT, JSON, Talker

LOBBY = {"room_name": "lobby"}


def wrong_in(part: QWidget, state: str, *, in_order: bool = True) -> list[str]:
    return [f"{state}: {problem}" for problem in walk(part, in_order=in_order)[1]]


def test_that_every_state_of_a_client_is_reached_named_and_seen(person: Person, qtbot: QtBot) -> None:
    talker = Talker(person, qtbot)
    room = person.find(SocketsRoom, names.SOCKETS_ROOM)
    sidebar, ladder, inspector = room.sidebar, room.ladder, person.find(QWidget, names.SOCKET_INSPECTOR)
    wrong = wrong_in(room, "no client", in_order=False)
    talker.add(CHAT, **LOBBY)
    wrong += wrong_in(ladder, "set up")
    talker.connect(0)
    talker.add(CHAT, **LOBBY)
    talker.connect(1)
    person.until(lambda: person.sees(names.SOCKETS_HELD))
    wrong += wrong_in(sidebar, "two clients")
    talker.say(0, '{"type": "typing"}', JSON)
    person.click(names.SOCKET_REPEAT.format(number=0))
    talker.say(1, "89 50 4e 47", BINARY)
    talker.until_said("Bruno sends binary, 4 B: 89 50 4e 47")
    wrong += wrong_in(ladder, "talking", in_order=False)
    person.find(QWidget, names.SOCKETS_LADDER).setFocus()
    person.press(Qt.Key.Key_End)
    person.until(lambda: person.sees(names.SOCKET_INSPECTOR_FRAME))
    wrong += wrong_in(inspector, "a frame")
    person.choose_tab(names.SOCKET_INSPECTOR_TABS, "xray")
    wrong += wrong_in(inspector, "the X-ray")
    talker.add("/ws/refused/{how}", how="answer")
    talker.connect(2, "refused")
    talker.add("/ws/close/{code}", code="4321")
    talker.connect(3, "closed 4321")
    wrong += wrong_in(ladder, "refused and closed", in_order=False)
    assert wrong == []


def test_that_the_keys_of_the_sockets_do_what_else_needs_a_mouse(person: Person, qtbot: QtBot) -> None:
    talker = Talker(person, qtbot)
    room = person.find(SocketsRoom, names.SOCKETS_ROOM)
    talker.add(CHAT, **LOBBY)
    person.press(Qt.Key.Key_Return, CONTROL)  # connects, from wherever the keyboard is
    talker.until_state(0, "open")
    person.write(names.SOCKET_TEXT.format(number=0), "hello")
    person.find(QWidget, names.SOCKETS_ENDPOINTS).setFocus()
    person.press(Qt.Key.Key_Return, CONTROL)
    talker.until_said("Ana sends text, 5 B: hello")

    person.find(QWidget, names.SOCKETS_CLIENTS).setFocus()
    person.press(Qt.Key.Key_F2)
    assert person.focus == names.SOCKET_NAME_EDIT.format(number=0)
    person.write(names.SOCKET_NAME_EDIT.format(number=0), "Zoe")
    person.press(Qt.Key.Key_Return)
    person.until(lambda: talker.read(names.SOCKET_NAME) == "Zoe")

    person.press(Qt.Key.Key_L, CONTROL)
    person.find(QWidget, names.SOCKETS_ENDPOINTS).setFocus()
    way = []
    for _ in range(5):
        way.append(person.focus)
        person.press(Qt.Key.Key_F6)
    assert way[:3] == [names.SOCKETS_ENDPOINTS, names.SOCKETS_URL, names.SOCKETS_LADDER]
    assert way[4] == names.SOCKET_INSPECTOR_TABS
    for key in (Qt.Key.Key_Slash, Qt.Key.Key_F):
        person.find(QWidget, names.SOCKETS_LADDER).setFocus()
        person.press(key, CONTROL if key is Qt.Key.Key_F else Qt.KeyboardModifier.NoModifier)
        assert person.focus == names.SOCKETS_FILTER
    for key, part in ((Qt.Key.Key_B, room.sidebar), (Qt.Key.Key_J, person.find(QWidget, names.SOCKET_INSPECTOR))):
        person.press(key, CONTROL)
        assert not part.isVisible()
        person.press(key, CONTROL)
        assert part.isVisible()

    person.find(QAbstractButton, names.SOCKET_CONNECT.format(number=0)).click()
    popup = person.find(QWidget, names.SOCKET_CLOSE)
    assert wrong_in(popup, "closing") == []
    person.find(QLineEdit, names.SOCKET_CLOSE_REASON).setFocus()
    person.press(Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert talker.read(names.SOCKET_STATE) == "open"
