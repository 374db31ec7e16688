"""A schema's difference as rows: a table, and below it what is in it, with + ~ − before what changes."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer.database.migrations.revisions import SchemaLine, SchemaLineKind
from explorer.ui.override import override
from explorer.ui.tool_tip import as_written

_NO_INDEX = QModelIndex()
_WORDS = {
    SchemaLineKind.SAME: "stays",
    SchemaLineKind.ADDED: "is added",
    SchemaLineKind.CHANGED: "changes",
    SchemaLineKind.REMOVED: "is taken away",
}


class SchemaLineRole(enum.IntEnum):
    """What the delegate asks for."""

    LINE = Qt.ItemDataRole.UserRole  # a `SchemaLine`


class SchemaLinesModel(QAbstractListModel):
    """Holds the lines that are shown. A table whose parts alone change gets a row for its name, too."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[SchemaLine] = []

    @property
    def lines(self) -> Sequence[SchemaLine]:
        """What is shown, the rows for tables included."""
        return self._lines

    def set_lines(self, lines: Sequence[SchemaLine]) -> None:
        """Show another difference."""
        self.beginResetModel()
        self._lines = []
        table = None
        for line in lines:
            if line.part and line.table != table:
                self._lines.append(SchemaLine(line.table, "", SchemaLineKind.SAME))
            self._lines.append(line)
            table = line.table
        self.endResetModel()

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._lines)

    @override
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        words = f"{line.part or line.table} {line.detail}".strip()
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{line.kind or ' '} {words}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_written(words)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            what = "" if line.part else "Table "
            return f"{what}{words} {_WORDS[line.kind]}"
        return line if role == SchemaLineRole.LINE else None
