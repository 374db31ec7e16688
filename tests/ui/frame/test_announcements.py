"""What is said aloud to somebody who does not see that it has changed."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from explorer.server.interface import ServerState, StatusChanged
from explorer.ui.panels.notice_bar import NoticeBar
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.sentence_bar import SentenceBar
from explorer.ui.widgets.server_pill import ServerPill
from explorer.ui.widgets.undo_offer import UndoOffer


def test_that_the_end_and_the_start_of_the_server_are_said_once(said: list[str], qtbot: QtBot, themes: Themes) -> None:
    pill = ServerPill(themes)
    qtbot.addWidget(pill)
    running = StatusChanged(state=ServerState.RUNNING, url="http://127.0.0.1:8000")
    for status in (
        running,
        running,
        StatusChanged(state=ServerState.STOPPING),
        StatusChanged(state=ServerState.STOPPED),
    ):
        pill.set_status(status)
    assert said == ["Server: demo_api 127.0.0.1:8000 running", "Server: demo_api stopped"]


def test_that_notices_are_said_and_errors_at_once(said: list[str], qtbot: QtBot, themes: Themes) -> None:
    notices = NoticeBar(themes)
    qtbot.addWidget(notices)
    notices.set_server_status(StatusChanged(state=ServerState.CRASHED, reason="The port is taken."))
    notices.show_message("The file was saved.")
    assert said == ["At once: The port is taken.", "The file was saved."]


@pytest.mark.parametrize(("tone", "heard"), [("err", ["No such column: nam"]), ("info", [])])
def test_that_a_line_about_a_mistake_is_said_when_it_is_another(
    said: list[str], qtbot: QtBot, themes: Themes, tone: str, heard: list[str]
) -> None:
    bar = SentenceBar(themes, "console.error")
    qtbot.addWidget(bar)
    for _ in range(2):
        bar.set_sentence("No such column: nam", "err" if tone == "err" else "info")
    assert said == heard


def test_that_what_can_be_taken_back_is_said(said: list[str], qtbot: QtBot, themes: Themes) -> None:
    offer = UndoOffer(themes)
    qtbot.addWidget(offer)
    offer.offer("history", "The history is empty.")
    assert said == ["The history is empty. Undo is offered in the status bar."]
