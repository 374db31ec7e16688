"""The program's own log, and Python's last words when the process dies."""

from __future__ import annotations

import contextlib
import faulthandler
import logging
from collections.abc import Callable
from pathlib import Path

from explorer.storage.folder import DataFolder
from explorer.storage.redact import redact

# Ours, and the libraries our own loop stands on. What the taught app logs belongs to the log panel, not on the disk.
_LOGGERS = ("explorer", "qasync")
_MAX_BYTES = 1_000_000
_KEPT_FILES = 3


def start_logging(folder: DataFolder) -> Callable[[], None]:
    """Log to the data folder from now on. Returns a function that ends it.

    Raises:
        OSError: the files cannot be made.

    """
    folder.create()
    handler = _LateHandler(folder.log)
    crash_file = folder.crash_log.open("a", encoding="utf-8")
    faulthandler.enable(crash_file)
    for name in _LOGGERS:
        logging.getLogger(name).addHandler(handler)
        logging.getLogger(name).setLevel(logging.INFO)

    def stop() -> None:
        for name in _LOGGERS:
            logging.getLogger(name).removeHandler(handler)
        handler.close()
        faulthandler.disable()
        crash_file.close()

    return stop


class _LateHandler(logging.Handler):
    """Opens the log with the first record: most starts have none, and importing the rotation takes 5 ms of them."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._file = self._file or self._open()
        except OSError:
            return  # as for one that is open already
        else:
            self._file.emit(record)

    def close(self) -> None:
        if self._file is not None:
            with contextlib.suppress(OSError):  # what could not be written before cannot be written now
                self._file.close()
        super().close()

    def _open(self) -> logging.Handler:
        from logging.handlers import RotatingFileHandler

        class Quiet(RotatingFileHandler):
            """Loses what cannot be written: of a full disk the window tells, and the terminal stays clean."""

            def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
                del record

        file = Quiet(self._path, maxBytes=_MAX_BYTES, backupCount=_KEPT_FILES, encoding="utf-8")
        file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
        return file


def recent_lines(log: Path, count: int = 200) -> str:
    """Return the last lines of a log for a report, redacted; empty when there is none."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return redact("\n".join(lines[-count:]))
