"""Keeping a response in a file."""

import asyncio
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from explorer.client.body import Body
from explorer.client.exchange import Response
from explorer.ui.controllers.response import ResponseController, suffix_for
from explorer.ui.panels.response_panel import ResponsePanel
from explorer.ui.tasks import Tasks
from explorer.ui.theme.manager import Themes


def response(media_type: str, body: bytes = b"\x00\xffbytes") -> Response:
    return Response(
        status=200,
        reason="OK",
        http_version="HTTP/1.1",
        headers=(("Content-Type", media_type),),
        body=Body(body),
        wire_size=7,
    )


def make(qtbot: QtBot, themes: Themes) -> ResponseController:
    panel = ResponsePanel(themes)
    qtbot.addWidget(panel)

    def fail(error: BaseException) -> None:
        raise error

    return ResponseController(panel, Tasks(fail), panel)


def test_that_a_body_is_saved_byte_for_byte(
    qtbot: QtBot, themes: Themes, ui_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    target = tmp_path / "answer.bin"
    make(qtbot, themes).save(response("application/pdf"), target)

    qtbot.waitUntil(target.exists)
    assert target.read_bytes() == b"\x00\xffbytes"
    qtbot.waitUntil(lambda: not asyncio.all_tasks(ui_loop))


def test_that_a_place_that_cannot_be_written_is_told(
    qtbot: QtBot, themes: Themes, ui_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    controller = make(qtbot, themes)
    (tmp_path / "a file").write_text("no folder")

    with qtbot.waitSignal(controller.saving_failed) as told:
        controller.save(response("text/plain"), tmp_path / "a file" / "answer.txt")

    assert told.args is not None
    assert "Choose another place" in told.args[0]
    qtbot.waitUntil(lambda: not asyncio.all_tasks(ui_loop))


@pytest.mark.parametrize(
    ("media_type", "suffix"),
    [("application/json; charset=utf-8", ".json"), ("text/csv", ".txt"), ("application/x-odd", ".bin"), ("", ".txt")],
)
def test_that_the_offered_name_fits_the_media_type(media_type: str, suffix: str) -> None:
    assert suffix_for(response(media_type)) == suffix
