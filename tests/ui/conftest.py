"""The application, its theme, and the one event loop that widgets and coroutines share."""

import asyncio
from collections.abc import Iterator

import pytest
import qasync
from PySide6.QtWidgets import QApplication

from explorer.ui.theme.manager import Themes


@pytest.fixture(scope="session")
def themes(qapp: QApplication) -> Themes:
    """Return the dark theme at 100 %, as the program would apply it; a test that changes it puts it back."""
    return Themes(qapp, "dark", 100)


@pytest.fixture(scope="session")
def session_loop(qapp: QApplication) -> qasync.QEventLoop:
    """Return the loop on Qt's own; it is never closed, for a closed one cannot be followed by another."""
    loop = qasync.QEventLoop(qapp, already_running=True)
    asyncio.events._set_running_loop(None)  # `ui_loop` sets it for one test at a time
    return loop


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
