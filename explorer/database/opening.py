"""Opens a database so that nothing can be written through it, and mends one that a killed writer left unfinished."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from explorer.database.failing import explained, missing


@dataclass(frozen=True, slots=True)
class Identity:
    """Which file it is: another file under the same name has another identity."""

    device: int
    number: int


def identity(path: Path) -> Identity | None:
    """Return which file stands at `path`, or None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return Identity(found.st_dev, found.st_ino)


def uri(path: Path, **options: str) -> str:
    """Return SQLite's address of a file, with options such as ``mode="ro"``."""
    text = "&".join(f"{name}={value}" for name, value in options.items())
    absolute = path.absolute().as_posix()
    return f"file:{'' if absolute.startswith('/') else '/'}{quote(absolute)}?{text}"


def open_read_only(path: Path, busy_seconds: float, *, own_temporary: bool = False) -> sqlite3.Connection:
    """Open the database at `path` for reading.

    Args:
        path: the file, which must exist.
        busy_seconds: how long to wait for somebody who holds it.
        own_temporary: whether temporary tables may be written; the database itself may not either way.

    Raises:
        DatabaseError: it cannot be opened.
    """
    if not path.exists():
        raise missing(path)
    options = {"mode": "ro"}
    if _never_changes(path):
        options["immutable"] = "1"
    try:
        connection = sqlite3.connect(
            uri(path, **options), timeout=busy_seconds, isolation_level=None, check_same_thread=False, uri=True
        )
    except sqlite3.Error as error:
        failure = explained(error, path)
    else:
        connection.text_factory = as_text
        if not own_temporary:
            connection.execute("PRAGMA query_only=ON")
        connection.execute("PRAGMA trusted_schema=OFF")
        return connection
    raise failure


def as_text(encoded: bytes) -> str:
    """Return a text; what is no UTF-8 in it is shown as a replacement character."""
    return encoded.decode("utf-8", "replace")


def mend(path: Path, busy_seconds: float = 2.0) -> None:
    """Open the database for writing once, so that SQLite takes back what a killed writer left unfinished.

    Raises:
        DatabaseError: that failed too.
    """
    if not path.exists():
        raise missing(path)
    try:
        with closing(
            sqlite3.connect(uri(path, mode="rw"), timeout=busy_seconds, isolation_level=None, uri=True)
        ) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return
    except sqlite3.Error as error:
        failure = explained(error, path)
    raise failure


def _never_changes(path: Path) -> bool:
    """Tell whether nobody can write it: a WAL database without a log, where no log can be made."""
    if os.access(path.parent, os.W_OK) or Path(f"{path}-wal").exists():
        return False
    try:
        with path.open("rb") as file:
            return file.read(20)[18:20] == b"\x02\x02"
    except OSError:
        return False
