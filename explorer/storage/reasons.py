"""Why the disk took nothing, in words that say what to do."""

from __future__ import annotations

import errno
import sqlite3

_FULL = "the disk is full. Make room; it is tried again"
_FORBIDDEN = "the folder may not be written. Change its rights or start with --data-dir; it is tried again"
_READ_ONLY = "the disk is read-only. Start with --data-dir on another one; it is tried again"
_OF_THE_SYSTEM = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: "your share of the disk is used up. Make room; it is tried again",
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: _READ_ONLY,
}
_OF_SQLITE = {
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_IOERR: "the disk took a part of it only. Make room if it is full; it is tried again",
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: "the folder cannot be used. Change its rights or start with --data-dir; it is tried again",
    sqlite3.SQLITE_BUSY: "another program holds the file. Close it; it is tried again",
}


def why_not_saved(error: OSError | sqlite3.Error) -> str:
    """Return the end of a sentence, without its dot, that begins with what could not be saved."""
    if isinstance(error, OSError):
        return _OF_THE_SYSTEM.get(error.errno or 0, f"{error.strerror or error}. It is tried again")
    code = getattr(error, "sqlite_errorcode", 0)  # missing where Python itself is the one that complains
    return _OF_SQLITE.get(code & 0xFF, f"{error}. It is tried again")
