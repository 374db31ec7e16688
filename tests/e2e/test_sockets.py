from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView, QPushButton

from explorer.client.sockets.record import SocketState
from explorer.ui import names
from explorer.ui.panels.sockets.ladder_view import LadderView

from .conftest import CONTROL, Person, Start

ROOM = "/ws/rooms/{room_name}"


class Chatter:
    """What a person does in the Sockets room."""

    def __init__(self, person: Person) -> None:
        self.person = person
        person.window.show_room("sockets")
        endpoints = person.find(QListView, names.SOCKETS_ENDPOINTS)
        person.until(lambda: endpoints.model().rowCount() > 0)

    def add(self, path: str, **values: str) -> int:
        """Add a client of an endpoint, fill in path parameters, and connect; returns the number of its column."""
        room, clients = self.person.rooms.sockets.room, self.person.rooms.sockets.clients
        assert room is not None
        assert clients is not None
        room.sidebar.client_wanted.emit(f"WS {path}")
        client = clients.get(clients.chosen)
        assert client is not None
        target = path
        for name, text in values.items():
            target = target.replace(f"{{{name}}}", text)
        room.address.url_edited.emit(f"ws{clients.base_url[4:]}{target}")
        number = len(list(clients.all())) - 1
        self.person.click(names.SOCKET_CONNECT.format(number=number))
        self.person.until(lambda: client.status.state not in (SocketState.IDLE, SocketState.CONNECTING))
        return number

    def say(self, number: int, text: str) -> None:
        self.person.write(names.SOCKET_TEXT.format(number=number), text)
        self.person.click(names.SOCKET_SEND.format(number=number))

    @property
    def rows(self) -> str:
        ladder = self.person.find(LadderView, names.SOCKETS_LADDER)
        ladder.go_to_end()
        return ladder.text_in_sight()


def test_that_a_chat_between_two_clients_shows_what_the_server_did_between_them(person: Person) -> None:
    chatter = Chatter(person)
    ana = chatter.add(ROOM, room_name="lobby")
    bruno = chatter.add(ROOM, room_name="lobby")
    chatter.say(ana, "hello everyone")
    person.until(lambda: chatter.rows.count("hello everyone") >= 2)
    gathering = person.rooms.sockets.watch.gathering
    rows = [gathering.ladder.row(number) for number in range(gathering.ladder.count)]
    spoken = [row for row in rows if any(b"hello everyone" in cell.entry.start for cell in row.cells)]
    assert [len(row.cells) for row in spoken] == [1, 2]
    assert [len(row.server.columns) for row in spoken if row.server is not None] == [1, 2]
    person.until(lambda: "2 sockets open" in person.read(names.STATUS_SOCKETS))
    person.until(lambda: "from GET /ws/rooms" in person.read(names.SOCKETS_HELD_CAPTION))
    ladder = person.find(LadderView, names.SOCKETS_LADDER)
    ladder.choose(spoken[0].number, spoken[0].cells[0].column)
    person.until(lambda: person.sees(names.SOCKET_INSPECTOR_PAYLOAD))
    assert person.find(QPushButton, names.SOCKET_INSPECTOR_CLOSE).text() == "Close Ana"
    chatter.say(bruno, "hi Ana")
    person.until(lambda: chatter.rows.count("hi Ana") >= 2)


def test_that_a_refused_handshake_is_shown_with_its_status(person: Person) -> None:
    chatter = Chatter(person)
    number = chatter.add("/ws/refused/{how}", how="answer")
    assert person.sees(names.SOCKET_REFUSED.format(number=number))
    assert "401" in person.read(names.SOCKET_REFUSED_STATUS.format(number=number))


def test_that_the_clients_are_there_again_after_a_start(start: Start) -> None:
    first = start()
    first.until_ready()
    Chatter(first).add(ROOM, room_name="kitchen")
    first.leave()
    second = start()
    second.until_ready()
    Chatter(second)
    clients = second.rooms.sockets.clients
    assert clients is not None
    assert [client.draft.request.value("path", "room_name") for client in clients.all()] == ["kitchen"]  # type: ignore[arg-type]


def test_that_a_server_that_is_stopped_leaves_a_sentence_at_each_client(person: Person) -> None:
    chatter = Chatter(person)
    chatter.add("/ws/echo")
    person.rooms.server.stop()
    clients = person.rooms.sockets.clients
    assert clients is not None
    (client,) = clients.all()
    person.until(lambda: client.status.state is SocketState.CLOSED)
    assert client.status.code == 1012
    person.until(lambda: person.sees(names.SOCKETS_NOTICE))
    person.press(Qt.Key.Key_L, CONTROL)
