"""Where each chunk of a text begins: made once, in small steps, in whatever process has the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from explorer.client.viewers.rows import CHUNK, LARGEST_CHUNK, Checkpoint, Layout, LayoutError

Read = Callable[[int, int], bytes]  # (position, length) → bytes, fewer at the end
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What became known of a text.

    Attributes:
        checkpoints: where chunks begin, in order.
        end: where the text behind the last chunk that is known begins, with the number of rows and lines before it.
        bad: position of the first byte in these chunks that is no UTF-8; -1 for none.
        problem: where the text ends to be what it should be; -1 when it does not.
    """

    checkpoints: tuple[Checkpoint, ...]
    end: Checkpoint
    bad: int = -1
    problem: int = -1


def start_of(read: Read) -> Checkpoint:
    """Return where a text begins: behind its byte order mark, if it has one."""
    return Checkpoint(len(BYTE_ORDER_MARK) if read(0, 3) == BYTE_ORDER_MARK else 0, 0, 0, 0)


def index(read: Read, size: int, layout: Layout, start: Checkpoint, chunks: int) -> Iterator[Step]:
    """Go through a text from `start` on, and say after every so many `chunks` what was found.

    The last step's `end` lies at `size`, unless it has a problem.

    Raises:
        OSError: the text cannot be read.
    """
    at = start
    found: list[Checkpoint] = []
    bad = -1
    while at.position < size:
        try:
            chunk = _next_chunk(read, size, layout, at)
        except LayoutError as error:
            yield Step(checkpoints=tuple(found), end=at, bad=bad, problem=at.position + error.position)
            return
        if not chunk:
            break  # the file is shorter than it was
        if bad < 0:
            bad = _first_bad_byte(chunk, at.position)
        counted = layout.count(chunk, at.state)
        found.append(at)
        at = Checkpoint(at.position + len(chunk), at.row + counted.rows, at.lines + counted.lines, counted.state)
        if len(found) >= chunks:
            yield Step(checkpoints=tuple(found), end=at, bad=bad)
            found, bad = [], -1
    yield Step(checkpoints=tuple(found), end=at, bad=bad)


def _next_chunk(read: Read, size: int, layout: Layout, at: Checkpoint) -> bytes:
    wanted = CHUNK
    while True:
        buffer = read(at.position, wanted)
        final = at.position + len(buffer) >= size or len(buffer) < wanted
        if not buffer or (end := layout.cut(buffer, at.state, final=final)):
            return buffer[:end] if buffer else b""
        wanted *= 2
        if wanted > LARGEST_CHUNK:
            raise LayoutError(0)


def _first_bad_byte(chunk: bytes, position: int) -> int:
    """Return where the first byte is that is no UTF-8. Chunks begin and end between two characters."""
    if chunk.isascii():
        return -1
    try:
        chunk.decode("utf-8")
    except UnicodeDecodeError as error:
        return position + error.start
    return -1
