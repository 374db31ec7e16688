"""SQLite's errors in words that say what happened and what to do."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from explorer.database.trouble import DatabaseError, Trouble

Holder = Callable[[], str | None]
"""Names who of ours holds the database now, such as ``POST /items``; None when it is none of ours."""

_CORRUPT, _NOTADB = 11, 26
_NEEDS_WRITER = {264, 776}  # SQLITE_READONLY_RECOVERY, SQLITE_READONLY_ROLLBACK
_SHORT_READ = 522


def explained(error: Exception, path: Path, holder: Holder | None = None) -> DatabaseError:
    """Return what `error` means for a person who looks at the database at `path`."""
    code = getattr(error, "sqlite_errorcode", None) or 0
    name = path.name
    match code & 0xFF:
        case 5 | 6:
            return DatabaseError(Trouble.LOCKED, locked(name, holder))
        case 9:
            return DatabaseError(Trouble.CANCELLED, "Stopped.")
        case 8:
            return _read_only(code, path)
        case 14 | 3:
            return _cannot_open(path)
        case 11 | 26 | 10:
            return _unreadable(code, path, str(error))
        case 13:
            return DatabaseError(Trouble.NO_SPACE, "The disk is full: make room, then try again.")
        case _:
            return DatabaseError(Trouble.REFUSED, f"SQLite says: {error}.")


def locked(name: str, holder: Holder | None) -> str:
    """Return the sentence for a database that somebody holds."""
    who = holder() if holder is not None else None
    if who:
        return f"{name} is locked: {who} holds it. It can be read again when that is over."
    return f"{name} is locked: another program holds it. Let it finish or close it, then try again."


def missing(path: Path) -> DatabaseError:
    """Return the error for a file that is not there."""
    return DatabaseError(
        Trouble.MISSING,
        f"{path.name} is not there: it was deleted or moved, or nothing has made it yet. "
        f"It is shown as soon as it is in {path.parent} again.",
    )


def needs_writer(path: Path) -> DatabaseError:
    """Return the error for a database that a killed writer left unfinished."""
    return DatabaseError(
        Trouble.NEEDS_WRITER,
        f"A program was stopped while it wrote {path.name}. SQLite has to open the file for writing once, to take back "
        "what was not finished.",
    )


def _read_only(code: int, path: Path) -> DatabaseError:
    if code in _NEEDS_WRITER:
        return needs_writer(path)
    if not os.access(path.parent, os.W_OK):
        return _folder_read_only(path)
    return DatabaseError(Trouble.READ_ONLY, f"{path.name} can be read, but not be written by you.")


def _folder_read_only(path: Path) -> DatabaseError:
    return DatabaseError(
        Trouble.READ_ONLY,
        f"The newest changes of {path.name} are in {path.name}-wal, which can only be read where the folder may be "
        "written. Copy both files to a folder of yours.",
    )


def _cannot_open(path: Path) -> DatabaseError:
    if not path.exists():
        return missing(path)
    if path.is_dir():
        return DatabaseError(Trouble.NO_DATABASE, f"{path.name} is a folder, not a database.")
    if not os.access(path, os.R_OK):
        return DatabaseError(
            Trouble.DENIED, f"You may not read {path.name}: ask its owner, or change its permissions, then try again."
        )
    if not os.access(path.parent, os.W_OK):
        return _folder_read_only(path)
    if Path(f"{path}-journal").exists():
        return needs_writer(path)
    return DatabaseError(Trouble.DENIED, f"{path.name} cannot be opened: look at its permissions, then try again.")


def _unreadable(code: int, path: Path, said: str) -> DatabaseError:
    if not path.is_file():
        return _cannot_open(path)
    if code & 0xFF == _NOTADB:
        return DatabaseError(
            Trouble.NO_DATABASE,
            f"{path.name} is no SQLite database, or it is encrypted. A snapshot or the seed data can take its place; "
            "the file is kept beside it.",
        )
    if code & 0xFF == _CORRUPT or code == _SHORT_READ:
        return DatabaseError(
            Trouble.CORRUPT,
            f"A part of {path.name} is damaged and cannot be read ({said}). Other tables may still be readable; "
            "going back to a snapshot brings all of it back.",
        )
    return DatabaseError(Trouble.CORRUPT, f"{path.name} could not be read from the disk ({said}). Try again.")
