"""The timeline of one request as somebody reads it while more becomes known."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from explorer.trace.events import CANDIDATES
from explorer.ui.panels.traces.trace_detail import MESSAGES, TIMELINE, TraceDetail

from .recorded import make_app, record, told


def test_that_repeated_sql_is_led_to_and_stays_in_its_place_when_more_is_known(
    detail: TraceDetail, qtbot: QtBot
) -> None:
    events = record(make_app(), "GET", "/sums")
    before_reasons = [event for event in events if event[7] != CANDIDATES]
    assert len(before_reasons) < len(events)
    detail.resize(1004, 640)
    detail.show_tab(MESSAGES)
    detail.set_trace(*told(before_reasons))
    qtbot.waitUntil(lambda: detail.rows.height() < 640)
    detail.show_repeated()
    view = detail.timeline.view

    assert detail.tabs.chosen == TIMELINE
    assert str(view.currentIndex().data(Qt.ItemDataRole.DisplayRole)).startswith("3 × SELECT")
    place, row = view.visualRect(view.currentIndex()), view.currentIndex().row()
    assert view.viewport().rect().contains(place)

    detail.set_trace(*told(events))
    assert view.currentIndex().row() > row
    assert view.visualRect(view.currentIndex()) == place


def test_that_without_repeated_sql_the_timeline_is_shown_from_its_beginning(detail: TraceDetail) -> None:
    detail.show_tab(MESSAGES)
    detail.set_trace(*told(record(make_app(), "GET", "/long")))
    detail.show_repeated()
    assert detail.tabs.chosen == TIMELINE
    assert detail.timeline.view.verticalScrollBar().value() == 0
    assert not detail.timeline.view.currentIndex().isValid()
