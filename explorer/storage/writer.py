"""Saves in the background, soon and as seldom as needed."""

from __future__ import annotations

import errno
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from explorer.storage.atomic import write_atomically

SETTLE_SECONDS = 0.2  # changes that follow each other within this time are one write
RETRY_SECONDS = 3.0

_log = logging.getLogger("explorer.storage")
_REASONS = {
    errno.ENOSPC: "the disk is full. Make room; it is tried again",
    errno.EACCES: "the folder may not be written. Change its rights or start with --data-dir; it is tried again",
    errno.EROFS: "the disk is read-only. Start with --data-dir on another one; it is tried again",
}
_REASONS[errno.EPERM] = _REASONS[errno.EACCES]


class Writer:
    """One daemon thread that writes the latest version of each file. Methods may be called on any thread."""

    def __init__(self, on_problem: Callable[[str | None], object]) -> None:
        """`on_problem` gets a sentence when saving fails, and None once all is saved again; on the writer's thread."""
        self._on_problem = on_problem
        self._problem: str | None = None
        self._pending: dict[Path, Callable[[], bytes]] = {}
        self._changed = threading.Condition()
        self._busy = False
        self._hurry = False
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    def save(self, path: Path, make: Callable[[], bytes]) -> None:
        """Write what `make` returns to `path` soon; a later call for the same path replaces this one.

        `make` is called on the writer's thread, so what it encodes must be immutable.
        """
        with self._changed:
            self._pending[path] = make
            self._changed.notify_all()

    def flush(self, timeout: float) -> bool:
        """Write everything now and wait up to `timeout` seconds; True when all of it is on the disk."""
        with self._changed:
            self._hurry = True
            self._changed.notify_all()
            return self._changed.wait_for(lambda: not self._pending and not self._busy, timeout)

    def _work(self) -> None:
        pause = SETTLE_SECONDS
        while True:
            batch = self._take(pause)
            failed = {path: make for path, make in batch.items() if not self._write(path, make)}
            with self._changed:
                # What failed is kept, unless something newer for the same file has come in between.
                self._pending = {**failed, **self._pending}
                self._busy = False
                self._hurry = False
                self._changed.notify_all()
            if not failed:
                self._report(None)
            pause = RETRY_SECONDS if failed else SETTLE_SECONDS

    def _take(self, pause: float) -> dict[Path, Callable[[], bytes]]:
        """Wait for something to write, let changes settle, and return all of it."""
        with self._changed:
            self._changed.wait_for(lambda: bool(self._pending))
            deadline = time.monotonic() + pause
            while not self._hurry and (left := deadline - time.monotonic()) > 0:
                self._changed.wait(left)
            batch, self._pending = self._pending, {}
            self._busy = True
            return batch

    def _write(self, path: Path, make: Callable[[], bytes]) -> bool:
        try:
            write_atomically(path, make())
        except OSError as error:
            why = _REASONS.get(error.errno or 0, f"{error.strerror or error}. It is tried again")
            self._report(f"{path.name} could not be saved: {why}.")
            return False
        except Exception:  # noqa: BLE001 - it runs an encoder on a caller's value
            # A value that cannot be encoded would fail for ever: say so once and go on with the next one.
            _log.exception("Could not encode %s", path.name)
            self._report(f"{path.name} could not be saved because of an error in FastAPI Explorer; see the log.")
        return True

    def _report(self, problem: str | None) -> None:
        if problem != self._problem:
            self._problem = problem
            self._on_problem(problem)
