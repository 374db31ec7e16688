"""Writes a large file piece by piece, so that it can be watched and stopped."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path


class WritingStoppedError(Exception):
    """Somebody stopped the writing; what was at that place before is untouched."""


def stream_atomically(path: Path, chunks: Iterable[bytes], go_on: Callable[[int], bool] | None = None) -> None:
    """Replace `path` with what `chunks` give; a crash leaves the old file or the new one.

    Args:
        path: where to; the folder is made when it is missing.
        chunks: the content.
        go_on: takes how many bytes are written, after each chunk; False stops.

    Raises:
        OSError: it could not be written; what was there before is untouched.
        WritingStoppedError: `go_on` said no.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # In the same folder, because a rename is atomic within one file system only. Readable by this user alone.
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            written = 0
            for chunk in chunks:
                file.write(chunk)
                written += len(chunk)
                if go_on is not None and not go_on(written):
                    raise WritingStoppedError
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
