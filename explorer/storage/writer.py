"""Saves in the background, soon and as seldom as needed."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from explorer.storage.atomic import write_atomically
from explorer.storage.reasons import why_not_saved

SETTLE_SECONDS = 0.2  # changes that follow each other within this time are one write
RETRY_SECONDS = 3.0

_log = logging.getLogger("explorer.storage")


class Writer:
    """One daemon thread that writes the latest version of each file. Methods may be called on any thread."""

    def __init__(self, on_problem: Callable[[str | None], object]) -> None:
        """`on_problem` gets a sentence when saving fails, and None once all is saved again; on the writer's thread.

        It hears of each trouble once, however often the writing is tried.
        """
        self._on_problem = on_problem
        self._problems: dict[Path, str] = {}  # by what cannot be saved now
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
            self._report(path, why_not_saved(error))
            return False
        except Exception:  # noqa: BLE001 - it runs an encoder on a caller's value
            # A value that cannot be encoded would fail for ever: say so once and go on with the next one.
            _log.exception("Could not encode %s", path.name)
            self._report(path, "there is an error in FastAPI Explorer; see the log")
        else:
            self._report(path, None)
        return True

    def _report(self, path: Path, why: str | None) -> None:
        before = dict(self._problems)
        if why is None:
            self._problems.pop(path, None)
        else:
            self._problems[path] = why
        if self._problems != before:
            self._on_problem(self._sentence())

    def _sentence(self) -> str | None:
        """Return what cannot be saved, files that have the same trouble together; None when there is none."""
        together: dict[str, list[str]] = {}
        for path, why in self._problems.items():
            together.setdefault(why, []).append(path.name)
        sentences = [f"{' and '.join(names)} could not be saved: {why}." for why, names in together.items()]
        return " ".join(sentences) or None
