"""The server's log as rows: one for each line of text, the newest last."""

from __future__ import annotations

import enum
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer.server.interface import LogLine
from explorer.ui.onlookers import says_what_is_shown
from explorer.ui.override import override
from explorer.ui.tool_tip import as_written

CAPACITY = 5_000
_LONGEST = 2_000  # characters of one row: a longer line would stop the window
_ELIDED_FROM = 80  # characters; a shorter row fits
_NO_INDEX = QModelIndex()


class LogRole(enum.IntEnum):
    """What the delegate asks for."""

    LEVEL = Qt.ItemDataRole.UserRole  # Python's numeric level
    TIME = Qt.ItemDataRole.UserRole + 1  # hours, minutes, seconds; empty in rows that continue the one above
    LOGGER = Qt.ItemDataRole.UserRole + 2  # empty in rows that continue the one above


@dataclass(frozen=True, slots=True)
class _Row:
    level: int
    clock: str
    logger: str
    text: str


class LogModel(QAbstractListModel):
    """Keeps the last `CAPACITY` rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []

    def append(self, lines: Sequence[LogLine]) -> None:
        """Add a batch; the oldest rows make room for it."""
        new = [row for line in lines[-CAPACITY:] for row in _rows_of(line)][-CAPACITY:]
        if not new:
            return
        surplus = len(self._rows) + len(new) - CAPACITY
        if surplus > 0:
            self.beginRemoveRows(QModelIndex(), 0, surplus - 1)
            del self._rows[:surplus]
            self.endRemoveRows()
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
        self._rows.extend(new)
        self.endInsertRows()

    def clear(self) -> Callable[[], None]:
        """Forget everything; what is returned brings it back, above what came since."""
        taken = self._rows
        self._show([])
        return lambda: self._show([*taken, *self._rows][-CAPACITY:])

    def _show(self, rows: list[_Row]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    @override
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    @says_what_is_shown()
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return as_written(row.text) if len(row.text) > _ELIDED_FROM else None
        if role == LogRole.LEVEL:
            return row.level
        if role == LogRole.TIME:
            return row.clock
        return row.logger if role == LogRole.LOGGER else None


def line_text(index: QModelIndex) -> str:
    """Return a row as one line of plain text, fit to be copied."""
    parts = (index.data(LogRole.TIME), index.data(LogRole.LOGGER), index.data(Qt.ItemDataRole.DisplayRole))
    return "  ".join(part for part in parts if part)


def _rows_of(line: LogLine) -> list[_Row]:
    texts = line.message.splitlines() or [""]
    if line.traceback is not None:
        texts += line.traceback.splitlines()
    clock = time.strftime("%H:%M:%S", time.localtime(line.at))
    first = _Row(line.level, clock, line.logger, texts[0][:_LONGEST])
    return [first, *(_Row(line.level, "", "", text[:_LONGEST]) for text in texts[1:])]
