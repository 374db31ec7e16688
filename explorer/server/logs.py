"""What uvicorn and the app log, as events of the server they belong to instead of lines in the terminal."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextvars import ContextVar
from types import TracebackType
from typing import Self

from explorer.server.interface import LogLine
from explorer.trace.housekeeping import UNSEEN

# Tasks and worker threads inherit their maker's context, so this says for which server a record was made even when
# it was made in a thread of the pool, and even when two servers run side by side.
_owner: ContextVar[ServerLogs | None] = ContextVar("explorer_server_logs", default=None)

_UVICORN = ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi")


class ServerLogs:
    """Collects the records of one server while entered. Enter it in the server's own thread.

    Attributes:
        stopping: set it once the server was asked to stop: from then on the tracebacks of requests that were cut off
            are left out, for they are wanted.

    """

    def __init__(self, emit: Callable[[LogLine], object]) -> None:
        self.stopping = False
        self._handler = _Handler(self, emit)

    def __enter__(self) -> Self:
        """Begin to collect."""
        _owner.set(self)
        self.renew()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        """End it."""
        logging.getLogger().removeHandler(self._handler)
        _owner.set(None)

    def renew(self) -> None:
        """Collect again after the app may have configured logging, which throws handlers out and silences loggers."""
        root = logging.getLogger()
        if self._handler not in root.handlers:
            root.addHandler(self._handler)
        ours = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] == "explorer"]
        for name in (*_UVICORN, *ours):
            logging.getLogger(name).disabled = False
        uvicorn = logging.getLogger("uvicorn")
        if uvicorn.level == logging.NOTSET:
            uvicorn.setLevel(logging.INFO)

    def wants(self, record: logging.LogRecord) -> bool:
        """Tell whether a record was made on behalf of this server and is worth a line."""
        # Our own records are not the app's; one about a listener that failed would come back to that very listener.
        if _owner.get() is not self or record.name.startswith("explorer."):
            return False
        if record.name == "uvicorn.access" and UNSEEN.get():
            return False
        if not self.stopping:
            return True
        error = record.exc_info[0] if record.exc_info else None
        return (error is None or error.__name__ != "CancelledError") and "CancelledError" not in str(record.msg)


class _Handler(logging.Handler):
    def __init__(self, logs: ServerLogs, emit: Callable[[LogLine], object]) -> None:
        super().__init__()
        self._emit_line = emit
        self.addFilter(logs.wants)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            message = record.getMessage()
        except (TypeError, ValueError):  # the app passed arguments that do not fit its own text
            message = f"{record.msg} {record.args}"
        traceback = _formatter.formatException(record.exc_info) if record.exc_info and record.exc_info[0] else None
        self._emit_line(
            LogLine(
                at=record.created,
                level=record.levelno,
                logger=record.name,
                message=message.rstrip(),
                traceback=traceback,
            )
        )


_formatter = logging.Formatter()
