"""What stands above a trace."""

from __future__ import annotations

from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from explorer.trace.events import FINISHED
from explorer.ui import names
from explorer.ui.panels.traces.trace_detail import TraceDetail
from explorer.ui.widgets.path_label import path_pieces

from .recorded import make_app, record, told, travel

W = TypeVar("W", bound=QWidget)


def find(detail: TraceDetail, kind: type[W], name: str) -> W:
    found = detail.findChild(kind, name)
    assert found is not None
    return found


def words(detail: TraceDetail, name: str) -> str:
    return find(detail, QLabel, name).text()


def test_that_without_a_trace_a_sentence_says_what_to_do(detail: TraceDetail) -> None:
    said = [label.text() for label in detail.findChildren(QLabel) if label.isVisible()]

    assert said == ["Choose a request to see what the server did with it."]


def test_that_the_head_tells_which_request_it_was_and_what_came_of_it(detail: TraceDetail) -> None:
    journey, summary = travel("POST", "/users/42/items?dry=1", json={"name": "lamp"})
    detail.set_trace(journey, summary)

    assert detail.head.badge.accessibleName() == "POST"
    assert detail.head.path.pieces == (("/users/", "t1"), ("42", "s_val"), ("/items", "t1"), ("?dry=1", "t2"))
    assert detail.head.pill.text == "201 Created"
    assert words(detail, names.TRACE_ELAPSED).endswith(" ms")
    assert words(detail, names.TRACE_ID) == f"trace {journey.trace.trace_id[:6]}"


def test_that_a_request_under_way_says_so(detail: TraceDetail) -> None:
    events = record(make_app(), "GET", "/long")
    begun = [event for event in events[: len(events) // 2] if event[4] != FINISHED]
    detail.set_trace(*told(begun))

    assert words(detail, names.TRACE_ELAPSED) == "under way"
    assert not find(detail, QWidget, names.TRACE_STATUS).isVisible()


def test_that_both_buttons_tell_what_the_person_wants(detail: TraceDetail, qtbot: QtBot) -> None:
    detail.set_trace(*travel("GET", "/long"))

    with qtbot.waitSignal(detail.send_again_requested):
        qtbot.mouseClick(find(detail, QPushButton, names.TRACE_SEND_AGAIN), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(detail.open_requested):
        qtbot.mouseClick(find(detail, QPushButton, names.TRACE_OPEN), Qt.MouseButton.LeftButton)


def test_that_what_cannot_be_sent_again_says_why(detail: TraceDetail) -> None:
    detail.set_trace(*travel("GET", "/long"))
    detail.set_resend("Its body was larger than what was kept of it.")
    button = find(detail, QPushButton, names.TRACE_SEND_AGAIN)
    assert not button.isEnabled()
    assert button.toolTip() == "Its body was larger than what was kept of it."

    detail.set_resend("")
    assert button.isEnabled()
    assert "again" in button.toolTip()


def test_that_in_a_narrow_head_nothing_overlaps_and_the_buttons_stay(detail: TraceDetail) -> None:
    detail.set_trace(*travel("POST", "/users/42/items", json={"name": "lamp"}))
    detail.resize(417, 500)

    shown = [w for w in (detail.head.path, detail.head.pill, detail.head.again, detail.head.open) if w.isVisible()]
    assert len(shown) == 4
    assert all(a.geometry().right() < b.geometry().left() for a, b in pairwise(shown))
    assert detail.head.open.geometry().right() < detail.head.width()


def test_that_of_equal_segments_the_last_is_the_parameter() -> None:
    assert path_pieces("/me/me", ("me",)) == (("/me/", "t1"), ("me", "s_val"))
    assert path_pieces("/files/a/b.txt/raw", ("a/b.txt",)) == (("/files/", "t1"), ("a/b.txt", "s_val"), ("/raw", "t1"))
    assert path_pieces("/items", ("7",)) == (("/items", "t1"),)
