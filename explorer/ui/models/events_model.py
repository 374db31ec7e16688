"""The messages of a stream as rows, which may rest or be filtered while more arrive."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from explorer.client.streams import Message, MessageKind, StreamFormat
from explorer.ui.onlookers import says_what_is_shown
from explorer.ui.override import override
from explorer.ui.wording import duration_text

AnyIndex = QModelIndex | QPersistentModelIndex

CAPACITY = 100_000  # rows that are kept, so that a stream without an end does not fill the memory
KEPT_CHARACTERS = 100_000_000  # of all rows together
_SHOWN = 400  # characters of one cell
_NO_INDEX = QModelIndex()
_WORDS = {MessageKind.COMMENT: "comment", MessageKind.SILENT: "no event"}


class Column(enum.IntEnum):
    """What stands in which column."""

    NUMBER = 0
    TIME = 1
    DELTA = 2
    EVENT = 3
    DATA = 4
    ID = 5


_TITLES = ("#", "Time", "After", "Event", "Data", "Id")
_TIPS = (
    "Which message of the stream",
    "Since the request was sent",
    "Since the message before",
    "The event's name",
    "What it carries",
    "The last event id, from which a browser would go on after a break",
)


@dataclass(frozen=True, slots=True)
class EventRow:
    """A message and when it was here.

    Attributes:
        number: 1 for the first of the stream.
        at_ns: nanoseconds since the request was sent; -1 when nobody watched.
        delta_ns: nanoseconds since the message before; -1 when there is none.
        message: what arrived.
    """

    number: int
    at_ns: int
    delta_ns: int
    message: Message


class EventsModel(QAbstractTableModel):
    """Rows of a growing stream.

    Signals:
        waiting_changed: how many rows have arrived since the view was paused.
    """

    waiting_changed = Signal(int)

    def __init__(self, stream: StreamFormat, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stream = stream
        self._all: list[EventRow] = []
        self._shown: list[EventRow] = []
        self._needle = ""
        self._paused = False
        self._waiting: list[EventRow] = []
        self._count = 0
        self._characters = 0

    @property
    def count(self) -> int:
        """How many messages have arrived in all, those included that made room for newer ones."""
        return self._count

    @property
    def dropped(self) -> int:
        """How many of the oldest messages made room for newer ones."""
        return self._count - len(self._all)

    @property
    def paused(self) -> bool:
        """Whether new rows wait."""
        return self._paused

    @property
    def waiting(self) -> int:
        """How many rows wait."""
        return len(self._waiting)

    @property
    def needle(self) -> str:
        """What the rows are filtered by."""
        return self._needle

    def row(self, index: AnyIndex) -> EventRow | None:
        """Return what stands in a row; None for no index."""
        return self._shown[index.row()] if index.isValid() else None

    def append(self, messages: Sequence[tuple[int, Message]]) -> None:
        """Add messages, each with the nanoseconds since the request was sent (-1 for unknown)."""
        rows = []
        last = self._all[-1].at_ns if self._all else -1
        for at_ns, message in messages:
            self._count += 1
            rows.append(EventRow(self._count, at_ns, at_ns - last if min(at_ns, last) >= 0 else -1, message))
            last = at_ns
            self._characters += len(message.data)
        self._all += rows
        if self._paused:
            self._waiting += rows
            self.waiting_changed.emit(len(self._waiting))
        else:
            self._show(rows)
        self._make_room()

    def set_paused(self, paused: bool) -> None:
        """Let new rows wait, or show those that have waited."""
        self._paused = paused
        if not paused:
            waiting, self._waiting = self._waiting, []
            self._show(waiting)
            self.waiting_changed.emit(0)

    def set_filter(self, needle: str) -> None:
        """Show only rows that have this text in their event, data or id, in whatever case."""
        self._needle = needle.lower()
        first_waiting = self._waiting[0].number if self._waiting else self._count + 1
        self.beginResetModel()
        self._shown = [row for row in self._all if row.number < first_waiting and self._fits(row)]
        self.endResetModel()

    def _fits(self, row: EventRow) -> bool:
        message, needle = row.message, self._needle
        return (
            not needle
            or needle in message.data.lower()
            or needle in message.event.lower()
            or needle in message.id.lower()
        )

    def _show(self, rows: list[EventRow]) -> None:
        fitting = [row for row in rows if self._fits(row)] if self._needle else rows
        if not fitting:
            return
        first = len(self._shown)
        self.beginInsertRows(QModelIndex(), first, first + len(fitting) - 1)
        self._shown += fitting
        self.endInsertRows()

    def _make_room(self) -> None:
        surplus = max(0, len(self._all) - CAPACITY)
        if not surplus and self._characters <= KEPT_CHARACTERS:
            return
        surplus = max(surplus, CAPACITY // 20)  # some more at once, since each time moves all the others
        gone, self._all = self._all[:surplus], self._all[surplus:]
        self._characters -= sum(len(row.message.data) for row in gone)
        oldest = self._all[0].number if self._all else self._count + 1
        self._waiting = [row for row in self._waiting if row.number >= oldest]
        leaving = sum(1 for row in self._shown if row.number < oldest)
        if leaving:
            self.beginRemoveRows(QModelIndex(), 0, leaving - 1)
            del self._shown[:leaving]
            self.endRemoveRows()

    @override
    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._shown)

    @override
    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(_TITLES)

    @override
    @says_what_is_shown()
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _cell(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.message.problem or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            text = _cell(row, index.column())
            return f"{_TITLES[index.column()]} {text}" if text else None
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() <= Column.DELTA:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return _TIPS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section <= Column.DELTA else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


def _cell(row: EventRow, column: int) -> str:
    message = row.message
    match column:
        case Column.NUMBER:
            return f"{row.number:,}"
        case Column.TIME:
            return duration_text(row.at_ns) if row.at_ns >= 0 else ""
        case Column.DELTA:
            return f"+{duration_text(row.delta_ns)}" if row.delta_ns >= 0 else ""
        case Column.EVENT:
            return _WORDS.get(message.kind, message.event)
        case Column.ID:
            return message.id
        case _:
            return message.data[:_SHOWN].replace("\n", "↵")
