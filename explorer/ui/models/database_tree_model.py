"""What a database consists of, as a tree: tables with their columns, views, indexes."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer.database.schema import Column, Schema, Table, TableKind
from explorer.ui.override import override
from explorer.ui.tool_tip import documentation

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_TOP = 0  # internal id of a top row's index; a column's is its table's row + 1
_COUNTING = "—"


class EntryKind(enum.StrEnum):
    """What a row stands for."""

    SECTION = "section"
    TABLE = "table"
    VIEW = "view"
    INDEX = "index"
    COLUMN = "column"


class DatabaseRole(enum.IntEnum):
    """What the delegate and the panel ask for."""

    KIND = Qt.ItemDataRole.UserRole
    TABLE = Qt.ItemDataRole.UserRole + 1  # the table a row belongs to
    NAME = Qt.ItemDataRole.UserRole + 2  # as declared
    NOTE = Qt.ItemDataRole.UserRole + 3  # the count of a table, the type of a column, ``unique`` of an index
    ICON = Qt.ItemDataRole.UserRole + 4  # a name of icons.json; empty for none
    CHANGE = Qt.ItemDataRole.UserRole + 5  # inserted, updated, deleted; None for none


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: EntryKind
    name: str
    table: str = ""
    note: str = ""
    icon: str = ""
    tip: str = ""


@dataclass(frozen=True, slots=True)
class _Top:
    entry: _Entry
    columns: tuple[_Entry, ...] = ()


class DatabaseTreeModel(QAbstractItemModel):
    """A schema as a tree, all of it or what a filter leaves."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._schema = Schema()
        self._words: tuple[str, ...] = ()
        self._shown: list[_Top] = []
        self._counts: Mapping[str, int | None] = {}
        self._changes: Mapping[str, tuple[int, int, int]] = {}

    def set_schema(self, schema: Schema) -> None:
        """Show another schema."""
        self.beginResetModel()
        self._schema = schema
        self._shown = _rows(schema, self._words)
        self.endResetModel()

    def set_filter(self, text: str) -> None:
        """Leave what has every word in the name of a table, of one of its columns, or of an index."""
        words = tuple(text.lower().split())
        if words != self._words:
            self.beginResetModel()
            self._words = words
            self._shown = _rows(self._schema, words)
            self.endResetModel()

    def set_counts(self, counts: Mapping[str, int | None]) -> None:
        """Show how many rows tables have; None, or no entry, while that is being counted."""
        self._counts = {name.lower(): count for name, count in counts.items()}
        self._tell()

    def set_changes(self, changes: Mapping[str, tuple[int, int, int]]) -> None:
        """Show how many rows were inserted, updated and deleted; empty for nothing."""
        self._changes = {name.lower(): counts for name, counts in changes.items() if any(counts)}
        self._tell()

    @property
    def filtered(self) -> bool:
        """Whether a filter holds."""
        return bool(self._words)

    def index_of(self, table: str) -> QModelIndex:
        """Return the index of a table or view; an invalid one when it is not shown."""
        for row, top in enumerate(self._shown):
            if top.entry.kind in (EntryKind.TABLE, EntryKind.VIEW) and top.entry.name.lower() == table.lower():
                return self.createIndex(row, 0, _TOP)
        return QModelIndex()

    @override
    def index(self, row: int, column: int, parent: AnyIndex = _NO_INDEX) -> QModelIndex:
        if column != 0 or row < 0:
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, 0, _TOP) if row < len(self._shown) else QModelIndex()
        if parent.internalId() != _TOP or row >= len(self._shown[parent.row()].columns):
            return QModelIndex()
        return self.createIndex(row, 0, parent.row() + 1)

    @override
    def parent(self, child: AnyIndex = _NO_INDEX) -> QModelIndex:  # type: ignore[override]  # QObject.parent() is the other overload
        if not child.isValid() or child.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(child.internalId() - 1, 0, _TOP)

    @override
    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        if not parent.isValid():
            return len(self._shown)
        return len(self._shown[parent.row()].columns) if parent.internalId() == _TOP else 0

    @override
    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 1

    @override
    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if self._entry(index).kind is EntryKind.SECTION:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self._entry(index)
        answers: dict[int, Callable[[], object]] = {
            Qt.ItemDataRole.DisplayRole: lambda: entry.name,
            Qt.ItemDataRole.AccessibleTextRole: lambda: self._spoken(entry),
            Qt.ItemDataRole.ToolTipRole: lambda: documentation(entry.tip),
            DatabaseRole.NAME: lambda: entry.name,
            DatabaseRole.KIND: lambda: entry.kind,
            DatabaseRole.TABLE: lambda: entry.table,
            DatabaseRole.NOTE: lambda: self._note(entry),
            DatabaseRole.ICON: lambda: entry.icon,
            DatabaseRole.CHANGE: lambda: self._change(entry),
        }
        answer = answers.get(role)
        return answer() if answer is not None else None

    def _change(self, entry: _Entry) -> tuple[int, int, int] | None:
        return self._changes.get(entry.name.lower()) if entry.kind is EntryKind.TABLE else None

    def _entry(self, index: AnyIndex) -> _Entry:
        if index.internalId() == _TOP:
            return self._shown[index.row()].entry
        return self._shown[index.internalId() - 1].columns[index.row()]

    def _note(self, entry: _Entry) -> str:
        if entry.kind is not EntryKind.TABLE:
            return entry.note
        count = self._counts.get(entry.name.lower())
        return _COUNTING if count is None else f"{count:,}"

    def _spoken(self, entry: _Entry) -> str:
        note = self._note(entry)
        match entry.kind:
            case EntryKind.TABLE:
                rows = "rows being counted" if note == _COUNTING else f"{note} rows"
                inserted, updated, deleted = self._changes.get(entry.name.lower(), (0, 0, 0))
                parts = [
                    f"{n} {word}" for n, word in ((inserted, "added"), (updated, "changed"), (deleted, "deleted")) if n
                ]
                return ", ".join([f"Table {entry.name}", rows, *parts])
            case EntryKind.SECTION:
                return entry.name
        return ", ".join(part for part in (f"{entry.kind.capitalize()} {entry.name}", note) if part)

    def _tell(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 0))


def _rows(schema: Schema, words: tuple[str, ...]) -> list[_Top]:
    tables = [table for table in schema.tables if table.kind is not TableKind.VIEW]
    views = [table for table in schema.tables if table.kind is TableKind.VIEW]
    rows: list[_Top] = []
    for title, some, kind in (("Tables", tables, EntryKind.TABLE), ("Views", views, EntryKind.VIEW)):
        found = [top for top in (_table_row(table, kind, words) for table in some) if top is not None]
        rows += [_Top(_Entry(EntryKind.SECTION, title)), *found] if found else []
    indexes = [
        _Entry(
            EntryKind.INDEX,
            *(index.name, table.name, "unique" if index.unique else "", "bolt"),
            tip=f"On {table.name} ({', '.join(index.columns)})" + (", some rows only" if index.partial else ""),
        )
        for table in tables
        for index in table.indexes
        if index.sql is not None and _has(f"{index.name} {table.name}", words)
    ]
    if indexes:
        rows += [_Top(_Entry(EntryKind.SECTION, "Indexes")), *(_Top(entry) for entry in indexes)]
    return rows


def _table_row(table: Table, kind: EntryKind, words: tuple[str, ...]) -> _Top | None:
    """Return a table with its columns; with those that fit only, when its own name does not."""
    columns = [column for column in table.columns if not column.hidden]
    if not _has(table.name, words):
        columns = [column for column in columns if _has(f"{table.name} {column.name}", words)]
        if not columns:
            return None
    icon = "alert" if table.problem else "eye" if kind is EntryKind.VIEW else "table"
    tip = table.problem or ("Made by a module" if table.kind is TableKind.VIRTUAL else "")
    if table.kind is TableKind.SHADOW:
        tip = "Where a virtual table keeps its data"
    entry = _Entry(kind, table.name, table.name, "" if not table.problem else "fails", icon, tip)
    return _Top(entry, tuple(_column(table, column) for column in columns))


def _column(table: Table, column: Column) -> _Entry:
    target = next(
        (
            f"{key.table}.{to}"
            for key in table.foreign_keys
            for here, to in zip(key.columns, key.to, strict=False)
            if here.lower() == column.name.lower()
        ),
        "",
    )
    note = f"→ {target}" if target else column.type
    icon = "key" if column.key else "link" if target else ""
    facts = [
        f"{column.name} {column.type}".strip(),
        "Primary key" if column.key else "",
        f"Points to {target}" if target else "",
        "Never NULL" if column.not_null else "",
        f"Default {column.default}" if column.default is not None else "",
        "Computed from other columns" if column.generated else "",
    ]
    return _Entry(EntryKind.COLUMN, column.name, table.name, note, icon, "\n".join(fact for fact in facts if fact))


def _has(text: str, words: tuple[str, ...]) -> bool:
    text = text.lower()
    return all(word in text for word in words)
