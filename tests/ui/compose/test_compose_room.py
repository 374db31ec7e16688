"""How the room shares its width, and its keys."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from explorer.openapi.operations import Catalogue
from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.panels.compose_room import ComposeRoom
from explorer.ui.theme.manager import Themes


@pytest.fixture
def xray(room: ComposeRoom) -> QLabel:
    label = QLabel("X-ray")
    room.set_xray(label)
    return label


def named(room: ComposeRoom, name: str) -> QWidget:
    found = room.findChild(QWidget, name)
    assert isinstance(found, QWidget)
    return found


def centre(room: ComposeRoom) -> int:
    return named(room, names.COMPOSE_ROWS).width()


def test_that_all_three_columns_stand_side_by_side_where_there_is_room(room: ComposeRoom, xray: QLabel) -> None:
    assert room.operations.width() == 270
    assert abs(xray.width() - 430) <= 2
    assert room.operations.isVisible()
    assert not named(room, names.COMPOSE_OPEN_XRAY).isVisible()


def test_that_first_the_xray_and_then_the_operations_give_way(room: ComposeRoom, xray: QLabel) -> None:
    room.resize(1100, 700)
    assert not xray.isVisible()
    assert room.operations.isVisible()
    assert centre(room) >= 480
    room.resize(700, 700)
    assert not room.operations.isVisible()
    assert centre(room) >= 480
    room.resize(1388, 700)
    assert xray.isVisible()
    assert room.operations.isVisible()


def test_that_a_hidden_panel_opens_over_the_rest_and_closes_with_escape(
    qtbot: QtBot, room: ComposeRoom, xray: QLabel
) -> None:
    room.resize(700, 700)
    edges = 2 * named(room, names.COMPOSE_OPEN_XRAY).sizeHint().width()
    qtbot.waitUntil(lambda: centre(room) == room.width() - edges)
    qtbot.mouseClick(named(room, names.COMPOSE_OPEN_XRAY), Qt.MouseButton.LeftButton)
    assert xray.isVisible()
    assert centre(room) == room.width() - edges
    qtbot.keyClick(room, Qt.Key.Key_Escape)
    assert not xray.isVisible()


def test_that_an_open_drawer_closes_when_the_person_turns_to_the_request(
    qtbot: QtBot, room: ComposeRoom, xray: QLabel
) -> None:
    room.resize(700, 700)
    room.toggle_sidebar()
    assert room.operations.isVisible()
    qtbot.mouseClick(room.response, Qt.MouseButton.LeftButton)
    assert not room.operations.isVisible()


def test_that_an_open_drawer_goes_back_into_the_row_when_there_is_room(room: ComposeRoom, xray: QLabel) -> None:
    room.resize(700, 700)
    room.toggle_xray()
    room.resize(1388, 700)
    assert xray.isVisible()
    assert centre(room) < 700
    room.resize(700, 700)
    assert not xray.isVisible()


def test_that_a_toggle_hides_and_shows(qtbot: QtBot, room: ComposeRoom, xray: QLabel) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(room, Qt.Key.Key_B, control)
    assert not room.operations.isVisible()
    assert named(room, names.COMPOSE_OPEN_SIDEBAR).isVisible()
    qtbot.keyClick(room, Qt.Key.Key_B, control)
    assert room.operations.isVisible()
    assert room.operations.width() == 270
    qtbot.keyClick(room, Qt.Key.Key_J, control)
    assert not xray.isVisible()


def test_that_widths_and_choices_are_remembered(
    qtbot: QtBot, themes: Themes, catalogue: Catalogue, room: ComposeRoom, xray: QLabel
) -> None:
    room.restore({"sidebar": {"wanted": True, "width": 320}, "xray": {"wanted": False, "width": 400}})
    state = room.state()

    other = ComposeRoom(themes)
    qtbot.addWidget(other)
    other.set_xray(QLabel("X-ray"))
    other.resize(1388, 830)
    other.show()
    other.restore(state)
    assert other.operations.width() == 320
    assert named(other, names.COMPOSE_OPEN_XRAY).isVisible()


@pytest.mark.parametrize(
    "state", [{}, {"sidebar": 3, "xray": {"width": "wide"}, "rows": [0], "operations": {"closed": 1}}]
)
def test_that_a_strange_state_does_no_harm(room: ComposeRoom, state: dict[str, object]) -> None:
    before = room.state()
    room.restore(state)
    assert room.state() == before


def test_that_zoom_grows_everything_and_the_middle_keeps_its_room(
    room: ComposeRoom, themes: Themes, xray: QLabel
) -> None:
    room.resize(1228, 650)
    themes.set_zoom(150)
    assert room.operations.width() == 405
    assert not xray.isVisible()
    assert centre(room) >= 720


def test_that_the_keys_lead_where_they_say(qtbot: QtBot, room: ComposeRoom, catalogue: Catalogue) -> None:
    operation = catalogue.find("POST /users/{user_id}/items")
    assert operation is not None
    room.request.set_operation(operation)
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(room, Qt.Key.Key_L, control)
    assert room.request.url_bar.line.hasFocus()
    room.request.send_button.setFocus()
    qtbot.keyClick(room, Qt.Key.Key_Slash)
    assert room.operations.filter.hasFocus()
    editor = named(room, names.REQUEST_BODY)
    editor.setFocus()
    with qtbot.waitSignal(room.request.send_requested):
        qtbot.keyClick(editor, Qt.Key.Key_Return, control)
    with qtbot.waitSignal(room.request.send_requested):
        qtbot.keyClick(editor, Qt.Key.Key_F5)


def test_that_escape_cancels_a_request_under_way(qtbot: QtBot, room: ComposeRoom) -> None:
    room.request.set_sending(True)
    qtbot.waitUntil(lambda: room.request.send_button.cancels)
    with qtbot.waitSignal(room.request.cancel_requested):
        qtbot.keyClick(room, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    "name", [names.REQUEST_URL, names.OPERATIONS_TREE, names.COMPOSE_SEND, names.OPEN_REQUESTS_TABS]
)
def test_that_escape_cancels_wherever_the_keyboard_is(qtbot: QtBot, room: ComposeRoom, name: str) -> None:
    field = named(room, name)
    field.setFocus()
    room.request.set_sending(True, 10_000)
    qtbot.waitUntil(lambda: room.request.send_button.cancels)
    with qtbot.waitSignal(room.request.cancel_requested):
        qtbot.keyClick(field, Qt.Key.Key_Escape)


def test_that_a_part_of_the_room_may_have_the_escape_key_for_itself(qtbot: QtBot, room: ComposeRoom) -> None:
    closed: list[bool] = []
    QShortcut(
        QKeySequence("Esc"), room.response, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
    ).activated.connect(lambda: closed.append(True))
    room.request.set_sending(True, 10_000)
    qtbot.waitUntil(lambda: room.request.send_button.cancels)
    field = next(w for w in room.response.findChildren(QWidget) if w.focusPolicy() and w.isVisible())
    field.setFocus()
    with qtbot.assertNotEmitted(room.request.cancel_requested):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert closed == [True]


def test_that_names_are_unique_and_every_control_has_an_accessible_name(
    room: ComposeRoom, catalogue: Catalogue
) -> None:
    operation = catalogue.find("POST /users/{user_id}/items")
    assert operation is not None
    room.request.set_operation(operation)
    given = [w.objectName() for w in room.findChildren(QWidget) if "." in w.objectName()]
    assert len(given) == len(set(given))
    reached = [w for w in room.findChildren(QWidget) if w.isVisible() and w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    nameless = [w for w in reached if not (w.accessibleName() or getattr(w, "text", lambda: "")())]
    assert [type(w).__name__ for w in nameless] == []


class Moves(QObject):
    """Counts the widgets that get another parent, each with all that is in it: Qt dresses all of them anew."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ParentChange:
            self.count += 1 + len(watched.findChildren(QWidget))
        return False


def test_that_the_room_is_made_from_the_outside_in(qtbot: QtBot, qapp: QApplication, themes: Themes) -> None:
    moves = Moves()
    qapp.installEventFilter(moves)
    room = ComposeRoom(themes)
    qapp.removeEventFilter(moves)
    qtbot.addWidget(room)
    assert moves.count < 3 * len(room.findChildren(QWidget))  # made from the inside out, each moves eight times
