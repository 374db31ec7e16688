"""Which triggers a connection needs, asked of the connection without the app's noticing."""

from __future__ import annotations

import sqlite3

from .row_catalogue import databases, quoted, read_tables
from .row_triggers import TriggerPlan, plan_triggers

_MOST_PLANS = 20
_MOST_TABLES = 1_000

Versions = tuple[tuple[str, str, int], ...]
"""(schema, file, version of the schema) of each database of a connection."""

_plans: dict[object, TriggerPlan] = {}
"""By everything that the schemas say: the connections of a pool look at the same ones."""


class Aside:
    """Lets us ask the connection something that the app does not notice: neither its factories nor its waiting."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._cursor = sqlite3.Cursor(connection)

    def __enter__(self) -> sqlite3.Cursor:
        self._text_factory = self._connection.text_factory
        self._connection.text_factory = str
        (self._timeout,) = self._cursor.execute("PRAGMA busy_timeout").fetchone()
        # Whoever holds the database, the app's own statement waits for it: not we before, and then the app again.
        self._cursor.execute("PRAGMA busy_timeout = 0").close()
        self._cursor = sqlite3.Cursor(self._connection)
        return self._cursor

    def __exit__(self, *_: object) -> None:
        sqlite3.Cursor(self._connection).execute(f"PRAGMA busy_timeout = {int(self._timeout)}").close()
        self._cursor.close()
        self._connection.text_factory = self._text_factory


def versions(cursor: sqlite3.Cursor) -> Versions:
    """Return the version of each schema; another one means that tables may have changed."""
    return tuple(
        (schema, file, cursor.execute(f"PRAGMA {quoted(schema)}.schema_version").fetchone()[0])
        for schema, file in databases(cursor)
    )


def plan_for(cursor: sqlite3.Cursor) -> TriggerPlan | None:
    """Return the triggers for a schema; None when it has more tables than are worth it."""
    said = tuple(
        (schema, file, tuple(cursor.execute(f"SELECT type, name, sql FROM {quoted(schema)}.sqlite_master")))  # noqa: S608
        for schema, file in databases(cursor)
    )
    plan = _plans.get(said)
    if plan is None:
        tables = read_tables(cursor)
        if len(tables) > _MOST_TABLES:
            return None
        plan = plan_triggers(tables)
        if len(_plans) >= _MOST_PLANS:
            _plans.pop(next(iter(_plans), None), None)
        _plans[said] = plan
    return plan
