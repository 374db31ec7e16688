"""A second start of the program on the same data folder."""

import asyncio
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtNetwork import QLocalServer
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from explorer.storage.resources import resource
from explorer.ui import names
from explorer.ui.dialogs.second_instance import SecondInstanceChoice, SecondInstanceDialog
from explorer.ui.instance_channel import InstanceChannel, ask_to_raise, channel_name
from explorer.ui.theme.manager import Themes


def ask_elsewhere(folder: Path, answers: list[bool]) -> threading.Thread:
    """Ask as another process would: not on the thread that has to answer."""
    thread = threading.Thread(target=lambda: answers.append(ask_to_raise(folder)))
    thread.start()
    return thread


def test_that_a_second_start_brings_the_first_window_to_the_front(qtbot: QtBot, tmp_path: Path) -> None:
    channel = InstanceChannel(tmp_path)
    assert channel.listen()
    answers: list[bool] = []
    with qtbot.waitSignal(channel.raise_requested, timeout=5000):
        thread = ask_elsewhere(tmp_path, answers)
    thread.join(5)
    assert answers == [True]
    channel.close()


def test_that_asking_where_nobody_listens_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    assert not ask_to_raise(tmp_path)


def test_that_each_folder_has_a_channel_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert channel_name(tmp_path) != channel_name(tmp_path / "a")
    assert channel_name(tmp_path) == channel_name(tmp_path / "a" / "..")


def test_that_the_remains_of_a_crash_do_not_make_the_window_deaf(qtbot: QtBot, tmp_path: Path) -> None:
    dead = QLocalServer()
    assert dead.listen(channel_name(tmp_path))
    channel = InstanceChannel(tmp_path)
    assert channel.listen()
    with qtbot.waitSignal(channel.raise_requested, timeout=5000):
        thread = ask_elsewhere(tmp_path, [])
    thread.join(5)
    channel.close()
    dead.close()


@pytest.fixture
def dialog(themes: Themes, qtbot: QtBot) -> SecondInstanceDialog:
    dialog = SecondInstanceDialog(themes, "/home/ada/.local/share/fastapi-explorer")
    qtbot.addWidget(dialog)
    return dialog


@pytest.mark.parametrize(
    ("name", "choice"),
    [
        (names.SECOND_INSTANCE_SHOW, SecondInstanceChoice.SHOW_FIRST),
        (names.SECOND_INSTANCE_TEMPORARY, SecondInstanceChoice.TEMPORARY),
        (names.SECOND_INSTANCE_QUIT, SecondInstanceChoice.QUIT),
    ],
)
def test_that_each_button_is_its_own_answer(
    dialog: SecondInstanceDialog, qtbot: QtBot, name: str, choice: SecondInstanceChoice
) -> None:
    dialog.show()
    answers: list[SecondInstanceChoice] = []
    dialog.chosen.connect(answers.append)
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert answers == [choice]
    assert not dialog.isVisible()


def test_that_escape_means_to_quit(dialog: SecondInstanceDialog, qtbot: QtBot) -> None:
    dialog.show()
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert chosen.args == [SecondInstanceChoice.QUIT]
    assert not dialog.isVisible()


def test_that_the_windows_cross_means_to_quit(dialog: SecondInstanceDialog, qtbot: QtBot) -> None:
    dialog.show()
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.close()
    assert chosen.args == [SecondInstanceChoice.QUIT]
    assert not dialog.isVisible()


def test_that_the_answer_can_be_awaited_while_everything_goes_on(
    dialog: SecondInstanceDialog, qtbot: QtBot, ui_loop: asyncio.AbstractEventLoop
) -> None:
    task = ui_loop.create_task(dialog.ask())
    qtbot.waitUntil(dialog.isVisible)
    button = dialog.findChild(QPushButton, names.SECOND_INSTANCE_TEMPORARY)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(task.done)
    assert task.result() is SecondInstanceChoice.TEMPORARY


def test_that_the_question_has_the_icon_of_the_program(dialog: SecondInstanceDialog) -> None:
    drawn = dialog.windowIcon().pixmap(64, 64).toImage()
    assert drawn.convertToFormat(QImage.Format.Format_ARGB32) == QImage(
        str(resource("icons/app-64.png"))
    ).convertToFormat(QImage.Format.Format_ARGB32)
