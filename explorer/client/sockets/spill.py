"""Bytes that grow without end: the newest in memory, all others in a file that another thread writes."""

from __future__ import annotations

import contextlib
import os
import queue
import tempfile
import threading
from pathlib import Path
from typing import BinaryIO

BLOCK = 1_000_000  # bytes that are kept in memory before they go to the file


class SpillFolder:
    """Makes spill files and writes to all of them on one daemon thread."""

    def __init__(self, folder: Path | None) -> None:
        """`folder` is emptied at the end by whoever owns it; None keeps everything in memory."""
        self.folder = folder
        self._waiting: queue.SimpleQueue[Spill | threading.Event] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def open(self) -> Spill:
        """Return new, empty bytes. No file is made before there is something to write."""
        return Spill(self)

    def write_soon(self, spill: Spill) -> None:
        """Let the thread write what `spill` holds."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="socket spill", daemon=True)
            self._thread.start()
        self._waiting.put(spill)

    def settle(self, timeout: float) -> bool:
        """Wait up to `timeout` seconds until all that could be written is; True when that is so."""
        if self._thread is None:
            return True
        done = threading.Event()
        self._waiting.put(done)
        return done.wait(timeout)

    def _work(self) -> None:
        while True:
            match self._waiting.get():
                case Spill() as spill:
                    spill.write_all()
                case done:
                    done.set()


class Spill:
    """Bytes at the end of which more are put, and that can be read anywhere. Methods may be called on any thread."""

    def __init__(self, owner: SpillFolder) -> None:
        self._owner = owner
        self._lock = threading.Lock()
        self._tail = bytearray()
        self._tail_at = 0
        self._blocks: dict[int, bytes] = {}  # where it belongs → what is not written yet
        self._starts: list[int] = []  # of all blocks that are not in the tail, written or not
        self._file: BinaryIO | None = None
        self._closed = False

    @property
    def size(self) -> int:
        """How many bytes there are."""
        return self._tail_at + len(self._tail)

    def append(self, piece: bytes) -> int:
        """Put `piece` at the end, and return where it begins. A piece is read again within itself only."""
        with self._lock:
            at = self._tail_at + len(self._tail)
            self._tail += piece
            if len(self._tail) < BLOCK or self._owner.folder is None or self._closed:
                return at
            self._blocks[self._tail_at] = bytes(self._tail)
            self._tail_at += len(self._tail)
            self._tail = bytearray()
        self._owner.write_soon(self)
        return at

    def read(self, at: int, size: int) -> bytes:
        """Return up to `size` bytes from `at` on, from one piece.

        Raises:
            OSError: the file cannot be read.
        """
        with self._lock:
            if at >= self._tail_at:
                begin = at - self._tail_at
                return bytes(self._tail[begin : begin + size])
            for start, block in self._blocks.items():
                if start <= at < start + len(block):
                    return block[at - start : at - start + size]
            if self._file is None:
                return b""
            self._file.seek(at)
            return self._file.read(size)

    def write_all(self) -> None:
        """Write what is not written, the oldest first; on the thread of the folder. What cannot be written stays."""
        while True:
            with self._lock:
                if self._closed or not self._blocks:
                    return
                start = min(self._blocks)
                block = self._blocks[start]
            try:
                self._write(self._file or self._create(), start, block)
            except (OSError, ValueError):
                return  # a full disk, and the memory keeps it until the next block; or it was closed meanwhile

    def close(self) -> None:
        """Forget all, and remove the file."""
        with self._lock:
            self._closed = True
            self._blocks.clear()
            self._tail = bytearray()
            if self._file is not None:
                name = self._file.name
                self._file.close()
                self._file = None
                with contextlib.suppress(OSError):
                    Path(name).unlink()

    def _write(self, file: BinaryIO, start: int, block: bytes) -> None:
        with self._lock:
            file.seek(start)
            file.write(block)
            file.flush()
            self._blocks.pop(start, None)

    def _create(self) -> BinaryIO:
        if self._owner.folder is not None:
            self._owner.folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # somebody may have deleted it
        descriptor, name = tempfile.mkstemp(prefix="body-socket-", dir=self._owner.folder)
        os.close(descriptor)
        file = Path(name).open("r+b")  # noqa: SIM115 - it stays open as long as the log
        with self._lock:
            if not self._closed:
                self._file = file
                return file
        file.close()
        Path(name).unlink(missing_ok=True)
        raise OSError("closed meanwhile")
