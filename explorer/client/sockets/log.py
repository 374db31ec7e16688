"""Everything that went through one socket, with whole payloads, however much it was."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from explorer.client.sockets.record import Direction, Entry, FrameHead, FrameKind
from explorer.client.sockets.spill import SpillFolder

START = 240  # bytes of the payload that an `Entry` carries
_KINDS = tuple(FrameKind)
_KIND_NUMBERS = {kind: number for number, kind in enumerate(_KINDS)}
_TEXT, _BINARY = _KIND_NUMBERS[FrameKind.TEXT], _KIND_NUMBERS[FrameKind.BINARY]
_RECEIVED = 0x10
_AUTOMATIC = 0x20
_RARE = 0x40

# size, stored, frames, length of the head, fin·rsv·opcode, parts there, mask key, length of the head's start
_RECORD = struct.Struct("<QQIQBB4sB")
_HAS_HEAD = 1
_HAS_MASK = 2


@dataclass(frozen=True, slots=True)
class Rare:
    """What few entries have.

    Attributes:
        code: see `Entry`.
        reason: see `Entry`.
        problem: see `Entry`.
    """

    code: int | None = None
    reason: str = ""
    problem: str | None = None


class SocketLog:
    """The log of one client, or of one connection as the server sees it, over all its connections.

    Appending is for one thread; reading may be done on any. In memory an entry takes 21 bytes; the rest spills.
    """

    def __init__(self, spill: SpillFolder | None = None) -> None:
        """`spill` says where payloads go; None keeps them in memory."""
        self._spill = (spill or SpillFolder(None)).open()
        self._at = array("q")
        self._flags = array("B")
        self._index = array("i")
        self._place = array("Q")
        self._rare: dict[int, Rare] = {}
        self._lives: list[tuple[int, str]] = []  # first entry → the trace of the connection
        self._bytes = {Direction.SENT: 0, Direction.RECEIVED: 0}
        self._messages = {Direction.SENT: 0, Direction.RECEIVED: 0}

    @property
    def count(self) -> int:
        """How many entries there are."""
        return len(self._place)

    @property
    def messages(self) -> dict[Direction, int]:
        """How many messages there are, text and binary, each way."""
        return dict(self._messages)

    @property
    def size(self) -> dict[Direction, int]:
        """Bytes of all payloads, each way."""
        return dict(self._bytes)

    def begin(self, trace_id: str) -> None:
        """Say that what comes belongs to another connection, with this trace."""
        self._lives.append((self.count, trace_id))

    def rename(self, trace_id: str) -> None:
        """Say that the connection that was begun last is known by another trace, the server's."""
        if self._lives:
            self._lives[-1] = (self._lives[-1][0], trace_id)

    @property
    def trace_id(self) -> str:
        """The trace of the connection that was begun last; empty when none was."""
        return self._lives[-1][1] if self._lives else ""

    def trace_of(self, number: int) -> str:
        """Return the trace of the connection that an entry belongs to; empty when none was named."""
        found = ""
        for first, trace_id in self._lives:
            if first > number:
                break
            found = trace_id
        return found

    def append(
        self,
        *,
        at_ns: int,
        direction: Direction,
        kind: FrameKind,
        payload: bytes | bytearray | memoryview = b"",
        size: int | None = None,
        frames: int = 1,
        head: FrameHead | None = None,
        index: int | None = None,
        automatic: bool = False,
        rare: Rare | None = None,
    ) -> int:
        """Take an entry and return its number.

        Args:
            at_ns: see `Entry`, as for what is not named here.
            direction: which way.
            kind: what it is.
            payload: the whole of it, or what is known of it.
            size: of the whole payload, when `payload` is not the whole.
            frames: in how many frames.
            head: of the first frame.
            index: among the messages of its direction.
            automatic: whether nobody asked for it.
            rare: what few have.
        """
        number = len(self._place)
        whole = len(payload) if size is None else size
        start, parts, mask, bits, length = b"", 0, b"", 0, 0
        if head is not None:
            start, length = head.start[:255], head.length
            bits = (head.fin << 7) | (head.rsv << 4) | head.opcode
            parts = _HAS_HEAD
            if head.mask_key is not None:
                parts, mask = _HAS_HEAD | _HAS_MASK, head.mask_key
        record = _RECORD.pack(whole, len(payload), frames, length, bits, parts, mask, len(start))
        place = self._spill.append(b"".join((record, start, payload)))
        flags = _KIND_NUMBERS[kind]
        if direction is Direction.RECEIVED:
            flags |= _RECEIVED
        if automatic:
            flags |= _AUTOMATIC
        if rare is not None:
            self._rare[number] = rare
            flags |= _RARE
        self._bytes[direction] += whole
        self._messages[direction] += index is not None
        self._at.append(at_ns)
        self._flags.append(flags)
        self._index.append(-1 if index is None else index)
        self._place.append(place)  # the last, since `count` is told by it
        return number

    def append_message(self, at_ns: int, received: bool, text: bool, payload: bytes, size: int, index: int) -> int:
        """Take a message of one frame whose head is not known, and return its number; `append` at a third of the time.

        Args:
            at_ns: as in `append`, like the others.
            received: whether it came from the server.
            text: whether it is text.
            payload: what is known of it.
            size: of the whole.
            index: among the messages of its direction.
        """
        number = len(self._place)
        place = self._spill.append(_RECORD.pack(size, len(payload), 1, 0, 0, 0, b"", 0) + payload)
        direction = Direction.RECEIVED if received else Direction.SENT
        self._bytes[direction] += size
        self._messages[direction] += 1
        self._at.append(at_ns)
        self._flags.append((_TEXT if text else _BINARY) | (_RECEIVED if received else 0))
        self._index.append(index)
        self._place.append(place)  # the last, since `count` is told by it
        return number

    def at_ns(self, number: int) -> int:
        """Return when an entry was; cheaper than `entry`."""
        return self._at[number]

    def is_received(self, number: int) -> bool:
        """Return whether an entry came from the server; cheaper than `entry`."""
        return bool(self._flags[number] & _RECEIVED)

    def kind(self, number: int) -> FrameKind:
        """Return what an entry is; cheaper than `entry`."""
        return _KINDS[self._flags[number] & 0xF]

    def index(self, number: int) -> int | None:
        """Return an entry's place among the messages of its direction; cheaper than `entry`."""
        found = self._index[number]
        return found if found >= 0 else None

    def entry(self, number: int) -> Entry:
        """Return one entry.

        Raises:
            IndexError: there is none.
            OSError: it was spilled, and the file cannot be read.
        """
        place = self._place[number]
        raw = self._spill.read(place, _RECORD.size + 255 + START)
        size, _, frames, length, bits, parts, mask, taken = _RECORD.unpack_from(raw)
        after = _RECORD.size + taken
        head = None
        if parts & _HAS_HEAD:
            head = FrameHead(
                fin=bool(bits & 0x80),
                rsv=(bits >> 4) & 0x7,
                opcode=bits & 0xF,
                length=length,
                mask_key=mask if parts & _HAS_MASK else None,
                start=raw[_RECORD.size : after],
            )
        flags = self._flags[number]
        rare = self._rare.get(number, _NOTHING) if flags & _RARE else _NOTHING
        return Entry(
            number=number,
            at_ns=self._at[number],
            direction=Direction.RECEIVED if flags & _RECEIVED else Direction.SENT,
            kind=_KINDS[flags & 0xF],
            size=size,
            start=raw[after : after + min(START, self._stored(raw))],
            frames=frames,
            head=head,
            index=self.index(number),
            automatic=bool(flags & _AUTOMATIC),
            code=rare.code,
            reason=rare.reason,
            problem=rare.problem,
        )

    def entries(self, first: int, count: int) -> Sequence[Entry]:
        """Return up to `count` entries from number `first` on; raises as `entry`."""
        return [self.entry(number) for number in range(max(0, first), min(self.count, first + count))]

    def payload(self, number: int) -> bytes:
        """Return the whole payload of an entry, or what is known of it; raises as `entry`."""
        place = self._place[number]
        raw = self._spill.read(place, _RECORD.size)
        taken = raw[-1]
        return self._spill.read(place + _RECORD.size + taken, self._stored(raw))

    def close(self) -> None:
        """Forget payloads, and remove the file; nothing may be read after that."""
        self._spill.close()

    @staticmethod
    def _stored(raw: bytes) -> int:
        found: int = _RECORD.unpack_from(raw)[1]
        return found


_NOTHING = Rare()
