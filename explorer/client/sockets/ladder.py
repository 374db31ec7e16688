"""The fold of what all clients and the server saw on to one axis of time; see `ladder_rows` for what comes out.

A message and the server's event of it are one row, found by the connection's trace and the message's place in its
direction. What belongs together comes from two sides, a few milliseconds apart, so a row waits for its other half, at
most `PATIENCE_NS`; once it stands it never changes, and rows stand in the order of time.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from operator import attrgetter

from explorer.client.sockets.ladder_rows import Cell, Column, LadderRow, ServerMark
from explorer.client.sockets.log import SocketLog
from explorer.client.sockets.record import Direction, FrameKind
from explorer.client.sockets.server_view import SeenMessage

PATIENCE_NS = 300_000_000  # how long a row waits for its other half
PATIENCE_TIMES = 4  # and so often it is looked at: the window's thread may have been busy for all that time
GATHER_NS = 25_000_000  # how long after its last message it may become a larger broadcast
GATHER_TIMES = 2  # and so often it is looked at: on a busy machine the next message may be here already, unread
_MOST_GROUPS = 500
_NUMBER_BITS = 32
_NUMBER_MASK = (1 << _NUMBER_BITS) - 1

_Key = tuple[str, bool, int]  # trace, by the server, index
_Likeness = tuple[bool, int, bytes]


class _Source:
    """A log that cells are taken from."""

    __slots__ = ("by_server", "column", "foreign", "log", "taken")

    def __init__(self, log: SocketLog, column: str, *, by_server: bool, foreign: bool) -> None:
        self.log = log
        self.column = column
        self.by_server = by_server
        self.foreign = foreign
        self.taken = log.count if by_server else 0


class _Making:
    """A row that does not stand yet."""

    __slots__ = ("at_ns", "born", "done", "keys", "missing", "refs", "sent_ns")

    def __init__(self, at_ns: int, ref: int, born: int) -> None:
        self.at_ns = at_ns
        self.born = born  # how often `settle` had been called
        self.sent_ns: int | None = None  # when the server sent the last of it; None when it sent nothing
        self.refs = [ref]
        self.missing = 0
        self.keys: tuple[_Key, ...] = ()
        self.done = False


class _Group:
    """Rows of messages that are alike, in their order. Those that a connection is in come before all others."""

    __slots__ = ("joined", "rows")

    def __init__(self) -> None:
        self.rows: list[_Making] = []
        self.joined: dict[str, int] = {}  # trace → how many rows it is in

    def next_for(self, trace_id: str) -> _Making | None:
        """Return the first row that still gathers and that the connection is not in, and count it in."""
        at = self.joined.get(trace_id, 0)
        while at < len(self.rows) and self.rows[at].done:
            at += 1
        if at < len(self.rows):
            self.joined[trace_id] = at + 1
            return self.rows[at]
        return None

    def add(self, row: _Making, trace_id: str) -> None:
        """Put in a row that the connection begins."""
        self.rows.append(row)
        self.joined[trace_id] = len(self.rows)


_time = attrgetter("at_ns")


class Ladder:
    """All rows, kept in 30 bytes or so each."""

    def __init__(self) -> None:
        self._sources: list[_Source] = []
        self._clients: dict[str, int] = {}  # column → source
        self._servers: dict[str, int] = {}  # trace → source
        self._ours: dict[str, str] = {}  # trace → column
        self._columns: dict[str, Column] = {}
        self._making: list[_Making] = []
        self._by_client: dict[_Key, _Making] = {}
        self._by_server: dict[_Key, _Making] = {}
        self._alike: dict[_Likeness, _Group] = {}
        self._settled = 0
        self._at = array("q")
        self._first = array("Q", [0])
        self._refs = array("Q")

    @property
    def count(self) -> int:
        """How many rows stand."""
        return len(self._at)

    @property
    def origin_ns(self) -> int:
        """When the first row was; 0 while there is none."""
        return self._at[0] if self._at else 0

    @property
    def waits(self) -> bool:
        """Whether something waits to become a row."""
        return bool(self._making)

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns, in the order in which they came."""
        return tuple(self._columns.values())

    def add_client(self, column: Column, log: SocketLog) -> None:
        """Give a client of the window a column; its log is read from the beginning."""
        self._columns[column.id] = column
        self._clients[column.id] = len(self._sources)
        self._sources.append(_Source(log, column.id, by_server=False, foreign=False))

    def set_column(self, column: Column) -> None:
        """Name a column anew."""
        if column.id in self._columns:
            self._columns[column.id] = column

    def claim(self, trace_id: str, column: str) -> None:
        """Say that a connection is one of ours; before the server's first event of it comes."""
        self._ours[trace_id] = column

    def rename(self, trace_id: str, seen: str) -> None:
        """Say that the server knows a connection of ours, claimed as `trace_id`, by the trace `seen`."""
        self._ours[seen] = self._ours.pop(trace_id)
        number = self._clients.get(self._ours[seen])
        if number is not None and self._sources[number].log.trace_id == trace_id:
            self._sources[number].log.rename(seen)
        for key in [key for key in self._by_client if key[0] == trace_id]:
            row = self._by_client.pop(key)
            row.keys = tuple((seen, *known[1:]) if known == key else known for known in row.keys)
            self._by_client[seen, key[1], key[2]] = row

    def add_server_log(self, trace_id: str, log: SocketLog, foreign: Column) -> None:
        """Say where the server's messages of a connection are; it gets the column `foreign` when it is not ours."""
        column = self._ours.get(trace_id)
        if column is None:
            self._columns[foreign.id] = foreign
        self._servers[trace_id] = len(self._sources)
        source = _Source(log, column or foreign.id, by_server=True, foreign=column is None)
        source.taken = 0
        self._sources.append(source)

    def knows_server_log(self, trace_id: str) -> bool:
        """Return whether `add_server_log` was called for a connection."""
        return trace_id in self._servers

    def remove_column(self, column: str) -> None:
        """Take a column away; rows keep what others said."""
        self._columns.pop(column, None)
        self._clients.pop(column, None)

    def bring_column_back(self, column: Column) -> None:
        """Put a client's column back that was taken away, with all that its log holds."""
        known = (number for number, source in enumerate(self._sources) if source.column == column.id)
        number = next((each for each in known if not self._sources[each].by_server), None)
        if number is not None:
            self._columns[column.id] = column
            self._clients[column.id] = number

    def take_clients(self) -> None:
        """Take what the logs of our clients hold that is new."""
        for number in self._clients.values():
            source = self._sources[number]
            count = source.log.count
            if source.taken < count:
                self._take_log(source, number << _NUMBER_BITS, source.taken, count)
                source.taken = count

    def take_server(self, messages: Iterable[SeenMessage], touched: Iterable[str]) -> None:
        """Take what the server saw, in its order; `touched` are the traces of which there is anything new."""
        for message in messages:
            number = self._servers.get(message.trace_id)
            if number is None:
                continue
            ref = number << _NUMBER_BITS | message.number
            if not message.by_server and message.trace_id not in self._ours:  # nobody else tells of it
                self._alike.clear()
                self._making.append(_Making(message.at_ns, ref, self._settled))
                continue
            key = (message.trace_id, message.by_server, message.place)
            if message.by_server:
                self._take_sent(message, key, ref)
            else:
                self._alike.clear()
                self._take_received(message, key, ref)
        for trace_id in touched:
            self._take_ends(trace_id)

    def settle(self, now_ns: int) -> int:
        """Let rows stand that are complete or have waited long enough; returns how many."""
        before = self.count
        self._settled += 1
        self._making.sort(key=_time)
        done = 0
        for row in self._making:
            if row.refs:
                if self._gathers(row, now_ns) or (row.missing > 0 and not self._is_late(row, now_ns)):
                    break
                self._stand(row)
            done += 1
        del self._making[:done]
        if not self._making:
            self._alike.clear()
        elif len(self._alike) > _MOST_GROUPS:
            self._alike = {like: group for like, group in self._alike.items() if not group.rows[-1].done}
        return self.count - before

    def row(self, number: int, before: int | None = None) -> LadderRow:
        """Return a row; `before` is the number of the one on show above it, for `LadderRow.delta_ns`."""
        at_ns = self._at[number]
        refs = self._refs[self._first[number] : self._first[number + 1]]
        told = ((self._sources[ref >> _NUMBER_BITS], ref & _NUMBER_MASK) for ref in refs)
        return LadderRow(
            number=number,
            at_ns=at_ns,
            delta_ns=None if before is None else max(0, at_ns - self._at[before]),
            cells=tuple(
                Cell(column=source.column, entry=source.log.entry(place), by_server=source.by_server)
                for source, place in self._cells(number)
            ),
            server=_mark([each for each in told if each[0].by_server and each[0].log.index(each[1]) is not None]),
        )

    def parts(self, number: int) -> list[tuple[SocketLog, int, str]]:
        """Return log, number in it and column of each cell of a row, for searching; cheaper than `row`."""
        return [(source.log, place, source.column) for source, place in self._cells(number)]

    def number_of(self, column: str, entry: int, at_ns: int) -> int | None:
        """Return the row that holds an entry of a column, which happened at `at_ns`; None when it does not stand."""
        low, high = 0, self.count
        while low < high:
            middle = (low + high) // 2
            if self._at[middle] <= at_ns:
                low = middle + 1
            else:
                high = middle
        for number in range(low - 1, max(-1, low - 500), -1):
            if any(place == entry and name == column for _, place, name in self.parts(number)):
                return number
        return None

    def _cells(self, number: int) -> list[tuple[_Source, int]]:
        """Return where the cells of a row are, in the order in which their clients came: any log may be read first."""
        refs = sorted(self._refs[self._first[number] : self._first[number + 1]])
        told = [(self._sources[ref >> _NUMBER_BITS], ref & _NUMBER_MASK) for ref in refs]
        return [(source, place) for source, place in told if not source.by_server or source.foreign]

    def _take_log(self, source: _Source, base: int, first: int, end: int) -> None:
        log, trace, known = source.log, "", False
        for number in range(first, end):
            at_ns, index = log.at_ns(number), log.index(number)
            ref = base | number
            if index is None:
                if log.kind(number) is FrameKind.HANDSHAKE or not trace:
                    trace = log.trace_of(number)
                    known = trace in self._ours
                self._making.append(_Making(at_ns, ref, self._settled))
                continue
            if not trace:
                trace = log.trace_of(number)
                known = trace in self._ours
            key = (trace, log.is_received(number), index)
            row = self._by_server.pop(key, None)
            if row is not None and not row.done:
                row.refs.append(ref)
                row.missing -= 1
                row.at_ns = min(row.at_ns, at_ns)
                continue
            row = _Making(at_ns, ref, self._settled)
            self._making.append(row)
            if known:
                row.missing = 1
                row.keys += (key,)
                self._by_client[key] = row

    def _take_received(self, message: SeenMessage, key: _Key, ref: int) -> None:
        row = self._by_client.pop(key, None)
        if row is not None and not row.done:
            row.refs.append(ref)
            row.missing -= 1
            row.at_ns = min(row.at_ns, message.at_ns)
            return
        row = _Making(message.at_ns, ref, self._settled)
        self._making.append(row)
        self._expect_client(row, key)

    def _take_sent(self, message: SeenMessage, key: _Key, ref: int) -> None:
        mine = self._by_client.pop(key, None)
        if mine is not None and mine.done:
            mine = None
        group = self._alike.get(message.likeness)
        if group is None:
            group = self._alike[message.likeness] = _Group()
        row = group.next_for(message.trace_id)
        if row is None:
            row = mine or _Making(message.at_ns, ref, self._settled)
            if mine is None:
                self._making.append(row)
            else:
                row.refs.append(ref)
                row.missing -= 1
            row.at_ns = min(row.at_ns, message.at_ns)
            row.born = self._settled
            group.add(row, message.trace_id)
        else:
            row.refs.append(ref)
            if mine is not None:
                row.refs += mine.refs
                row.at_ns = min(row.at_ns, mine.at_ns)
                mine.refs = []
        row.sent_ns = message.at_ns
        if mine is None:
            self._expect_client(row, key)

    def _expect_client(self, row: _Making, key: _Key) -> None:
        if key[0] in self._ours:
            row.missing += 1
            row.keys += (key,)
            self._by_server[key] = row

    def _take_ends(self, trace_id: str) -> None:
        """Take handshake and close of a connection that is not ours; of ours the client tells."""
        number = self._servers.get(trace_id)
        if number is None or trace_id in self._ours:
            return
        source = self._sources[number]
        for place in range(source.taken, source.log.count):
            if source.log.index(place) is None:
                self._making.append(_Making(source.log.at_ns(place), number << _NUMBER_BITS | place, self._settled))
        source.taken = source.log.count

    def _gathers(self, row: _Making, now_ns: int) -> bool:
        if row.sent_ns is None:
            return False
        return now_ns - row.sent_ns < GATHER_NS or self._settled - row.born < GATHER_TIMES

    def _is_late(self, row: _Making, now_ns: int) -> bool:
        return now_ns - row.at_ns >= PATIENCE_NS and self._settled - row.born >= PATIENCE_TIMES

    def _stand(self, row: _Making) -> None:
        row.done = True
        if row.missing > 0:
            for key in row.keys:
                self._by_client.pop(key, None)
                self._by_server.pop(key, None)
        self._at.append(max(row.at_ns, self._at[-1]) if self._at else row.at_ns)  # a handshake is told of at its end
        self._refs.extend(row.refs)
        self._first.append(len(self._refs))


def _mark(marks: list[tuple[_Source, int]]) -> ServerMark | None:
    if not marks:
        return None
    source, place = marks[0]
    entry = source.log.entry(place)
    return ServerMark(
        at_ns=entry.at_ns,
        direction=Direction.RECEIVED if source.log.is_received(place) else Direction.SENT,
        columns=tuple(source.column for source, _ in marks),
        text=entry.kind is FrameKind.TEXT,
        size=entry.size,
        start=entry.start,
    )
