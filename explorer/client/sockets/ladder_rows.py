"""What stands on the ladder of the Sockets room: one row for each thing that happened, one column for each client."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from explorer.client.sockets.record import Direction, Entry, FrameKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One client on the ladder.

    Attributes:
        id: of the `SocketDraft`, or the trace of a connection that is not ours.
        title: the client's name, or where the connection comes from.
        path: path and query it is connected to.
        foreign: whether it is not of this window: a browser, curl, another program. Only the server's side is known.
    """

    id: str
    title: str
    path: str = ""
    foreign: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a row says of one client.

    Attributes:
        column: the `Column.id`.
        entry: of the client's log; in a foreign column, what the server saw, in the client's direction.
        by_server: whether it is only what the server saw.
    """

    column: str
    entry: Entry
    by_server: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerMark:
    """What the server did in a row.

    Attributes:
        at_ns: when, on the clock of all events; of a broadcast, its first message.
        direction: as the client sees it: SENT means that the server received.
        columns: the ids of those it received it from or sent it to, in the server's order.
        text: whether it is text for the server.
        size: of the payload, as the server counted it.
        start: the payload's first bytes, as the server had them.
    """

    at_ns: int
    direction: Direction
    columns: tuple[str, ...]
    text: bool
    size: int
    start: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderRow:
    """One row.

    Attributes:
        number: from 0, as on the whole ladder; a filter leaves gaps.
        at_ns: the earliest time in it, on the clock of all events.
        delta_ns: since the row before it that is on show; None for the first.
        cells: one for each client that took part.
        server: what the server did; None when it did not see it (a ping, which its library answers; a server that is
            not ours).
    """

    number: int
    at_ns: int
    delta_ns: int | None
    cells: tuple[Cell, ...]
    server: ServerMark | None = None

    def cell(self, column: str) -> Cell | None:
        """Return what the row says of one client."""
        return next((cell for cell in self.cells if cell.column == column), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFilter:
    """Which rows are on show: those with an entry that fits all of it.

    Attributes:
        text: part of the payload, whatever its case; hexadecimal digits find bytes in binary ones too.
        kinds: empty for all.
        directions: empty for both.
        columns: empty for all clients.
    """

    text: str = ""
    kinds: frozenset[FrameKind] = field(default_factory=frozenset)
    directions: frozenset[Direction] = field(default_factory=frozenset)
    columns: frozenset[str] = field(default_factory=frozenset)

    @property
    def active(self) -> bool:
        """Whether it leaves anything out."""
        return self != EntryFilter()


class LadderSource(Protocol):
    """Where the ladder's widget takes its rows from; asked for what is on show only, on the window's thread."""

    @property
    def count(self) -> int:
        """How many rows pass the filter."""
        ...

    @property
    def total(self) -> int:
        """How many there are without it."""
        ...

    def row(self, position: int) -> LadderRow:
        """Return one row, by its place among those that pass."""
        ...

    def number(self, position: int) -> int:
        """Return the number of a row, by its place among those that pass; much cheaper than `row`."""
        ...

    def position_of(self, number: int) -> int:
        """Return the place of the row with this number, or of the next one that passes."""
        ...
