"""Files that go with a request: whether they can be read, and what they are."""

from __future__ import annotations

import mimetypes
import os
from pathlib import Path

from explorer.client.unsendable import UnsendableRequestError
from explorer.openapi.media_types import OCTET_STREAM

_OF_ENCODING = {"gzip": "application/gzip", "bzip2": "application/x-bzip2", "xz": "application/x-xz"}


def readable_file(name: str) -> Path:
    """Return the path of a file that can be sent.

    Raises:
        UnsendableRequestError: it is not there, is no ordinary file, or must not be read.
    """
    path = Path(name)
    try:
        if path.is_dir():
            raise UnsendableRequestError(f"{name} is a folder, and only a file can be sent: choose a file inside it.")
        if not path.exists():
            raise UnsendableRequestError(f"There is no file {name}: choose it again, or put it back.")
        if not path.is_file():  # a pipe or a device may never end
            raise UnsendableRequestError(f"{name} is no ordinary file: choose another.")
        if not os.access(path, os.R_OK):
            raise UnsendableRequestError(f"{name} must not be read by you: change its permissions, or choose another.")
    except (OSError, ValueError) as error:
        if isinstance(error, UnsendableRequestError):
            raise
        raise UnsendableRequestError(f"{name!r} cannot be the path of a file: choose another.") from error
    return path


def guessed_type(name: str) -> str:
    """Return the media type that a file's name speaks for."""
    media_type, encoding = mimetypes.guess_type(name, strict=False)
    if encoding is not None:  # a packed file is sent packed
        return _OF_ENCODING.get(encoding, OCTET_STREAM)
    return media_type or OCTET_STREAM
