"""What is known of the files that a request carries. Looked up off the window's thread."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from explorer.client.files import guessed_type
from explorer.openapi.media_types import OCTET_STREAM


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFact:
    """One file.

    Attributes:
        size: in bytes; None when it cannot be read.
        media_type: as its name suggests.
        problem: why it cannot be sent, in a few words; empty when it can.
    """

    size: int | None = None
    media_type: str = OCTET_STREAM
    problem: str = ""


def look_up(paths: Iterable[str]) -> Mapping[str, FileFact]:
    """Return what is known of each file. Touches the disk: not for the window's thread."""
    return {path: _fact(path) for path in paths}


def file_name(path: str) -> str:
    """Return the last part of a path, of this system or another."""
    return path.replace("\\", "/").rpartition("/")[2] or path


def _fact(path: str) -> FileFact:
    media_type = guessed_type(path)
    try:
        status = Path(path).stat()
    except OSError:
        return FileFact(media_type=media_type, problem="missing")
    if not Path(path).is_file():
        return FileFact(media_type=media_type, problem="not a file")
    if not os.access(path, os.R_OK):
        return FileFact(size=status.st_size, media_type=media_type, problem="may not be read")
    return FileFact(size=status.st_size, media_type=media_type)
