"""Notices that somebody changed the database."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from explorer.database.reader import Reader

Version = tuple[int, int, int]
"""The opening, SQLite's data version and its schema version: equal when nothing changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What changed since the look before.

    Attributes:
        data: whether rows may have changed.
        schema: whether tables changed.
        replaced: whether another file took the place of the one that was open.
    """

    data: bool
    schema: bool
    replaced: bool


class Watch:
    """Compares the database with how it was at the last look; used on the reader's thread only."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._seen: Version | None = None

    def version(self, connection: sqlite3.Connection) -> Version:
        """Return the version of what the connection reads now."""
        (data,) = connection.execute("PRAGMA data_version").fetchone()
        (schema,) = connection.execute("PRAGMA schema_version").fetchone()
        return self._reader.openings, data, schema

    def begin(self, connection: sqlite3.Connection) -> None:
        """Let the first look tell what changes from now on."""
        if self._seen is None:
            self._seen = self.version(connection)

    def look(self, connection: sqlite3.Connection) -> Look:
        """Return what changed since the last look; nothing the first time, unless `begin` was called.

        The file's beginning is read anew: whoever overwrites it without SQLite does not count the change.
        """
        connection.execute("PRAGMA shrink_memory")  # SQLite would answer from the pages that it keeps
        now, before = self.version(connection), self._seen
        self._seen = now
        if before is None:
            return Look(data=False, schema=False, replaced=False)
        replaced = now[0] != before[0]
        return Look(data=now != before, schema=replaced or now[2] != before[2], replaced=replaced)
