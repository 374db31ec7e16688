"""A disk of a few hundred kilobytes, that a test can fill."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_SIZE = 2_000_000  # bytes; enough for a data folder


class SmallDisk:
    """A file system of its own, in memory.

    Attributes:
        root: where it is mounted.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._filler = root / "filler"

    def fill(self, *, but: int = 0) -> None:
        """Leave room for `but` bytes, in whole pages."""
        self.make_room()
        with self._filler.open("wb", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError:
                file.truncate(file.tell() - but)

    def make_room(self) -> None:
        """Take away what fills it."""
        self._filler.unlink(missing_ok=True)

    def set_read_only(self) -> None:
        """Let nothing be written any more; nobody may have a file of it open for that."""
        _run("mount", "-o", "remount,ro", str(self.root))


@contextmanager
def mounted(root: Path) -> Iterator[SmallDisk]:
    """Mount one; skips the test where that is not allowed."""
    root.mkdir()
    try:
        _run("mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(root))
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a disk cannot be mounted here")
    try:
        yield SmallDisk(root)
    finally:
        _run("umount", "--lazy", str(root))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
