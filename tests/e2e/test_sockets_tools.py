"""What a person does with a conversation besides talking: tries, repeats, pauses, clears, exports."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QLineEdit, QListView, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from websockets.sync.client import ClientConnection, connect

from explorer.client.draft import RequestDraft, Value
from explorer.client.sockets.record import METHOD, SocketDraft, SocketState
from explorer.openapi.operations import Location
from explorer.ui import names
from explorer.ui.panels.sockets.ladder_view import LadderView

from .conftest import Person
from .test_sockets import ROOM, Chatter

ECHO = "/ws/echo"


def client_of(person: Person, number: int = 0) -> Any:
    clients = person.rooms.sockets.clients
    assert clients is not None
    return list(clients.all())[number]


def rows(person: Person) -> int:
    return person.find(LadderView, names.SOCKETS_LADDER).row_count


def requests(person: Person) -> str:
    return person.read(names.STATUS_REQUESTS)


@contextmanager
def from_outside(person: Person, path: str) -> Iterator[ClientConnection]:
    url = str(person.rooms.server.url).replace("http", "ws")
    with connect(f"{url}{path}") as elsewhere:
        yield elsewhere


def save(person: Person, path: Path) -> str:
    """Answer the dialog that asks where to export to, and return what is in the file once it is told of."""
    dialog = person.find(QFileDialog, names.SOCKETS_EXPORT_DIALOG)
    dialog.fileSelected.emit(str(path))
    dialog.close()
    notices = person.window.notice_bar
    person.until(lambda: any(path.name in each.accessibleName() for each in notices.findChildren(QWidget)))
    return path.read_text(encoding="utf-8")


def test_that_the_window_asks_what_the_server_holds_unseen_and_only_while_that_is_wanted(person: Person) -> None:
    chatter = Chatter(person)
    ana = chatter.add(ROOM, room_name="lobby")
    person.trigger(names.SERVER_LOG)
    held = person.find(QWidget, names.SOCKETS_HELD)
    person.until(lambda: "lobby" in held.accessibleDescription())
    before = requests(person)
    chatter.say(ana, "first")
    person.until(lambda: "first" in held.accessibleDescription())
    assert requests(person) == before
    log = person.find(QListView, names.LOG_LIST).model()
    lines = [str(log.index(row, 0).data()) for row in range(log.rowCount())]
    assert any("/ws/rooms/lobby" in line for line in lines)
    assert not any("GET /ws/rooms " in line for line in lines)
    person.click(names.SOCKETS_HELD_SWITCH)
    assert "is not asked" in person.read(names.SOCKETS_HELD_CAPTION)
    person.click(names.SOCKETS_HELD_SWITCH)
    person.until(lambda: person.read(names.SOCKETS_HELD_CAPTION) == "from GET /ws/rooms")


def test_that_the_view_pauses_clears_and_brings_back_while_all_is_recorded(person: Person) -> None:
    chatter = Chatter(person)
    ana = chatter.add(ECHO)
    chatter.say(ana, "before")
    person.until(lambda: rows(person) == 3)
    person.click(names.SOCKETS_PAUSE)
    chatter.say(ana, "meanwhile")
    person.until(lambda: person.find(QPushButton, names.SOCKETS_PAUSE).accessibleName() == "Go on, 2 new")
    assert rows(person) == 3
    person.click(names.SOCKETS_PAUSE)
    person.until(lambda: rows(person) == 5)

    person.click(names.SOCKETS_CLEAR)
    person.until(lambda: rows(person) == 0)
    assert person.read(names.STATUS_UNDO_TEXT) == "Cleared 5 rows of the log."
    chatter.say(ana, "after")
    person.until(lambda: rows(person) == 2)
    assert "before" not in chatter.rows
    person.undo()
    person.until(lambda: rows(person) == 7)
    assert person.focus == names.SOCKETS_LADDER
    assert "before" in chatter.rows


def test_that_what_can_be_tried_shows_what_the_server_makes_of_it(person: Person) -> None:
    chatter = Chatter(person)
    chatter.add(ECHO)
    person.click(names.SOCKETS_TRY.format(key="many"))
    person.until(lambda: rows(person) == 1 + 2 * 1000)
    person.click(names.SOCKETS_TRY.format(key="broken"))
    person.until(lambda: "this is broken" in chatter.rows)
    person.click(names.SOCKETS_TRY.format(key="utf8"))
    person.until(lambda: client_of(person).status.code == 1007)
    person.click(names.SOCKET_CONNECT.format(number=0))
    person.until(lambda: client_of(person).status.state is SocketState.OPEN)
    person.click(names.SOCKETS_TRY.format(key="drop"))
    person.until(lambda: client_of(person).status.state is SocketState.FAILED)
    assert client_of(person).status.code == 1006


def test_that_a_message_is_sent_again_and_again_until_it_is_stopped(person: Person, qtbot: QtBot) -> None:
    chatter = Chatter(person)
    ana = chatter.add(ECHO)
    person.write(names.SOCKET_TEXT.format(number=ana), "tick")
    person.click(names.SOCKET_REPEAT.format(number=ana))
    person.find(QLineEdit, names.SOCKET_REPEAT_SECONDS.format(number=ana)).selectAll()
    qtbot.keyClicks(person.find(QLineEdit, names.SOCKET_REPEAT_SECONDS.format(number=ana)), "0.05")
    start = names.SOCKET_REPEAT_START.format(number=ana)
    person.click(start)
    person.until(lambda: rows(person) >= 1 + 2 * 3)
    assert person.find(QPushButton, start).text() == "Stop"
    person.click(start)
    person.until(lambda: not client_of(person).repeating)
    assert person.find(QPushButton, start).text() == "Start"
    assert person.read(names.SOCKET_TEXT.format(number=ana)) == "tick"


def test_that_an_exported_log_holds_what_was_said_and_no_secret(person: Person, tmp_path: Path) -> None:
    chatter = Chatter(person)
    clients = person.rooms.sockets.clients
    assert clients is not None
    token = Value(location=Location.HEADER, name="Authorization", text="Bearer abcd1234efgh")
    with_token = RequestDraft(method=METHOD, path=ECHO, values=(token,))
    ana = clients.add(SocketDraft(id="", name="Ana", request=with_token))
    clients.connect_client(ana)
    client = client_of(person)
    person.until(lambda: client.status.state is SocketState.OPEN)
    chatter.say(0, "I am abcd1234efgh")
    person.until(lambda: rows(person) == 3)
    client.connection.close(1000)
    person.until(lambda: client.status.state is SocketState.CLOSED)
    clients.update(replace(client.draft, request=replace(with_token, values=())))
    clients.connect_client(ana)
    person.until(lambda: client.status.state is SocketState.OPEN)
    chatter.say(0, '{"password": "hunter22", "text": "see you"}')
    person.until(lambda: rows(person) == 8)
    with from_outside(person, f"{ECHO}?token=s3cr3t-abcdef") as elsewhere:
        elsewhere.send("from outside")
        elsewhere.recv(timeout=20)
        person.until(lambda: rows(person) == 11)
        person.click(names.SOCKETS_EXPORT)
        text = save(person, tmp_path / "all.jsonl")
        assert [json.loads(line)["kind"] for line in text.splitlines()].count("text") == 6
        assert "see you" in text
        assert "hunter22" not in text
        assert "abcd1234efgh" not in text
        assert "I am" in text
        assert "s3cr3t-abcdef" not in text
        person.click(names.SOCKET_MENU_BUTTON.format(number=1))
        person.trigger(names.SOCKET_MENU_ENTRY.format(number=1, entry="export"))
        one = save(person, tmp_path / "one.jsonl")
        assert "see you" not in one
        assert "from outside" in one


def test_that_what_another_program_said_goes_with_its_column(person: Person) -> None:
    chatter = Chatter(person)
    ana = chatter.add(ECHO)
    with from_outside(person, ECHO) as elsewhere:
        elsewhere.send("from outside")
        elsewhere.recv(timeout=20)
        person.until(lambda: rows(person) == 4)
        person.click(names.SOCKET_MENU_BUTTON.format(number=1))
        person.trigger(names.SOCKET_MENU_ENTRY.format(number=1, entry="remove"))
        person.until(lambda: rows(person) == 1)
        chatter.say(ana, "only me")
        person.until(lambda: rows(person) == 3)
        assert "outside" not in chatter.rows


def test_that_a_client_without_traceparent_stands_in_its_own_column_alone(person: Person) -> None:
    chatter = Chatter(person)
    chatter.add(ECHO)
    client = client_of(person)
    clients = person.rooms.sockets.clients
    assert clients is not None
    client.connection.close(1000)
    person.until(lambda: client.status.state is SocketState.CLOSED)
    request = client.draft.request
    clients.update(replace(client.draft, request=replace(request, options=replace(request.options, traceparent=False))))
    person.click(names.SOCKET_CONNECT.format(number=0))
    person.until(lambda: client.status.state is SocketState.OPEN)
    chatter.say(0, "who am I?")
    person.until(lambda: "You said: who am I?" in chatter.rows)
    assert not person.sees(names.SOCKET_HEAD.format(number=1))
    ladder = person.rooms.sockets.watch.gathering.ladder
    assert ladder.row(ladder.count - 1).server is not None


def test_that_no_frame_of_an_earlier_connection_stands_below_a_new_handshake(person: Person) -> None:
    chatter = Chatter(person)
    ana = chatter.add(ECHO)
    chatter.say(ana, "hello")
    person.until(lambda: rows(person) == 3)
    ladder = person.find(LadderView, names.SOCKETS_LADDER)
    ladder.choose(2, client_of(person).draft.id)
    person.until(lambda: person.sees(names.SOCKET_INSPECTOR_FRAME))
    chatter.add(ECHO)
    person.until(lambda: not person.sees(names.SOCKET_INSPECTOR_FRAME))
