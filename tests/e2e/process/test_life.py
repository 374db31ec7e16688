"""The program as a process of its own: started by its command, ended by a signal, a crash, or a second start."""

from __future__ import annotations

import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import textwrap
import time
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from explorer.storage.folder import DataFolder
from explorer.ui import names
from tests.disk import SmallDisk
from tests.e2e.conftest import Start
from tests.ports import free_port

from .conftest import STARTS_WITHIN_SECONDS, Launch, wait_for

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no signals that a process can handle")

LOSES_AT_MOST_SECONDS = 1
GONE_WITHIN_SECONDS = 5  # two are promised, and a busy machine may take longer


def script(text: str, *arguments: object) -> tuple[str, ...]:
    return ("-c", textwrap.dedent(text), *map(str, arguments))


# --- ending -----------------------------------------------------------------------------------------------------------


def test_that_ctrl_c_closes_the_window_and_the_terminal_stays_clean(launch: Launch) -> None:
    started = launch()
    started.until_it_answers()
    assert started.end(signal.SIGINT) == (0, "", "")
    assert (started.data / "settings.json").exists()


def test_that_neither_an_open_request_nor_a_waiting_handler_keeps_the_process(launch: Launch) -> None:
    started = launch()
    started.until_it_answers()
    address = ("127.0.0.1", started.port)
    body = b'{"name": "Lamp", "price": 1}'
    head = b"POST /items HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n" % len(body)
    with (
        closing(sqlite3.connect(started.data / "demo.sqlite3", isolation_level=None)) as database,
        socket.create_connection(address) as half_sent,
        socket.create_connection(address) as waiting,
    ):
        database.execute("BEGIN EXCLUSIVE")
        half_sent.sendall(head + body[:5])  # the server waits for the rest
        waiting.sendall(head + body)  # a def handler waits for the database, in a thread of the pool
        wait_for(lambda: started.connections() == 2, started.process)
        assert started.end(signal.SIGTERM) == (0, "", "")
    assert (started.data / "settings.json").exists()


# --- crashes ----------------------------------------------------------------------------------------------------------

TYPE_AND_WAIT = """
    import asyncio, sys
    from pathlib import Path
    from PySide6.QtCore import Qt
    from explorer.bootstrap.program import Program
    from explorer.storage.folder import DataFolder
    from explorer.storage.options import Options
    from explorer.ui import names
    from explorer.ui.tour.driver import Driver

    CONTROL = Qt.KeyboardModifier.ControlModifier

    class Typist:
        async def play(self, window, themes):
            driver = Driver(window)
            await driver.until_ready()
            driver.write(names.PARAMETER_VALUE.format(location="query", name="limit"), "7")
            driver.choose("POST /items")
            await driver.settle()
            driver.write(names.REQUEST_BODY, "Half a thought")
            driver.press(names.COMPOSE_SEND, Qt.Key.Key_N, CONTROL)
            await driver.settle()
            driver.write(names.REQUEST_URL, "/no/such/path?x=1")
            driver.press(names.COMPOSE_SEND, Qt.Key.Key_PageUp, CONTROL)
            await driver.settle()
            driver.write(names.REQUEST_BODY, "A whole thought")
            print("typed", flush=True)
            await asyncio.Event().wait()

    folder = DataFolder(Path(sys.argv[1]))
    folder.create()
    Program(Options(port=int(sys.argv[2])), folder).run(Typist())
"""
LIMIT = names.PARAMETER_VALUE.format(location="query", name="limit")


def test_that_a_killed_process_loses_at_most_the_last_second(launch: Launch, start: Start, tmp_path: Path) -> None:
    data, port = tmp_path / "data", free_port()
    started = launch(*script(TYPE_AND_WAIT, data, port), data=data, port=port)
    assert started.process.stdout is not None
    assert started.process.stdout.readline() == "typed\n"
    typed = time.monotonic()
    drafts = data / "drafts.json"
    wait_for(lambda: drafts.exists() and "A whole thought" in drafts.read_text("utf-8"), started.process)
    assert time.monotonic() - typed <= LOSES_AT_MOST_SECONDS
    started.process.kill()
    started.process.wait()

    person = start(data=data)
    person.until_ready()
    changed = "not sent as it is now"
    assert person.open_requests == [
        f"GET /items, {changed}",
        f"[POST /items, {changed}]",
        f"GET /no/such/path, {changed}",
    ]
    assert person.read(names.REQUEST_BODY) == "A whole thought"
    person.choose_request(0)
    assert person.read(LIMIT) == "7"
    person.choose_request(2)
    assert person.read(names.REQUEST_URL) == f"{person.rooms.server.url}/no/such/path?x=1"


# --- a second start ---------------------------------------------------------------------------------------------------

PRESS_IN_DIALOG = """
    import sys
    from pathlib import Path
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QPushButton
    from explorer.bootstrap import run
    from explorer.storage.options import Options
    from explorer.ui.application import make_application

    def press():
        for window in application.topLevelWidgets():
            button = window.findChild(QPushButton, sys.argv[3])
            if button is not None and button.isVisible():
                timer.stop()
                button.click()
                return

    application = make_application()
    timer = QTimer()
    timer.timeout.connect(press)
    timer.start(20)
    sys.exit(run(Options(data_dir=Path(sys.argv[1]), port=int(sys.argv[2]))))
"""


def test_that_a_second_start_shows_the_first_window_or_quits_or_opens_its_own(launch: Launch) -> None:
    first = launch()
    first.until_it_answers()

    def begin_and_press(button: str) -> None:
        second = launch(*script(PRESS_IN_DIALOG, first.data, free_port(), button))
        assert (second.process.communicate(timeout=STARTS_WITHIN_SECONDS), second.process.returncode) == (("", ""), 0)
        assert first.answers()

    begin_and_press(names.SECOND_INSTANCE_QUIT)
    shutil.rmtree(first.data)  # with the file of the lock; the next ones find the window all the same
    begin_and_press(names.SECOND_INSTANCE_SHOW)
    port = free_port()
    third = launch(*script(PRESS_IN_DIALOG, first.data, port, names.SECOND_INSTANCE_TEMPORARY), port=port)
    third.until_it_answers()
    httpx.post(f"{third.url}/items", json={"name": "Temporary lamp", "price": 1}).raise_for_status()
    assert "Temporary lamp" not in httpx.get(f"{first.url}/items?limit=100").text
    assert third.end() == (0, "", "")
    assert first.end() == (0, "", "")


# --- imports ----------------------------------------------------------------------------------------------------------


def test_that_an_app_is_imported_as_it_would_be_without_a_window(tmp_path: Path) -> None:
    # PySide6 looks into every module that is imported. One that minds, as pydantic's do at times, could not be.
    (tmp_path / "shy.py").write_text(
        'def __getattr__(name):\n    raise ImportError(f"{name} was asked for")\n', "utf-8"
    )
    code = f"import sys, explorer.ui.application; sys.path.insert(0, {str(tmp_path)!r}); import shy"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


# --- a folder that cannot be written ----------------------------------------------------------------------------------

SAY_WHAT_IS_TOLD = """
    import sys
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QLabel
    from explorer.bootstrap import run
    from explorer.storage.options import Options
    from explorer.ui.application import make_application
    from explorer.ui.main_window import MainWindow

    def look():
        for window in application.topLevelWidgets():
            label = window.findChild(QLabel, sys.argv[2])
            if isinstance(window, MainWindow) and label is not None:
                timer.stop()
                print(label.text(), flush=True)
                return

    application = make_application()
    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(20)
    sys.exit(run(Options(port=int(sys.argv[1]))))
"""


def test_that_a_folder_that_cannot_be_used_is_said_and_the_program_runs_without_it(
    launch: Launch, small_disk: SmallDisk
) -> None:
    home = small_disk.root / "home"
    ours = DataFolder(home / "fastapi-explorer")
    ours.create()
    small_disk.set_read_only()
    port = free_port()
    words = names.NOTICE_TEXT.format(kind="files")
    started = launch(*script(SAY_WHAT_IS_TOLD, port, words), port=port, XDG_DATA_HOME=str(home))
    assert started.process.stdout is not None
    said = started.process.stdout.readline()
    assert said.startswith(f"The data folder {ours.root} cannot be used (Read-only file system), ")
    started.until_it_answers()
    assert started.end()[0] == 0

    named = launch("-m", "explorer", "--data-dir", str(ours.root))
    _, err = named.process.communicate(timeout=GONE_WITHIN_SECONDS)
    assert err == (
        f"The data folder {ours.root} cannot be used (Read-only file system): name another one with --data-dir.\n"
    )
    assert named.process.returncode == 2
