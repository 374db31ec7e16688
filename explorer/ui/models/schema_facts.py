"""What the schema page says of a table: rows of facts, worked out from the schema alone."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.database.schema import Column, ForeignKey, Schema, Table, TableKind
from explorer.ui.models.text_rows_model import TextRow
from explorer.ui.wording import count_text

_KINDS = {
    TableKind.TABLE: "table",
    TableKind.VIEW: "view",
    TableKind.VIRTUAL: "virtual table",
    TableKind.SHADOW: "shadow table",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Rows of one section.

    Attributes:
        key: what the program calls the section.
        title: what stands above it.
        heads: titles of its columns.
        widths: of its columns in design pixels; None shares what is left.
        rows: what it says.
        targets: the table that each row leads to; empty where none does.
        link: the column that leads there; -1 when none does.
    """

    key: str
    title: str
    heads: tuple[str, ...]
    widths: tuple[float | None, ...]
    rows: tuple[TextRow, ...]
    targets: tuple[str, ...] = ()
    link: int = -1


def kind_words(table: Table) -> str:
    """Return what a table is, such as ``table · 7 columns · without rowid``."""
    parts = [_KINDS[table.kind]]
    if table.columns:
        parts.append(count_text(len(table.columns), "column"))
    if table.without_rowid:
        parts.append("without rowid")
    return " · ".join(parts)


def facts_of(schema: Schema, table: Table) -> tuple[Facts, ...]:
    """Return the sections of a table that have something to say."""
    sections = (_columns(table), _indexes(table), _points_to(table), _pointed_at(schema, table), _triggers(table))
    return tuple(section for section in sections if section.rows)


def _columns(table: Table) -> Facts:
    targets = {column.lower(): key for key in table.foreign_keys for column in key.columns}
    rows = tuple(
        TextRow(
            (
                column.name,
                column.type or "(any)",
                "NOT NULL" if column.not_null or (column.key and table.without_rowid) else "",
                column.default or "",
                _marks(table, column, targets.get(column.name.lower())),
            )
        )
        for column in table.columns
    )
    heads = ("Column", "Type", "NULL", "Default", "Key")
    return Facts(key="columns", title="Columns", heads=heads, widths=(None, 140, 84, 130, None), rows=rows)


def _marks(table: Table, column: Column, key: ForeignKey | None) -> str:
    marks = []
    if column.key:
        marks.append("PK" if len(table.key_columns) == 1 else f"PK {column.key}")
    if key is not None:
        at = [name.lower() for name in key.columns].index(column.name.lower())
        marks.append(f"→ {key.table}.{key.to[at]}" if at < len(key.to) else f"→ {key.table}")
    marks += ["generated"] if column.generated else []
    marks += ["hidden"] if column.hidden else []
    return " · ".join(marks)


def _indexes(table: Table) -> Facts:
    rows = tuple(
        TextRow(
            (
                index.name,
                ", ".join(index.columns),
                " · ".join(
                    word
                    for word, holds in (
                        ("unique", index.unique),
                        ("some rows only", index.partial),
                        ("made for a constraint", index.sql is None),
                    )
                    if holds
                ),
            ),
            explained=index.sql or "SQLite made this index for a UNIQUE or PRIMARY KEY constraint.",
        )
        for index in table.indexes
    )
    heads = ("Index", "Columns", "")
    return Facts(key="indexes", title="Indexes", heads=heads, widths=(None, None, None), rows=rows)


def _points_to(table: Table) -> Facts:
    rows = tuple(
        TextRow((", ".join(key.columns), _target(key.table, key.to), _actions(key))) for key in table.foreign_keys
    )
    return Facts(
        key="points_to",
        title="Points to",
        heads=("Column", "Row of", "When that row goes or changes"),
        widths=(None, None, 260),
        rows=rows,
        targets=tuple(key.table for key in table.foreign_keys),
        link=1,
    )


def _pointed_at(schema: Schema, table: Table) -> Facts:
    found = [
        (other, key) for other in schema.tables for key in other.foreign_keys if key.table.lower() == table.name.lower()
    ]
    rows = tuple(TextRow((_target(other.name, key.columns), ", ".join(key.to), _actions(key))) for other, key in found)
    return Facts(
        key="pointed_at",
        title="Pointed at by",
        heads=("Column", "Points to", "When a row here goes or changes"),
        widths=(None, None, 260),
        rows=rows,
        targets=tuple(other.name for other, _ in found),
        link=0,
    )


def _triggers(table: Table) -> Facts:
    rows = tuple(
        TextRow((trigger.name, " ".join(trigger.sql.split())), explained=trigger.sql) for trigger in table.triggers
    )
    return Facts(key="triggers", title="Triggers", heads=("Trigger", "What it does"), widths=(180, None), rows=rows)


def _target(table: str, columns: tuple[str, ...]) -> str:
    return f"{table}.{columns[0]}" if len(columns) == 1 else f"{table} ({', '.join(columns)})" if columns else table


def _actions(key: ForeignKey) -> str:
    parts = []
    if key.on_delete != "NO ACTION":
        parts.append(f"on delete {key.on_delete.lower()}")
    if key.on_update != "NO ACTION":
        parts.append(f"on update {key.on_update.lower()}")
    return ", ".join(parts) or "refused while rows point to it"
