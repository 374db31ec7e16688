"""The list of requests as a person uses it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from explorer.trace.events import RawEvent
from explorer.trace.ledger import TraceLedger
from explorer.trace.query import parse
from explorer.trace.summary import Summary
from explorer.ui import names
from explorer.ui.actions.zoom import ZOOM_STEPS
from explorer.ui.delegates.trace_cells import TraceRowPainter
from explorer.ui.models.traces_model import Column
from explorer.ui.panels.traces.trace_list import TraceList
from explorer.ui.panels.traces_room import TracesRoom
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.chip import Chip
from explorer.ui.widgets.tone_pill import TonePill

from .requests import begun, ended, id_of, request

LONG = 10**12


class Watcher:
    """A person before the room."""

    def __init__(self, qtbot: QtBot, themes: Themes) -> None:
        self.ledger = TraceLedger(most_fresh=5_000)
        self.room = TracesRoom(themes, self.ledger.summary)
        self.list: TraceList = self.room.list
        self._qtbot = qtbot
        qtbot.addWidget(self.room)
        self.room.resize(1100, 700)
        with qtbot.waitExposed(self.room):
            self.room.show()

    def see(self, *batches: list[RawEvent]) -> None:
        for events in batches:
            self.list.add(self.ledger.add(events), self.ledger.count)

    @property
    def top(self) -> str:
        """The path in the topmost row in sight."""
        return str(self.list.model.index(self.list.table.rowAt(0), Column.PATH).data())

    @property
    def marked(self) -> list[str]:
        """The paths of the rows that are marked."""
        rows = self.list.table.selectionModel().selectedRows(Column.PATH)
        return [str(index.data()) for index in rows]

    def button(self, name: str) -> QPushButton | QToolButton:
        found = self.room.findChild(QPushButton, name) or self.room.findChild(QToolButton, name)
        assert found is not None
        return found

    def press(self, key: Qt.Key) -> None:
        self._qtbot.keyClick(self.list.table, key)

    def click_row(self, row: int) -> None:
        place = self.list.table.visualRect(self.list.model.index(row, Column.PATH)).center()
        self._qtbot.mouseClick(self.list.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


@pytest.fixture
def watcher(qtbot: QtBot, themes: Themes) -> Watcher:
    return Watcher(qtbot, themes)


def message(watcher: Watcher) -> str:
    label = watcher.room.findChild(QLabel, names.TRACES_MESSAGE)
    assert label is not None
    return label.text() if label.isVisible() else ""


def count_of(watcher: Watcher) -> str:
    chip = watcher.room.findChild(Chip, names.TRACES_COUNT)
    assert chip is not None
    return chip.text


def test_that_the_empty_list_says_what_counts_and_where(watcher: Watcher, qtbot: QtBot) -> None:
    assert message(watcher).startswith("No requests yet. Start the server")
    watcher.list.set_server("http://127.0.0.1:8000")
    assert message(watcher).startswith("No requests yet. Any client counts: curl, a browser, Bruno")
    assert "http://127.0.0.1:8000" in message(watcher)
    with qtbot.waitSignal(watcher.list.copy_requested) as copied:
        watcher.button(names.TRACES_MESSAGE_ACTION).click()
    assert copied.args == ["curl http://127.0.0.1:8000/"]
    watcher.see(request())
    assert message(watcher) == ""


def test_that_the_room_begins_at_the_filter_from_where_down_leads_to_the_newest(watcher: Watcher, qtbot: QtBot) -> None:
    watcher.see(request("/old"), request("/new"))
    watcher.room.activateWindow()
    watcher.room.begin()
    qtbot.waitUntil(watcher.list.filter.hasFocus)
    qtbot.keyClick(watcher.list.filter, Qt.Key.Key_Down)
    assert watcher.list.table.hasFocus()
    assert watcher.marked == ["/new"]


def test_that_a_filter_for_what_never_came_says_so_and_is_cleared(watcher: Watcher, qtbot: QtBot) -> None:
    watcher.see(request("/a"))
    watcher.list.filter.setText("path:/b")
    watcher.list.set_query(parse("path:/b"))
    watcher.list.sift(LONG)
    assert message(watcher) == "Nothing matches."
    with qtbot.waitSignal(watcher.list.filter_edited) as edited:
        watcher.button(names.TRACES_MESSAGE_ACTION).click()
    assert edited.args == [""]


def test_that_the_list_follows_the_newest_until_a_person_scrolls_away(watcher: Watcher) -> None:
    for number in range(60):
        watcher.see(request(f"/{number}"))
    assert watcher.top == "/59"
    bar, new = watcher.list.table.verticalScrollBar(), watcher.button(names.TRACES_NEW)
    bar.setValue(300)
    before = watcher.top
    watcher.see(*[request(f"/new/{number}") for number in range(12)])
    assert watcher.top == before
    assert (new.isVisible(), new.text()) == (True, "12 new ↑")
    new.click()
    assert watcher.top == "/new/11"
    assert not new.isVisible()


def test_that_the_chosen_one_stays_chosen_while_others_come(watcher: Watcher, qtbot: QtBot) -> None:
    watcher.see(request("/a"), request("/b"))
    with qtbot.waitSignal(watcher.list.trace_chosen):
        watcher.click_row(1)
    assert watcher.marked == ["/a"]
    watcher.see(*[request(f"/{number}") for number in range(5)])
    assert watcher.marked == ["/a"]
    assert watcher.top == "/4"
    watcher.list.set_query(parse("path:/b"))
    watcher.list.sift(LONG)
    assert watcher.marked == []
    watcher.list.set_query(None)
    assert watcher.marked == ["/a"]


def test_that_one_that_fits_no_longer_is_not_taken_for_the_choice_of_its_neighbour(
    watcher: Watcher, qtbot: QtBot
) -> None:
    slow, slower = begun("/slow"), begun("/slower")
    watcher.see(slower, slow)
    watcher.list.set_query(parse("is:running"))
    watcher.list.sift(LONG)
    watcher.click_row(0)
    with qtbot.assertNotEmitted(watcher.list.trace_chosen):
        watcher.see(ended(slow))
        watcher.list.sift(LONG)
    assert watcher.marked == []
    assert watcher.list.table.chosen == id_of(slow)
    assert watcher.top == "/slower"


def test_that_a_pause_says_how_many_wait_and_ends_by_a_click(watcher: Watcher) -> None:
    watcher.see(request("/a"))
    watcher.button(names.TRACES_PAUSE).click()
    watcher.see(request("/b"), request("/c"))
    state = watcher.room.findChild(TonePill, names.TRACES_STATE)
    assert state is not None
    assert state.text == "paused"
    new = watcher.button(names.TRACES_NEW)
    assert (new.text(), new.accessibleName()) == ("2 new ↑", "2 new requests, show them")
    assert count_of(watcher) == "1 of 3"
    assert watcher.top == "/a"
    assert watcher.button(names.TRACES_PAUSE).accessibleName() == "Show new requests again"
    new.click()
    assert watcher.top == "/c"
    assert state.text == "not running"
    watcher.list.set_server("http://127.0.0.1:8000")
    assert state.text == "live"
    watcher.list.set_server("")
    assert state.text == "not running"


def test_that_an_emptied_list_counts_none_and_does_not_promise_what_a_pause_holds_back(watcher: Watcher) -> None:
    watcher.see(request("/a"), request("/b"))
    assert count_of(watcher) == "2"
    watcher.button(names.TRACES_CLEAR).click()
    assert count_of(watcher) == "0 of 2"
    assert message(watcher) == "The list is empty. New requests are shown here."
    watcher.button(names.TRACES_PAUSE).click()
    watcher.see(request("/c"))
    assert count_of(watcher) == "0 of 3"
    assert message(watcher) == "The list is empty. It is paused: new requests wait until you go on."


def test_that_the_count_says_of_what_it_is(watcher: Watcher, qtbot: QtBot) -> None:
    watcher.see(request("/a"))
    count = watcher.room.findChild(Chip, names.TRACES_COUNT)
    assert count is not None
    before = count.width()
    watcher.see(*[request(f"/{number}") for number in range(20)])
    qtbot.waitUntil(lambda: count.width() > before)  # the tool tip once was gone with the first change of size
    assert "since the start" in count.toolTip()
    assert count.accessibleName() == "21 requests since the start"


@pytest.mark.parametrize("width", [1100, 800])
def test_that_the_new_ones_are_announced_without_covering_a_request_or_the_filter(watcher: Watcher, width: int) -> None:
    watcher.room.resize(width, 700)
    watcher.see(request("/a"))
    watcher.button(names.TRACES_PAUSE).click()
    watcher.see(*[request(f"/{number}") for number in range(1_234)])
    new, table = watcher.button(names.TRACES_NEW), watcher.list.table
    assert new.text() == "1,234 new ↑"
    place = QRect(new.mapTo(watcher.list, QPoint()), new.size())
    rows = QRect(table.viewport().mapTo(watcher.list, QPoint()), table.viewport().size())
    titles = QRect(table.horizontalHeader().mapTo(watcher.list, QPoint()), table.horizontalHeader().size())
    assert not place.intersects(rows)
    assert titles.contains(place)


def test_that_the_keyboard_goes_through_the_rows_to_the_detail_and_empties_the_list(
    watcher: Watcher, qtbot: QtBot
) -> None:
    for number in range(60):
        watcher.see(request(f"/{number}"))
    table = watcher.list.table
    chosen: list[str] = []
    watcher.list.trace_chosen.connect(chosen.append)
    table.setFocus()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Home):
        watcher.press(key)
    summaries = [watcher.ledger.summary(trace_id) for trace_id in chosen]
    assert [line.path for line in summaries if line is not None] == ["/59", "/58", "/0", "/59"]
    with qtbot.waitSignal(watcher.list.opened):
        watcher.press(Qt.Key.Key_Return)
    watcher.press(Qt.Key.Key_Delete)
    assert watcher.list.model.rowCount() == 0
    assert message(watcher).startswith("The list is empty")


def test_that_the_line_at_the_foot_names_what_looks_like_n_plus_one(watcher: Watcher, qtbot: QtBot) -> None:
    watcher.list.set_notice("GET /users: 41 SQL statements look like N+1")
    with qtbot.waitSignal(watcher.list.notice_followed):
        watcher.button(names.TRACES_NOTICE_SHOW).click()


def test_that_a_menu_filters_by_what_a_request_has_and_copies_it(watcher: Watcher) -> None:
    watcher.see(request("/items/7?x=1", status=404, ms=4.1, statements=1))
    watcher.click_row(0)
    watcher.list.filter.setText("sql>0 status:5xx")
    watcher.list.menu_wanted.emit(QPoint(10, 10))
    menu = watcher.room.findChild(QMenu, names.TRACES_MENU)
    assert menu is not None
    entries = {action.text(): action for action in menu.actions()}
    assert [text for text in entries if text.startswith("Filter")] == [
        "Filter by path /items/7",
        "Filter by status 404",
        "Filter by client curl",
    ]
    entries["Filter by status 404"].trigger()
    assert watcher.list.filter.text() == "sql>0 status:404"
    entries["Copy the path"].trigger()
    assert QApplication.clipboard().text() == "/items/7?x=1"
    entries["Copy as one line"].trigger()
    assert QApplication.clipboard().text() == "GET /items/7?x=1  404  4.1 ms  curl  1 SQL"


def test_that_only_rows_in_sight_are_looked_into(watcher: Watcher, qtbot: QtBot, themes: Themes) -> None:
    looked: set[str] = set()

    def look(trace_id: str) -> Summary | None:
        looked.add(trace_id)
        return watcher.ledger.summary(trace_id)

    listed = TraceList(themes, look)
    qtbot.addWidget(listed)
    listed.resize(384, 700)
    with qtbot.waitExposed(listed):
        listed.show()
    events = [event for number in range(3_000) for event in request(f"/{number}")]
    listed.add(watcher.ledger.add(events), 3_000)
    listed.table.viewport().repaint()
    in_sight = listed.table.viewport().height() // listed.table.rowHeight(0) + 1
    assert 0 < len(looked) <= in_sight + 1


def test_that_a_flood_is_painted_before_it_is_shown_and_looks_as_if_it_was_not(watcher: Watcher, qtbot: QtBot) -> None:
    watcher.see(*[request(f"/before/{number}") for number in range(40)])
    watcher.list.table.viewport().grab()
    changes = watcher.ledger.add([event for number in range(90) for event in request(f"/{number}")])
    with qtbot.waitSignal(watcher.list.prepared):
        assert watcher.list.prepare(changes.begun, changes.changed)
        assert watcher.top == "/before/39"
    watcher.list.add(changes, watcher.ledger.count)
    assert watcher.top == "/89"
    assert not watcher.list.prepare(changes.begun, changes.changed)
    viewport = watcher.list.table.viewport()
    prepared = viewport.grab().toImage()
    watcher.room.resize(900, 700)
    watcher.room.resize(1100, 700)
    qtbot.waitUntil(lambda: viewport.grab().toImage() == prepared)


def test_that_column_widths_come_back_and_the_path_has_what_is_left(watcher: Watcher) -> None:
    watcher.see(request())
    table = watcher.list.table
    table.horizontalHeader().resizeSection(Column.CLIENT, 90)
    saved = watcher.room.state()
    table.horizontalHeader().resizeSection(Column.CLIENT, 40)
    watcher.room.restore(saved)
    assert table.columnWidth(Column.CLIENT) == 90
    assert sum(table.columnWidth(column) for column in Column) == table.viewport().width()


def test_that_a_narrow_list_leaves_columns_out_for_the_path(watcher: Watcher, qtbot: QtBot, themes: Themes) -> None:
    listed = TraceList(themes, watcher.ledger.summary)
    listed.add(watcher.ledger.add(request()), 1)
    qtbot.addWidget(listed)
    listed.resize(230, 600)
    with qtbot.waitExposed(listed):
        listed.show()
    table = listed.table
    shown = [column for column in Column if not table.isColumnHidden(column)]
    assert Column.PATH in shown
    assert Column.CLIENT not in shown
    assert table.columnWidth(Column.PATH) >= 80


@pytest.mark.parametrize("text", ["status>=400 took>10", "took>10"])
def test_that_what_is_wrong_with_a_filter_is_said_and_underlined(watcher: Watcher, text: str) -> None:
    watcher.list.filter.setText(text)
    watcher.list.set_filter_error("There is no field “took”.", text.index("took"), 7)
    error = watcher.room.findChild(QLabel, names.TRACES_FILTER_ERROR)
    assert error is not None
    assert (error.isVisible(), error.text()) == (True, "There is no field “took”.")
    assert watcher.list.filter.marked == "took>10"
    assert watcher.list.filter.text() == text
    watcher.list.set_filter_error("")
    assert not error.isVisible()
    assert watcher.list.filter.marked == ""


def test_that_a_room_too_narrow_for_both_leads_to_the_list(watcher: Watcher, qtbot: QtBot) -> None:
    button = watcher.button(names.TRACE_SHOW_LIST)
    assert not button.isVisible()
    watcher.room.resize(720, 700)
    assert not watcher.list.isVisible()
    assert button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert watcher.list.isVisible()
    assert not button.isVisible()


@pytest.mark.parametrize("zoom", ZOOM_STEPS)
def test_that_a_status_is_read_whole_at_every_zoom(watcher: Watcher, themes: Themes, zoom: int) -> None:
    watcher.see(request("/a", status=200), request("/b", status=201))
    themes.set_zoom(zoom)
    try:
        painter = TraceRowPainter(themes, 1.0)
        cell = QSize(themes.theme.px(60), themes.theme.px(30))
        pictures = [
            painter.picture(cell, {Column.STATUS: QRect(QPoint(), cell)}, summary).toImage()
            for summary in (watcher.list.model.summary(row) for row in range(2))
            if summary is not None
        ]
    finally:
        themes.set_zoom(100)
    assert len(pictures) == 2
    assert pictures[0] != pictures[1]  # cut off, both would say 2…
