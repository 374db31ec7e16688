"""Writes a file so that a crash leaves the old one or the new one, never half of either."""

from __future__ import annotations

from pathlib import Path

from explorer.storage.atomic_stream import stream_atomically


def write_atomically(path: Path, content: bytes) -> None:
    """Replace `path` with `content`; the folder is made when it is missing.

    Raises:
        OSError: it could not be written; what was there before is untouched.
    """
    stream_atomically(path, (content,))
