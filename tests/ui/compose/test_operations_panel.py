"""The tree of operations, as a person uses it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTreeView
from pytestqt.qtbot import QtBot

from explorer.openapi.operations import Catalogue
from explorer.ui import names
from explorer.ui.models.operations_model import OperationRole
from explorer.ui.panels.operations_panel import OperationsPanel
from explorer.ui.theme.manager import Themes

CREATE = "POST /users/{user_id}/items"


@pytest.fixture
def panel(
    themes: Themes, catalogue: Catalogue, alone: Callable[[OperationsPanel, int, int], OperationsPanel]
) -> OperationsPanel:
    panel = alone(OperationsPanel(themes), 270, 563)
    panel.set_catalogue(catalogue)
    return panel


def tree(panel: OperationsPanel) -> QTreeView:
    found = panel.findChild(QTreeView, names.OPERATIONS_TREE)
    assert isinstance(found, QTreeView)
    return found


def filter_line(panel: OperationsPanel) -> QLineEdit:
    found = panel.findChild(QLineEdit, names.OPERATIONS_FILTER)
    assert isinstance(found, QLineEdit)
    return found


def click(qtbot: QtBot, panel: OperationsPanel, row: int, child: int | None = None) -> None:
    view = tree(panel)
    index = view.model().index(row, 0)
    if child is not None:
        index = view.model().index(child, 0, index)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())


def current(panel: OperationsPanel) -> object:
    return tree(panel).currentIndex().data(OperationRole.KEY)


def test_that_a_click_chooses_an_operation(qtbot: QtBot, panel: OperationsPanel) -> None:
    with qtbot.waitSignal(panel.operation_chosen) as chosen:
        click(qtbot, panel, 1, 0)
    assert chosen.args == [CREATE]
    assert panel.chosen == CREATE


def test_that_the_arrow_keys_choose(qtbot: QtBot, panel: OperationsPanel) -> None:
    panel.select("GET /items")
    with qtbot.waitSignal(panel.operation_chosen) as chosen:
        qtbot.keyClick(tree(panel), Qt.Key.Key_Down)  # the group of users
        qtbot.keyClick(tree(panel), Qt.Key.Key_Down)
    assert chosen.args == [CREATE]


def test_that_what_the_program_selects_is_not_announced(qtbot: QtBot, panel: OperationsPanel) -> None:
    with qtbot.assertNotEmitted(panel.operation_chosen):
        panel.select(CREATE)
    assert current(panel) == CREATE


def test_that_a_click_on_a_group_closes_it_and_opens_it_again(qtbot: QtBot, panel: OperationsPanel) -> None:
    group = tree(panel).model().index(0, 0)
    assert tree(panel).isExpanded(group)
    click(qtbot, panel, 0)
    assert not tree(panel).isExpanded(group)
    click(qtbot, panel, 0)
    assert tree(panel).isExpanded(group)


def test_that_enter_toggles_a_group_wherever_the_pointer_is(qtbot: QtBot, panel: OperationsPanel) -> None:
    group = tree(panel).model().index(0, 0)
    tree(panel).setAttribute(Qt.WidgetAttribute.WA_UnderMouse)  # as Qt does while the pointer rests there
    tree(panel).setCurrentIndex(group)
    qtbot.keyClick(tree(panel), Qt.Key.Key_Return)
    assert not tree(panel).isExpanded(group)
    qtbot.keyClick(tree(panel), Qt.Key.Key_Return)
    assert tree(panel).isExpanded(group)


def test_that_closed_groups_are_remembered(qtbot: QtBot, panel: OperationsPanel, catalogue: Catalogue) -> None:
    click(qtbot, panel, 0)
    state = panel.state()

    other = OperationsPanel(panel._themes)
    qtbot.addWidget(other)
    other.restore(state)
    other.set_catalogue(catalogue)

    assert not other.tree.isExpanded(other.tree.model().index(0, 0))
    assert other.tree.isExpanded(other.tree.model().index(1, 0))


def test_that_the_filter_keeps_what_is_chosen_and_announces_nothing(qtbot: QtBot, panel: OperationsPanel) -> None:
    panel.select(CREATE)
    with qtbot.assertNotEmitted(panel.operation_chosen):
        qtbot.keyClicks(filter_line(panel), "health")
        assert current(panel) is None
        filter_line(panel).clear()
    assert current(panel) == CREATE


def test_that_the_filter_opens_the_groups_it_finds_and_closes_them_after(qtbot: QtBot, panel: OperationsPanel) -> None:
    click(qtbot, panel, 1)
    qtbot.keyClicks(filter_line(panel), "create post")
    assert tree(panel).isExpanded(tree(panel).model().index(0, 0))
    qtbot.keyClick(filter_line(panel), Qt.Key.Key_Escape)
    assert filter_line(panel).text() == ""
    assert not tree(panel).isExpanded(tree(panel).model().index(1, 0))


def test_that_enter_in_the_filter_chooses_the_first_match(qtbot: QtBot, panel: OperationsPanel) -> None:
    qtbot.keyClicks(filter_line(panel), "health")
    with qtbot.waitSignal(panel.operation_chosen) as chosen:
        qtbot.keyClick(filter_line(panel), Qt.Key.Key_Return)
    assert chosen.args == ["GET /health"]


def test_that_the_down_key_leads_from_the_filter_into_the_tree(qtbot: QtBot, panel: OperationsPanel) -> None:
    qtbot.keyClicks(filter_line(panel), "health")
    qtbot.keyClick(filter_line(panel), Qt.Key.Key_Down)
    assert tree(panel).hasFocus()
    assert current(panel) == "GET /health"


def test_that_a_filter_without_a_match_says_so_and_can_be_cleared(qtbot: QtBot, panel: OperationsPanel) -> None:
    qtbot.keyClicks(filter_line(panel), "zebra")
    message = panel.findChild(QLabel, names.OPERATIONS_MESSAGE)
    assert isinstance(message, QLabel)
    assert message.text() == "Nothing matches “zebra”."
    assert not tree(panel).isVisible()
    button = panel.findChild(QPushButton, names.OPERATIONS_CLEAR)
    assert isinstance(button, QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert tree(panel).isVisible()
    assert filter_line(panel).text() == ""


def test_that_nothing_is_waited_for_while_the_server_rests(themes: Themes, qtbot: QtBot) -> None:
    panel = OperationsPanel(themes)
    qtbot.addWidget(panel)
    message = panel.findChild(QLabel, names.OPERATIONS_MESSAGE)
    assert isinstance(message, QLabel)
    assert message.text() == "Waiting for the server…"
    panel.set_not_running()
    assert message.text() == "The server is not running."
    panel.set_waiting()
    assert message.text() == "Waiting for the server…"


def test_that_known_operations_stay_while_the_server_rests(panel: OperationsPanel) -> None:
    panel.set_not_running()
    assert tree(panel).isVisible()
    panel.set_waiting()
    assert tree(panel).isVisible()


def test_that_a_problem_is_said(panel: OperationsPanel) -> None:
    message = panel.findChild(QLabel, names.OPERATIONS_MESSAGE)
    assert isinstance(message, QLabel)
    panel.set_problem("The app could not describe itself.")
    assert message.text() == "The app could not describe itself."
    assert message.isVisible()


def test_that_a_new_catalogue_keeps_what_was_chosen(qtbot: QtBot, panel: OperationsPanel, catalogue: Catalogue) -> None:
    panel.select(CREATE)
    with qtbot.assertNotEmitted(panel.operation_chosen):
        panel.set_catalogue(catalogue)
    assert current(panel) == CREATE
