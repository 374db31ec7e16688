"""A folder for files that are of no use to anybody else, made when it is first needed."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path


class OwnFolder:
    """May be used on any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: tempfile.TemporaryDirectory[str] | None = None

    def path(self) -> Path:
        """Return where it is."""
        with self._lock:
            if self._made is None:
                self._made = tempfile.TemporaryDirectory(prefix="fastapi-explorer-", ignore_cleanup_errors=True)
            return Path(self._made.name)

    def remove(self) -> None:
        """Take it away with all that is in it."""
        with self._lock:
            if self._made is not None:
                self._made.cleanup()
                self._made = None
