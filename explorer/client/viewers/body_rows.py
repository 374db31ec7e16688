"""The rows of a body: made where somebody looks, and forgotten again."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import OrderedDict
from typing import NamedTuple

from explorer.client.body import Body
from explorer.client.viewers.index import Step, index, start_of
from explorer.client.viewers.rows import Checkpoint, Layout, Row

_KEPT_CHUNKS = 6
_CHUNKS_A_STEP = 8  # where this process makes the index itself, it goes on after so many


class Known(NamedTuple):
    """All that must be known of a text to find every place in it.

    Attributes:
        columns: positions, rows, lines and states of the checkpoints.
        end: the end of the text.
        bad: position of the first byte that is no UTF-8; -1 for none.
        problem: where it cannot be laid out any more; -1 for nowhere.
    """

    columns: tuple[array[int], ...]
    end: Checkpoint
    bad: int
    problem: int


class BodyRows:
    """Rows of a text in UTF-8, as far as its index is known. The index comes in steps, from here or from elsewhere."""

    def __init__(self, body: Body, layout: Layout, known: Known | None = None) -> None:
        """Take a body and the way to lay it out; nothing is read yet, except its first three bytes.

        `known` is what was found out of the same text in the same layout before.

        Raises:
            OSError: the body was taken away.
        """
        self._body = body
        self._layout = layout
        self._columns = tuple(array("q") for _ in Checkpoint._fields)
        self._end = start_of(body.read)
        self._cache: OrderedDict[int, list[Row]] = OrderedDict()
        self.bad = -1
        self.problem = -1
        self.bytes_read = 0
        if known is not None:
            self._columns, self._end, self.bad, self.problem = known

    @property
    def size(self) -> int:
        """Bytes of the whole text."""
        return self._body.size

    @property
    def row_count(self) -> int:
        """How many rows are known."""
        return self._end.row

    @property
    def line_count(self) -> int:
        """How many lines are known."""
        return self._end.lines

    @property
    def known(self) -> int:
        """How many bytes are known."""
        return self._end.position

    @property
    def end(self) -> Checkpoint:
        """Where the index goes on."""
        return self._end

    @property
    def complete(self) -> bool:
        """Whether the whole text is known, or all of it that can be laid out."""
        return self._end.position >= self._body.size or self.problem >= 0

    @property
    def known_of_it(self) -> Known:
        """What was found out; to be kept only when it is complete."""
        return Known(self._columns, self._end, self.bad, self.problem)

    def add(self, step: Step) -> None:
        """Take a step of the index; what is known already is passed over."""
        if step.end.position < self._end.position:
            return
        for checkpoint in step.checkpoints:
            if checkpoint.position >= self._end.position:
                for column, value in zip(self._columns, checkpoint, strict=True):
                    column.append(value)
        self._end = step.end
        if self.bad < 0:
            self.bad = step.bad
        self.problem = step.problem

    def advance(self) -> None:
        """Make a small step of the index here: some ten milliseconds at most.

        Raises:
            OSError: the body was taken away.
        """
        step = next(index(self._read, self._body.size, self._layout, self._end, _CHUNKS_A_STEP))
        if step.end.position == self._end.position and step.problem < 0:
            raise OSError(f"the body ends at byte {self._end.position:,}, although it had {self._body.size:,}")
        self.add(step)

    def rows(self, first: int, count: int) -> list[Row]:
        """Return `count` rows from `first` on, fewer at the end.

        Raises:
            OSError: the body was taken away.
        """
        found: list[Row] = []
        chunk = max(0, bisect_right(self._columns[1], first) - 1)
        while len(found) < count and chunk < len(self._columns[0]):
            skip = max(0, first - self._columns[1][chunk])
            found += self.chunk(chunk)[skip : skip + count - len(found)]
            chunk += 1
        return found

    def chunk(self, number: int) -> list[Row]:
        """Return all rows of a chunk.

        Raises:
            OSError: the body was taken away.
        """
        rows = self._cache.get(number)
        if rows is None:
            start = Checkpoint(*(column[number] for column in self._columns))
            positions = self._columns[0]
            end = positions[number + 1] if number + 1 < len(positions) else self._end.position
            rows = self._layout.rows(self._read(start.position, end - start.position), start)
            self._cache[number] = rows
            if len(self._cache) > _KEPT_CHUNKS:
                self._cache.popitem(last=False)
        else:
            self._cache.move_to_end(number)
        return rows

    def place(self, position: int) -> tuple[int, int]:
        """Return (row, column) of a byte; of the one before it when none is shown of it.

        Raises:
            OSError: the body was taken away.
        """
        chunk = bisect_right(self._columns[0], position) - 1
        if chunk < 0:
            return 0, 0
        rows = self.chunk(chunk)
        found = 0
        for number, row in enumerate(rows):
            if row.pieces and row.pieces[0][1] > position:
                break
            if row.pieces:
                found = number
        column = column_of(rows[found], position) if rows else 0
        return self._columns[1][chunk] + found, column

    def _read(self, position: int, length: int) -> bytes:
        data = self._body.read(position, length)
        self.bytes_read += len(data)
        return data


def column_of(row: Row, position: int) -> int:
    """Return at which column of a row a byte of the text stands."""
    if not row.pieces:
        return 0
    number = max(0, bisect_right([start for _, start in row.pieces], position) - 1)
    column, start = row.pieces[number]
    end = row.pieces[number + 1][0] if number + 1 < len(row.pieces) else len(row.text)
    before = row.text[column:end].encode("utf-8", "replace")[: max(0, position - start)]
    return min(end, column + len(before.decode("utf-8", "ignore")))
