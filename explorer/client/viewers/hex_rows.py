"""Bytes as rows of sixteen: in hexadecimal, and as the characters that they are in ASCII."""

from __future__ import annotations

from explorer.client.body import Body
from explorer.client.viewers.rows import Row

BYTES_A_ROW = 16
_HEX_WIDTH = BYTES_A_ROW * 3 + 1  # a wider gap stands in the middle
_PRINTABLE = bytes(code if 0x20 <= code < 0x7F else ord(".") for code in range(256))


class HexRows:
    """The rows of any body; each is read when somebody looks at it."""

    def __init__(self, body: Body) -> None:
        self._body = body

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return -(-self._body.size // BYTES_A_ROW)

    @property
    def widest_label(self) -> str:
        """The offset of the last row."""
        return self.label(max(0, self.row_count - 1), None)

    def rows(self, first: int, count: int) -> list[Row]:
        """Return `count` rows from `first` on, fewer at the end.

        Raises:
            OSError: the body was taken away.
        """
        data = self._body.read(first * BYTES_A_ROW, count * BYTES_A_ROW)
        return [
            Row(first + i + 1, hex_line(data[at : at + BYTES_A_ROW]), ())
            for i, at in enumerate(range(0, len(data), BYTES_A_ROW))
        ]

    def label(self, number: int, row: Row | None) -> str:  # noqa: ARG002 - as all sources
        """Return the offset of a row, in hexadecimal."""
        return f"{number * BYTES_A_ROW:08X}"


def hex_line(data: bytes) -> str:
    """Return up to sixteen bytes as a person reads them: ``48 65 6C … Hel…``."""
    half = BYTES_A_ROW // 2
    digits = data[:half].hex(" ").upper() + "  " + data[half:].hex(" ").upper()
    return f"{digits:<{_HEX_WIDTH}} {data.translate(_PRINTABLE).decode('ascii')}"


def hex_column(offset: int) -> int:
    """Return the column of a byte's first digit in its row."""
    number = offset % BYTES_A_ROW
    return number * 3 + (number >= BYTES_A_ROW // 2)
