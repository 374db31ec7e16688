from __future__ import annotations

from explorer.client.sockets.ladder import GATHER_NS, PATIENCE_NS, PATIENCE_TIMES, Ladder
from explorer.client.sockets.ladder_rows import Column, EntryFilter, LadderRow
from explorer.client.sockets.ladder_view import LadderView, scan
from explorer.client.sockets.log import SocketLog
from explorer.client.sockets.record import Direction, FrameKind
from explorer.client.sockets.server_view import ServerView
from explorer.trace.events import CONNECTION, FINISHED, NOTED, RECEIVE, SEND, STARTED, WEBSOCKET, RawEvent

MS = 1_000_000


class World:
    """Two clients of the window, a browser, and a server that sees them all."""

    def __init__(self) -> None:
        self.ladder = Ladder()
        self.view = ServerView()
        self.logs = {"ana": SocketLog(), "bob": SocketLog()}
        self._counts: dict[tuple[str, bool], int] = {}
        for name, log in self.logs.items():
            self.ladder.add_client(Column(id=name, title=name), log)
            log.begin(f"trace-{name}")
            self.ladder.claim(f"trace-{name}", name)
        for name in ("ana", "bob", "browser"):
            data = {"path": "/ws", "client": ("127.0.0.1", 9)}
            self.events([(f"trace-{name}", 0, 0, CONNECTION, STARTED, 1, 0, "websocket", data)])

    def client(self, name: str, at_ms: int, payload: bytes, *, sent: bool) -> None:
        log = self.logs[name]
        log.append(
            at_ns=at_ms * MS,
            direction=Direction.SENT if sent else Direction.RECEIVED,
            kind=FrameKind.TEXT,
            payload=payload,
            index=self._next(name, sent),
        )
        self.ladder.take_clients()

    def server(self, name: str, at_ms: int, payload: bytes, *, sent: bool) -> None:
        data = {
            "type": "", "text": True, "size": len(payload), "payload": payload,
            "number": self._next(f"server {name}", sent),
        }  # fmt: skip
        note = SEND if sent else RECEIVE
        self.events([(f"trace-{name}", 0, at_ms * MS, WEBSOCKET, NOTED, 1, 0, note, data)])

    def events(self, events: list[RawEvent]) -> None:
        messages = self.view.take(events)
        for trace_id in self.view.touched:
            log = self.view.log(trace_id)
            if log is not None and not self.ladder.knows_server_log(trace_id):
                self.ladder.add_server_log(trace_id, log, Column(id=trace_id, title="browser", foreign=True))
        self.ladder.take_server(messages, self.view.touched)
        self.view.touched.clear()

    def rows(self, now_ms: int = 10_000) -> list[LadderRow]:
        self.settle(now_ms)
        view = LadderView(self.ladder)
        view.show_all()
        return [view.row(position) for position in range(view.count)]

    def settle(self, now_ms: int = 10_000) -> None:
        """Look as often as a row that waits is looked at."""
        for _ in range(PATIENCE_TIMES):
            self.ladder.settle(now_ms * MS)

    def _next(self, name: str, sent: bool) -> int:
        number = self._counts.get((name, sent), 0)
        self._counts[name, sent] = number + 1
        return number


def _shape(row: LadderRow) -> tuple[list[str], tuple[str, ...]]:
    return [cell.column for cell in row.cells], row.server.columns if row.server is not None else ()


def test_that_a_message_of_ours_and_what_the_server_saw_of_it_are_one_row() -> None:
    world = World()
    world.client("ana", 10, b"hello", sent=True)
    world.server("ana", 11, b"hello", sent=False)
    (row,) = world.rows()
    assert _shape(row) == (["ana"], ("ana",))
    assert row.server is not None
    assert (row.at_ns, row.server.at_ns, row.server.direction) == (10 * MS, 11 * MS, Direction.SENT)


def test_that_a_broadcast_is_one_row_whichever_side_tells_first() -> None:
    world = World()
    world.client("bob", 13, b"ana: hello", sent=False)
    world.server("ana", 11, b"ana: hello", sent=True)
    world.server("bob", 11, b"ana: hello", sent=True)
    world.server("browser", 12, b"ana: hello", sent=True)
    world.client("ana", 12, b"ana: hello", sent=False)
    (row,) = world.rows()
    assert _shape(row)[0] == ["ana", "bob", "trace-browser"]
    assert row.server is not None
    assert row.server.columns == ("ana", "bob", "trace-browser")


def test_that_equal_answers_with_something_received_between_them_are_no_broadcast() -> None:
    world = World()
    for name in ("ana", "bob"):
        world.client(name, 10, b"ping", sent=True)
        world.server(name, 11, b"ping", sent=False)
        world.server(name, 12, b"pong", sent=True)
        world.client(name, 13, b"pong", sent=False)
    assert all(len(_shape(row)[1]) == 1 for row in world.rows())


def test_that_a_broadcast_on_a_busy_machine_is_one_row_however_late_its_messages_are_sent_and_read() -> None:
    world = World()
    world.client("ana", 10, b"news", sent=False)
    world.server("ana", 10, b"news", sent=True)
    world.ladder.settle(500 * MS)  # the server's other messages were sent long ago, and wait to be read
    for name, at_ms in (("bob", 30), ("browser", 50)):
        world.server(name, at_ms, b"news", sent=True)
        world.settle(at_ms + 10)
    (row,) = world.rows()
    assert _shape(row)[1] == ("ana", "bob", "trace-browser")


def test_that_two_broadcasts_whose_messages_mix_are_two_rows() -> None:
    world = World()
    for name in ("ana", "bob"):
        world.server(name, 11, b"one", sent=True)
        world.server(name, 11, b"two", sent=True)
        world.server(name, 11, b"one", sent=True)
    rows = world.rows()
    assert [row.server.start if row.server else b"" for row in rows] == [b"one", b"two", b"one"]
    assert [_shape(row)[1] for row in rows] == [("ana", "bob")] * 3


def test_that_rows_stand_in_the_order_of_time_and_wait_for_their_other_half() -> None:
    world = World()
    world.client("ana", 10, b"first", sent=True)
    world.client("bob", 12, b"second", sent=True)
    world.server("bob", 13, b"second", sent=False)
    assert world.rows(20) == []
    world.server("ana", 14, b"first", sent=False)
    assert [row.cells[0].entry.start for row in world.rows(21)] == [b"first", b"second"]


def test_that_what_the_server_never_saw_stands_after_a_while_without_it() -> None:
    world = World()
    world.client("ana", 10, b"lost", sent=True)
    assert world.rows(11) == []
    (row,) = world.rows(10 + PATIENCE_NS // MS)
    assert row.server is None


def test_that_a_connection_that_is_not_ours_has_a_column_of_its_own_from_its_handshake_to_its_end() -> None:
    world = World()
    start: RawEvent = ("trace-browser", 0, 5 * MS, WEBSOCKET, STARTED, 1, 0, "conversation", {})
    world.events([start])
    world.server("browser", 11, b"hi", sent=False)
    end = {"code": 1001, "reason": "", "closed_by": "client"}
    world.events([("trace-browser", 0, 20 * MS, WEBSOCKET, FINISHED, 1, 0, "conversation", end)])
    rows = world.rows()
    assert [row.cells[0].entry.kind for row in rows] == [FrameKind.HANDSHAKE, FrameKind.TEXT, FrameKind.CLOSE]
    assert all(row.cells[0].by_server for row in rows)
    assert [column.id for column in world.ladder.columns if column.foreign] == ["trace-browser"]
    seen = world.view.connection("trace-browser")
    assert seen is not None
    assert (seen.code, seen.received, seen.sent, seen.over) == (1001, 1, 0, True)


def test_that_ten_thousand_equal_messages_are_told_apart_and_counted() -> None:
    world = World()
    for number in range(10_000):
        world.server("browser", number // 10, b"tick", sent=True)
        if number % 160 == 0:
            world.ladder.settle(number // 10 * MS)
    rows = world.rows()
    assert len(rows) == 10_000
    assert rows[-1].at_ns == 999 * MS
    assert GATHER_NS < PATIENCE_NS


def test_that_a_filter_shows_what_fits_now_and_later_with_the_time_between() -> None:
    world = World()
    for number, text in enumerate((b"apple", b"pear", b"APPLE pie")):
        world.client("ana", 10 * number, text, sent=True)
        world.server("ana", 10 * number + 1, text, sent=False)
    world.settle()
    view = LadderView(world.ladder)
    chosen = EntryFilter(text="apple")
    view.set_filter(chosen, scan(world.ladder, chosen, range(world.ladder.count), lambda: True), world.ladder.count)
    assert [(view.row(i).number, view.row(i).delta_ns) for i in range(view.count)] == [(0, None), (2, 20 * MS)]
    world.client("ana", 50, b"an apple", sent=True)
    world.client("ana", 60, b"a plum", sent=True)
    world.settle()
    assert (view.grow(), view.count, view.total) == (1, 3, 5)
    assert (view.position_of(1), view.position_of(3)) == (1, 2)


def test_that_a_filter_finds_bytes_by_their_digits_and_knows_kinds_directions_and_clients() -> None:
    world = World()
    world.logs["bob"].append(at_ns=5, direction=Direction.SENT, kind=FrameKind.BINARY, payload=b"\x01\xab\xcd", index=0)
    world.client("ana", 1, b"abcd", sent=True)
    world.settle()

    def found(**chosen: object) -> list[int]:
        return list(scan(world.ladder, EntryFilter(**chosen), range(world.ladder.count), lambda: True))  # type: ignore[arg-type]

    assert found(text="ab cd") == [0]
    assert found(text="abcd") == [0, 1]
    assert found(kinds=frozenset({FrameKind.TEXT})) == [1]
    assert found(directions=frozenset({Direction.RECEIVED})) == []
    assert found(columns=frozenset({"bob"})) == [0]


def test_that_the_row_of_an_entry_is_found_again() -> None:
    world = World()
    for number in range(3):
        world.client("ana", 10 * number, b"x", sent=True)
    world.settle()
    assert world.ladder.number_of("ana", 1, 10 * MS) == 1
    assert world.ladder.number_of("bob", 1, 10 * MS) is None


def test_that_what_was_cleared_stays_out_of_sight_until_it_is_brought_back() -> None:
    world = World()
    for number in range(3):
        world.client("ana", 10 * number, b"before", sent=True)
    world.settle()
    view = LadderView(world.ladder)
    view.grow()
    view.clear()
    assert (view.count, view.total) == (0, 0)
    world.client("ana", 50, b"after", sent=True)
    world.settle()
    view.grow()
    assert [view.row(i).number for i in range(view.count)] == [3]
    assert (view.row(0).delta_ns, list(view.numbers()), view.position_of(1)) == (None, [3], 0)
    view.bring_back()
    assert (view.count, view.row(3).delta_ns) == (4, 30 * MS)
