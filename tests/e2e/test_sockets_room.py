"""Talking in the Sockets room: pictures, ends by either side, and a server that goes and comes."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QListView
from pytestqt.qtbot import QtBot

from explorer.client.sockets.record import Direction
from explorer.ui import names
from explorer.ui.models.sockets_lists import EndpointRole
from explorer.ui.panels.sockets.ladder_view import LadderView
from explorer.ui.widgets.segmented import Segmented

from .conftest import Person

CHAT = "/ws/rooms/{room_name}"
TEXT, JSON, BINARY = range(3)


class Talker:
    """A person in the Sockets room."""

    def __init__(self, person: Person, qtbot: QtBot) -> None:
        self.person = person
        self._qtbot = qtbot
        person.click(names.RAIL_ROOM.format(room="sockets"))
        person.until(lambda: self.endpoints)

    @property
    def endpoints(self) -> list[str]:
        model = self.person.find(QListView, names.SOCKETS_ENDPOINTS).model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    @property
    def ladder(self) -> LadderView:
        return self.person.find(LadderView, names.SOCKETS_LADDER)

    @property
    def said(self) -> list[str]:
        """What the rows in sight say, without their times."""
        return [line.partition(" ")[2] for line in self.ladder.text_in_sight().splitlines()]

    def read(self, name: str, number: int = 0) -> str:
        return self.person.read(name.format(number=number))

    def add(self, path: str, **values: str) -> int:
        """Add a client of an endpoint, fill in its path, and return the number of its column."""
        endpoints = self.person.find(QListView, names.SOCKETS_ENDPOINTS)
        model = endpoints.model()
        index: QModelIndex = model.index(self.endpoints.index(path), 0)
        assert index.data(EndpointRole.KEY) == f"WS {path}"
        endpoints.scrollTo(index)
        place: QPoint = endpoints.visualRect(index).center()
        self._qtbot.mouseClick(endpoints.viewport(), Qt.MouseButton.LeftButton, pos=place)
        clients = self.person.find(QListView, names.SOCKETS_CLIENTS).model()
        number = clients.rowCount()
        self.person.click(names.SOCKETS_ADD_CLIENT)
        self.person.until(lambda: self.person.sees(names.SOCKET_FORM.format(number=number)))
        for name, text in values.items():
            field = names.PARAMETER_VALUE.format(location="path", name=name)
            self.person.write(f"sockets.{number}.{field}", text)
        return number

    def connect(self, number: int, state: str = "open") -> None:
        self.person.click(names.SOCKET_CONNECT.format(number=number))
        self.until_state(number, state)

    def until_state(self, number: int, state: str) -> None:
        self.person.until(lambda: self.read(names.SOCKET_STATE, number) == state)

    def say(self, number: int, text: str, kind: int = TEXT) -> None:
        segments = self.person.find(Segmented, names.SOCKET_KIND.format(number=number)).buttons
        self._qtbot.mouseClick(segments[kind], Qt.MouseButton.LeftButton)
        self.person.write(names.SOCKET_TEXT.format(number=number), text)
        self.person.click(names.SOCKET_SEND.format(number=number))

    def until_said(self, line: str) -> None:
        self.person.until(lambda: line in self.said)


def test_that_two_clients_chat_and_the_server_is_seen_between_them(person: Person, qtbot: QtBot) -> None:
    talker = Talker(person, qtbot)
    ana, bruno = talker.add(CHAT, room_name="lobby"), -1
    talker.connect(ana)
    bruno = talker.add(CHAT, room_name="lobby")
    talker.connect(bruno)
    talker.say(ana, "hello everyone")
    heard = '{"kind":"said","name":"Ana","text":"hello everyone"}'
    talker.until_said(f"Ana receives text, 52 B: {heard}; Bruno receives text, 52 B: {heard}")
    talker.say(bruno, "89 50 4e 47", BINARY)
    talker.until_said("Ana receives binary, 4 B: 89 50 4e 47; Bruno receives binary, 4 B: 89 50 4e 47")

    said = talker.said
    assert "Ana sends text, 14 B: hello everyone" in said
    assert "Bruno sends binary, 4 B: 89 50 4e 47" in said
    rows = person.rooms.sockets.watch.gathering.ladder
    broadcast = rows.row(rows.count - 1).server
    assert broadcast is not None
    assert (broadcast.direction, len(broadcast.columns), broadcast.size) == (Direction.RECEIVED, 2, 4)
    assert person.read(names.STATUS_SOCKETS) == "2 sockets open"


def test_that_a_close_by_the_server_is_told_apart_from_ones_own(person: Person, qtbot: QtBot) -> None:
    talker = Talker(person, qtbot)
    ana = talker.add("/ws/close/{code}", code="4321")
    talker.connect(ana, "closed 4321")
    assert talker.read(names.SOCKET_END_SENTENCE, ana).startswith("Closed by the server.")

    bruno = talker.add("/ws/echo")
    talker.connect(bruno)
    person.click(names.SOCKET_CONNECT.format(number=bruno))
    person.find(QComboBox, names.SOCKET_CLOSE_CODE).setEditText("4001")
    person.find(QLineEdit, names.SOCKET_CLOSE_REASON).setText("lunch")
    person.click(names.SOCKET_CLOSE_NOW)
    talker.until_state(bruno, "closed 4001")
    assert talker.read(names.SOCKET_END_SENTENCE, bruno).startswith("Closed by this client")
    talker.until_said("Bruno sends close, 7 B: 4001 lunch")


def test_that_a_stopped_server_ends_its_sockets_and_they_connect_again(person: Person, qtbot: QtBot) -> None:
    talker = Talker(person, qtbot)
    ana = talker.add("/ws/echo")
    talker.connect(ana)
    talker.say(ana, "still there?")
    talker.until_said("Ana receives text, 22 B: You said: still there?")

    person.trigger(names.SERVER_STOP)
    talker.until_state(ana, "closed 1012")
    person.until(lambda: "stopped" in person.read(names.SOCKETS_NOTICE))
    person.trigger(names.SERVER_START)
    person.until(lambda: person.server_runs)
    talker.connect(ana)
    talker.say(ana, "again")
    talker.until_said("Ana receives text, 15 B: You said: again")


def test_that_what_a_client_said_goes_with_it(person: Person, qtbot: QtBot) -> None:
    talker = Talker(person, qtbot)
    ana = talker.add("/ws/echo")
    talker.connect(ana)
    talker.say(ana, "hello")
    talker.until_said("Ana receives text, 15 B: You said: hello")
    bruno = talker.add("/ws/echo")
    talker.connect(bruno)
    talker.say(bruno, "good morning")
    talker.until_said("Bruno receives text, 22 B: You said: good morning")

    person.click(names.SOCKET_MENU_BUTTON.format(number=ana))
    person.trigger(names.SOCKET_MENU_ENTRY.format(number=ana, entry="remove"))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()
    person.window.activateWindow()  # on the platform of the tests, no window is active once a menu has closed
    person.until(lambda: talker.said and all(line.startswith("Bruno ") for line in talker.said))
    assert person.read(names.STATUS_UNDO_TEXT) == "Removed Ana."
    person.undo()
    assert person.focus == names.SOCKETS_CLIENTS
    person.until(lambda: any(line == "Ana receives text, 15 B: You said: hello" for line in talker.said))
