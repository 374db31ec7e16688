"""What is kept of the requests that came, and what goes."""

from __future__ import annotations

from explorer.trace.context import new_trace_id
from explorer.trace.events import CLIENT, CONNECTION, FINISHED, NOTED, SEND, SQL, STARTED, RawEvent
from explorer.trace.ledger import MOST_EVENTS, TraceLedger


class Drawer:
    """A shelf for so many, in memory."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.kept: dict[str, bytes] = {}

    def put(self, trace_id: str, data: bytes) -> tuple[str, ...]:
        self.kept[trace_id] = data
        gone = list(self.kept)[: -self._most]
        for old in gone:
            del self.kept[old]
        return tuple(gone)

    def get(self, trace_id: str) -> bytes | None:
        return self.kept.get(trace_id)


def request(trace_id: str, path: str = "/items") -> list[RawEvent]:
    start = {"type": "http.response.start", "status": 200, "headers": ()}
    body = {"type": "http.response.body", "size": 10, "more": False}
    return [
        (trace_id, 1, 1, CONNECTION, STARTED, 1, 0, "http", {"method": "GET", "path": path, "headers": ()}),
        (trace_id, 2, 2, CONNECTION, NOTED, 1, 0, SEND, start),
        (trace_id, 3, 3, CONNECTION, NOTED, 1, 0, SEND, body),
        (trace_id, 4, 4, CONNECTION, FINISHED, 1, 0, "http", {}),
    ]


def lazy(trace_id: str, at: int) -> list[RawEvent]:
    """Return the events of a request that asks once for each row, and comes at a moment."""
    start, *rest = request(trace_id, "/users")
    asked = {"statement": "SELECT * FROM user WHERE id = ?"}
    statements: list[RawEvent] = [(trace_id, 10 + n, at, SQL, STARTED, 9 + n, 1, "SELECT", asked) for n in range(6)]
    return [(*start[:2], at, *start[3:]), *statements, *rest]


def test_that_every_request_is_counted_and_those_kept_are_told_whole() -> None:
    shelf = Drawer(3)
    ledger = TraceLedger(shelf, most_fresh=2, most_packed=2)
    ids = [new_trace_id() for _ in range(20)]
    forgotten: list[str] = []
    for number, trace_id in enumerate(ids):
        changes = ledger.add(request(trace_id, f"/items/{number}"))
        assert changes.begun == [trace_id]
        forgotten += changes.forgotten
    assert ledger.count == 20
    assert forgotten == ids[:13]
    assert [ledger.summary(trace_id) for trace_id in forgotten] == [None] * 13
    for number in range(13, 20):
        trace, line = ledger.get(ids[number]), ledger.summary(ids[number])
        assert trace is not None
        assert line is not None
        assert (line.path, line.status, line.ns) == (f"/items/{number}", 200, 3)
        assert trace.done
        assert trace.connection is not None
        assert [note.data["type"] for note in trace.connection.notes] == ["http.response.start", "http.response.body"]


def test_that_the_latest_are_told_once_each_fresh_or_put_away() -> None:
    ledger = TraceLedger(Drawer(9), most_fresh=2, most_packed=2)
    ids = [new_trace_id() for _ in range(6)]
    for trace_id in ids:
        ledger.add(request(trace_id))
    ledger.hold(ids[1])  # one that was put away is fresh again
    assert sorted(line.trace_id for line in ledger.latest(9)) == sorted(ids)
    assert {line.trace_id for line in ledger.latest(4)} == {ids[1], *ids[3:]}


def test_that_one_of_which_more_comes_late_is_taken_up_again() -> None:
    ledger = TraceLedger(Drawer(9), most_fresh=1, most_packed=1)
    ids = [new_trace_id() for _ in range(4)]
    ledger.add(request(ids[0])[:1])
    for trace_id in ids[1:]:
        ledger.add(request(trace_id))
    line = ledger.summary(ids[0])
    assert line is not None
    assert line.ns is None
    changes = ledger.add(request(ids[0])[1:])
    assert (changes.begun, changes.changed) == ([], {ids[0]})
    trace, line = ledger.get(ids[0]), ledger.summary(ids[0])
    assert trace is not None
    assert trace.done
    assert line is not None
    assert (line.status, line.ns) == (200, 3)
    assert ledger.count == 4


def test_that_a_trace_is_whole_though_somebody_looked_before_it_was_put_away() -> None:
    ledger = TraceLedger(most_fresh=1)
    first, second = new_trace_id(), new_trace_id()
    ledger.add(request(first)[:2])
    assert ledger.get(first) is not None
    ledger.add(request(first)[2:])
    seen = ledger.get(first)
    ledger.add(request(second))
    assert ledger.get(first) == seen


def test_that_one_that_somebody_holds_stays() -> None:
    ledger = TraceLedger(most_fresh=1, most_packed=0)
    held = new_trace_id()
    ledger.hold(held)
    ledger.add(request(held))
    for _ in range(5):
        ledger.add(request(new_trace_id()))
    assert ledger.get(held) is not None
    ledger.release(held)
    gone = [trace_id for _ in range(3) for trace_id in ledger.add(request(new_trace_id())).forgotten]
    assert held in gone
    assert ledger.get(held) is None


def test_that_what_never_reached_our_server_is_no_request_of_the_list() -> None:
    ledger = TraceLedger()
    elsewhere = new_trace_id()
    changes = ledger.add([(elsewhere, 1, 1, CLIENT, STARTED, -1, 0, "request", {})])
    assert (changes.begun, changes.changed, ledger.count) == ([], {elsewhere}, 0)
    assert ledger.summary(elsewhere) is None
    assert ledger.get(elsewhere) is not None


def test_that_a_long_one_is_whole_though_it_comes_in_many_batches_and_is_put_away() -> None:
    ledger = TraceLedger(most_fresh=1)
    trace_id = new_trace_id()
    start, head, _, end = request(trace_id)
    ledger.add([start, head])
    count = 3 * MOST_EVENTS
    for seq in range(count):
        body = {"type": "http.response.body", "size": 10, "more": True}
        ledger.add([(trace_id, seq + 5, seq + 5, CONNECTION, NOTED, 1, 0, SEND, body)])
    ledger.add([end])
    ledger.add(request(new_trace_id()))
    trace, line = ledger.get(trace_id), ledger.summary(trace_id)
    assert trace is not None
    assert trace.connection is not None
    assert sum(note.data.get("size", 0) for note in trace.connection.notes) == 10 * count
    assert line is not None
    assert (line.path, line.status, line.ns) == ("/items", 200, 3)


def test_that_one_on_the_shelf_that_somebody_holds_is_not_forgotten() -> None:
    ledger = TraceLedger(Drawer(1), most_fresh=1, most_packed=1)
    held = new_trace_id()
    ledger.add(request(held, "/held"))
    for _ in range(2):
        ledger.add(request(new_trace_id()))
    ledger.hold(held)
    gone = [trace_id for _ in range(9) for trace_id in ledger.add(request(new_trace_id())).forgotten]
    line, trace = ledger.summary(held), ledger.get(held)
    assert held not in gone
    assert line is not None
    assert line.path == "/held"
    assert trace is not None
    assert trace.done


def test_that_one_that_two_hold_stays_until_both_let_it_go() -> None:
    ledger = TraceLedger(most_fresh=1, most_packed=0)
    held = new_trace_id()
    ledger.hold(held)
    ledger.hold(held)
    ledger.add(request(held))
    ledger.release(held)
    ledger.add(request(new_trace_id()))
    ledger.add(request(new_trace_id()))
    assert ledger.get(held) is not None
    ledger.release(held)
    for _ in range(3):
        ledger.add(request(new_trace_id()))
    assert ledger.get(held) is None


def test_that_those_kept_are_listed_in_the_order_in_which_they_came() -> None:
    ledger = TraceLedger(Drawer(9), most_fresh=1, most_packed=1)
    ids = [new_trace_id() for _ in range(5)]
    for number, trace_id in enumerate(ids):
        ledger.add([(*event[:2], event[2] + 10 * number, *event[3:]) for event in request(trace_id)])
    ledger.hold(ids[0])
    ledger.add([(new_trace_id(), 1, 1, CLIENT, STARTED, -1, 0, "request", {})])
    assert ledger.ids() == ids


def test_that_the_newest_that_looks_like_n_plus_one_is_known_however_many_came_after_it() -> None:
    ledger = TraceLedger(Drawer(50), most_fresh=2, most_packed=2)
    first, second = new_trace_id(), new_trace_id()
    ledger.add(lazy(first, 10))
    assert ledger.suspect() == ledger.summary(first)
    ledger.add([event for _ in range(20) for event in request(new_trace_id())])
    assert ledger.suspect() == ledger.summary(first)
    ledger.add(lazy(second, 20))
    ledger.add([event for _ in range(20) for event in request(new_trace_id())])
    assert ledger.suspect() == ledger.summary(second)
    ledger.hold(first)
    ledger.hold(second)
    assert ledger.suspect() == ledger.summary(second)


def test_that_one_that_looks_like_n_plus_one_is_no_longer_named_once_it_is_forgotten() -> None:
    ledger = TraceLedger(most_fresh=1, most_packed=1)
    gone = new_trace_id()
    ledger.add(lazy(gone, 10))
    for _ in range(3):
        ledger.add(request(new_trace_id()))
    assert ledger.summary(gone) is None
    assert ledger.suspect() is None
