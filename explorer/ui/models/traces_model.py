"""The requests that reached the server as rows, the newest on top; what a row says is read when it comes into sight."""

from __future__ import annotations

import enum
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable, Mapping
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from explorer.trace.ledger import Changes
from explorer.trace.query import Query
from explorer.trace.summary import Summary
from explorer.ui.models.trace_words import cell_text, cell_tip
from explorer.ui.onlookers import says_what_is_shown
from explorer.ui.override import override

AnyIndex = QModelIndex | QPersistentModelIndex

_NO_INDEX = QModelIndex()
_AT_ONCE = 64  # rows that are compared with the filter between two looks at the clock


class Column(enum.IntEnum):
    """What stands in which column."""

    METHOD = 0
    PATH = 1
    STATUS = 2
    MS = 3
    CLIENT = 4
    SQL = 5


TITLES = ("Method", "Path", "Status", "ms", "Client", "SQL")
_TIPS = (
    "The method of HTTP, or WS for a WebSocket",
    "What was asked for",
    "The status of the answer; … while there is none",
    "How long the server had it, in milliseconds; … while it does",
    "Who sent it, as far as it says so itself",
    "How many SQL statements it caused; red when they look like N+1",
)


class TracesModel(QAbstractTableModel):
    """Rows of requests by their trace ids.

    Each request has a number that grows with its arrival. Only a filter looks into all of them, a part at a time: see
    `sift`.

    Attributes:
        summary_of: returns what is known of a request; None when it is forgotten.
    """

    def __init__(self, summary_of: Callable[[str], Summary | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.summary_of = summary_of
        self._query: Query | None = None
        self._next = 0
        self._numbers: dict[str, int] = {}
        self._ids: dict[int, str] = {}  # in ascending order of the numbers
        self._shown: list[int] = []  # in ascending order: the last is the top row
        self._paused = False
        self._paused_at = 0  # the number of the next request at that time
        self._waiting: list[int] = []  # came while it was paused
        self._stirred: set[int] = set()  # changed while it was paused, and may fit the filter now, or no longer
        self._ahead: list[int] = []  # still to be compared with the filter, the next at the end

    # --- what there is ------------------------------------------------------------------------------------------------
    @property
    def paused(self) -> bool:
        """Whether new requests wait."""
        return self._paused

    @property
    def waiting(self) -> int:
        """How many requests came since it was paused."""
        return self._next - self._paused_at if self._paused else 0

    @property
    def known(self) -> int:
        """How many requests could be shown, were there no filter."""
        return len(self._numbers)

    @property
    def sifting(self) -> bool:
        """Whether some are still to be compared with the filter."""
        return bool(self._ahead)

    @property
    def newest(self) -> int:
        """The number of the request that came last."""
        return self._next - 1

    def above(self, number: int) -> int:
        """Return how many rows there are of requests that came after the one with this number."""
        return len(self._shown) - bisect_right(self._shown, number)

    def trace_id(self, row: int) -> str:
        """Return whose row it is; empty for none."""
        return self._ids[self._shown[-1 - row]] if 0 <= row < len(self._shown) else ""

    def summary(self, row: int) -> Summary | None:
        """Return what is known of the request in a row."""
        return self.summary_of(self.trace_id(row))

    def knows(self, trace_id: str) -> bool:
        """Whether a request is in the list, shown or not."""
        return trace_id in self._numbers

    def row_of(self, trace_id: str) -> int:
        """Return where a request stands; -1 when it is not shown."""
        number = self._numbers.get(trace_id, -1)
        place = bisect_left(self._shown, number)
        found = place < len(self._shown) and self._shown[place] == number
        return len(self._shown) - 1 - place if found else -1

    # --- what changes -------------------------------------------------------------------------------------------------
    def begin(self, trace_ids: Iterable[str]) -> None:
        """Take in what came before there was a list, the oldest first."""
        self._take(trace_ids)
        self._show_anew()

    def add(self, changes: Changes) -> None:
        """Take in what a batch of events changed."""
        self._forget(changes.forgotten)
        new = self._take(changes.begun)
        if self._paused:
            self._waiting += new
        elif self._query is None:
            self._insert(new)
        changed = [number for known in changes.changed if (number := self._numbers.get(known)) is not None]
        if self._query is not None:
            if self._paused:
                self._stirred.update(changed)
            else:
                self._look_again(changed)
        self._tell_changed(changed)

    def clear(self) -> dict[int, str]:
        """Empty the list, and return what `bring_back` takes; what is under way does not come back by itself."""
        taken, self._ids = self._ids, {}
        self._numbers.clear()
        self._waiting.clear()
        self._paused_at = self._next
        self._show_anew()
        return taken

    def bring_back(self, taken: Mapping[int, str], known: Container[str]) -> None:
        """Show again what was cleared, as far as its trace id is still `known`, below what came since."""
        back = {
            number: trace_id
            for number, trace_id in taken.items()
            if trace_id in known and trace_id not in self._numbers
        }
        self._ids = {**back, **self._ids}
        self._numbers.update((trace_id, number) for number, trace_id in back.items())
        self._show_anew()

    def set_paused(self, paused: bool) -> None:
        """Let new requests wait, or show those that have waited."""
        self._paused, self._paused_at = paused, self._next
        if not paused:
            waiting, self._waiting = self._waiting, []
            if self._query is None:
                self._insert(waiting)
            else:
                self._look_again([*waiting, *self._stirred])
                self._stirred.clear()

    def set_query(self, query: Query | None) -> None:
        """Show the requests for which a filter holds, once `sift` has found them; None shows all."""
        self._query = query
        self._show_anew()

    def sift(self, nanoseconds: int) -> None:
        """Compare requests with the filter, for about so long."""
        until = time.perf_counter_ns() + nanoseconds
        while self._ahead:
            part = self._ahead[: -_AT_ONCE - 1 : -1]
            del self._ahead[-_AT_ONCE:]
            self._compare(part)
            if time.perf_counter_ns() >= until:
                return

    def _take(self, trace_ids: Iterable[str]) -> list[int]:
        """Give numbers to requests; one with the trace id of another, which a client may send, has the row of that."""
        new = []
        for trace_id in trace_ids:
            if trace_id not in self._numbers:
                self._numbers[trace_id] = self._next
                self._ids[self._next] = trace_id
                new.append(self._next)
                self._next += 1
        return new

    def _forget(self, trace_ids: Iterable[str]) -> None:
        gone = [number for known in trace_ids if (number := self._numbers.pop(known, None)) is not None]
        if not gone:
            return
        self._remove(gone)
        leaving = set(gone)
        self._waiting = [number for number in self._waiting if number not in leaving]
        self._stirred -= leaving
        for number in gone:
            del self._ids[number]

    def _show_anew(self) -> None:
        self.beginResetModel()
        first_waiting = self._waiting[0] if self._waiting else self._next
        numbers = [number for number in self._ids if number < first_waiting]
        self._stirred.clear()
        self._shown, self._ahead = (numbers, []) if self._query is None else ([], numbers)
        self.endResetModel()

    # --- the filter ---------------------------------------------------------------------------------------------------
    def _look_again(self, numbers: list[int]) -> None:
        """Compare requests with the filter before those that wait for it already: they changed just now."""
        again = set(numbers)
        if again:
            self._ahead = [number for number in self._ahead if number not in again] + sorted(again)

    def _compare(self, numbers: list[int]) -> None:
        fitting: list[int] = []
        others: list[int] = []
        for number in numbers:
            trace_id = self._ids.get(number)
            summary = self.summary_of(trace_id) if trace_id is not None else None
            if summary is not None and self._query is not None:
                (fitting if self._query.matches(summary) else others).append(number)
        self._remove(others)
        self._insert([number for number in fitting if not self._is_shown(number)])

    def _is_shown(self, number: int) -> bool:
        place = bisect_left(self._shown, number)
        return place < len(self._shown) and self._shown[place] == number

    # --- rows ---------------------------------------------------------------------------------------------------------
    def _insert(self, numbers: list[int]) -> None:
        """Show requests that are not shown; those that come to stand side by side in one go."""
        numbers = sorted(numbers, reverse=True)
        for place, group in groupby(numbers, lambda number: bisect_left(self._shown, number)):
            together = list(group)[::-1]
            first = len(self._shown) - place
            self.beginInsertRows(QModelIndex(), first, first + len(together) - 1)
            self._shown[place:place] = together
            self.endInsertRows()

    def _remove(self, numbers: list[int]) -> None:
        """Take requests out that are shown; those that stand side by side in one go."""
        places = sorted(
            (bisect_left(self._shown, number) for number in numbers if self._is_shown(number)), reverse=True
        )
        for _, group in groupby(enumerate(places), lambda pair: pair[0] + pair[1]):
            together = [place for _, place in group]
            first = len(self._shown) - 1 - together[0]
            self.beginRemoveRows(QModelIndex(), first, first + len(together) - 1)
            del self._shown[together[-1] : together[0] + 1]
            self.endRemoveRows()

    def _tell_changed(self, numbers: list[int]) -> None:
        rows = [len(self._shown) - 1 - bisect_left(self._shown, number) for number in numbers if self._is_shown(number)]
        if rows:
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), len(TITLES) - 1))

    # --- Qt's side ----------------------------------------------------------------------------------------------------
    @override
    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._shown)

    @override
    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(TITLES)

    @override
    @says_what_is_shown()
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in _ROLES:
            return None
        summary = self.summary(index.row())
        if summary is None:
            return None
        text = cell_text(summary, index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell_tip(summary, index.column())
        return f"{TITLES[index.column()]} {text}"

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return TITLES[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return _TIPS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in (Column.MS, Column.SQL) else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


_ROLES = frozenset(
    {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole},
)
