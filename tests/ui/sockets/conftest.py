"""The Sockets room on show."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from explorer.openapi.operations import Catalogue
from explorer.ui.panels.sockets_room import SocketsRoom
from explorer.ui.theme.manager import Themes

from .talk import ECHO, ROOM

MakeRoom = Callable[..., SocketsRoom]


@pytest.fixture
def make_room(qtbot: QtBot, themes: Themes) -> MakeRoom:
    """Return a function that shows the room with some clients."""

    def make(*clients: object, size: tuple[int, int] = (1388, 830)) -> SocketsRoom:
        room = SocketsRoom(themes, lambda code: {1001: "The server is going away."}.get(code, ""))
        qtbot.addWidget(room)
        room.set_catalogue(Catalogue(title="Test", version="1"), (ROOM, ECHO))
        room.set_clients(clients, 60_000_000_001)  # type: ignore[arg-type]
        room.set_chosen(ROOM.key, clients[0] if clients else None)  # type: ignore[arg-type]
        room.resize(*size)
        room.show()
        qtbot.waitExposed(room)
        return room

    return make
