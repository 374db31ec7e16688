"""The Sockets room with one client or several."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.client.sockets.record import (
    ClosedBy,
    Composed,
    Direction,
    Handshake,
    MessageKind,
    SocketState,
    SocketStatus,
)
from explorer.ui import names
from explorer.ui.focus import tab_stops
from explorer.ui.panels.sockets_room import SocketsRoom

from .conftest import MakeRoom
from .talk import Conversation, client_of

W = TypeVar("W", bound=QWidget)
SENT, RECEIVED = Direction.SENT, Direction.RECEIVED


def find(room: SocketsRoom, kind: type[W], name: str, number: int = 0) -> W:
    found = room.findChildren(kind, name.format(number=number))
    assert len(found) == 1, f"{len(found)} widgets are named {name}"
    return found[0]


def spoken_name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return str(interface.text(QAccessible.Text.Name))


def test_that_an_empty_room_has_one_thing_to_do(make_room: MakeRoom, qtbot: QtBot) -> None:
    room = make_room()
    room.ladder.set_empty("No client yet.", "Add a client")

    with qtbot.waitSignal(room.ladder.action_requested):
        qtbot.mouseClick(find(room, QPushButton, names.SOCKETS_EMPTY_ACTION), Qt.MouseButton.LeftButton)


def test_that_what_is_typed_is_told_at_once_and_sent_with_enter(make_room: MakeRoom, qtbot: QtBot) -> None:
    room = make_room(client_of("a", "Ana"), client_of("b", "Bruno"))
    text = find(room, QPlainTextEdit, names.SOCKET_TEXT, 1)
    with qtbot.waitSignal(room.ladder.draft_edited) as edited:
        qtbot.keyClicks(text, "h")
    with qtbot.waitSignal(room.ladder.send_requested) as sent:
        qtbot.keyClick(text, Qt.Key.Key_Return)

    assert edited.args[0].id == "b"
    assert [(one.kind, one.text) for one in edited.args[0].composed] == [(MessageKind.TEXT, "h")]
    assert sent.args == ["b"]


def test_that_another_kind_keeps_what_was_typed(make_room: MakeRoom, qtbot: QtBot) -> None:
    room = make_room(client_of("a", "Ana"))
    text = find(room, QPlainTextEdit, names.SOCKET_TEXT)
    column = room.ladder.column("a")
    assert column is not None
    qtbot.keyClicks(text, "hello")
    qtbot.mouseClick(column.parts.composer.kind.buttons[2], Qt.MouseButton.LeftButton)
    qtbot.keyClicks(text, "89 5")

    assert column.parts.composer.verdict.text == "A byte has two digits: one is missing."
    assert not column.parts.composer.send.isEnabled()
    qtbot.mouseClick(column.parts.composer.kind.buttons[0], Qt.MouseButton.LeftButton)
    assert text.toPlainText() == "hello"


def test_that_an_error_that_does_not_fit_beside_the_buttons_is_read_whole_below_the_message(
    make_room: MakeRoom, qtbot: QtBot
) -> None:
    room = make_room(*(client_of(name, name) for name in ("Ana", "Bruno", "Emil")))
    column = room.ladder.column("Ana")
    assert column is not None
    height = room.ladder.feet.height()
    sentence = "The server does not read: 32.0 MB wait to be sent already, so this was not sent."
    column.parts.composer.set_trouble(sentence)
    problem = find(room, QLabel, names.SOCKET_PROBLEM)
    qtbot.waitUntil(lambda: problem.isVisible() and problem.height() >= problem.heightForWidth(problem.width()))
    assert problem.text() == sentence
    assert problem.rect().bottomRight().y() + problem.mapTo(room.ladder.feet, QPoint()).y() < room.ladder.feet.height()
    qtbot.keyClicks(find(room, QPlainTextEdit, names.SOCKET_TEXT), "again")
    qtbot.waitUntil(lambda: not problem.isVisible() and room.ladder.feet.height() == height)


def test_that_a_closed_client_says_who_closed_and_can_reconnect(make_room: MakeRoom, qtbot: QtBot) -> None:
    status = SocketStatus(state=SocketState.CLOSED, code=1001, reason="bye", closed_by=ClosedBy.SERVER)
    room = make_room(client_of("a", "Ana", status, recorded=3))

    sentence = find(room, QLabel, names.SOCKET_END_SENTENCE).text()
    assert sentence == "Closed by the server: 1001, “bye”. The server is going away."
    with qtbot.waitSignal(room.ladder.client_acted) as acted:
        qtbot.mouseClick(find(room, QPushButton, names.SOCKET_RECONNECT), Qt.MouseButton.LeftButton)
    assert acted.args == ["a", "connect"]


def test_that_a_refused_handshake_is_shown_as_the_response_it_is_and_told_once(
    make_room: MakeRoom, qtbot: QtBot
) -> None:
    answer = Handshake(
        request_line="GET /ws/lobby HTTP/1.1",
        request_headers=(),
        sent_at_ns=1,
        status=403,
        response_line="HTTP/1.1 403 Forbidden",
        response_headers=(("content-type", "application/json"),),
        body=b'{"detail":"no"}',
    )
    status = SocketStatus(state=SocketState.REFUSED, sentence="The server refused the handshake.")
    room = make_room(client_of("a", "Ana", status, handshake=answer, recorded=2))
    body = find(room, QPlainTextEdit, names.SOCKET_REFUSED_BODY)

    def told() -> list[QWidget]:
        labels = [label for label in room.findChildren(QLabel) if label.text() == status.sentence]
        return [label for label in labels if label.isVisible()]

    assert body.isVisible()
    assert body.toPlainText() == '{"detail":"no"}'
    assert find(room, QPlainTextEdit, names.SOCKET_REFUSED_HEADERS).toPlainText() == "content-type: application/json"
    (in_the_card,) = told()
    qtbot.mouseClick(find(room, QPushButton, names.SOCKET_REFUSED_LOG), Qt.MouseButton.LeftButton)
    (in_the_foot,) = told()
    assert in_the_foot is not in_the_card
    assert in_the_foot.objectName() == names.SOCKET_END_SENTENCE.format(number=0)


def test_that_the_form_tells_each_change_of_the_connection(make_room: MakeRoom, qtbot: QtBot) -> None:
    room = make_room(client_of("a", "Ana", SocketStatus()))
    value = names.PARAMETER_VALUE.format(location="path", name="room")
    field = find(room, QWidget, f"sockets.0.{value}")
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_End)
    with qtbot.waitSignal(room.ladder.draft_edited) as edited:
        qtbot.keyClicks(field, "2")

    assert [value.text for value in edited.args[0].request.values] == ["lobby2", "ana"]


def test_that_a_form_is_made_when_its_column_comes_into_sight(make_room: MakeRoom, qtbot: QtBot) -> None:
    room = make_room(*(client_of(str(number), f"Client {number}", SocketStatus()) for number in range(12)))
    far = names.SOCKET_FORM_NAME.format(number=11)
    assert find(room, QLineEdit, names.SOCKET_FORM_NAME).text() == "Client 0"
    assert room.findChildren(QLineEdit, far) == []
    room.ladder.view.show_column(11)
    qtbot.waitUntil(lambda: bool(room.findChildren(QLineEdit, far)))
    assert find(room, QLineEdit, far).text() == "Client 11"
    assert find(room, QLineEdit, far).isVisible()


def test_that_60_clients_are_made_as_they_come_into_sight_and_the_tab_key_goes_on_to_the_next(
    make_room: MakeRoom, qtbot: QtBot
) -> None:
    room = make_room(*(client_of(str(number), f"Client {number}") for number in range(60)))

    def made() -> list[int]:
        buttons = (names.SOCKET_CONNECT.format(number=number) for number in range(60))
        return [number for number, name in enumerate(buttons) if room.findChildren(QPushButton, name)]

    first = made()
    assert len(first) < 10
    stops = [find(room, QPlainTextEdit, names.SOCKET_TEXT, number) for number in first]
    chain = tab_stops(room)
    assert [stop for stop in chain if stop in stops] == stops
    room.ladder.view.show_column(59)
    qtbot.waitUntil(lambda: 59 in made())
    assert find(room, QWidget, names.SOCKET_NAME, 59).isVisible()
    assert 30 not in made()
    column = room.ladder.column("30")
    assert column is not None
    column.parts.head.begin_rename()
    assert room.focusWidget() is find(room, QLineEdit, names.SOCKET_NAME_EDIT, 30)


def test_that_the_ladder_is_walked_by_keyboard_and_tells_the_entry(make_room: MakeRoom, qtbot: QtBot) -> None:
    room = make_room(client_of("a", "Ana"), client_of("b", "Bruno"))
    said = Conversation()
    said.say(b"hello", a=SENT)
    said.say(b"ana: hello", a=RECEIVED, b=RECEIVED)
    view = room.ladder.view
    view.set_source(said)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    with qtbot.waitSignal(view.entry_chosen) as chosen:
        qtbot.keyClick(view, Qt.Key.Key_Right)

    assert chosen.args == ["b", 1]
    assert view.text_in_sight().splitlines()[1] == (
        "00:00.001 Ana receives text, 10 B: ana: hello; Bruno receives text, 10 B: ana: hello"
    )


def test_that_the_end_is_followed_until_somebody_scrolls_away(make_room: MakeRoom, qtbot: QtBot) -> None:
    room = make_room(client_of("a", "Ana"))
    said = Conversation()
    for number in range(100):
        said.say(b"%d" % number, a=SENT)
    view = room.ladder.view
    view.set_source(said)
    bar = view.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0

    bar.setValue(0)
    for number in range(12):
        said.say(b"%d" % number, a=SENT)
    view.refresh()
    unseen = find(room, QPushButton, names.SOCKETS_UNSEEN)
    qtbot.waitUntil(unseen.isVisible)
    assert unseen.text() == "12 new ↓"
    assert bar.value() == 0

    qtbot.mouseClick(unseen, Qt.MouseButton.LeftButton)
    assert bar.value() == bar.maximum()
    assert not unseen.isVisible()


def test_that_side_panels_give_way_to_the_conversation(make_room: MakeRoom, qtbot: QtBot) -> None:
    room = make_room(client_of("a", "Ana"), size=(760, 600))

    assert room.sidebar.isVisible()
    assert find(room, QWidget, names.SOCKETS_OPEN_INSPECTOR).isVisible()
    room.resize(640, 600)
    qtbot.waitUntil(find(room, QWidget, names.SOCKETS_OPEN_SIDEBAR).isVisible)


def test_that_a_code_nobody_may_send_is_named_at_once(make_room: MakeRoom, qtbot: QtBot) -> None:
    room = make_room(client_of("a", "Ana"))
    qtbot.mouseClick(find(room, QPushButton, names.SOCKET_CONNECT), Qt.MouseButton.LeftButton)
    code = find(room, QComboBox, names.SOCKET_CLOSE_CODE)
    code.setEditText("1005")
    close = find(room, QPushButton, names.SOCKET_CLOSE_NOW)
    assert not close.isEnabled()
    assert "1005" in find(room, QLabel, names.SOCKET_CLOSE_PROBLEM).text()

    code.setEditText("4001")
    find(room, QLineEdit, names.SOCKET_CLOSE_REASON).setText("lunch")
    with qtbot.waitSignal(room.ladder.client_closed) as closed:
        qtbot.mouseClick(close, Qt.MouseButton.LeftButton)
    assert closed.args == ["a", 4001, "lunch"]


def test_that_a_client_is_renamed_with_f2(make_room: MakeRoom, qtbot: QtBot) -> None:
    room = make_room(client_of("a", "Ana"))
    find(room, QPushButton, names.SOCKET_CONNECT).setFocus()
    column = room.ladder.column("a")
    assert column is not None
    column.parts.head.begin_rename()
    edit = find(room, QLineEdit, names.SOCKET_NAME_EDIT)
    qtbot.keyClicks(edit, "Zoe")
    with qtbot.waitSignal(room.ladder.client_renamed) as renamed:
        qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert renamed.args == ["a", "Zoe"]


def test_that_up_recalls_what_was_sent_before(make_room: MakeRoom, qtbot: QtBot) -> None:
    client = client_of("a", "Ana")
    assert client.draft is not None
    sent = (Composed(text="first"), Composed(text="second"))
    room = make_room(replace(client, draft=replace(client.draft, sent=sent)))
    text = find(room, QPlainTextEdit, names.SOCKET_TEXT)
    seen = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
        qtbot.keyClick(text, key)
        seen.append(text.toPlainText())

    assert seen == ["second", "first", "second"]


def test_that_every_control_has_a_name_of_its_own(make_room: MakeRoom) -> None:
    room = make_room(client_of("a", "Ana"), client_of("b", "Bruno", SocketStatus()))
    stops = [widget for widget in room.findChildren(QWidget) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]

    nameless = [type(stop).__name__ for stop in stops if stop.isVisible() and not spoken_name(stop)]
    given = [stop.objectName() for stop in stops if "." in stop.objectName()]
    assert nameless == []
    assert len(given) == len(set(given))


def test_that_a_message_that_wraps_is_seen_whole(make_room: MakeRoom, qtbot: QtBot) -> None:
    room = make_room(client_of("a", "Ana"))
    text = find(room, QPlainTextEdit, names.SOCKET_TEXT)
    text.setPlainText("a few words " * 15)
    wide = text.height()
    room.resize(760, 700)

    qtbot.waitUntil(lambda: text.height() > wide)
    room.resize(1388, 830)
    qtbot.waitUntil(lambda: text.height() == wide)


def test_that_rows_painted_a_few_at_a_time_look_like_rows_painted_at_once(make_room: MakeRoom, qtbot: QtBot) -> None:
    room = make_room(client_of("a", "Ana"), client_of("b", "Bruno"))
    said = Conversation()
    view = room.ladder.view
    view.set_source(said, 0)
    for number in range(400):
        said.say(b'{"number": %d}' % number, a=SENT, b=RECEIVED)
    view.refresh()
    qtbot.waitUntil(lambda: view.text_in_sight().endswith(': {"number": 399}'))
    few_at_a_time = room.grab().toImage()
    view.set_source(said, 0)
    assert room.grab().toImage() == few_at_a_time


def test_that_rows_that_go_while_they_are_painted_are_not_missed(make_room: MakeRoom, qtbot: QtBot) -> None:
    room = make_room(client_of("a", "Ana"))
    said = Conversation()
    view = room.ladder.view
    view.set_source(said)
    for number in range(400):
        said.say(b"%d" % number, a=SENT)
    view.refresh()
    del said.rows[3:]
    view.refresh()
    qtbot.waitUntil(lambda: view.text_in_sight().endswith(": 2"))
    assert view.verticalScrollBar().maximum() == 0
