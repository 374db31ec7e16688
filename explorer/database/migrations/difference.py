"""What differs between two schemas, line by line; what stays is shown where something beside it changes."""

from __future__ import annotations

from collections.abc import Mapping

from explorer.database.migrations.revisions import SchemaLine, SchemaLineKind
from explorer.database.schema import Column, Schema, Table, TableKind

_OWN = "alembic_version"
_Parts = Mapping[str, str]  # what each column, index, constraint and trigger is


def difference(before: Schema, after: Schema) -> tuple[SchemaLine, ...]:
    """Return the difference, table by table; empty when the schemas are alike."""
    names = {table.name.lower(): table.name for schema in (before, after) for table in schema.tables}
    lines: list[SchemaLine] = []
    for key in sorted(names):
        if key == _OWN:
            continue
        old, new = before.find(key), after.find(key)
        if old is None and new is not None:
            lines += _whole(new, SchemaLineKind.ADDED)
        elif new is None and old is not None:
            lines += _whole(old, SchemaLineKind.REMOVED)
        elif old is not None and new is not None:
            lines += _changed(old, new)
    return tuple(lines)


def _whole(table: Table, kind: SchemaLineKind) -> list[SchemaLine]:
    what = "view" if table.kind is TableKind.VIEW else "table"
    parts = _parts(table)
    return [
        SchemaLine(table.name, "", kind, what),
        *(SchemaLine(table.name, name, kind, parts[name]) for name in parts),
    ]


def _changed(old: Table, new: Table) -> list[SchemaLine]:
    before, after = _parts(old), _parts(new)
    lines = []
    for name in _in_order(before, after):
        if name not in after:
            lines.append(SchemaLine(new.name, name, SchemaLineKind.REMOVED, before[name]))
        elif name not in before:
            lines.append(SchemaLine(new.name, name, SchemaLineKind.ADDED, after[name]))
        elif before[name] != after[name]:
            lines.append(SchemaLine(new.name, name, SchemaLineKind.CHANGED, f"{after[name]}, was {before[name]}"))
        else:
            lines.append(SchemaLine(new.name, name, SchemaLineKind.SAME, after[name]))
    if any(line.kind is not SchemaLineKind.SAME for line in lines):
        return [SchemaLine(new.name, "", SchemaLineKind.SAME), *lines]
    if _plain(old) != _plain(new):
        return [SchemaLine(new.name, "", SchemaLineKind.CHANGED, "another definition: see the SQL")]
    return []


def _in_order(before: _Parts, after: _Parts) -> list[str]:
    """Return all names in the order of `after`, those that go where they were."""
    order = list(after)
    previous: str | None = None
    for name in before:
        if name not in after:
            order.insert(0 if previous is None else order.index(previous) + 1, name)
        previous = name
    return order


def _parts(table: Table) -> dict[str, str]:
    leads = {key.columns[0]: f"{key.table}.{', '.join(key.to)}" for key in table.foreign_keys if len(key.columns) == 1}
    found = {column.name: _column(column, leads.get(column.name)) for column in table.columns}
    for key in table.foreign_keys:
        if len(key.columns) > 1:
            found[f"({', '.join(key.columns)})"] = f"→ {key.table} ({', '.join(key.to)})"
    for index in table.indexes:
        if index.sql is not None:
            found[index.name] = f"{'UNIQUE ' if index.unique else ''}INDEX ({', '.join(index.columns)})"
        elif index.columns != table.key_columns:
            found[f"UNIQUE ({', '.join(index.columns)})"] = "CONSTRAINT"
    for trigger in table.triggers:
        found[trigger.name] = "TRIGGER"
    return found


def _column(column: Column, leads: str | None) -> str:
    words = [column.type or "ANY"]
    if column.key:
        words.append("PRIMARY KEY")
    else:
        words.append("NOT NULL" if column.not_null else "NULL")
    if column.default is not None:
        words.append(f"DEFAULT {column.default}")
    if column.generated:
        words.append("GENERATED")
    if leads is not None:
        words.append(f"→ {leads}")
    return " ".join(words)


def _plain(table: Table) -> str:
    """Return a definition without what Alembic changes for nothing: spaces, quotation marks, the order of words."""
    return "".join(sorted("".join(table.sql.replace('"', "").split()).lower()))
