"""What comes from the server, from bytes to entries of the log."""

from __future__ import annotations

import struct
from collections import deque

from websockets.client import ClientProtocol
from websockets.exceptions import PayloadTooBig
from websockets.frames import Frame

from explorer.client.sockets import frames, sentences
from explorer.client.sockets.log import Rare, SocketLog
from explorer.client.sockets.record import Direction, FrameHead, FrameKind

INVALID_DATA = 1007
PROTOCOL_ERROR = 1002
TOO_BIG = 1009
NO_CODE = 1005


class Reception:
    """Reads frames, joins them to messages, and says what breaks a rule.

    Attributes:
        problem: why the connection was failed; empty while all is well.
        code: with which close code it was failed; None while all is well.
        round_trip_ns: between the last ping that was answered and its pong; None before.
    """

    def __init__(self, protocol: ClientProtocol, log: SocketLog) -> None:
        self.problem = ""
        self.code: int | None = None
        self.round_trip_ns: int | None = None
        self._protocol = protocol
        self._log = log
        self._tap = frames.FrameTap()
        self._heads: deque[FrameHead] = deque()
        self._index = 0
        self._parts: list[bytes] = []
        self._first: tuple[FrameKind, FrameHead | None] | None = None
        self._frames = 0
        self._pings: dict[bytes, int] = {}

    def pinged(self, payload: bytes, at_ns: int) -> None:
        """Remember when a ping was sent."""
        self._pings[payload] = at_ns

    def take(self, data: bytes, at_ns: int) -> None:
        """Take what arrived at `at_ns`, after the handshake's answer."""
        protocol = self._protocol
        if self.code is None and protocol.close_rcvd is None:
            self._heads.extend(self._tap.feed(data))
        protocol.receive_data(data)
        for frame in protocol.events_received():
            if isinstance(frame, Frame) and self.code is None:
                self._take_frame(frame, at_ns)
        error = protocol.parser_exc
        if error is not None and self.code is None:
            self._break(error, at_ns)

    def _take_frame(self, frame: Frame, at_ns: int) -> None:
        head = self._heads.popleft() if self._heads else None
        kind = frames.kind_of(frame.opcode)
        if frame.opcode >= frames.CLOSE:
            self._take_control(kind, bytes(frame.data), head, at_ns)
            return
        if self._first is None:
            self._first = (kind, head)
        self._frames += 1
        if not (frame.fin and self._frames == 1):
            self._parts.append(bytes(frame.data))
        if not frame.fin:
            return
        payload = frame.data if self._frames == 1 else b"".join(self._parts)
        kind, head = self._first
        count, self._frames, self._first = self._frames, 0, None
        self._parts.clear()
        self._finish(kind, bytes(payload), head, count, at_ns)

    def _finish(self, kind: FrameKind, payload: bytes, head: FrameHead | None, count: int, at_ns: int) -> None:
        rare = None
        if kind is FrameKind.TEXT and not is_utf8(payload):
            self.problem = sentences.broke_a_rule(INVALID_DATA, "", None)
            self.code = INVALID_DATA
            self._protocol.fail(INVALID_DATA, "invalid UTF-8")
            rare = Rare(problem=self.problem)
        self._log.append(
            at_ns=at_ns,
            direction=Direction.RECEIVED,
            kind=kind,
            payload=payload,
            frames=count,
            head=head,
            index=self._index,
            rare=rare,
        )
        self._index += 1

    def _take_control(self, kind: FrameKind, payload: bytes, head: FrameHead | None, at_ns: int) -> None:
        rare = None
        automatic = False
        if kind is FrameKind.CLOSE:
            code, reason = read_close(payload)
            rare = Rare(code=code, reason=reason)
            automatic = self._protocol.close_rcvd_then_sent is False
        elif kind is FrameKind.PONG:
            automatic = True
            sent_ns = self._pings.pop(payload, None)
            if sent_ns is not None:
                self.round_trip_ns = at_ns - sent_ns
        self._log.append(
            at_ns=at_ns,
            direction=Direction.RECEIVED,
            kind=kind,
            payload=payload,
            head=head,
            automatic=automatic,
            rare=rare,
        )

    def _break(self, error: Exception, at_ns: int) -> None:
        """Say what was wrong with the frame at which reading stopped."""
        if isinstance(error, EOFError):
            return
        head = self._heads.popleft() if self._heads else None
        start = head.start if head is not None else self._tap.rest()
        kind = frames.kind_of(head.opcode) if head is not None else FrameKind.BINARY
        code = TOO_BIG if isinstance(error, PayloadTooBig) else PROTOCOL_ERROR
        if isinstance(error, UnicodeDecodeError):
            code = INVALID_DATA
        close = read_close(start) if kind is FrameKind.CLOSE else None
        refused = close[0] if close is not None and code == PROTOCOL_ERROR and not may_be_sent(close[0]) else None
        self.code = code
        self.problem = sentences.broke_a_rule(code, str(error), refused)
        self._log.append(
            at_ns=at_ns,
            direction=Direction.RECEIVED,
            kind=kind,
            payload=start,
            size=head.length if head is not None else len(start),
            head=head,
            rare=Rare(
                code=close[0] if close is not None else None,
                reason=close[1] if close is not None else "",
                problem=self.problem,
            ),
        )


def read_close(payload: bytes) -> tuple[int, str]:
    """Return code and reason of a close frame; 1005 when it has none."""
    if len(payload) < 2:
        return NO_CODE, ""
    return struct.unpack_from("!H", payload)[0], payload[2:].decode(errors="replace")


def may_be_sent(code: int) -> bool:
    """Return whether a close frame may carry `code`."""
    return 1000 <= code <= 1003 or 1007 <= code <= 1014 or 3000 <= code <= 4999


def is_utf8(payload: bytes) -> bool:
    """Return whether bytes are valid UTF-8."""
    if payload.isascii():
        return True
    try:
        payload.decode()
    except UnicodeDecodeError:
        return False
    return True
