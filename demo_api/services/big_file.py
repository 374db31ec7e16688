"""A big file to send: made when somebody first asks for it, gone when the shop closes."""

import threading
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final, Self

LARGEST: Final = 100_000_000
CHUNK: Final = 64 * 1024


class BigFile:
    """A file of 100 MB that takes no room on most disks: it was never written, so it is one long hole of zeros."""

    def __init__(self) -> None:
        self._folder: TemporaryDirectory[str] | None = None
        self._one_at_a_time = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def open(self) -> BinaryIO:
        """Open the file to read it; the first call makes it."""
        with self._one_at_a_time:
            if self._folder is None:
                folder = TemporaryDirectory(prefix="demo-shop-", ignore_cleanup_errors=True)
                with self._path(folder).open("wb") as file:
                    file.truncate(LARGEST)
                self._folder = folder
            return self._path(self._folder).open("rb")

    @staticmethod
    def _path(folder: "TemporaryDirectory[str]") -> Path:
        return Path(folder.name) / "big.bin"


def read_chunks(file: BinaryIO, size: int) -> Iterator[bytes]:
    """Read the first `size` bytes in small pieces: a hundred people at once need 6 MB of memory, not 10 GB."""
    while size > 0 and (chunk := file.read(min(CHUNK, size))):
        size -= len(chunk)
        yield chunk
