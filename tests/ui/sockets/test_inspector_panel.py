"""The Inspector: what it shows of a client and of a line of its log, and closing with a code."""

from __future__ import annotations

import base64
import dataclasses
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.client.sockets.record import (
    Direction,
    Entry,
    FrameHead,
    FrameKind,
    Handshake,
    SocketState,
    SocketStatus,
)
from explorer.trace.events import CONNECTION, FINISHED, NOTED, RECEIVE, SEND, STARTED, WEBSOCKET, RawEvent
from explorer.trace.fold import fold
from explorer.trace.journey import journey
from explorer.ui import names
from explorer.ui.focus import tab_stops
from explorer.ui.panels.sockets.inspector_frame import EntryTimes
from explorer.ui.panels.sockets.inspector_panel import XRAY, InspectorPanel
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.frame_table import FrameTable
from explorer.ui.widgets.pair_table import PairTable
from explorer.ui.widgets.virtual_text import VirtualText

W = TypeVar("W", bound=QWidget)

KEY = base64.b64encode(bytes(16)).decode()
HANDSHAKE = Handshake(
    request_line="GET /ws/lobby?name=ana HTTP/1.1",
    request_headers=(("upgrade", "websocket"), ("sec-websocket-key", KEY)),
    sent_at_ns=0,
    status=101,
    response_line="HTTP/1.1 101 Switching Protocols",
    response_headers=(("sec-websocket-accept", "ICX+Yqv66kxgM0FcWaLWlFLwTAI="),),
    answered_at_ns=1_240_000,
    accept_valid=True,
)
OPEN = SocketStatus(state=SocketState.OPEN)
HEAD = FrameHead(fin=True, rsv=0, opcode=1, length=14, mask_key=b"\x37\xfa\x21\x3d", start=b"\x5f\x9f\x4d\x51\x58")
HELLO = Entry(
    number=4, at_ns=151_020_000_000, direction=Direction.SENT, kind=FrameKind.TEXT, size=14,
    start=b"hello everyone", head=HEAD, index=0,
)  # fmt: skip


@pytest.fixture
def panel(qtbot: QtBot, themes: Themes) -> InspectorPanel:
    made = InspectorPanel(themes)
    qtbot.addWidget(made)
    made.resize(288, 900)
    made.show()
    return made


def find(panel: InspectorPanel, kind: type[W], name: str) -> W:
    found = panel.findChild(kind, name)
    assert found is not None
    return found


def read(panel: InspectorPanel, name: str) -> str:
    return find(panel, QLabel, name).text()


def pairs(panel: InspectorPanel, name: str) -> list[tuple[str, str]]:
    return [(pair.left, pair.right) for pair in find(panel, PairTable, name).pairs_model.pairs]


def test_that_a_handshake_is_shown_as_it_travelled_and_its_proof_checked(panel: InspectorPanel) -> None:
    panel.set_client("Ana", OPEN)
    panel.set_handshake(HANDSHAKE)
    assert panel.handshake.title.whole_text == "Handshake — Ana"
    assert read(panel, names.SOCKET_INSPECTOR_TOOK) == "1.2 ms"
    assert panel.handshake.request_line.whole_text == HANDSHAKE.request_line
    assert pairs(panel, names.SOCKET_INSPECTOR_REQUEST) == list(HANDSHAKE.request_headers)
    assert pairs(panel, names.SOCKET_INSPECTOR_RESPONSE) == list(HANDSHAKE.response_headers)
    assert read(panel, names.SOCKET_INSPECTOR_VERDICT) == "accept = base64(SHA-1(key + GUID))"
    panel.set_handshake(dataclasses.replace(HANDSHAKE, accept_valid=False))
    assert "no WebSocket server" in read(panel, names.SOCKET_INSPECTOR_VERDICT)
    panel.set_handshake(None)
    assert panel.handshake.empty.isVisible()
    assert not panel.handshake.request_line.isVisible()


def test_that_a_refusal_is_shown_with_what_the_server_said_and_never_taken_for_html(panel: InspectorPanel) -> None:
    refused = dataclasses.replace(
        HANDSHAKE, status=403, response_line="HTTP/1.1 403 Forbidden", body=b"<b>no</b>", accept_valid=None
    )
    panel.set_handshake(refused)
    verdict = find(panel, QLabel, names.SOCKET_INSPECTOR_VERDICT)
    assert verdict.text() == "Refused: no WebSocket was opened. <b>no</b>"
    assert verdict.textFormat() is Qt.TextFormat.PlainText


def test_that_a_header_is_copied_as_a_line(panel: InspectorPanel) -> None:
    panel.set_handshake(HANDSHAKE)
    table = find(panel, PairTable, names.SOCKET_INSPECTOR_REQUEST)
    table.selectRow(0)
    table.copy_rows()
    assert QApplication.clipboard().text() == "upgrade: websocket"


def test_that_a_frame_is_shown_field_by_field_with_its_payload_and_both_times(panel: InspectorPanel) -> None:
    panel.set_entry(HELLO, b"hello everyone", EntryTimes(server_ns=151_020_400_000))
    assert find(panel, FrameTable, names.SOCKET_INSPECTOR_FRAME).accessibleName() == (
        "Head of the frame: FIN 1, RSV 000, opcode 0x1, MASK 1, length 14, mask key 37 fa 21 3d, "
        "payload, masked 5f 9f 4d 51 …"
    )
    assert find(panel, VirtualText, names.SOCKET_INSPECTOR_PAYLOAD).text().splitlines() == [
        "68 65 6c 6c 6f 20 65 76  hello ev",
        "65 72 79 6f 6e 65        eryone",
    ]
    assert read(panel, names.SOCKET_INSPECTOR_TIME) == "02:31.020"
    assert "clients mask what they send" in read(panel, names.SOCKET_INSPECTOR_NOTE)
    assert pairs(panel, names.SOCKET_INSPECTOR_TIMES) == [
        ("client sent", "02:31.020"), ("app had it", "02:31.020"), ("on the way", "0.40 ms"),
    ]  # fmt: skip


def test_that_what_came_from_the_server_counts_the_time_from_there(panel: InspectorPanel) -> None:
    received = dataclasses.replace(HELLO, direction=Direction.RECEIVED, head=dataclasses.replace(HEAD, mask_key=None))
    panel.set_entry(received, b"hello everyone", EntryTimes(server_ns=151_018_500_000))
    assert pairs(panel, names.SOCKET_INSPECTOR_TIMES)[0] == ("app sent", "02:31.018")
    assert pairs(panel, names.SOCKET_INSPECTOR_TIMES)[2] == ("on the way", "1.50 ms")
    assert "Servers do not mask" in read(panel, names.SOCKET_INSPECTOR_NOTE)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"head": None}, "not tapped from a socket of this window"),
        ({"head": None, "kind": FrameKind.HANDSHAKE}, "an HTTP request and its response"),
        ({"frames": 3}, "came in 3 frames"),
        ({"head": dataclasses.replace(HEAD, rsv=4)}, "travelled compressed"),
        ({"kind": FrameKind.CLOSE, "code": 1001, "reason": "bye"}, "Close 1001, Going away, “bye”."),
        ({"automatic": True, "kind": FrameKind.PONG}, "the client answers by itself"),
    ],
)
def test_that_a_sentence_says_how_it_travelled(
    panel: InspectorPanel, changes: dict[str, object], sentence: str
) -> None:
    panel.set_entry(dataclasses.replace(HELLO, **changes), b"hello everyone")  # type: ignore[arg-type]
    assert sentence in read(panel, names.SOCKET_INSPECTOR_NOTE)
    assert find(panel, FrameTable, names.SOCKET_INSPECTOR_FRAME).isVisible() is (
        "head" not in changes or "rsv" in str(changes)
    )


def test_that_the_problem_of_an_entry_is_shown_and_goes_with_it(panel: InspectorPanel) -> None:
    panel.set_entry(dataclasses.replace(HELLO, problem="This is no valid UTF-8."), b"\xff\xfe")
    assert read(panel, names.SOCKET_INSPECTOR_ENTRY_PROBLEM) == "This is no valid UTF-8."
    panel.set_entry(None)
    assert not find(panel, QLabel, names.SOCKET_INSPECTOR_ENTRY_PROBLEM).isVisible()
    assert read(panel, names.SOCKET_INSPECTOR_NOTE).startswith("Choose a line")


def test_that_16_megabytes_are_shown_without_making_all_rows(panel: InspectorPanel, qtbot: QtBot) -> None:
    size = 16 * 1024 * 1024
    panel.set_entry(dataclasses.replace(HELLO, size=size), bytes(size))
    payload = find(panel, VirtualText, names.SOCKET_INSPECTOR_PAYLOAD)
    assert payload.row_count == size // 8
    qtbot.waitUntil(lambda: 0 < len(payload.visible_rows) < 20)


def test_that_a_client_is_closed_with_code_and_reason(panel: InspectorPanel, qtbot: QtBot) -> None:
    panel.set_client("Ana", OPEN)
    find(panel, QComboBox, names.SOCKET_INSPECTOR_CODE).setEditText("4000")
    find(panel, QLineEdit, names.SOCKET_INSPECTOR_REASON).setText("all said")
    button = find(panel, QPushButton, names.SOCKET_INSPECTOR_CLOSE)
    assert button.text() == "Close Ana"
    with qtbot.waitSignal(panel.close_requested) as asked:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.args == [4000, "all said"]
    with qtbot.waitSignal(panel.close_requested):
        qtbot.keyClick(find(panel, QLineEdit, names.SOCKET_INSPECTOR_REASON), Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("code", "reason", "sentence"),
    [("1006", "", "choose 1000"), ("70000", "", "choose 1000"), ("soon", "", "is a number"), ("1000", "é" * 70, "123")],
)
def test_that_what_may_not_be_sent_is_said_at_once_and_not_sent(
    panel: InspectorPanel, qtbot: QtBot, code: str, reason: str, sentence: str
) -> None:
    panel.set_client("Ana", OPEN)
    find(panel, QComboBox, names.SOCKET_INSPECTOR_CODE).setEditText(code)
    find(panel, QLineEdit, names.SOCKET_INSPECTOR_REASON).setText(reason)
    assert sentence in read(panel, names.SOCKET_INSPECTOR_PROBLEM)
    assert not find(panel, QPushButton, names.SOCKET_INSPECTOR_CLOSE).isEnabled()
    with qtbot.assertNotEmitted(panel.close_requested):
        qtbot.keyClick(find(panel, QLineEdit, names.SOCKET_INSPECTOR_REASON), Qt.Key.Key_Return)


def test_that_only_an_open_client_of_this_window_can_be_closed(panel: InspectorPanel) -> None:
    button = find(panel, QPushButton, names.SOCKET_INSPECTOR_CLOSE)
    assert not button.isEnabled()
    panel.set_client("Ana", SocketStatus(state=SocketState.CLOSED, code=1001))
    assert not button.isEnabled()
    assert button.toolTip() == "Ana is not connected."
    panel.set_client("127.0.0.1:5", OPEN, foreign=True)
    assert not button.isEnabled()
    assert "not of this window" in panel.handshake.empty.text()


def test_that_a_code_is_taken_over_from_the_list_and_the_one_that_ended_it_stands_out(
    panel: InspectorPanel, qtbot: QtBot
) -> None:
    panel.set_client("Ana", SocketStatus(state=SocketState.CLOSED, code=3001))
    table = find(panel, PairTable, names.SOCKET_INSPECTOR_CODES)
    assert [pair.left for pair in table.pairs_model.pairs if pair.marked] == ["3001"]
    places = {pair.left: row for row, pair in enumerate(table.pairs_model.pairs)}
    table.selectRow(places["1008"])
    qtbot.keyClick(table, Qt.Key.Key_Return)
    code = find(panel, QComboBox, names.SOCKET_INSPECTOR_CODE)
    assert code.currentText() == "1008"
    table.selectRow(places["1006"])
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert code.currentText() == "1008"


def talk() -> list[RawEvent]:
    trace = "ab" * 16
    return [
        (trace, 1, 0, CONNECTION, STARTED, 1, 0, "websocket", {"method": "WS", "path": "/", "headers": ()}),
        (trace, 2, 1_000_000, CONNECTION, NOTED, 1, 0, SEND, {"type": "websocket.accept"}),
        (trace, 3, 1_000_000, WEBSOCKET, STARTED, 2, 1, "conversation", {"subprotocol": None}),
        (trace, 4, 2_000_000, WEBSOCKET, NOTED, 2, 1, RECEIVE,
         {"type": "websocket.receive", "size": 2, "text": True, "payload": b"hi", "number": 0}),
        (trace, 5, 3_000_000, WEBSOCKET, FINISHED, 2, 1, "conversation",
         {"code": 1000, "reason": "", "closed_by": "client", "received": 1, "sent": 0}),
        (trace, 6, 4_000_000, CONNECTION, FINISHED, 1, 0, "websocket", {}),
    ]  # fmt: skip


def test_that_the_other_tab_has_the_x_ray_of_the_connection(panel: InspectorPanel, qtbot: QtBot) -> None:
    panel.set_journey(journey(fold("ab" * 16, talk())))
    panel.show_tab(XRAY)
    assert panel.xray.isVisible()
    titles = [row.title for row in panel.xray.model.rows]
    assert "Accepted" in titles
    assert "Closed" in titles
    assert any(row.note == "↑ hi" for row in panel.xray.model.rows)
    panel.set_journey(None)
    assert panel.xray.model.rows == ()


def test_that_everything_is_reached_by_tab_and_has_a_name(panel: InspectorPanel) -> None:
    panel.set_client("Ana", OPEN)
    panel.set_handshake(HANDSHAKE)
    panel.set_entry(HELLO, b"hello everyone", EntryTimes(server_ns=1))
    stops = [stop for stop in tab_stops(panel) if stop.focusProxy() is None]
    assert [stop.objectName().partition(".")[2] for stop in stops] == [
        "tabs", "request_headers", "response_headers", "frame", "payload", "times", "codes", "code", "reason",
        "close_button",
    ]  # fmt: skip
    assert all(stop.accessibleName() for stop in stops)
