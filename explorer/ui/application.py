"""The Qt application and the one event loop that the window, the client and every controller share."""

from __future__ import annotations

import builtins
import logging
import sys
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from explorer.storage.folder import APP_NAME

_qt_log = logging.getLogger("explorer.qt")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def _take_back_import() -> None:
    """Put Python's own `__import__` back, which PySide6 replaces to serve ``from __feature__ import …``, and only that.

    Its own reads the source of each module that is imported, which makes the server's imports a third longer. And it is
    not made for threads: once in some forty starts pydantic failed to be imported on the server's, with a "circular
    import" inside the hook.
    """
    original = vars(builtins).get("__orig_import__")
    if original is not None:
        builtins.__import__ = original


_take_back_import()  # at once, so that the rest of the window's own imports are quicker too


def make_application() -> QApplication:
    """Return the process's QApplication, made on the first call."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    qInstallMessageHandler(_log_qt_message)  # the terminal stays clean; the log has it
    # Named here, the style costs nothing. Asking for it later makes a Python object of it, which takes 5 ms.
    application = QApplication([*sys.argv[:1], "-style", "fusion"])
    application.setApplicationName(APP_NAME)
    application.setApplicationDisplayName("FastAPI Explorer")
    QGuiApplication.setDesktopFileName(APP_NAME)  # by which a desktop finds the launcher of a window
    # Leaving takes a moment: the loop must outlive the last window until the server has stopped.
    application.setQuitOnLastWindowClosed(False)
    return application


def run_until_done(
    application: QApplication, main: Callable[[], Coroutine[Any, Any, int]], on_error: Callable[[BaseException], object]
) -> int:
    """Run the event loop until `main` returns, and return its exit code.

    Args:
        application: as `make_application` returns it.
        main: the program, from the first painted window to the last goodbye.
        on_error: takes exceptions that reached the event loop.

    """
    import asyncio  # neither is needed for the first painted window

    from explorer.ui.loop import WindowLoop

    loop = WindowLoop(application)
    loop.set_exception_handler(lambda _, context: on_error(_error_of(context)))
    asyncio.set_event_loop(loop)
    try:
        code = loop.run_until_complete(main())
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        asyncio.set_event_loop(None)
        loop.close()
    return int(code)


def _error_of(context: dict[str, Any]) -> BaseException:
    error = context.get("exception")
    return error if isinstance(error, BaseException) else RuntimeError(str(context.get("message", "unknown error")))


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    category = context.category or "default"
    _qt_log.log(_LEVELS.get(kind, logging.WARNING), "%s: %s", category, message)
