"""What a person sends through a socket: in order, as fast as the server reads, and never more than the memory bears."""

from __future__ import annotations

import struct
import time
from collections import deque
from dataclasses import dataclass

from websockets.client import ClientProtocol
from websockets.frames import Close
from websockets.protocol import State

from explorer.client.sockets import frames, sentences
from explorer.client.sockets.log import Rare, SocketLog
from explorer.client.sockets.reception import NO_CODE, Reception, may_be_sent, read_close
from explorer.client.sockets.record import Direction, FrameKind
from explorer.client.sockets.wire import Wire

MOST_WAITING = 32_000_000  # bytes that wait while the server does not read
MOST_MESSAGES = 20_000


@dataclass(frozen=True, slots=True)
class _Message:
    opcode: int
    payload: bytes
    fin: bool = True


class Outbox:
    """Writes frames, and logs each when it goes out."""

    def __init__(self, protocol: ClientProtocol, wire: Wire, log: SocketLog, reception: Reception) -> None:
        self._protocol = protocol
        self._wire = wire
        self._log = log
        self._reception = reception
        self._waiting: deque[_Message] = deque()
        self._waiting_size = 0
        self._index = 0

    @property
    def held(self) -> int:
        """Bytes that wait to go out."""
        return self._waiting_size + self._wire.held()

    @property
    def idle(self) -> bool:
        """Whether what is sent now goes out at once."""
        return self._wire.writable and not self._waiting

    def send(self, opcode: int, payload: bytes, *, fin: bool = True) -> str:
        """Send a frame, soon; returns why it was not, or nothing."""
        if self._protocol.state is not State.OPEN:
            return sentences.NOT_OPEN
        if opcode >= frames.CLOSE and len(payload) > frames.LONGEST_CONTROL:
            return sentences.LONG_CONTROL.format(size=len(payload))
        message = _Message(opcode, payload, fin)
        if self.idle:
            self._write(message)
            return ""
        too_much = self._waiting_size + len(payload) > MOST_WAITING and self._waiting
        if too_much or len(self._waiting) >= MOST_MESSAGES:
            return sentences.TOO_MUCH_WAITS.format(waiting=sentences.in_bytes(self.held))
        self._waiting.append(message)
        self._waiting_size += len(payload)
        return ""

    def go_on(self) -> None:
        """Send what waits, as far as the network takes it."""
        while self._waiting and self._wire.writable and self._protocol.state is State.OPEN:
            message = self._waiting.popleft()
            self._waiting_size -= len(message.payload)
            self._write(message)

    def close(self, code: int | None, reason: str) -> str:
        """Send a close frame, ahead of what waits; returns why it was not, or nothing.

        A code that nobody may send is sent all the same: how the server takes it is worth seeing.
        """
        if self._protocol.state is not State.OPEN:
            return sentences.NOT_OPEN
        said = reason.encode("utf-8", "replace")  # half a character that was pasted is none
        if code is not None and not 0 <= code <= 0xFFFF:
            return sentences.NO_SUCH_CODE
        if len(said) > frames.LONGEST_CONTROL - 2:
            return sentences.LONG_REASON.format(size=len(said))
        payload = b"" if code is None else struct.pack("!H", code) + said
        if code is None or may_be_sent(code):
            self._protocol.send_close(code, said.decode() if code is not None else "")
            self.flush(automatic=False)
            return ""
        self._protocol.close_sent = Close(code, said.decode())
        self._protocol.state = State.CLOSING
        self._put_out(_serialize(frames.CLOSE, payload), payload)
        return ""

    def flush(self, *, automatic: bool = True) -> None:
        """Send what the protocol has to say: pongs, and answers to a close."""
        for data in self._protocol.data_to_send():
            if not data:
                self._wire.write_eof()
                continue
            found = frames.read_head(data)
            payload = frames.unmasked(found[0]) if found is not None else b""
            self._put_out(data, payload, automatic=automatic)

    def _write(self, message: _Message) -> None:
        opcode, payload = message.opcode, message.payload
        plain = message.fin and not self._protocol.expect_continuation_frame
        if plain and opcode == frames.TEXT:
            self._protocol.send_text(payload)
        elif plain and opcode == frames.BINARY:
            self._protocol.send_binary(payload)
        elif opcode == frames.PING:
            self._protocol.send_ping(payload)
        elif opcode == frames.PONG:
            self._protocol.send_pong(payload)
        else:
            self._put_out(_serialize(opcode, payload, fin=message.fin), payload)
            return
        for data in self._protocol.data_to_send():
            self._put_out(data, payload)

    def _put_out(self, data: bytes, payload: bytes, *, automatic: bool = False) -> None:
        """Write a frame and log it. Its time is taken before: the server may answer before the writing is over."""
        at_ns = time.perf_counter_ns()
        self._wire.write(data)
        found = frames.read_head(data)
        head = found[0] if found is not None else None
        kind = frames.kind_of(head.opcode) if head is not None else FrameKind.BINARY
        index = rare = None
        if kind in (FrameKind.TEXT, FrameKind.BINARY):
            index = self._index
            self._index += 1
        elif kind is FrameKind.PING:
            self._reception.pinged(payload, at_ns)
        elif kind is FrameKind.CLOSE:
            code, reason = read_close(payload)
            problem = None if code == NO_CODE or may_be_sent(code) else f"Nobody may send the code {code}."
            rare = Rare(code=code, reason=reason, problem=problem)
        self._log.append(
            at_ns=at_ns,
            direction=Direction.SENT,
            kind=kind,
            payload=payload,
            head=head,
            index=index,
            automatic=automatic,
            rare=rare,
        )


def _serialize(opcode: int, payload: bytes, *, fin: bool = True) -> bytes:
    """Return a frame of any opcode, masked as a client's must be."""
    import secrets

    mask = secrets.token_bytes(4)
    first = (0x80 if fin else 0) | (opcode & 0xF)
    size = len(payload)
    if size < 126:
        head = struct.pack("!BB", first, 0x80 | size)
    elif size < 65536:
        head = struct.pack("!BBH", first, 0x80 | 126, size)
    else:
        head = struct.pack("!BBQ", first, 0x80 | 127, size)
    repeated = mask * (size // 4 + 1)
    masked = int.from_bytes(payload, "big") ^ int.from_bytes(repeated[:size], "big")
    return head + mask + masked.to_bytes(size, "big")
