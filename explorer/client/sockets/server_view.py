"""What the server saw of every WebSocket, ours or a browser's, curl's, another program's: from its events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from explorer.client.sockets.log import Rare, SocketLog
from explorer.client.sockets.record import Direction, FrameKind
from explorer.client.sockets.spill import SpillFolder
from explorer.trace.events import CONNECTION, NOTED, RECEIVE, STARTED, WEBSOCKET, RawEvent

MOST_CONNECTIONS = 2000  # that are remembered; those that ended go first, the oldest of them


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenConnection:
    """One connection as the server sees it.

    Attributes:
        trace_id: of its handshake.
        path: as the server decoded it.
        query: as it came.
        peer: where it comes from, such as ``127.0.0.1:50123``; empty when that is not known.
        agent: what it calls itself (``User-Agent``); may be empty.
        key: its ``Sec-WebSocket-Key``, which each connection draws anew; may be empty.
        since_ns: when it came, on the clock of all events.
        accepted: whether the app accepted it.
        over: whether it has ended.
        code: the close code; None while it is open.
        reason: that the closing end gave.
        closed_by: ``client``, ``server`` or ``lost``; empty while it is open.
        received: messages that the server received.
        sent: messages that the server sent.
    """

    trace_id: str
    path: str
    query: str
    peer: str
    agent: str
    key: str
    since_ns: int
    accepted: bool = False
    over: bool = False
    code: int | None = None
    reason: str = ""
    closed_by: str = ""
    received: int = 0
    sent: int = 0


class SeenMessage(NamedTuple):
    """One message as the server saw it, as the ladder wants it; a tuple, for there may be ten thousand a second.

    Attributes:
        trace_id: of the connection.
        number: in the connection's log.
        at_ns: when.
        by_server: whether the server sent it.
        place: from 0 in its direction.
        likeness: equal for messages that may be one broadcast.
    """

    trace_id: str
    number: int
    at_ns: int
    by_server: bool
    place: int
    likeness: tuple[bool, int, bytes]


class ServerView:
    """Folds events into connections and their logs. Everything else that the server told is passed over.

    Attributes:
        touched: the traces of the connections that came, spoke or ended since somebody emptied it.
        changes: how often a connection came, was accepted or ended.
    """

    def __init__(self, spill: SpillFolder | None = None) -> None:
        """`spill` says where payloads go."""
        self.touched: set[str] = set()
        self.changes = 0
        self._spill = spill
        self._known: dict[str, SeenConnection] = {}
        self._logs: dict[str, SocketLog] = {}
        self._counts: dict[str, list[int]] = {}  # trace → received, sent

    def connections(self) -> tuple[SeenConnection, ...]:
        """Return all that are remembered, in the order in which they came."""
        return tuple(self._summed(trace_id) for trace_id in self._known)

    def connection(self, trace_id: str) -> SeenConnection | None:
        """Return one connection; None when it is not known."""
        return self._summed(trace_id) if trace_id in self._known else None

    def log(self, trace_id: str) -> SocketLog | None:
        """Return what the server saw of a connection, in the client's directions; payloads may be beginnings."""
        return self._logs.get(trace_id)

    @property
    def open_count(self) -> int:
        """How many connections are open."""
        return sum(seen.accepted and not seen.over for seen in self._known.values())

    def take(self, events: Iterable[RawEvent]) -> Sequence[SeenMessage]:
        """Take events, and return the messages among them in their order."""
        found: list[SeenMessage] = []
        for event in events:
            kind = event[3]
            if kind == WEBSOCKET:
                if event[4] == NOTED:
                    message = self._message(event)
                    if message is not None:
                        found.append(message)
                else:
                    self.changes += 1
                    self._conversation(event)
            elif kind == CONNECTION and event[7] == "websocket" and event[4] != NOTED:
                self.changes += 1
                self._connection(event)
        return found

    def forget(self, trace_id: str) -> None:
        """Let go of a connection and what was said on it."""
        self._known.pop(trace_id, None)
        self._counts.pop(trace_id, None)
        log = self._logs.pop(trace_id, None)
        if log is not None:
            log.close()

    def _message(self, event: RawEvent) -> SeenMessage | None:
        trace_id, _, at_ns, _, _, _, _, name, data = event
        self.touched.add(trace_id)
        log = self._logs.get(trace_id)
        if log is None or "number" not in data:
            return None
        by_server = name != RECEIVE
        self._counts[trace_id][by_server] += 1
        text, size, payload, place = data["text"], data["size"], data["payload"], data["number"]
        if isinstance(payload, str):
            payload = payload.encode(errors="surrogatepass")
        number = log.append_message(at_ns, by_server, text, payload, size, place)
        return SeenMessage(trace_id, number, at_ns, by_server, place, (text, size, payload))

    def _connection(self, event: RawEvent) -> None:
        trace_id, _, at_ns, _, phase, _, _, _, data = event
        self.touched.add(trace_id)
        seen = self._known.get(trace_id)
        if phase == STARTED:
            self._begin(trace_id, at_ns, data)
        elif seen is not None and not seen.over:
            self._known[trace_id] = replace(seen, over=True)

    def _begin(self, trace_id: str, at_ns: int, data: dict[str, Any]) -> None:
        if len(self._known) >= MOST_CONNECTIONS:
            self.forget(next((known for known, seen in self._known.items() if seen.over), next(iter(self._known))))
        peer = ":".join(str(part) for part in data.get("client", ()))
        headers = {bytes(name).lower(): bytes(value) for name, value in data.get("headers", ())}
        self._known[trace_id] = SeenConnection(
            trace_id=trace_id,
            path=str(data.get("path", "")),
            query=_text(data.get("query", b"")),
            peer=peer,
            agent=_text(headers.get(b"user-agent", b"")),
            key=_text(headers.get(b"sec-websocket-key", b"")),
            since_ns=at_ns,
        )
        log = self._logs[trace_id] = SocketLog(self._spill)
        log.begin(trace_id)
        self._counts[trace_id] = [0, 0]

    def _conversation(self, event: RawEvent) -> None:
        trace_id, _, at_ns, _, phase, _, _, _, data = event
        self.touched.add(trace_id)
        seen = self._known.get(trace_id)
        if seen is None:
            return
        log = self._logs[trace_id]
        if phase == STARTED:
            self._known[trace_id] = replace(seen, accepted=True)
            head = f"GET {seen.path}{'?' if seen.query else ''}{seen.query} HTTP/1.1"
            log.append(
                at_ns=at_ns,
                direction=Direction.SENT,
                kind=FrameKind.HANDSHAKE,
                payload=head.encode(errors="replace"),
                rare=Rare(code=101),
            )
            return
        code, reason, closed_by = data.get("code"), str(data.get("reason", "")), str(data.get("closed_by", ""))
        self._known[trace_id] = replace(seen, over=True, code=code, reason=reason, closed_by=closed_by)
        log.append(
            at_ns=at_ns,
            direction=Direction.RECEIVED if closed_by == "server" else Direction.SENT,
            kind=FrameKind.CLOSE,
            rare=Rare(code=code, reason=reason),
        )

    def _summed(self, trace_id: str) -> SeenConnection:
        received, sent = self._counts[trace_id]
        return replace(self._known[trace_id], received=received, sent=sent)


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
