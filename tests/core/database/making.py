"""Databases for tests."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


def make(path: Path, script: str) -> Path:
    """Make a database by statements."""
    with writing(path) as connection:
        connection.executescript(script)
    return path


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database as another program would, and commit at the end."""
    with closing(sqlite3.connect(path, timeout=0)) as connection:
        yield connection
        connection.commit()


def is_free(path: Path) -> bool:
    """Tell whether nobody holds the database in any way."""
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            return False
        connection.execute("ROLLBACK")
        return True
