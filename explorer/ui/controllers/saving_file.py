"""Writing a file while the window goes on: with progress and a way out when it is large."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.client.body import Body
from explorer.storage.atomic_stream import WritingStoppedError, stream_atomically
from explorer.ui.wording import size_text

WATCHED_FROM = 20_000_000  # bytes; what is smaller is written in a moment
_STEP = 1_000_000
_TELL_MS = 100


class FileSaver(QObject):
    """Writes one body at a time.

    Signals:
        told: what is to be said; empty when there is nothing more to say. The second says whether it can be stopped.
        failed: the file could not be written; one sentence.
    """

    told = Signal(str, bool)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = threading.Event()
        self._written = 0
        self._size = 0
        self._name = ""
        self._timer = QTimer(self)
        self._timer.setInterval(_TELL_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    def stop(self) -> None:
        """Stop the file that is being written; what was there before stays."""
        self._stop.set()

    async def save(self, body: Body, path: Path) -> None:
        """Write a body, exactly as it came."""
        self._stop = stop = threading.Event()
        self._written, self._size, self._name = 0, body.size, path.name
        watched = body.size >= WATCHED_FROM
        if watched:
            self._on_timer_timeout()
            self._timer.start()
        try:
            await asyncio.to_thread(stream_atomically, path, _pieces(body), lambda done: self._go_on(done, stop))
            said = f"{size_text(body.size)} saved in {path.name}."
        except WritingStoppedError:
            said = f"{path.name} was not saved."
        except OSError as error:
            said = ""
            self.failed.emit(f"{path} could not be written: {error.strerror}. Choose another place.")
        finally:
            self._timer.stop()
        self.told.emit(said if watched else "", False)

    def _go_on(self, written: int, stop: threading.Event) -> bool:
        self._written = written
        return not stop.is_set()

    def _on_timer_timeout(self) -> None:
        self.told.emit(f"Saving {self._name}: {size_text(self._written)} of {size_text(self._size)}…", True)


def _pieces(body: Body) -> Iterator[bytes]:
    for start in range(0, body.size, _STEP):
        yield body.read(start, _STEP)
