"""Very many events on their way from the server to the ladder."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from explorer.client.sockets.gathering import Gathering
from explorer.trace.events import CONNECTION, NOTED, RECEIVE, STARTED, WEBSOCKET, RawEvent
from explorer.ui.bridge import Bridge
from explorer.ui.controllers.socket_watch import SocketWatch

TRACE = "a" * 32
MANY = 3_000


def conversation() -> list[RawEvent]:
    said = {"text": True, "size": 2, "payload": "hi"}
    return [
        (TRACE, 0, 0, CONNECTION, STARTED, 1, 0, "websocket", {"path": "/chat", "client": ("127.0.0.1", 50123)}),
        (TRACE, 1, 1, WEBSOCKET, STARTED, 2, 1, "conversation", {}),
        *((TRACE, 2 + n, 2 + n, WEBSOCKET, NOTED, 2, 1, RECEIVE, {**said, "number": n}) for n in range(MANY)),
    ]


def test_that_everything_arrives_in_its_order_however_much_it_is(qtbot: QtBot) -> None:
    bridge = Bridge()
    arrived: list[RawEvent] = []
    bridge.events_arrived.connect(arrived.extend)
    sent = conversation()

    def push() -> None:
        for event in sent:
            bridge.push(event)

    server = threading.Thread(target=push)
    server.start()
    qtbot.waitUntil(lambda: len(arrived) == len(sent))
    server.join()
    assert arrived == sent


def test_that_the_last_rows_of_a_flood_are_shown_though_not_every_growth_is(qtbot: QtBot) -> None:
    bridge = Bridge()
    gathering = Gathering(None)
    watch = SocketWatch(gathering, bridge)
    shown: list[int] = []
    watch.grew.connect(lambda: shown.append(gathering.ladder.count))
    for event in conversation():
        bridge.push(event)
    qtbot.waitUntil(lambda: shown[-1:] == [MANY + 1])  # and the handshake
