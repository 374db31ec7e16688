"""The folder of bodies that are too large for the memory: what it holds is of use to one run of the program only."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def empty_bodies(folder: Path) -> Path | None:
    """Make the folder if need be and take away what another run left in it; None when it cannot be made."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    remove_bodies(folder)
    return folder


def remove_bodies(folder: Path) -> None:
    """Take away every body. One that somebody still reads, where the system minds that, goes at the next start."""
    for path in folder.glob("body-*"):
        with suppress(OSError):
            path.unlink()


def keep_body(folder: Path, content: bytes) -> Path:
    """Put bytes into a file of their own, which is there until the program ends.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    handle, name = tempfile.mkstemp(prefix="body-", dir=folder)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    return Path(name)
