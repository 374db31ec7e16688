"""Which requests are rows, in which order, and what they say."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from explorer.trace.events import RawEvent
from explorer.trace.ledger import Changes, TraceLedger
from explorer.trace.query import parse
from explorer.ui.models.traces_model import Column, TracesModel

from .requests import begun, ended, id_of, request

LONG = 10**12  # nanoseconds; enough to compare all


class Rows:
    """A model over a ledger, watched by Qt's own tester."""

    def __init__(self, most_fresh: int = 100, most_packed: int = 100) -> None:
        self.ledger = TraceLedger(most_fresh=most_fresh, most_packed=most_packed)
        self.model = TracesModel(self.ledger.summary)
        mode = QAbstractItemModelTester.FailureReportingMode.Fatal
        self._tester = QAbstractItemModelTester(self.model, mode)

    def add(self, *batches: list[RawEvent]) -> None:
        for events in batches:
            self.model.add(self.ledger.add(events))
            self.model.sift(LONG)

    def filter(self, text: str) -> None:
        self.model.set_query(parse(text) if text else None)
        self.model.sift(LONG)

    @property
    def paths(self) -> list[str]:
        return self.column(Column.PATH)

    def column(self, column: Column) -> list[str]:
        return [self.model.index(row, column).data() for row in range(self.model.rowCount())]


@pytest.fixture
def rows(qapp: object) -> Rows:
    return Rows()


def test_that_the_newest_stands_on_top_and_says_all_in_its_columns(rows: Rows) -> None:
    rows.add(request("/items?limit=2", ms=5.9, statements=2), request("/boom", agent="Mozilla/5.0 Firefox", status=500))
    top = [rows.model.index(0, column).data() for column in Column]
    below = [rows.model.index(1, column).data() for column in Column]
    assert top == ["GET", "/boom", "500", "5.0", "browser", "–"]
    assert below == ["GET", "/items?limit=2", "200", "5.9", "curl", "2"]


def test_that_a_request_under_way_has_dots_and_changes_in_its_place(rows: Rows) -> None:
    slow = begun("/slow")
    rows.add(slow, request("/quick"))
    place = QPersistentModelIndex(rows.model.index(1, Column.STATUS))
    assert (place.data(), rows.model.index(1, Column.MS).data()) == ("…", "…")
    rows.add(ended(slow, status=204, ms=1_500))
    assert (place.data(), place.row()) == ("204", 1)
    assert rows.model.index(1, Column.MS).data() == "1500"


def test_that_what_is_forgotten_leaves(qapp: object) -> None:
    rows = Rows(most_fresh=3, most_packed=0)
    rows.add(*[request(f"/{number}") for number in range(9)])
    assert rows.paths == ["/8", "/7", "/6"]
    assert rows.model.known == 3


def test_that_a_filter_shows_what_fits_and_takes_in_what_comes_to_fit(rows: Rows) -> None:
    slow = begun("/slow")
    rows.add(request("/a", status=404), slow, request("/b"), request("/c", status=500))
    rows.filter("status>=400")
    assert rows.paths == ["/c", "/a"]
    rows.add(request("/d"), ended(slow, status=503))
    assert rows.paths == ["/c", "/slow", "/a"]
    rows.filter("is:running")
    assert rows.paths == []
    late = begun("/late")
    rows.add(late)
    assert rows.paths == ["/late"]
    rows.add(ended(late))
    assert rows.paths == []
    rows.filter("")
    assert rows.paths == ["/late", "/d", "/c", "/b", "/slow", "/a"]


def test_that_many_are_compared_a_part_at_a_time_the_newest_first(rows: Rows) -> None:
    count = 100
    for number in range(count):
        rows.add(request(f"/{number}"))
    rows.model.set_query(parse("path:/"))
    rows.model.sift(0)
    assert 0 < rows.model.rowCount() < count
    assert rows.paths[0] == f"/{count - 1}"
    times = 0
    while rows.model.sifting and times < count:
        rows.model.sift(0)
        times += 1
    assert rows.paths == [f"/{number}" for number in reversed(range(count))]


def test_that_a_pause_freezes_the_rows_and_counts_what_comes(rows: Rows) -> None:
    slow = begun("/slow")
    rows.add(slow, request("/a"))
    rows.model.set_paused(True)
    rows.add(request("/b"), request("/c"))
    assert (rows.paths, rows.model.waiting) == (["/a", "/slow"], 2)
    rows.filter("status:200")
    rows.add(ended(slow), request("/d"))
    assert (rows.paths, rows.model.waiting) == (["/a"], 3)
    rows.model.set_paused(False)
    rows.model.sift(LONG)
    assert (rows.paths, rows.model.waiting) == (["/d", "/c", "/b", "/a", "/slow"], 0)


def test_that_what_was_cleared_does_not_come_back(rows: Rows) -> None:
    slow = begun("/slow")
    rows.add(slow, request("/a"))
    rows.model.clear()
    rows.add(ended(slow), request("/b"))
    assert rows.paths == ["/b"]


def test_that_what_was_cleared_is_brought_back_below_what_came_since(rows: Rows) -> None:
    kept, gone = request("/kept"), request("/gone")
    rows.add(kept, gone)
    taken = rows.model.clear()
    rows.add(request("/new"))
    rows.model.bring_back(taken, {id_of(kept)})
    assert rows.paths == ["/new", "/kept"]
    rows.filter("path:/kept")
    assert rows.paths == ["/kept"]
    rows.model.add(Changes([], set(), [id_of(kept)]))
    assert rows.paths == []


def test_that_two_requests_with_one_trace_id_are_one_row(rows: Rows) -> None:
    first = request("/a")
    again = begun("/b", trace_id=id_of(first))
    rows.add(first, again, ended(again))
    assert rows.paths == ["/b"]


def test_that_any_order_of_events_leaves_the_rows_that_fit_in_their_order(qapp: object) -> None:
    chance = random.Random(7)  # noqa: S311 - no secret
    rows = Rows(most_fresh=20, most_packed=20)
    under_way: list[list[RawEvent]] = []
    for number in range(400):
        match chance.randrange(6):
            case 0 | 1:
                under_way.append(begun(f"/{number}"))
                rows.add(under_way[-1])
            case 2 if under_way:
                gone = under_way.pop(chance.randrange(len(under_way)))
                rows.add(ended(gone, status=chance.choice((200, 404, 500))))
            case 3:
                rows.filter(chance.choice(("", "status:200", "is:running", "-status:none")))
            case 4:
                rows.model.set_paused(chance.random() < 0.3)
                rows.model.sift(LONG)
            case _:
                rows.add(request(f"/{number}", status=chance.choice((200, 404))))
    rows.model.set_paused(False)
    for text in ("", "status:404", "is:running"):
        rows.filter(text)
        lines = [line for known in rows.ledger.ids() if (line := rows.ledger.summary(known)) is not None]
        query = parse(text)
        assert rows.paths == [line.path for line in reversed(lines) if query.matches(line)]


def test_that_assistive_tools_are_told_which_column_they_are_in(rows: Rows) -> None:
    rows.add(request("/sql", statements=6))
    spoken = [rows.model.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in Column]
    assert spoken == ["Method GET", "Path /sql", "Status 200", "ms 5.0", "Client curl", "SQL 6"]
    tip = rows.model.index(0, Column.SQL).data(Qt.ItemDataRole.ToolTipRole)
    assert "6 times: this looks like N+1" in tip
