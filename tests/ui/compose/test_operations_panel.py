"""The tree of operations, as a person uses it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTreeView
from pytestqt.qtbot import QtBot

from explorer.openapi.operations import Catalogue
from explorer.ui import names
from explorer.ui.models.operations_model import OperationRole
from explorer.ui.panels.compose_room import ComposeRoom
from explorer.ui.panels.operations_panel import OperationsPanel

CREATE = "POST /users/{user_id}/items"


def tree(room: ComposeRoom) -> QTreeView:
    found = room.findChild(QTreeView, names.OPERATIONS_TREE)
    assert isinstance(found, QTreeView)
    return found


def filter_line(room: ComposeRoom) -> QLineEdit:
    found = room.findChild(QLineEdit, names.OPERATIONS_FILTER)
    assert isinstance(found, QLineEdit)
    return found


def click(qtbot: QtBot, room: ComposeRoom, row: int, child: int | None = None) -> None:
    view = tree(room)
    index = view.model().index(row, 0)
    if child is not None:
        index = view.model().index(child, 0, index)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())


def current(room: ComposeRoom) -> object:
    return tree(room).currentIndex().data(OperationRole.KEY)


def test_that_a_click_chooses_an_operation(qtbot: QtBot, room: ComposeRoom) -> None:
    with qtbot.waitSignal(room.operations.operation_chosen) as chosen:
        click(qtbot, room, 1, 0)
    assert chosen.args == [CREATE]
    assert room.operations.chosen == CREATE


def test_that_the_arrow_keys_choose(qtbot: QtBot, room: ComposeRoom) -> None:
    room.operations.select("GET /items")
    with qtbot.waitSignal(room.operations.operation_chosen) as chosen:
        qtbot.keyClick(tree(room), Qt.Key.Key_Down)  # the group of users
        qtbot.keyClick(tree(room), Qt.Key.Key_Down)
    assert chosen.args == [CREATE]


def test_that_what_the_program_selects_is_not_announced(qtbot: QtBot, room: ComposeRoom) -> None:
    with qtbot.assertNotEmitted(room.operations.operation_chosen):
        room.operations.select(CREATE)
    assert current(room) == CREATE


def test_that_a_click_on_a_group_closes_it_and_opens_it_again(qtbot: QtBot, room: ComposeRoom) -> None:
    group = tree(room).model().index(0, 0)
    assert tree(room).isExpanded(group)
    click(qtbot, room, 0)
    assert not tree(room).isExpanded(group)
    click(qtbot, room, 0)
    assert tree(room).isExpanded(group)


def test_that_enter_toggles_a_group(qtbot: QtBot, room: ComposeRoom) -> None:
    group = tree(room).model().index(0, 0)
    tree(room).setCurrentIndex(group)
    qtbot.keyClick(tree(room), Qt.Key.Key_Return)
    assert not tree(room).isExpanded(group)


def test_that_closed_groups_are_remembered(qtbot: QtBot, room: ComposeRoom, catalogue: Catalogue) -> None:
    click(qtbot, room, 0)
    state = room.operations.state()

    other = OperationsPanel(room.operations._themes)
    qtbot.addWidget(other)
    other.restore(state)
    other.set_catalogue(catalogue)

    assert not other.tree.isExpanded(other.tree.model().index(0, 0))
    assert other.tree.isExpanded(other.tree.model().index(1, 0))


def test_that_the_filter_keeps_what_is_chosen_and_announces_nothing(qtbot: QtBot, room: ComposeRoom) -> None:
    room.operations.select(CREATE)
    with qtbot.assertNotEmitted(room.operations.operation_chosen):
        qtbot.keyClicks(filter_line(room), "health")
        assert current(room) is None
        filter_line(room).clear()
    assert current(room) == CREATE


def test_that_the_filter_opens_the_groups_it_finds_and_closes_them_after(qtbot: QtBot, room: ComposeRoom) -> None:
    click(qtbot, room, 1)
    qtbot.keyClicks(filter_line(room), "create post")
    assert tree(room).isExpanded(tree(room).model().index(0, 0))
    qtbot.keyClick(filter_line(room), Qt.Key.Key_Escape)
    assert filter_line(room).text() == ""
    assert not tree(room).isExpanded(tree(room).model().index(1, 0))


def test_that_enter_in_the_filter_chooses_the_first_match(qtbot: QtBot, room: ComposeRoom) -> None:
    qtbot.keyClicks(filter_line(room), "health")
    with qtbot.waitSignal(room.operations.operation_chosen) as chosen:
        qtbot.keyClick(filter_line(room), Qt.Key.Key_Return)
    assert chosen.args == ["GET /health"]


def test_that_the_down_key_leads_from_the_filter_into_the_tree(qtbot: QtBot, room: ComposeRoom) -> None:
    qtbot.keyClicks(filter_line(room), "health")
    qtbot.keyClick(filter_line(room), Qt.Key.Key_Down)
    assert tree(room).hasFocus()
    assert current(room) == "GET /health"


def test_that_a_filter_without_a_match_says_so_and_can_be_cleared(qtbot: QtBot, room: ComposeRoom) -> None:
    qtbot.keyClicks(filter_line(room), "zebra")
    message = room.findChild(QLabel, names.OPERATIONS_MESSAGE)
    assert isinstance(message, QLabel)
    assert message.text() == "Nothing matches “zebra”."
    assert not tree(room).isVisible()
    button = room.findChild(QPushButton, names.OPERATIONS_CLEAR)
    assert isinstance(button, QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert tree(room).isVisible()
    assert filter_line(room).text() == ""


def test_that_waiting_and_a_problem_are_said(room: ComposeRoom) -> None:
    message = room.findChild(QLabel, names.OPERATIONS_MESSAGE)
    assert isinstance(message, QLabel)
    room.operations.set_waiting()
    assert message.text() == "Waiting for the server…"
    room.operations.set_problem("The app could not describe itself.")
    assert message.text() == "The app could not describe itself."
    assert message.isVisible()


def test_that_a_new_catalogue_keeps_what_was_chosen(qtbot: QtBot, room: ComposeRoom, catalogue: Catalogue) -> None:
    room.operations.select(CREATE)
    with qtbot.assertNotEmitted(room.operations.operation_chosen):
        room.operations.set_catalogue(catalogue)
    assert current(room) == CREATE
