"""Twenty sockets at once, when the server stops and when the program is closed."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import stat
import threading
from pathlib import Path

import pytest

from explorer.client.draft import RequestDraft, Value
from explorer.client.sockets.record import METHOD, ClosedBy, SocketDraft, SocketState
from explorer.openapi.operations import Location
from explorer.ui import names

from .conftest import Person, Start
from .test_sockets import ROOM, Chatter

FILES = Path("/dev/fd")
MANY = 20
IN_A_ROOM = 8


def open_connections() -> int:
    """Return how many sockets of TCP this process has open."""
    found = 0
    for number in [int(entry.name) for entry in FILES.iterdir()]:
        with contextlib.suppress(OSError):  # the one that listed them is closed
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                with socket.socket(fileno=os.dup(number)) as opened:
                    found += opened.family in (socket.AF_INET, socket.AF_INET6)
    return found


class Crowd:
    """Twenty clients, eight of them in one room, the others each with an echo."""

    def __init__(self, person: Person) -> None:
        self.person = person
        Chatter(person)
        clients = person.rooms.sockets.clients
        assert clients is not None
        self.clients = clients
        room = (Value(location=Location.PATH, name="room_name", text="lobby"),)
        talk = RequestDraft(method=METHOD, path=ROOM, values=room)
        echo = RequestDraft(method=METHOD, path="/ws/echo")
        for number in range(MANY):
            name = clients.free_name()
            clients.add(SocketDraft(id="", name=name, request=talk if number < IN_A_ROOM else echo))

    @property
    def states(self) -> set[SocketState]:
        return {client.status.state for client in self.clients.all()}

    def connect(self) -> None:
        for client in self.clients.all():
            self.clients.connect_client(client.draft.id)
        self.person.until(lambda: self.states == {SocketState.OPEN})

    def said(self, number: int) -> tuple[str, str]:
        """Return how a client stands, and what is said of its end, after scrolling to its column."""
        room = self.person.rooms.sockets.room
        assert room is not None
        room.ladder.view.show_column(number)
        state, sentence = names.SOCKET_STATE.format(number=number), names.SOCKET_END_SENTENCE.format(number=number)
        self.person.until(lambda: self.person.sees(sentence))
        return self.person.read(state), self.person.read(sentence)


def test_that_each_of_twenty_sockets_tells_of_the_end_of_the_server_and_connects_to_the_next(person: Person) -> None:
    crowd = Crowd(person)
    crowd.connect()
    person.until(lambda: person.read(names.STATUS_SOCKETS) == f"{MANY} sockets open")
    person.trigger(names.SERVER_STOP)
    person.until(lambda: crowd.states == {SocketState.CLOSED})
    said = [crowd.said(number) for number in range(MANY)]
    assert {state for state, _ in said} == {"closed 1012"}
    assert all(sentence.startswith("Closed by the server. The server is starting anew") for _, sentence in said)
    person.until(lambda: "stopped" in person.read(names.SOCKETS_NOTICE))
    person.trigger(names.SERVER_START)
    person.until(lambda: person.server_runs)
    crowd.connect()


@pytest.mark.skipif(not FILES.is_dir(), reason="the system does not list what a process has open")
def test_that_the_program_ends_with_twenty_sockets_open_and_leaves_nothing(
    start: Start, ui_loop: asyncio.AbstractEventLoop
) -> None:
    sockets, tasks = open_connections(), asyncio.all_tasks(ui_loop)
    person = start()
    person.until_ready()
    crowd = Crowd(person)
    crowd.connect()
    assert open_connections() >= sockets + 2 * MANY
    assert person.leave() == 0
    assert {client.status.closed_by for client in crowd.clients.all()} == {ClosedBy.CLIENT}
    assert crowd.states <= {SocketState.CLOSED, SocketState.FAILED}
    assert open_connections() == sockets
    assert asyncio.all_tasks(ui_loop) - tasks - {person.task} == set()
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("server ")] == []
