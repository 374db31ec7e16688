"""The SQLite file of everything that was sent. For one thread; see `history` for the window's way to it."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from explorer.storage.document import free_name

VERSION: Final = 1
KEPT_ENTRIES: Final = 200_000
KEPT_BODIES: Final = 20_000  # of the newest entries; older ones keep everything else
_BUSY_SECONDS: Final = 2.0
_COLUMNS: Final = "id, at, method, url, operation, status, cancelled, elapsed_ns, size"
_SCHEMA: Final = """
CREATE TABLE entry (
    id INTEGER PRIMARY KEY, at REAL NOT NULL, method TEXT NOT NULL, url TEXT NOT NULL, operation TEXT NOT NULL,
    status INTEGER, cancelled INTEGER NOT NULL, elapsed_ns INTEGER NOT NULL, size INTEGER NOT NULL,
    search TEXT NOT NULL, removed INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX entry_removed ON entry (removed) WHERE removed;
CREATE TABLE content (
    id INTEGER PRIMARY KEY REFERENCES entry (id) ON DELETE CASCADE, draft BLOB NOT NULL, exchange BLOB NOT NULL
);
CREATE TABLE body (id INTEGER PRIMARY KEY REFERENCES entry (id) ON DELETE CASCADE, content BLOB NOT NULL);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One line of the history.

    Attributes:
        id: grows with time; 0 before it is stored.
        at: when it was sent, in seconds since the epoch.
        method: upper case.
        url: absolute, without secrets.
        operation: the `Operation.key` it was sent from; empty for none.
        status: the status code; None when no response came.
        cancelled: whether the person stopped it.
        elapsed_ns: nanoseconds.
        size: bytes of the response's body, decoded.
    """

    id: int = 0
    at: float
    method: str
    url: str
    operation: str
    status: int | None
    cancelled: bool
    elapsed_ns: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRecord:
    """An entry with all that belongs to it. Whoever makes one leaves secrets out.

    Attributes:
        entry: what the list shows.
        draft: the draft as JSON.
        exchange: the exchange without the response's body, as JSON.
        body: the beginning of the response's body.
        search: what can be searched for besides method, URL and status.
    """

    entry: HistoryEntry
    draft: bytes
    exchange: bytes
    body: bytes = b""
    search: str = ""


class HistoryFile:
    """Opens, fills and searches the file.

    Every method raises `sqlite3.Error` when the disk is full, the file cannot be written, or it is damaged.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, make it when it is missing, and forget what was removed before.

        A file that is damaged, or newer than this program, is moved aside; `notice` says so.
        """
        self.notice: str | None = None
        self._path = path
        try:
            self._connection = self._open()
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise  # the disk is full, or the folder cannot be written: nothing is wrong with the file
            self.notice = self._set_aside("could not be understood", "corrupt")
            self._connection = self._open()
        self._identity = _identity(path)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def is_there(self) -> bool:
        """Tell whether the file at its place is the one that was opened: it may have been deleted, or replaced."""
        return _identity(self._path) == self._identity

    def leave(self) -> str:
        """Close a file that is not there any more, written again if no other is at its place; return a sentence on it.

        SQLite still has all of a file that was deleted, as long as it has it open. May raise `OSError`, too.
        """
        # What its log holds would else be taken for the log of whatever has its name next.
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if self._path.exists():
            self._connection.close()
            return f"{self._path.name} was replaced by another file, which is used from now on."
        self._path.parent.mkdir(parents=True, exist_ok=True)
        copy = self._path.with_name(f".{self._path.name}.tmp")
        copy.unlink(missing_ok=True)
        with closing(sqlite3.connect(copy)) as target:
            self._connection.backup(target)
        self._connection.close()  # before the copy has the name: closing deletes the files that belong to that
        copy.rename(self._path)
        return f"{self._path.name} was deleted while FastAPI Explorer ran. It was written again, with all in it."

    def put_aside(self) -> str:
        """Close a file that turned out to be damaged and move it aside; return a sentence on it."""
        self._connection.close()
        return self._set_aside("is damaged", "corrupt")

    def add(self, records: Sequence[HistoryRecord]) -> tuple[HistoryEntry, ...]:
        """Store records, all or none of them; returns their entries with ids."""
        with self._connection:
            return tuple([replace(record.entry, id=self._insert(record)) for record in records])

    def find(self, text: str, *, limit: int, before: int | None = None) -> tuple[HistoryEntry, ...]:
        """Return the newest entries that hold every word of `text`, of those older than the id `before`."""
        where, values = _condition(text)
        if before is not None:
            where, values = f"{where} AND id < ?", (*values, before)
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM entry WHERE {where} ORDER BY id DESC LIMIT ?",  # noqa: S608 - parts of our own
            (*values, limit),
        )
        return tuple(_entry(row) for row in rows)

    def count(self, text: str) -> int:
        """Return how many entries hold every word of `text`."""
        where, values = _condition(text)
        found: int = self._connection.execute(f"SELECT count(*) FROM entry WHERE {where}", values).fetchone()[0]  # noqa: S608 - parts of our own
        return found

    def read(self, number: int) -> HistoryRecord | None:
        """Return all of an entry; None when it is gone, or damaged."""
        row = self._connection.execute(
            f"SELECT {_COLUMNS}, draft, exchange FROM entry JOIN content USING (id) WHERE id = ?",  # noqa: S608 - parts of our own
            (number,),
        ).fetchone()
        if row is None:
            return None
        body = self._connection.execute("SELECT content FROM body WHERE id = ?", (number,)).fetchone()
        try:
            return HistoryRecord(
                entry=_entry(row[:-2]),
                draft=zlib.decompress(row[-2]),
                exchange=zlib.decompress(row[-1]),
                body=zlib.decompress(body[0]) if body else b"",
            )
        except (zlib.error, TypeError):
            return None

    def remove(self, numbers: Sequence[int]) -> None:
        """Take entries out; `restore` brings them back until the file is opened again."""
        self._mark(1, numbers)

    def restore(self, numbers: Sequence[int]) -> None:
        """Bring removed entries back."""
        self._mark(0, numbers)

    def remove_all(self) -> tuple[int, ...]:
        """Take everything out; returns the ids for `restore`."""
        numbers = tuple(row[0] for row in self._connection.execute("SELECT id FROM entry WHERE NOT removed"))
        with self._connection:
            self._connection.execute("UPDATE entry SET removed = 1 WHERE NOT removed")
        return numbers

    def _mark(self, removed: int, numbers: Sequence[int]) -> None:
        with self._connection:
            self._connection.executemany("UPDATE entry SET removed = ? WHERE id = ?", [(removed, n) for n in numbers])

    def _insert(self, record: HistoryRecord) -> int:
        entry = record.entry
        words = (entry.method, entry.url, str(entry.status or ""), entry.operation, record.search)
        cursor = self._connection.execute(
            "INSERT INTO entry (at, method, url, operation, status, cancelled, elapsed_ns, size, search)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(entry.at, entry.method, entry.url, entry.operation, entry.status, entry.cancelled),
                *(entry.elapsed_ns, entry.size, "\n".join(words).lower()),
            ),
        )
        number = cursor.lastrowid or 0
        self._connection.execute(
            "INSERT INTO content VALUES (?, ?, ?)",
            (number, zlib.compress(record.draft, 1), zlib.compress(record.exchange, 1)),
        )
        if record.body:
            self._connection.execute("INSERT INTO body VALUES (?, ?)", (number, zlib.compress(record.body, 1)))
        return number

    def _open(self) -> sqlite3.Connection:
        version = self._version()
        if version > VERSION:
            self.notice = self._set_aside("was written by a newer FastAPI Explorer", f"version-{version}")
            version = 0
        connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            if version == 0:
                connection.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT;")
            _tidy(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _version(self) -> int:
        """Return the version of the file; 0 for none yet. Raises when it is damaged."""
        if not self._path.exists():
            return 0
        with closing(sqlite3.connect(self._path, timeout=_BUSY_SECONDS)) as connection:
            version: int = connection.execute("PRAGMA user_version").fetchone()[0]
            if version == VERSION:
                for table in ("entry", "content", "body"):
                    connection.execute(f"SELECT id FROM {table} ORDER BY id DESC LIMIT 1").fetchone()  # noqa: S608 - our own
        return version

    def _set_aside(self, why: str, suffix: str) -> str:
        kept = free_name(self._path, suffix)
        for ending in ("", "-wal", "-shm"):
            path = self._path.with_name(self._path.name + ending)
            if path.exists():
                path.rename(kept.with_name(kept.name + ending))
        return f"{self._path.name} {why}. It was kept as {kept.name}; the history begins anew."


def _tidy(connection: sqlite3.Connection) -> None:
    """Forget what was removed, what is older than the newest `KEPT_ENTRIES`, and the bodies of the older ones."""
    newest: int = connection.execute("SELECT coalesce(max(id), 0) FROM entry").fetchone()[0]
    with connection:
        connection.execute("DELETE FROM entry WHERE removed")
        connection.execute("DELETE FROM entry WHERE id <= ?", (newest - KEPT_ENTRIES,))
        connection.execute("DELETE FROM body WHERE id <= ?", (newest - KEPT_BODIES,))


def _condition(text: str) -> tuple[str, tuple[str | int, ...]]:
    words = text.lower().split()
    where = " AND ".join(["NOT removed", *(r"search LIKE ? ESCAPE '\'" for _ in words)])
    return where, tuple(f"%{_escaped(word)}%" for word in words)


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _entry(row: Sequence[object]) -> HistoryEntry:
    number, at, method, url, operation, status, cancelled, elapsed_ns, size = row
    return HistoryEntry(
        id=_int(number),
        at=at if isinstance(at, float) else 0.0,
        method=str(method),
        url=str(url),
        operation=str(operation),
        status=None if status is None else _int(status),
        cancelled=bool(cancelled),
        elapsed_ns=_int(elapsed_ns),
        size=_int(size),
    )


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Tell whether something is wrong with the file itself, rather than with the disk or its rights."""
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return True
    return any(words in str(error) for words in ("no such table", "no such column", "already exists"))


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
