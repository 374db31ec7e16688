"""The ladder through a filter, growing as it does."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence

from explorer.client.sockets.ladder import Ladder
from explorer.client.sockets.ladder_rows import EntryFilter, LadderRow
from explorer.client.sockets.log import SocketLog
from explorer.client.sockets.record import Direction, FrameKind

Matches = Callable[[int], bool]


def matcher(ladder: Ladder, chosen: EntryFilter) -> Matches:
    """Return what tells whether a row passes a filter; it may be called on any thread."""
    text = chosen.text.casefold()
    digits = "".join(chosen.text.split())
    try:
        raw = bytes.fromhex(digits) if digits else b""
    except ValueError:
        raw = b""

    def contains(log: SocketLog, number: int) -> bool:
        payload = log.payload(number)
        if raw and log.kind(number) is FrameKind.BINARY and raw in payload:
            return True
        return text in payload.decode(errors="replace").casefold()

    def matches(row: int) -> bool:
        for log, number, column in ladder.parts(row):
            if chosen.columns and column not in chosen.columns:
                continue
            if chosen.kinds and log.kind(number) not in chosen.kinds:
                continue
            direction = Direction.RECEIVED if log.is_received(number) else Direction.SENT
            if chosen.directions and direction not in chosen.directions:
                continue
            if not text or contains(log, number):
                return True
        return False

    return matches


def scan(ladder: Ladder, chosen: EntryFilter, rows: range, go_on: Callable[[], bool]) -> array[int]:
    """Return the numbers of those `rows` that pass; for a thread of its own. `go_on` says False to stop."""
    matches = matcher(ladder, chosen)
    found = array("I")
    for number in rows:
        if number % 2000 == 0 and not go_on():
            break
        if matches(number):
            found.append(number)
    return found


class LadderView:
    """Rows of a ladder that pass a filter; a `LadderSource`.

    Attributes:
        chosen: the filter.
        begin: the number of the first row that may be shown; those before it were cleared.
    """

    def __init__(self, ladder: Ladder) -> None:
        self.chosen = EntryFilter()
        self.begin = 0
        self._ladder = ladder
        self._numbers: array[int] | None = None  # None for all
        self._end = 0
        self._matches: Matches | None = None

    @property
    def count(self) -> int:
        """How many rows pass."""
        return self._end - self.begin if self._numbers is None else len(self._numbers)

    @property
    def total(self) -> int:
        """How many there are without a filter."""
        return self._ladder.count - self.begin

    @property
    def seen(self) -> int:
        """How many rows of the ladder it has taken in, whether they pass or not."""
        return self._end

    def numbers(self) -> Sequence[int]:
        """Return the numbers of the rows that pass, as they are now."""
        return range(self.begin, self._end) if self._numbers is None else array("I", self._numbers)

    def show_all(self) -> None:
        """Take the filter off."""
        self.chosen = EntryFilter()
        self._numbers = self._matches = None
        self._end = self._ladder.count

    def clear(self) -> None:
        """Show nothing of what is there now, without a filter."""
        self.begin = self._ladder.count
        self.show_all()

    def bring_back(self) -> None:
        """Show again what was cleared, without a filter."""
        self.begin = 0
        self.show_all()

    def set_filter(self, chosen: EntryFilter, numbers: array[int], end: int) -> None:
        """Show what passes; `numbers` are those that `scan` found before `end`."""
        self.chosen = chosen
        self._numbers = numbers
        self._matches = matcher(self._ladder, chosen)
        self._end = end
        self.grow()

    def grow(self) -> int:
        """Take in the rows that are new, and return how many of them pass."""
        before = self.count
        end = self._ladder.count
        if self._numbers is not None and self._matches is not None:
            matches = self._matches
            self._numbers.extend(number for number in range(self._end, end) if matches(number))
        self._end = end
        return self.count - before

    def row(self, position: int) -> LadderRow:
        """Return one row, by its place among those that pass."""
        number = self.number(position)
        return self._ladder.row(number, self.number(position - 1) if position > 0 else None)

    def number(self, position: int) -> int:
        """Return the number of a row, by its place among those that pass; much cheaper than `row`."""
        return self.begin + position if self._numbers is None else self._numbers[position]

    def position_of(self, number: int) -> int:
        """Return the place of a row, or of the next one that passes."""
        return max(0, number - self.begin) if self._numbers is None else bisect_left(self._numbers, number)
