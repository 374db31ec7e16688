"""What every test stands on."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    import qasync
    from PySide6.QtWidgets import QApplication

# Before anything imports Qt: tests need no display, and must not open windows on somebody's desktop.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

# On a busy machine an example now and then takes longer than Hypothesis allows; speed is what benchmarks are for.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def session_loop(qapp: QApplication) -> Iterator[qasync.QEventLoop]:
    """Return the loop on Qt's own; no test closes it, for a closed one cannot be followed by another."""
    import qasync  # here, because the core is tested without Qt

    loop = qasync.QEventLoop(qapp, already_running=True)
    asyncio.events._set_running_loop(None)  # `ui_loop` sets it for one test at a time
    yield loop
    loop.stop()
    loop.close()


@pytest.fixture
def ui_loop(session_loop: qasync.QEventLoop) -> Iterator[asyncio.AbstractEventLoop]:
    """Make coroutines runnable from slots for one test; a task that outlives it fails the test."""
    asyncio.set_event_loop(session_loop)
    asyncio.events._set_running_loop(session_loop)
    try:
        yield session_loop
        left = [task for task in asyncio.all_tasks(session_loop) if not task.done()]
        assert left == [], f"tasks outlived the test: {left}"
    finally:
        asyncio.events._set_running_loop(None)
        asyncio.set_event_loop(None)
