"""What a database consists of, as SQLite tells it."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field


class TableKind(enum.StrEnum):
    """What rows come from."""

    TABLE = "table"
    VIEW = "view"
    VIRTUAL = "virtual"  # made by a module, such as a full-text index
    SHADOW = "shadow"  # where a virtual table keeps its data


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    Attributes:
        name: as declared.
        type: as declared, such as ``VARCHAR(80)``; empty when nothing is declared.
        not_null: whether NULL is refused.
        default: the expression, as SQL; None for none.
        key: its place in the primary key, from 1; 0 when it is no part of it.
        generated: whether it is computed from others.
        hidden: whether ``SELECT *`` leaves it out.
    """

    name: str
    type: str = ""
    not_null: bool = False
    default: str | None = None
    key: int = 0
    generated: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """Columns that point to a row elsewhere.

    Attributes:
        columns: here.
        table: there.
        to: the columns there, in the same order.
        on_update: such as ``CASCADE``.
        on_delete: such as ``SET NULL``.
    """

    columns: tuple[str, ...]
    table: str
    to: tuple[str, ...]
    on_update: str = "NO ACTION"
    on_delete: str = "NO ACTION"


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """One index. `sql` is None for those that SQLite made for a constraint; `partial` when it holds some rows only."""

    name: str
    table: str
    columns: tuple[str, ...]
    unique: bool = False
    partial: bool = False
    sql: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """One trigger, with the statement that made it."""

    name: str
    table: str
    sql: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table or view.

    Attributes:
        name: as declared.
        kind: what its rows come from.
        columns: in their order.
        without_rowid: whether its rows are known by their primary key alone.
        foreign_keys: what points elsewhere.
        indexes: on it.
        triggers: on it.
        sql: the statement that made it.
        problem: why its columns could not be read (a view on a table that is gone), one sentence; None normally.
    """

    name: str
    kind: TableKind
    columns: tuple[Column, ...] = ()
    without_rowid: bool = False
    foreign_keys: tuple[ForeignKey, ...] = ()
    indexes: tuple[Index, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    sql: str = ""
    problem: str | None = None

    @property
    def key_columns(self) -> tuple[str, ...]:
        """The primary key's columns in its order; empty for none."""
        return tuple(c.name for c in sorted(self.columns, key=lambda c: c.key) if c.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """Everything in the database.

    Attributes:
        tables: tables and views by name.
        version: SQLite's ``schema_version``: changes with every change of the schema.
    """

    tables: tuple[Table, ...] = ()
    version: int = 0
    _by_name: dict[str, Table] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {table.name.lower(): table for table in self.tables})

    def find(self, name: str) -> Table | None:
        """Return a table or view by its name, in whatever case, or None."""
        return self._by_name.get(name.lower())
