"""Text as it came: a row for each line, and several for one that is too long."""

from __future__ import annotations

import re

from explorer.client.viewers.rows import PIECE, Checkpoint, Counted, Row, last_piece_end, piece_ends

_LONG = re.compile(rb"[^\n]{%d,}+" % (PIECE + 1))
_IN_LINE = 1  # the state inside a long line


class TextLayout:
    """Breaks lines at 1,000 bytes, and nowhere else than in sight."""

    def cut(self, buffer: bytes, state: int, *, final: bool) -> int:  # noqa: ARG002 - a line can be cut in any state
        """Return how many of these bytes make a chunk: whole lines, or whole pieces of a long one."""
        if final:
            return len(buffer)
        return buffer.rfind(b"\n") + 1 or last_piece_end(buffer, 0)

    def count(self, chunk: bytes, state: int) -> Counted:
        """Count the rows of a chunk without making them."""
        ended = chunk.endswith(b"\n")
        segments = chunk.count(b"\n") + (not ended and bool(chunk))
        extra = sum(len(piece_ends(chunk, m.start(), m.end())) - 1 for m in _LONG.finditer(chunk))
        return Counted(segments + extra, segments - (state == _IN_LINE), 0 if ended else _IN_LINE)

    def rows(self, chunk: bytes, start: Checkpoint) -> list[Row]:
        """Make the rows of a chunk."""
        rows: list[Row] = []
        line, at = start.lines, 0
        continued = start.state == _IN_LINE
        while at < len(chunk):
            end = chunk.find(b"\n", at)
            end = len(chunk) if end < 0 else end
            if not continued:
                line += 1
            for number, piece_end in enumerate(piece_ends(chunk, at, end)):
                text = chunk[at:piece_end].decode("utf-8", "replace").removesuffix("\r")
                first = number == 0 and not continued
                rows.append(Row(line if first else 0, text, ((0, start.position + at),)))
                at = piece_end
            at, continued = end + 1, False
        return rows
