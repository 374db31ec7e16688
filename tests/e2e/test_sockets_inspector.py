"""The Inspector beside the ladder, in the whole program."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from websockets.sync.client import connect

from explorer.client.sockets.record import SocketState
from explorer.ui import names
from explorer.ui.panels.sockets.inspector_panel import INSPECTOR, XRAY
from explorer.ui.panels.sockets.ladder_view import LadderView
from explorer.ui.panels.xray_panel import XRayPanel
from explorer.ui.widgets.frame_table import FrameTable
from explorer.ui.widgets.pair_table import PairTable
from explorer.ui.widgets.virtual_text import VirtualText

from .conftest import Person
from .test_sockets import ROOM, Chatter


def stand_on(person: Person, start: str) -> None:
    """Walk up the ladder from its end, until the Inspector shows a payload that starts with these bytes."""
    payload = person.find(VirtualText, names.SOCKET_INSPECTOR_PAYLOAD)
    person.find(LadderView, names.SOCKETS_LADDER).setFocus()
    person.press(Qt.Key.Key_End)
    for _ in range(20):
        if payload.text().startswith(start):
            return
        person.press(Qt.Key.Key_Up)
    raise AssertionError(payload.text())


def marked(person: Person) -> list[str]:
    """Return the close codes that stand out."""
    table = person.find(PairTable, names.SOCKET_INSPECTOR_CODES)
    return [pair.left for pair in table.pairs_model.pairs if pair.marked]


def test_that_a_line_of_the_chat_is_shown_as_it_travelled_and_its_client_closed(person: Person) -> None:
    chatter = Chatter(person)
    ana = chatter.add(ROOM, room_name="lobby")
    chatter.say(ana, "hello everyone")
    person.until(lambda: chatter.rows.count("hello everyone") >= 2)
    stand_on(person, "68 65 6c 6c 6f")
    head = person.find(FrameTable, names.SOCKET_INSPECTOR_FRAME).accessibleName()
    assert "opcode 0x1, MASK 1, length 14" in head
    times = person.find(PairTable, names.SOCKET_INSPECTOR_TIMES).pairs_model.pairs
    assert [pair.left for pair in times] == ["client sent", "app had it", "on the way"]
    assert not times[2].right.startswith("-")
    request = person.find(PairTable, names.SOCKET_INSPECTOR_REQUEST).pairs_model.pairs
    assert ("upgrade", "websocket") in [(pair.left.lower(), pair.right.lower()) for pair in request]
    assert "base64" in person.read(names.SOCKET_INSPECTOR_VERDICT)
    person.find(QComboBox, names.SOCKET_INSPECTOR_CODE).setEditText("1006")
    assert "1006" in person.read(names.SOCKET_INSPECTOR_PROBLEM)
    person.find(QComboBox, names.SOCKET_INSPECTOR_CODE).setEditText("4001")
    person.write(names.SOCKET_INSPECTOR_REASON, "see you")
    person.click(names.SOCKET_INSPECTOR_CLOSE)
    clients = person.rooms.sockets.clients
    assert clients is not None
    person.until(lambda: next(iter(clients.all())).status.state is SocketState.CLOSED)
    person.until(lambda: marked(person) == ["4001"])


def test_that_the_x_ray_of_a_client_tells_its_handshake_and_what_was_said(person: Person) -> None:
    chatter = Chatter(person)
    ana = chatter.add(ROOM, room_name="lobby")
    chatter.say(ana, "hello everyone")
    person.choose_tab(names.SOCKET_INSPECTOR_TABS, XRAY)
    model = person.find(XRayPanel, names.SOCKET_XRAY).model
    person.until(lambda: any(row.note == "↑ hello everyone" for row in model.rows))
    person.until(lambda: any(row.note == f"WS    {ROOM}" for row in model.rows))  # what the router tried comes later
    titles = [row.title for row in model.rows]
    assert "chat()" in titles
    assert "Accepted" in titles
    person.choose_tab(names.SOCKET_INSPECTOR_TABS, INSPECTOR)
    chatter.add("/ws/close/{code}", code="1008")
    person.choose_tab(names.SOCKET_INSPECTOR_TABS, XRAY)
    person.until(lambda: any(row.note == "1008 Policy violation, by the server" for row in model.rows))


def test_that_a_connection_from_elsewhere_is_told_as_far_as_the_server_saw_it(person: Person) -> None:
    chatter = Chatter(person)
    url = str(person.rooms.server.url).replace("http", "ws")
    with connect(f"{url}/ws/echo") as elsewhere:
        elsewhere.send("from outside")
        assert elsewhere.recv(timeout=5) == "You said: from outside"
        person.until(lambda: chatter.rows.count("from outside") >= 2)
        stand_on(person, "66 72 6f 6d")
        assert "not tapped" in person.read(names.SOCKET_INSPECTOR_NOTE)
        assert not person.sees(names.SOCKET_INSPECTOR_FRAME)
        person.choose_tab(names.SOCKET_INSPECTOR_TABS, XRAY)
        model = person.find(XRayPanel, names.SOCKET_XRAY).model
        person.until(lambda: any(row.note == "↑ from outside" for row in model.rows))
