"""A real key on a real display."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from explorer.cli import main
from tests.desktop import command_of, value_of

from .conftest import Launch, wait_for

NAME = "Sent by a key"


@pytest.fixture
def display() -> Iterator[str]:
    """Start an X server, and return its name."""
    for program in ("Xvfb", "xdotool"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    reader, writer = os.pipe()
    with (
        os.fdopen(reader) as told,
        subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
            pass_fds=(writer,),
            stderr=subprocess.DEVNULL,
        ) as server,
    ):
        os.close(writer)
        number = told.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
        server.terminate()


def hands(display: str, *words: str) -> str:
    """Move, press or ask something on the display; return what was answered."""
    environment = {**os.environ, "DISPLAY": display}
    done = subprocess.run(["xdotool", *words], capture_output=True, text=True, timeout=20, env=environment, check=True)
    return done.stdout


def leave_a_draft(data: Path) -> None:
    """Let the program find a request that was begun the last time."""
    data.mkdir()
    draft = {"method": "POST", "path": "/items", "body": json.dumps({"name": NAME, "price": 5})}
    for file, content in (
        ("drafts.json", {"by_operation": {"POST /items": draft}}),
        ("settings.json", {"last_operation": "POST /items"}),
    ):
        (data / file).write_text(json.dumps({"version": 1, "data": content}), "utf-8")


def test_that_a_real_key_press_on_a_real_display_sends(display: str, launch: Launch, tmp_path: Path) -> None:
    leave_a_draft(tmp_path / "data")
    started = launch(DISPLAY=display, QT_QPA_PLATFORM="xcb")

    window = hands(display, "search", "--sync", "--onlyvisible", "--name", "FastAPI Explorer").split()[0]
    hands(display, "windowfocus", "--sync", window)
    started.until_it_answers()

    def arrives() -> bool:
        hands(display, "key", "ctrl+Return")  # again and again: the operations may not be listed yet
        return NAME in httpx.get(f"{started.url}/items?limit=100").text

    wait_for(arrives, started.process)
    assert started.end() == (0, "", "")


def test_that_what_the_menu_starts_is_a_window_that_belongs_to_the_menus_entry(
    display: str, launch: Launch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert main(["install-launcher"]) == 0
    entry = tmp_path / "applications/fastapi-explorer.desktop"
    python, *arguments = command_of(entry)
    assert python == sys.executable
    started = launch(*arguments, DISPLAY=display, QT_QPA_PLATFORM="xcb")
    belongs = f"^{value_of(entry, 'StartupWMClass')}$"
    assert hands(display, "search", "--sync", "--onlyvisible", "--class", belongs)
    assert started.end() == (0, "", "")
