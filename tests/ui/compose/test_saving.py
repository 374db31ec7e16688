"""Keeping a response in a file."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from explorer.client.body import Body
from explorer.client.exchange import Exchange, Request, Response
from explorer.client.proposed_name import proposed_name
from explorer.client.viewers.content import present
from explorer.ui import names
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
    make(qtbot, themes).save(response("application/pdf").body, target)

    qtbot.waitUntil(target.exists)
    assert target.read_bytes() == b"\x00\xffbytes"
    qtbot.waitUntil(lambda: not asyncio.all_tasks(ui_loop))


def test_that_a_place_that_cannot_be_written_is_told(
    qtbot: QtBot, themes: Themes, ui_loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    controller = make(qtbot, themes)
    (tmp_path / "a file").write_text("no folder")

    with qtbot.waitSignal(controller.saving_failed) as told:
        controller.save(response("text/plain").body, tmp_path / "a file" / "answer.txt")

    assert told.args is not None
    assert "Choose another place" in told.args[0]
    qtbot.waitUntil(lambda: not asyncio.all_tasks(ui_loop))


@pytest.mark.parametrize(
    ("media_type", "suffix"),
    [("application/json; charset=utf-8", ".json"), ("text/csv", ".csv"), ("application/x-odd", ".bin"), ("", ".txt")],
)
def test_that_the_offered_name_fits_the_media_type(media_type: str, suffix: str) -> None:
    assert suffix_for(response(media_type)) == suffix


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="report 2026.csv"', "report 2026.csv"),
        ("attachment; filename*=UTF-8''gr%C3%BC%C3%9Fe.txt", "grüße.txt"),
        ('attachment; filename="../../.ssh/authorized_keys"', "authorized_keys"),
        ('attachment; filename="C:\\boot.ini"', "boot.ini"),
        ('attachment; filename="gr\xc3\xbc\xc3\x9fe.txt"', "grüße.txt"),
        ('attachment; filename=".."', ""),
        ("inline", ""),
        (";;=", ""),
    ],
)
def test_that_the_servers_own_name_is_offered_without_any_folder(header: str, name: str) -> None:
    answer = response("text/csv")
    assert proposed_name(replace(answer, headers=(*answer.headers, ("content-disposition", header)))) == name


@pytest.fixture
def shown(qtbot: QtBot, themes: Themes, ui_loop: asyncio.AbstractEventLoop) -> Iterator[ResponsePanel]:
    """Return a panel on show, with its controller."""
    controller = make(qtbot, themes)
    panel = controller.parent()
    assert isinstance(panel, ResponsePanel)
    panel.show()
    yield panel
    qtbot.waitUntil(lambda: not asyncio.all_tasks(ui_loop))


def answered(panel: ResponsePanel, body: Body) -> None:
    answer = replace(response("application/octet-stream"), body=body)
    request = Request(method="GET", url="http://127.0.0.1:8000/")
    exchange = Exchange(trace_id="1" * 32, request=request, response=answer, failure=None, sent_at=0, elapsed_ns=1)
    panel.set_exchange(exchange, present(answer))


def dialog_of(panel: ResponsePanel) -> QFileDialog:
    dialog = panel.findChild(QFileDialog, names.RESPONSE_SAVE_DIALOG)
    assert isinstance(dialog, QFileDialog)
    return dialog


def test_that_a_body_too_large_for_the_clipboard_is_offered_to_be_saved(qtbot: QtBot, shown: ResponsePanel) -> None:
    QApplication.clipboard().setText("before")
    answered(shown, Body(b"x" * 11_000_000))
    shown.strip.copy.click()
    assert QApplication.clipboard().text() == "before"
    assert shown._told.sentence.startswith("The body is 11 MB")
    shown._told.button.click()
    dialog_of(shown).reject()


def test_that_a_large_body_is_saved_with_progress(qtbot: QtBot, shown: ResponsePanel, tmp_path: Path) -> None:
    target = tmp_path / "large.bin"
    answered(shown, Body(b"0123456789" * 2_500_000))
    shown.strip.save.click()
    dialog = dialog_of(shown)
    dialog.fileSelected.emit(str(target))
    dialog.reject()
    assert shown._told.sentence == ""  # it begins with the next turn of the loop
    qtbot.waitUntil(lambda: shown._told.sentence.startswith("Saving large.bin"))
    qtbot.waitUntil(lambda: shown._told.sentence == "25 MB saved in large.bin.")
    assert target.stat().st_size == 25_000_000


def test_that_saving_can_be_stopped_and_leaves_what_was_there(
    qtbot: QtBot, shown: ResponsePanel, tmp_path: Path
) -> None:
    target = tmp_path / "large.bin"
    target.write_bytes(b"before")
    answered(shown, Body(b"0123456789" * 10_000_000))
    shown.strip.save.click()
    dialog = dialog_of(shown)
    dialog.fileSelected.emit(str(target))
    dialog.reject()
    qtbot.waitUntil(lambda: shown._told.button.text() == "Stop")
    shown._told.button.click()
    qtbot.waitUntil(lambda: shown._told.sentence == "large.bin was not saved.")
    assert [path.name for path in tmp_path.iterdir()] == ["large.bin"]
    assert target.read_bytes() == b"before"


def test_that_the_headers_can_be_copied_and_saved_from_the_menu(
    qtbot: QtBot, shown: ResponsePanel, tmp_path: Path
) -> None:
    answered(shown, Body(b"x"))
    menu = shown.strip.menu
    entries = {action.objectName(): action for action in menu.actions()}
    entries[names.RESPONSE_MENU_ENTRY.format(entry="copy_headers")].trigger()
    head = "HTTP/1.1 200 OK\nContent-Type: application/octet-stream\n"
    assert QApplication.clipboard().text() == head
    entries[names.RESPONSE_MENU_ENTRY.format(entry="save_headers")].trigger()
    dialog = dialog_of(shown)
    dialog.fileSelected.emit(str(tmp_path / "headers.txt"))
    dialog.reject()
    qtbot.waitUntil((tmp_path / "headers.txt").exists)
    assert (tmp_path / "headers.txt").read_text("utf-8") == head


def test_that_a_body_is_copied_in_its_own_charset(shown: ResponsePanel) -> None:
    answer = replace(response("text/plain; charset=latin-1"), body=Body("Grüße".encode("latin-1")))
    request = Request(method="GET", url="http://127.0.0.1:8000/")
    exchange = Exchange(trace_id="1" * 32, request=request, response=answer, failure=None, sent_at=0, elapsed_ns=1)
    shown.set_exchange(exchange, present(answer))
    shown.strip.copy.click()
    assert QApplication.clipboard().text() == "Grüße"
