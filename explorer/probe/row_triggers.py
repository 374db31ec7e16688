"""The TEMP triggers that tell of changed rows, as SQL.

They call functions that the connection alone has, and so leave nothing in the database: no row, no table, and neither
`changes()` nor `total_changes` counts anything of theirs. A text goes through as bytes, with a letter that says so, for
one that is no valid UTF-8 would fail on its way into Python, and with it the app's own statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .row_catalogue import WatchedTable, quoted

PREFIX = "fastapi_explorer_"
GATE = PREFIX + "gate"  # (trigger) counts a row, and says whether its values are still wanted
PART = PREFIX + "part"  # (letters, values…) some of a row's values
ROW = PREFIX + "row"  # (trigger, letters, values…) the last of a row's values
REPLACING = PREFIX + "replacing"  # (table) whether rows in the way of this one will be replaced
OLD = PREFIX + "old"  # (table, letters, values…) the last values of a row that is in the way

INSERT, UPDATE, DELETE = 0, 1, 2
LONGEST = 16_000_000
"""Bytes of a blob, or characters of a text, that are still taken along."""

TEXT, BLOB, TOO_LONG, PLAIN = "t", "b", "x", "-"
_MOST_PARTS = 60  # of one call, half of what SQLite allows: a deep chain of || has a limit too


@dataclass(frozen=True)
class TriggerPlan:
    """All triggers for a set of tables; trigger number ``3 * table + INSERT|UPDATE|DELETE``."""

    tables: tuple[WatchedTable, ...]
    create: tuple[str, ...]
    create_replacing: tuple[str, ...]
    drop: tuple[str, ...]


def plan_triggers(tables: Sequence[WatchedTable]) -> TriggerPlan:
    """Return the triggers that watch these tables."""
    create: list[str] = []
    replacing: list[str] = []
    drop: list[str] = []
    for number, table in enumerate(tables):
        new, old = _row(table, "NEW"), _row(table, "OLD")
        target = f"{quoted(table.schema)}.{quoted(table.name)}"
        for event, kind, values in (("INSERT", INSERT, new), ("UPDATE", UPDATE, old + new), ("DELETE", DELETE, old)):
            trigger = 3 * number + kind
            body = f"SELECT {_calls(ROW, trigger, values)}"
            create.append(_trigger(f"{trigger}", f"AFTER {event}", target, f"{GATE}({trigger})", body))
        for event in ("INSERT", "UPDATE"):
            body = _in_the_way(table, number, target, updating=event == "UPDATE")
            name = f"{number}_{event.lower()}"
            replacing.append(_trigger(name, f"BEFORE {event}", target, f"{REPLACING}({number})", body))
        names = [*(str(3 * number + kind) for kind in range(3)), f"{number}_insert", f"{number}_update"]
        drop += [f'DROP TRIGGER IF EXISTS temp."{PREFIX}{name}"' for name in names]
    return TriggerPlan(tuple(tables), tuple(create), tuple(replacing), tuple(drop))


def _trigger(name: str, event: str, target: str, when: str, body: str) -> str:
    return f'CREATE TEMP TRIGGER "{PREFIX}{name}" {event} ON {target} WHEN {when} BEGIN {body}; END'


def _row(table: WatchedTable, source: str) -> list[str]:
    """Return the expressions of a row's values: its rowid if it has one, then its columns."""
    names = [table.rowid] if table.rowid else []
    return [f"{source}.{quoted(name)}" for name in (*names, *table.columns)]


def _calls(last: str, number: int, values: Sequence[str]) -> str:
    """Return the calls that hand over any number of values, as the columns of one SELECT."""
    chunks = [values[i : i + _MOST_PARTS] for i in range(0, len(values), _MOST_PARTS)] or [[]]
    calls = [f"{PART}({_letters(chunk)}, {_values(chunk)})" for chunk in chunks[:-1]]
    calls.append(f"{last}({number}, {_letters(chunks[-1])}, {_values(chunks[-1])})")
    return ", ".join(calls)


def _letters(values: Sequence[str]) -> str:
    return " || ".join(
        f"CASE typeof({v}) WHEN 'text' THEN CASE WHEN length({v}) > {LONGEST} THEN '{TOO_LONG}' ELSE '{TEXT}' END"
        f" WHEN 'blob' THEN CASE WHEN length({v}) > {LONGEST} THEN '{TOO_LONG}' ELSE '{BLOB}' END"
        f" ELSE '{PLAIN}' END"
        for v in values
    )


def _values(values: Sequence[str]) -> str:
    return ", ".join(
        f"CASE typeof({v}) WHEN 'text' THEN CASE WHEN length({v}) > {LONGEST} THEN NULL ELSE CAST({v} AS BLOB) END"
        f" WHEN 'blob' THEN CASE WHEN length({v}) > {LONGEST} THEN NULL ELSE {v} END"
        f" ELSE {v} END"
        for v in values
    )


def _in_the_way(table: WatchedTable, number: int, target: str, *, updating: bool) -> str:
    """Return the SELECT that finds the rows which a REPLACE would take away."""
    clashes = [f"o.{quoted(table.rowid)} = NEW.{quoted(table.rowid)}"] if table.rowid else []
    clashes += [
        "(" + " AND ".join(f"o.{quoted(c)} = NEW.{quoted(c)} COLLATE {quoted(how)}" for c, how in unique.columns) + ")"
        for unique in table.uniques
    ]
    where = f"({' OR '.join(clashes)})"
    if updating:
        own = [table.rowid] if table.rowid else list(table.key)
        where += f" AND NOT ({' AND '.join(f'o.{quoted(c)} IS OLD.{quoted(c)}' for c in own)})"
    return f"SELECT {_calls(OLD, number, _row(table, 'o'))} FROM {target} AS o WHERE {where}"  # noqa: S608
