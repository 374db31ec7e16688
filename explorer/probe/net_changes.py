"""What a transaction did to each row, all in all: of a row that came, changed and went again nothing is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .row_catalogue import WatchedTable
from .row_triggers import DELETE, INSERT, TEXT, TOO_LONG, UPDATE, TriggerPlan

KINDS = ("insert", "update", "delete")

RawChange = tuple[int, str, tuple[Any, ...], int]
"""(trigger, letters, values, span of the statement), as the triggers told it."""

Row = tuple[Any, ...]
Key = tuple[Any, ...]


@dataclass
class _Fate:
    """One row from before the transaction to now."""

    first_key: Key
    key: Key
    before: Row | None
    after: Row | None
    span_id: int


@dataclass
class NetChanges:
    """The changes of one transaction.

    Attributes:
        changes: (table's number, kind, key, before, after, span id) in the order in which the rows were first touched.
        whole: whether every value could be taken along; a very long one cannot.

    """

    changes: list[tuple[int, str, Key, Row | None, Row | None, int]] = field(default_factory=list)
    whole: bool = True


def net_changes(raw: Iterable[RawChange], tables: tuple[WatchedTable, ...], encoding: str) -> NetChanges:
    """Fold what the triggers told, in its order."""
    fates: list[_Fate | None] = []
    places: list[int] = []  # the table of each fate
    here: dict[tuple[int, Key], int] = {}  # rows that are there now
    gone: dict[tuple[int, Key], int] = {}  # rows that were there before
    net = NetChanges()
    for trigger, letters, values, span_id in raw:
        number, kind = divmod(trigger, 3)
        table = tables[number]
        if TOO_LONG in letters:
            net.whole = False
        row = _plain(values, letters, encoding)
        width = len(table.columns) + (1 if table.rowid else 0)
        old = row[:width] if kind in (UPDATE, DELETE) else None
        new = row[-width:] if kind in (INSERT, UPDATE) else None
        at = here.pop((number, _key(table, old)), None) if old is not None else None
        if at is None:
            back = gone.pop((number, _key(table, new)), None) if new is not None and old is None else None
            if back is not None:
                at = back
            else:
                key = _key(table, old if old is not None else new or ())
                at = len(fates)
                fates.append(_Fate(key, key, _columns(table, old), None, span_id))
                places.append(number)
        fate = fates[at]
        if fate is None:
            continue
        fate.span_id = span_id
        if new is not None:
            fate.key, fate.after = _key(table, new), _columns(table, new)
            here[number, fate.key] = at
        elif fate.before is None:
            fates[at] = None  # came and went
        else:
            fate.key, fate.after = fate.first_key, None
            gone[number, fate.key] = at
    for number, fate in zip(places, fates):  # noqa: B905 - strict is 3.10, and they have one length
        if fate is not None and not (fate.before is not None and _same(fate.before, fate.after)):
            kind_name = KINDS[INSERT if fate.before is None else DELETE if fate.after is None else UPDATE]
            net.changes.append((number, kind_name, fate.key, fate.before, fate.after, fate.span_id))
    return net


def notes(
    plan: TriggerPlan, kept: list[RawChange], counts: dict[int, int], total: int, encoding: str
) -> Iterator[dict[str, Any]]:
    """Yield the data of CHANGED_ROWS for each database that was changed."""
    complete = len(kept) == total
    net = net_changes(kept, plan.tables, encoding) if complete else None
    if net is not None and net.whole:
        counts = {}
        for number, kind, *_ in net.changes:
            trigger = 3 * number + KINDS.index(kind)
            counts[trigger] = counts.get(trigger, 0) + 1
    numbers = sorted({trigger // 3 for trigger in counts})
    for schema in dict.fromkeys(plan.tables[number].schema for number in numbers):
        mine = {number: plan.tables[number] for number in numbers if plan.tables[number].schema == schema}
        changes = net.changes if net is not None and net.whole else ()
        told = tuple((mine[number].name, *rest) for number, *rest in changes if number in mine)
        tables = {number: tuple(counts.get(3 * number + kind, 0) for kind in range(3)) for number in mine}
        yield {
            "database": next(iter(mine.values())).file,
            "columns": {table.name: table.columns for table in mine.values()},
            "keys": {table.name: table.key for table in mine.values()},
            "changes": told,
            "total": sum(sum(three) for three in tables.values()),
            "counts": {mine[number].name: three for number, three in tables.items()},
        }


def _plain(values: Row, letters: str, encoding: str) -> Row:
    """Return SQLite's own values: a text came as bytes."""
    if TEXT not in letters:
        return values
    return tuple(
        value.decode(encoding, "replace") if letter == TEXT else value
        for value, letter in zip(values, letters)  # noqa: B905
    )


def _columns(table: WatchedTable, row: Row | None) -> Row | None:
    return row if row is None or not table.rowid else row[1:]


def _key(table: WatchedTable, row: Row) -> Key:
    if table.rowid:
        return row[:1]
    return tuple(row[table.columns.index(name)] for name in table.key)


def _same(before: Row, after: Row | None) -> bool:
    """Tell whether nothing changed; 1 and 1.0 are equal to Python and not the same to SQLite."""
    return before == after and all(type(a) is type(b) for a, b in zip(before, after or ()))  # noqa: B905
