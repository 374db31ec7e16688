"""Where the keyboard is when an offer to take something back was taken, or ran out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.ui import names
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.undo_offer import UndoOffer


class Desk:
    """A list, an offer beside it, and a button that Qt would go to."""

    def __init__(self, themes: Themes, qtbot: QtBot) -> None:
        self.window = QWidget()
        self.offer = UndoOffer(themes)
        self.list, self.other, self.next = QLineEdit(), QLineEdit(), QPushButton("Next")
        row = QHBoxLayout(self.window)
        for part in (self.list, self.other, self.offer, self.next):
            row.addWidget(part)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        found = self.offer.findChild(QPushButton, names.STATUS_UNDO)
        assert found is not None
        self.button = found


@pytest.fixture
def desk(themes: Themes, qtbot: QtBot) -> Desk:
    return Desk(themes, qtbot)


def test_that_the_keyboard_goes_to_what_came_back(desk: Desk, qtbot: QtBot) -> None:
    desk.offer.offer("row", "Removed a row.", desk.list)
    desk.button.setFocus()
    qtbot.keyClick(desk.button, Qt.Key.Key_Space)
    assert desk.list.hasFocus()


def test_that_it_waits_for_what_is_shown_a_moment_later(desk: Desk, qtbot: QtBot) -> None:
    desk.list.hide()
    desk.offer.offer("row", "Removed a row.", desk.list)
    desk.button.setFocus()
    qtbot.keyClick(desk.button, Qt.Key.Key_Space)
    assert not desk.list.hasFocus()
    desk.list.show()
    assert desk.list.hasFocus()


def test_that_it_stays_where_somebody_led_the_person(desk: Desk, qtbot: QtBot) -> None:
    desk.offer.undone.connect(lambda _key: desk.other.setFocus())
    desk.offer.offer("row", "Removed a row.", desk.list)
    desk.button.setFocus()
    qtbot.keyClick(desk.button, Qt.Key.Key_Space)
    assert desk.other.hasFocus()


def test_that_without_a_place_of_its_own_it_goes_back_to_where_it_was(desk: Desk, qtbot: QtBot) -> None:
    desk.other.setFocus()
    desk.offer.offer("row", "Removed a row.")
    desk.button.setFocus()
    qtbot.keyClick(desk.button, Qt.Key.Key_Space)
    assert desk.other.hasFocus()


def test_that_an_offer_is_withdrawn_by_its_own_kind_only(desk: Desk) -> None:
    desk.offer.offer("row", "Removed a row.", desk.list)
    desk.button.setFocus()
    desk.offer.withdraw("log")
    assert desk.offer.isVisible()
    desk.offer.withdraw("row")
    assert desk.offer.isHidden()
    assert desk.list.hasFocus()


def test_that_an_offer_that_runs_out_under_the_keyboard_gives_it_back(desk: Desk) -> None:
    desk.offer.offer("row", "Removed a row.", desk.list)
    desk.button.setFocus()
    timer = desk.offer.findChild(QTimer)
    assert timer is not None
    timer.timeout.emit()
    assert desk.offer.isHidden()
    assert desk.list.hasFocus()
