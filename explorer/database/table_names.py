"""What tables a database has, without reading anything else of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from explorer.database.opening import open_read_only
from explorer.database.trouble import DatabaseError

_BUSY_SECONDS = 0.2
_QUESTION = (
    "SELECT name FROM main.sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
)


def table_names(path: Path) -> tuple[str, ...]:
    """Return the names of tables and views, by name; none when the database cannot be read now."""
    try:
        with closing(open_read_only(path, _BUSY_SECONDS)) as connection:
            rows = connection.execute(f"{_QUESTION} ORDER BY name COLLATE NOCASE").fetchall()
    except (DatabaseError, sqlite3.Error):
        return ()
    return tuple(name for (name,) in rows)
