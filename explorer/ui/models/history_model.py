"""The history as rows, the newest first; older ones are asked for when somebody scrolls to them."""

from __future__ import annotations

import enum
import time
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from explorer.client.status import meaning
from explorer.client.urls import split_url
from explorer.storage.history_file import HistoryEntry
from explorer.ui.onlookers import says_what_is_shown
from explorer.ui.override import override
from explorer.ui.tool_tip import as_written
from explorer.ui.wording import day_text, duration_text, local_time, size_text

AnyIndex = QModelIndex | QPersistentModelIndex

_NO_INDEX = QModelIndex()


class HistoryRole(enum.IntEnum):
    """What the delegate asks for."""

    ID = Qt.ItemDataRole.UserRole
    METHOD = Qt.ItemDataRole.UserRole + 1
    TARGET = Qt.ItemDataRole.UserRole + 2  # path and query
    STATUS = Qt.ItemDataRole.UserRole + 3  # the code, or a word when there is none
    TOKEN_DIGIT = Qt.ItemDataRole.UserRole + 4  # the first digit of the code; empty when there is none
    WHEN = Qt.ItemDataRole.UserRole + 5


class HistoryModel(QAbstractListModel):
    """Entries that were found, page by page.

    Signals:
        more_wanted: the view came to the end of what is here; the id to go on before.
    """

    more_wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[HistoryEntry] = []
        self._complete = True
        self._asked = False

    @property
    def entries(self) -> Sequence[HistoryEntry]:
        """What is here, the newest first."""
        return self._entries

    def set_entries(self, entries: Sequence[HistoryEntry], *, complete: bool) -> None:
        """Show other entries; `complete` says that there are no older ones."""
        self.beginResetModel()
        self._entries = list(entries)
        self._complete, self._asked = complete, False
        self.endResetModel()

    def append(self, entries: Sequence[HistoryEntry], *, complete: bool) -> None:
        """Add older entries at the end."""
        self._complete, self._asked = complete, False
        if entries:
            first = len(self._entries)
            self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
            self._entries += entries
            self.endInsertRows()

    def prepend(self, entry: HistoryEntry) -> None:
        """Add one that was just sent."""
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._entries.insert(0, entry)
        self.endInsertRows()

    def remove(self, number: int) -> None:
        """Take an entry out; nothing happens when it is not here."""
        row = self.row_of(number)
        if row >= 0:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._entries[row]
            self.endRemoveRows()

    def row_of(self, number: int | None) -> int:
        """Return the row of an entry by its id; -1 when it is not here."""
        return next((row for row, entry in enumerate(self._entries) if entry.id == number), -1)

    @override
    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._entries)

    @override
    def canFetchMore(self, parent: AnyIndex) -> bool:
        return not parent.isValid() and not self._complete and not self._asked

    @override
    def fetchMore(self, parent: AnyIndex) -> None:
        if self.canFetchMore(parent) and self._entries:
            self._asked = True
            self.more_wanted.emit(self._entries[-1].id)

    @override
    @says_what_is_shown()
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        make = _DATA.get(role)
        return None if make is None else make(self._entries[index.row()])


def _target(entry: HistoryEntry) -> str:
    try:
        return split_url(entry.url)[1]
    except ValueError:
        return entry.url


def _word(entry: HistoryEntry) -> str:
    return "stopped" if entry.cancelled else "failed"


def _outcome(entry: HistoryEntry) -> str:
    return _word(entry) if entry.status is None else f"{entry.status} {meaning(entry.status)[0]}"


def _when(at: float) -> str:
    """Return the time of day; the day when that was not today."""
    moment = local_time(at)
    return time.strftime("%H:%M", moment) if moment[:3] == time.localtime()[:3] else day_text(at)


def _tool_tip(entry: HistoryEntry) -> str:
    facts = (_outcome(entry), duration_text(entry.elapsed_ns), size_text(entry.size))
    moment = time.strftime("%A %d %B %Y, %H:%M:%S", local_time(entry.at))
    return as_written(f"{entry.method} {entry.url}\n{' · '.join(facts)}\n{moment}")


_DATA: dict[int, Callable[[HistoryEntry], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda entry: f"{entry.method} {_target(entry)}",
    Qt.ItemDataRole.ToolTipRole: _tool_tip,
    Qt.ItemDataRole.AccessibleTextRole: lambda entry: (
        f"{entry.method} {_target(entry)}, {_outcome(entry)}, {_when(entry.at)}"
    ),
    HistoryRole.ID: lambda entry: entry.id,
    HistoryRole.METHOD: lambda entry: entry.method,
    HistoryRole.TARGET: _target,
    HistoryRole.STATUS: lambda entry: _word(entry) if entry.status is None else str(entry.status),
    HistoryRole.TOKEN_DIGIT: lambda entry: "" if entry.status is None else str(entry.status)[:1],
    HistoryRole.WHEN: lambda entry: _when(entry.at),
}
