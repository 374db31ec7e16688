"""A long text as rows that can be produced anywhere in it, by reading only the few kilobytes around them.

A text is cut into chunks that begin where a row begins. Where each chunk starts, which number its first row has and in
which state the text is there is all that must be known of it; its rows are made when somebody looks at them.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

CHUNK = 8 * 1024  # bytes from one checkpoint to the next, unless one row is longer
PIECE = 1_000  # bytes of a long line that stand in one row
_LONGEST_CHARACTER = 4  # bytes
LARGEST_CHUNK = 1024 * 1024  # no row, and no white space between two, is longer than this


class LayoutError(ValueError):
    """The text does not have the form that it should have.

    Attributes:
        position: how many bytes into the buffer it ends to have it.
    """

    def __init__(self, position: int) -> None:
        super().__init__(f"no such text at byte {position}")
        self.position = position


class Row(NamedTuple):
    """One row as it is shown.

    Attributes:
        line: the number of the line that begins here, from 1; 0 when the row goes on with the line above it.
        text: without a line break.
        pieces: (column, position) of each part of the text: where it stands in the row, and in the bytes.
        inside: whether the row begins inside a string of JSON.
    """

    line: int
    text: str
    pieces: tuple[tuple[int, int], ...]
    inside: bool = False


class Checkpoint(NamedTuple):
    """Where a chunk begins.

    Attributes:
        position: in bytes.
        row: 0-based number of its first row.
        lines: how many lines began before it.
        state: what the layout must know to go on here.
    """

    position: int
    row: int
    lines: int
    state: int


class Counted(NamedTuple):
    """What a chunk holds.

    Attributes:
        rows: how many rows begin in it.
        lines: how many lines begin in it.
        state: the state behind it.
    """

    rows: int
    lines: int
    state: int


class Layout(Protocol):
    """A way to cut bytes into chunks, and a chunk into rows."""

    def cut(self, buffer: bytes, state: int, *, final: bool) -> int:
        """Return how many of these bytes make a chunk; 0 when more must be read first.

        Args:
            buffer: from the beginning of a chunk on.
            state: the state there.
            final: whether the buffer goes to the end of the text; then the answer is never 0.

        Raises:
            LayoutError: the text cannot be laid out.
        """
        ...

    def count(self, chunk: bytes, state: int) -> Counted:
        """Count the rows of a chunk without making them."""
        ...

    def rows(self, chunk: bytes, start: Checkpoint) -> list[Row]:
        """Make the rows of a chunk."""
        ...


def piece_ends(data: bytes, start: int, end: int, *, escapes: bool = False) -> list[int]:
    """Return where a long line from `start` to `end` is broken, and `end` as the last.

    No character is torn apart, and with `escapes` no backslash from what it escapes.
    """
    ends = []
    while end - start > PIECE:
        at = start + PIECE
        moved = 0
        while moved < _LONGEST_CHARACTER - 1 and data[at] & 0xC0 == 0x80:  # not the first byte of a character
            at -= 1
            moved += 1
        if escapes:
            plain = len(data[start:at].rstrip(b"\\"))
            at -= (at - start - plain) % 2
        ends.append(at)
        start = at
    return [*ends, end]


def last_piece_end(data: bytes, start: int, *, escapes: bool = False) -> int:
    """Return the last place at which a line that begins at `start` and does not end in `data` is broken; 0 for none."""
    ends = piece_ends(data, start, len(data), escapes=escapes)
    return ends[-2] if len(ends) > 1 else 0
