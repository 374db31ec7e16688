"""A frame as RFC 6455 draws it, and its payload byte by byte, for somebody who wants to see how it travels."""

from __future__ import annotations

from dataclasses import dataclass

from explorer.client.sockets.record import Direction, Entry, FrameHead, FrameKind
from explorer.client.viewers.rows import Row

BYTES_A_ROW = 8
DIGITS = 3 * BYTES_A_ROW  # columns of a row before the characters
_PRINTABLE = bytes(code if 0x20 <= code < 0x7F else ord(".") for code in range(256))
_SHOWN_OF_PAYLOAD = 4
_COMPRESSED = 0b100  # the first of the reserved bits, with permessage-deflate
_OPCODES = {0: "continuation", 1: "text", 2: "binary", 8: "close", 9: "ping", 10: "pong"}


@dataclass(frozen=True, slots=True)
class FrameCell:
    """One field of a frame.

    Attributes:
        label: what the field is called.
        value: what it holds.
        share: how wide it is, as a share of its line.
        meaning: what it says, for the tool tip.
    """

    label: str
    value: str
    share: float
    meaning: str


def frame_lines(head: FrameHead) -> tuple[tuple[FrameCell, ...], ...]:
    """Return the fields of a frame in two lines, as they travel."""
    opcode = _OPCODES.get(head.opcode, "reserved")
    rsv = f"{head.rsv:03b}"
    masked = head.mask_key is not None
    first = (
        FrameCell("FIN", str(int(head.fin)), 0.14, "1: the last frame of its message; 0: more follow."),
        FrameCell("RSV", rsv, 0.17, "Three reserved bits; the first says that the payload is compressed."),
        FrameCell("opcode", f"0x{head.opcode:X}", 0.21, f"What it is: {opcode}."),
        FrameCell("MASK", str(int(masked)), 0.17, "1: the payload is masked, as clients have to; 0: it is not."),
        FrameCell("length", f"{head.length:,}", 0.31, f"The payload has {head.length:,} bytes as it travels."),
    )
    start = _bytes(head.start, head.length)
    if head.mask_key is None:
        label = "payload, compressed" if head.rsv & _COMPRESSED else "payload, not masked"
        return first, (FrameCell(label, start, 1.0, "The first bytes of the payload as they travelled."),)
    second = (
        FrameCell("mask key", head.mask_key.hex(" "), 0.5, "Each byte of the payload is XORed with one of these four."),
        FrameCell("payload, masked", start, 0.5, "The first bytes of the payload as they travelled."),
    )
    return first, second


def frame_sentence(entry: Entry) -> str:
    """Return what there is to say of how an entry travelled."""
    if entry.kind is FrameKind.HANDSHAKE:
        return "The handshake is an HTTP request and its response; frames come after it."
    head = entry.head
    if head is None:
        return "The frame itself was not tapped from a socket of this window, so its head is not known."
    said = []
    if entry.frames > 1:
        said.append(f"The message came in {entry.frames:,} frames; this is the head of the first.")
    if head.rsv & _COMPRESSED:
        said.append("It travelled compressed; below it is as it was before.")
    if entry.direction is Direction.SENT:
        said.append("Browsers and clients mask what they send; servers do not.")
    else:
        said.append("Servers do not mask what they send; browsers and clients do.")
    return " ".join(said)


def _bytes(start: bytes, length: int) -> str:
    if not length:
        return "—"
    shown = start[:_SHOWN_OF_PAYLOAD].hex(" ")
    return f"{shown} …" if length > _SHOWN_OF_PAYLOAD else shown


class PayloadRows:
    """A payload as rows of eight bytes: in hexadecimal, and as the characters that they are in ASCII."""

    def __init__(self, payload: bytes) -> None:
        self._payload = payload

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return -(-len(self._payload) // BYTES_A_ROW)

    @property
    def widest_label(self) -> str:
        """The offset of the last row."""
        return self._label(max(0, self.row_count - 1))

    def rows(self, first: int, count: int) -> list[Row]:
        """Return `count` rows from `first` on, fewer at the end."""
        data = self._payload[first * BYTES_A_ROW : (first + count) * BYTES_A_ROW]
        return [
            Row(first + i + 1, _line(data[at : at + BYTES_A_ROW]), ())
            for i, at in enumerate(range(0, len(data), BYTES_A_ROW))
        ]

    def label(self, number: int, row: Row | None) -> str:  # noqa: ARG002 - as all sources
        """Return the offset of a row, in hexadecimal."""
        return self._label(number)

    def _label(self, number: int) -> str:
        return f"{number * BYTES_A_ROW:02x}"


def _line(data: bytes) -> str:
    return f"{data.hex(' '):<{DIGITS}} {data.translate(_PRINTABLE).decode('ascii')}"
