"""A client that stops reading, among others that do not."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from explorer.client.sockets.record import ClosedBy, Direction, SocketState
from explorer.ui import names

from .conftest import Person
from .test_sockets import ROOM, Chatter

PICTURE = bytes(65_536)
MOST = 1_000  # pictures, far more than the system keeps for a client that does not read


def test_that_a_client_that_stops_reading_is_left_behind_and_said_so_while_the_others_go_on(person: Person) -> None:
    chatter = Chatter(person)
    numbers = [chatter.add(ROOM, room_name="lobby") for _ in range(3)]
    clients = person.rooms.sockets.clients
    assert clients is not None
    ana, bruno, deaf = clients.all()
    attempt = names.SOCKETS_TRY.format(key="deaf")
    problem = names.SOCKET_PROBLEM.format(number=numbers[2])
    person.click(attempt)
    person.until(lambda: person.sees(problem))
    assert person.find(QLabel, problem).text().startswith("This client reads nothing")
    heard = deaf.log.count

    server = person.rooms.sockets.watch.gathering.server
    assert ana.connection is not None
    for number in range(1, MOST):
        assert ana.connection.send_binary(PICTURE) == ""
        wanted = number * len(PICTURE)
        person.until(lambda: bruno.log.size[Direction.RECEIVED] > wanted)  # noqa: B023 - it is over before the next
        seen = server.connection(deaf.log.trace_id)
        if seen is not None and seen.over:
            break
    assert (ana.status.state, bruno.status.state) == (SocketState.OPEN, SocketState.OPEN)
    assert deaf.log.count == heard
    person.until(lambda: "has closed (1013, “You read too slowly”)" in person.find(QLabel, problem).text())

    person.click(attempt)
    person.until(lambda: deaf.status.state is not SocketState.OPEN)
    person.until(lambda: person.sees(names.SOCKET_END_SENTENCE.format(number=numbers[2])))
    assert deaf.status.closed_by is not ClosedBy.CLIENT
    assert person.request("/ws/rooms") == 200
    assert person.leave() == 0
