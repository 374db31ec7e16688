"""The body of a response: in memory while it is small, in a file of its own when it is large."""

from __future__ import annotations

import os
import tempfile
import weakref
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Self

IN_MEMORY_AT_MOST = 1_000_000  # bytes; a larger body goes into a file


class Body:
    """Bytes that do not change any more, wherever they are kept.

    A file belongs to its body: it is deleted when nobody holds the body any longer.

    Attributes:
        size: in bytes.
        path: the file that holds them; None while they are in memory.
    """

    __slots__ = ("__weakref__", "_content", "path", "size")

    def __init__(self, content: bytes = b"", *, path: Path | None = None) -> None:
        """Take bytes, or the file that holds them and is deleted with this body.

        Raises:
            OSError: the file cannot be looked up.
        """
        self._content = content
        self.path = path
        self.size = len(content) if path is None else path.stat().st_size
        if path is not None:
            weakref.finalize(self, _delete, path)

    def read(self, start: int = 0, length: int | None = None) -> bytes:
        """Return `length` bytes from `start` on, fewer at the end; all that is left without a length.

        Raises:
            OSError: the file was taken away.
        """
        if self.path is None:
            return self._content[start:] if length is None else self._content[start : start + length]
        with self.path.open("rb") as file:
            file.seek(start)
            return file.read() if length is None else file.read(length)

    def __len__(self) -> int:
        return self.size

    def __bool__(self) -> bool:
        return self.size > 0


class BodyWriter:
    """Takes a body as it arrives, and moves it into a file as soon as it is too large for the memory."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` is where files go; None for the system's place for temporary files."""
        self._folder = folder
        self._content = bytearray()
        self._file: BinaryIO | None = None
        self._path: Path | None = None
        self.size = 0

    def write(self, chunk: bytes) -> None:
        """Add bytes at the end.

        Raises:
            OSError: the disk is full or cannot be written.
        """
        self.size += len(chunk)
        if self._file is not None:
            self._file.write(chunk)
            return
        self._content += chunk
        if self.size > IN_MEMORY_AT_MOST:
            self._move_to_file()

    def finish(self) -> Body:
        """Return the body; nothing can be added after that."""
        if self._file is None or self._path is None:
            return Body(bytes(self._content))
        self._file.close()
        return Body(path=self._path)

    def discard(self) -> None:
        """Throw away what was written."""
        if self._file is not None and self._path is not None:
            with suppress(OSError):  # closing writes what is left, and the disk may be full
                self._file.close()
            _delete(self._path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        if kind is not None:
            self.discard()

    def _move_to_file(self) -> None:
        if self._folder is not None:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # somebody may have deleted it
        handle, name = tempfile.mkstemp(prefix="body-", dir=self._folder)
        self._file, self._path = os.fdopen(handle, "wb"), Path(name)
        self._file.write(self._content)
        self._content.clear()


def _delete(path: Path) -> None:
    with suppress(OSError):
        path.unlink()
