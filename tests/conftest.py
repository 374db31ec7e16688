"""What every test stands on."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from explorer.bootstrap.collection import pause_collection, resume_collection
from tests.disk import SmallDisk, mounted

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from explorer.ui.loop import WindowLoop

# Before anything imports Qt: tests need no display, and must not open windows on somebody's desktop.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

# On a busy machine an example now and then takes longer than Hypothesis allows; speed is what benchmarks are for.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what was imported, as the program does: a tenth of the time went there."""
    gc.collect()
    pause_collection()
    resume_collection()


@pytest.fixture(scope="session", autouse=True)
def _look_for_what_was_left_open() -> Iterator[None]:
    """Find what nobody closed while there is a test to fail: after the last one, a worker of xdist tells nobody."""
    yield
    gc.collect()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """Return a disk that can be filled, and read-only."""
    with mounted(tmp_path / "disk") as disk:
        yield disk


@pytest.fixture(scope="session")
def session_loop(qapp: QApplication) -> Iterator[WindowLoop]:
    """Return the loop on Qt's own; no test closes it, for a closed one cannot be followed by another."""
    from explorer.ui.loop import WindowLoop  # here, because the core is tested without Qt

    loop = WindowLoop(qapp, already_running=True)
    asyncio.events._set_running_loop(None)  # `ui_loop` sets it for one test at a time
    yield loop
    loop.stop()
    loop.close()


@contextmanager
def running(loop: asyncio.AbstractEventLoop) -> Iterator[asyncio.AbstractEventLoop]:
    """Make coroutines runnable from slots; a task that is begun meanwhile and does not end is a mistake."""
    outer = asyncio.events._get_running_loop()
    before = asyncio.all_tasks(loop)
    asyncio.set_event_loop(loop)
    asyncio.events._set_running_loop(loop)
    try:
        yield loop
        left = [task for task in asyncio.all_tasks(loop) - before if not task.done()]
        assert left == [], f"tasks outlived the test: {left}"
    finally:
        asyncio.events._set_running_loop(outer)
        asyncio.set_event_loop(outer)


@pytest.fixture
def ui_loop(session_loop: WindowLoop) -> Iterator[asyncio.AbstractEventLoop]:
    """Make coroutines runnable from slots for one test; a task that outlives it fails the test."""
    with running(session_loop):
        yield session_loop


@pytest.fixture(scope="module")
def module_loop(session_loop: WindowLoop) -> Iterator[asyncio.AbstractEventLoop]:
    """Make coroutines runnable from slots for all tests of a file."""
    with running(session_loop):
        yield session_loop


@pytest.fixture
def said(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Listen as a screen reader does; return what it was told to say, and of what cannot wait that it is so."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent

    heard: list[str] = []

    def hear(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            at_once = event.politeness() is QAccessible.AnnouncementPoliteness.Assertive
            heard.append(f"At once: {event.message()}" if at_once else event.message())

    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)  # where Qt passes it on to the desktop
    QAccessible.setActive(True)
    yield heard
    QAccessible.setActive(False)
