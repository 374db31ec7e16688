"""Our own mistakes, and a second start."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.storage.log import start_logging
from explorer.ui import names
from explorer.ui.instance_channel import ask_to_raise

from .conftest import Person

TEXT = names.NOTICE_TEXT.format(kind="error")


@pytest.fixture
def reporting(person: Person) -> Iterator[Person]:
    """Return somebody before the program as it runs for real: with its log, and as the last resort for errors."""
    hooks = sys.excepthook, threading.excepthook
    stop_logging = start_logging(person.program.folder)
    person.program.errors.install()
    yield person
    person.program.errors.uninstall()
    stop_logging()
    sys.excepthook, threading.excepthook = hooks


def fail() -> None:
    password = "hunter2"
    raise LookupError(f"Nothing here, password={password}")


async def fail_later() -> None:
    fail()


def test_that_an_error_in_a_slot_is_shown_logged_and_survived(reporting: Person, qtbot: QtBot) -> None:
    timer = QTimer(reporting.window)
    timer.setSingleShot(True)
    timer.timeout.connect(fail)
    timer.start()
    reporting.until(lambda: reporting.sees(TEXT))
    assert "LookupError" in reporting.read(TEXT)
    assert "Your work is kept" in reporting.read(TEXT)

    reporting.click(names.NOTICE_ACTION.format(kind="error", action="copy"))
    report = QApplication.clipboard().text()
    assert "FastAPI Explorer" in report
    assert "in fail" in report
    assert "hunter2" not in report

    reporting.click(names.NOTICE_ACTION.format(kind="error", action="details"))
    assert reporting.read(names.DETAILS_TEXT) == report
    reporting.click(names.DETAILS_CLOSE)

    for handler in logging.getLogger("explorer").handlers:
        handler.flush()
    assert "LookupError" in reporting.program.folder.log.read_text("utf-8")
    reporting.send()
    assert reporting.read(names.RESPONSE_STATUS) == "200 OK"


def test_that_errors_in_tasks_and_threads_are_not_silent(reporting: Person) -> None:
    reporting.rooms.tasks.start(fail_later(), "a task of a test")
    reporting.until(lambda: reporting.sees(TEXT))
    reporting.click(names.NOTICE_CLOSE.format(kind="error"))
    assert not reporting.sees(TEXT)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    reporting.until(lambda: reporting.sees(TEXT))


def test_that_a_second_start_can_bring_this_window_to_the_front(person: Person) -> None:
    person.window.showMinimized()
    assert person.window.isMinimized()
    folder = person.program.folder.root
    answers: list[bool] = []
    thread = threading.Thread(target=lambda: answers.append(ask_to_raise(folder)))  # a process of its own, in life
    thread.start()
    person.until(lambda: not thread.is_alive())
    assert answers == [True]
    person.until(lambda: not person.window.isMinimized())
