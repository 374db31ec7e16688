"""Heads of frames, read from the very bytes on the socket; RFC 6455, section 5.2."""

from __future__ import annotations

import struct

from explorer.client.sockets.record import FrameHead, FrameKind

KEPT = 16  # bytes of a message's payload as it travelled
KEPT_OF_CONTROL = 125  # of a ping, pong or close: all of it
TEXT, BINARY, CLOSE, PING, PONG = 0x1, 0x2, 0x8, 0x9, 0xA
LONGEST_CONTROL = 125
_SHORT = struct.Struct("!H")
_LONG = struct.Struct("!Q")
_KINDS = {
    TEXT: FrameKind.TEXT,
    BINARY: FrameKind.BINARY,
    CLOSE: FrameKind.CLOSE,
    PING: FrameKind.PING,
    PONG: FrameKind.PONG,
}


def kind_of(opcode: int) -> FrameKind:
    """Return the kind of a frame; one with an opcode that means nothing counts as binary."""
    return _KINDS.get(opcode, FrameKind.BINARY)


def unmasked(head: FrameHead) -> bytes:
    """Return the beginning of the payload as it was meant."""
    mask = head.mask_key
    if mask is None:
        return head.start
    return bytes(byte ^ mask[i % 4] for i, byte in enumerate(head.start))


def read_head(data: bytes | bytearray, begin: int = 0) -> tuple[FrameHead, int] | None:
    """Return the head of the frame at `begin`, and where its payload begins; None when more is needed."""
    at, end = begin + 2, len(data)
    if end < at:
        return None
    first, second = data[begin], data[begin + 1]
    length = second & 0x7F
    if length >= 126:
        number = _SHORT if length == 126 else _LONG
        if end < at + number.size:
            return None
        length = number.unpack_from(data, at)[0]
        at += number.size
    mask = None
    if second & 0x80:
        if end < at + 4:
            return None
        mask = bytes(data[at : at + 4])
        at += 4
    opcode = first & 0xF
    kept = min(length, KEPT_OF_CONTROL if opcode >= CLOSE else KEPT)
    if end < at + kept:
        return None
    start = bytes(data[at : at + kept])
    head = FrameHead(
        fin=bool(first & 0x80), rsv=(first >> 4) & 7, opcode=opcode, length=length, mask_key=mask, start=start
    )
    return head, at


class FrameTap:
    """Listens to one direction of a socket, after the handshake, and finds the heads of the frames."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._skip = 0  # bytes of the payload of the frame before

    def feed(self, data: bytes) -> list[FrameHead]:
        """Take what crossed the socket, and return the heads that it completes."""
        if self._skip >= len(data):
            self._skip -= len(data)
            return []
        held = self._held
        held += memoryview(data)[self._skip :]
        self._skip = 0
        heads = []
        at = 0
        while (found := read_head(held, at)) is not None:
            head, begin = found
            heads.append(head)
            at = begin + head.length
            if at >= len(held):
                self._skip = at - len(held)
                at = len(held)
                break
        del held[:at]
        return heads

    def rest(self) -> bytes:
        """Return what came of a frame whose head is not whole."""
        return bytes(self._held)
