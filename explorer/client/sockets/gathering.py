"""All sockets that are known, brought together: what our clients kept, what the server saw, and the ladder of both."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from explorer.client.sockets.callers import caller_name
from explorer.client.sockets.ladder import Ladder
from explorer.client.sockets.ladder_rows import Column
from explorer.client.sockets.log import SocketLog
from explorer.client.sockets.server_view import SeenConnection, ServerView
from explorer.client.sockets.spill import SpillFolder
from explorer.trace.events import RawEvent


class Gathering:
    """Takes what comes from both ends; it belongs to one thread.

    Attributes:
        server: what the server saw.
        ladder: the rows.
    """

    def __init__(self, folder: Path | None) -> None:
        """`folder` is where large logs go; None keeps them in memory."""
        self.server = ServerView(spill := SpillFolder(folder))
        self.ladder = Ladder()
        self._spill = spill
        self._ours: set[str] = set()
        self._keys: dict[str, str] = {}  # ``Sec-WebSocket-Key`` → the trace that was claimed

    def new_log(self) -> SocketLog:
        """Return an empty log for a client."""
        return SocketLog(self._spill)

    def claim(self, trace_id: str, column: str, key: str = "") -> None:
        """Say that the connection with this trace is one of our client `column`; before the server tells of it.

        With `key`, its ``Sec-WebSocket-Key``, it is known even when it carries no ``traceparent``, or one of its own.
        """
        self._ours.add(trace_id)
        self.ladder.claim(trace_id, column)
        if key:
            self._keys[key] = trace_id

    def take(self, events: Iterable[RawEvent]) -> bool:
        """Take a batch of the server's events; returns whether any was of a WebSocket."""
        messages = self.server.take(events)
        touched = self.server.touched
        if not touched:
            return False
        for trace_id in touched:
            self._admit(trace_id)
        self.ladder.take_server(messages, touched)
        touched.clear()
        return True

    def tick(self, now_ns: int) -> int:
        """Take what our clients logged, and return how many rows stand since the last time."""
        self.ladder.take_clients()
        return self.ladder.settle(now_ns)

    @property
    def waits(self) -> bool:
        """Whether something waits to become a row."""
        return self.ladder.waits

    def foreign(self) -> tuple[SeenConnection, ...]:
        """Return the connections that are not ours and that the app accepted, in the order in which they came."""
        return tuple(seen for seen in self.server.connections() if seen.accepted and seen.trace_id not in self._ours)

    def is_ours(self, trace_id: str) -> bool:
        """Tell whether a connection is one of our clients."""
        return trace_id in self._ours

    def open_count(self) -> int:
        """Return how many connections the server has open, ours and others."""
        return self.server.open_count

    def _admit(self, trace_id: str) -> None:
        if self.ladder.knows_server_log(trace_id):
            return
        seen, log = self.server.connection(trace_id), self.server.log(trace_id)
        if seen is not None and log is not None:
            claimed = self._keys.pop(seen.key, trace_id)
            if claimed != trace_id:
                self._ours.add(trace_id)
                self.ladder.rename(claimed, trace_id)
            column = Column(id=trace_id, title=caller_name(seen), path=target_of(seen), foreign=True)
            self.ladder.add_server_log(trace_id, log, column)


def target_of(seen: SeenConnection) -> str:
    """Return path and query of a connection."""
    return f"{seen.path}?{seen.query}" if seen.query else seen.path
