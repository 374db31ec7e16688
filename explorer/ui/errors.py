"""Our own mistakes: written to the log, shown in the window, and never silent."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QObject, Qt, Signal

import explorer
from explorer.storage.redact import redact

_log = logging.getLogger("explorer")


class ErrorReporter(QObject):
    """Takes every exception that nobody handled, on any thread.

    Signals:
        error_reported: one sentence, and a report fit to be copied: versions and traceback, secrets masked. Emitted on
            the window's thread.
    """

    error_reported = Signal(str, str)
    _caught = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._caught.connect(self.error_reported, Qt.ConnectionType.QueuedConnection)

    def report(self, error: BaseException) -> None:
        """Log an exception and tell the window of it; may be called on any thread."""
        text = "".join(traceback.format_exception(error))
        _log.error("Unexpected error\n%s", redact(text))
        sentence = f"Something went wrong inside FastAPI Explorer: {type(error).__name__}. Your work is kept."
        self._caught.emit(sentence, _report(text))

    def install(self) -> None:
        """Become the last resort of this process for exceptions in slots and threads."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def uninstall(self) -> None:
        """Give the hooks back to Python."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _on_exception(self, kind: type[BaseException], error: BaseException, tb: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, tb)
        else:
            self.report(error)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.report(args.exc_value)


def _report(trace: str) -> str:
    import platform

    versions = (
        f"FastAPI Explorer {explorer.__version__}, Python {platform.python_version()}, "
        f"PySide6 {pyside_version}, {platform.platform()}"
    )
    return redact(f"{versions}\n\n{trace}")
