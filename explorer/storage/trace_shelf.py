"""Where traces go for which there is no room in memory: a file without a name, which vanishes with the program."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

from explorer.storage.reasons import why_not_saved

MOST_BYTES = 64 * 1024 * 1024
MOST_TRACES = 10_000
"""Of each, the window remembers a line and where it lies, about 1 KB of memory."""

_GATHER_SECONDS = 0.25
_MOST_WAITING = 8 * 1024 * 1024  # for a slow disk; what comes beyond it is forgotten


class TraceShelf:
    """Keeps packed traces on the disk, the newest as far as they fit; written on a thread of its own.

    The file has no name in its folder, so that nobody else reads or alters it, and nothing is left after a crash. `put`
    and `get` are called on one thread.
    """

    def __init__(
        self,
        folder: Path,
        on_trouble: Callable[[str | None], object],
        *,
        most_bytes: int = MOST_BYTES,
        most_traces: int = MOST_TRACES,
    ) -> None:
        """Begin empty.

        Args:
            folder: where the file is made, when there is something to keep.
            on_trouble: told a sentence, on the shelf's own thread, when the disk does not take it, once; and None when
                it does again.
            most_bytes: how much is kept.
            most_traces: how many are kept.

        """
        self._folder = folder
        self._on_trouble = on_trouble
        self._most_bytes = most_bytes
        self._most_traces = most_traces
        self._lock = threading.Lock()  # never held while the disk is waited for: the window puts things here
        self._disk = threading.Lock()
        self._lost: list[str] = []  # what the disk did not take, until somebody is told
        self._places: dict[str, tuple[int, int]] = {}  # position and length, the oldest first
        self._waiting: dict[str, bytes] = {}
        self._waiting_bytes = 0
        self._end = 0
        self._queue: list[tuple[str, int, bytes]] = []
        self._gathering = False
        self._closing = threading.Event()
        self._file: IO[bytes] | None = None
        self._closed = False
        self._troubled = False
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="trace shelf")

    def put(self, trace_id: str, data: bytes) -> tuple[str, ...]:
        """Take one; returns the ids of those that had to go for it."""
        with self._lock:
            if self._closed or len(data) > self._most_bytes or self._waiting_bytes + len(data) > _MOST_WAITING:
                return (trace_id,)
            self._places.pop(trace_id, None)  # it may have been here before: `_make_room` relies on the order
            position, gone = self._make_room(len(data))
            self._places[trace_id] = (position, len(data))
            self._waiting[trace_id] = data
            self._waiting_bytes += len(data)
            self._queue.append((trace_id, position, data))
            gathering, self._gathering = self._gathering, True
            lost, self._lost = [each for each in self._lost if each not in self._places], []
        if not gathering:
            self._worker.submit(self._write_all)
        return (*lost, *gone)

    def get(self, trace_id: str) -> bytes | None:
        """Return what was put there; None when it had to go, or cannot be read."""
        with self._lock:
            place = self._places.get(trace_id)
            waiting = self._waiting.get(trace_id) if place is not None else None
        if waiting is not None or place is None:
            return waiting
        with self._disk:
            if self._file is None:
                return None
            try:
                self._file.seek(place[0])
                data = self._file.read(place[1])
            except OSError:
                return None
            return data if len(data) == place[1] else None

    def close(self) -> None:
        """Let the file go, and all that it holds."""
        self._closing.set()
        self._worker.shutdown(wait=True, cancel_futures=True)
        with self._lock:
            self._closed = True
        with self._disk:
            if self._file is not None:
                self._file.close()
                self._file = None

    def _make_room(self, length: int) -> tuple[int, tuple[str, ...]]:
        """Return where the next one goes, round and round, and whose place that was."""
        if self._end + length > self._most_bytes:
            self._end = 0
        position, self._end = self._end, self._end + length
        gone: list[str] = []
        too_many = len(self._places) + 1 - self._most_traces
        for trace_id, (begin, size) in self._places.items():  # those that were written first lie ahead of it
            if len(gone) >= too_many and (begin >= self._end or begin + size <= position):
                break
            gone.append(trace_id)
        for trace_id in gone:
            del self._places[trace_id]
        return position, tuple(gone)

    def _write_all(self) -> None:
        """Write what comes within a moment: a thread that is woken for each takes Python's lock from the window."""
        self._closing.wait(_GATHER_SECONDS)
        with self._lock:
            queue, self._queue, self._gathering = self._queue, [], False
        for trace_id, position, data in queue:
            self._write(trace_id, position, data)

    def _write(self, trace_id: str, position: int, data: bytes) -> None:
        with self._lock:
            wanted = not self._closed and self._places.get(trace_id, (-1, 0))[0] == position
        error = self._write_at(position, data) if wanted else None
        with self._lock:
            if self._waiting.get(trace_id) is data:  # else it was put here anew
                del self._waiting[trace_id]
            self._waiting_bytes -= len(data)
            if not wanted:
                return
            if error is not None and self._places.get(trace_id, (-1, 0))[0] == position:
                del self._places[trace_id]
                self._lost.append(trace_id)
            told, self._troubled = self._troubled, error is not None
        if told != self._troubled:
            self._on_trouble(f"Older requests could not be kept: {why_not_saved(error)}." if error else None)

    def _write_at(self, position: int, data: bytes) -> OSError | None:
        """Put bytes into the file, which is made for the first of them; returns why not."""
        with self._disk:
            try:
                if self._file is None:
                    self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                    self._file = tempfile.TemporaryFile(dir=self._folder, buffering=0)  # noqa: SIM115 - until `close`
                self._file.seek(position)
                rest = memoryview(data)
                while rest:  # a disk that is nearly full takes a part, and complains of the next one only
                    rest = rest[self._file.write(rest) :]
            except OSError as error:
                return error
        return None
