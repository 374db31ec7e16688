"""The onion tells what was recorded, and nothing else."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QTabBar
from pytestqt.qtbot import QtBot

from explorer.trace.events import CONNECTION, MIDDLEWARE, NOTED, ROUTING, SEND, RawEvent
from explorer.ui import names
from explorer.ui.focus import show_focus
from explorer.ui.models.onion import Onion, Ring, onion
from explorer.ui.panels.traces.trace_detail import MIDDLEWARE as MIDDLEWARE_TAB
from explorer.ui.panels.traces.trace_detail import TraceDetail
from explorer.ui.widgets.onion_shape import fitting_zoom, least_size, shape_onion, wanted_size
from explorer.ui.widgets.onion_view import OnionView

from .recorded import ORIGIN, converse, make_app, record, told, travel

ITEM = {"json": {"name": "lamp"}, "headers": {"Origin": ORIGIN}}


def peel(method: str, path: str, **more: Any) -> Onion:
    return onion(travel(method, path, **more)[0])


def ring(shown: Onion, name: str) -> Ring:
    return next(ring for ring in shown.rings if ring.name == name)


def view_of(detail: TraceDetail) -> OnionView:
    view = detail.findChild(OnionView, names.TRACE_ONION)
    assert view is not None
    return view


def test_that_the_rings_are_the_layers_in_real_nesting_order_with_the_route_inside() -> None:
    shown = peel("POST", "/users/42/items", **ITEM)

    assert [ring.name for ring in shown.rings] == [
        "ServerErrorMiddleware",
        "GZipMiddleware",
        "guard",
        "CORSMiddleware",
        "ExceptionMiddleware",
        "Router",
        "Route create_item",
    ]
    assert [ring.name for ring in shown.rings if ring.dimmed] == ["ServerErrorMiddleware", "ExceptionMiddleware"]
    assert ring(shown, "Router").note == "5th of 12 routes matched"
    assert ring(shown, "Route create_item").place.startswith("traces/recorded.py:")
    assert (shown.method, shown.status, shown.size_in) == ("POST", "201", "15 B")


def test_that_each_layer_has_a_time_of_its_own_both_ways_and_these_add_up_to_no_more_than_all() -> None:
    journey, summary = travel("POST", "/users/42/items", **ITEM)
    layers = [ring for ring in onion(journey).rings if ring.token == "s_mw"]

    assert all(layer.in_ns is not None and layer.out_ns is not None and layer.is_out for layer in layers)
    assert 0 < sum((layer.in_ns or 0) + (layer.out_ns or 0) for layer in layers) < (summary.ns or 0)


def test_that_a_layer_tells_what_it_did_to_the_response() -> None:
    shown = peel("GET", "/long", headers={"Origin": ORIGIN})

    assert ring(shown, "GZipMiddleware").note.startswith("checks Accept-Encoding, adds Content-Encoding, 511 B → ")
    assert ring(shown, "guard").note == "adds X-Process-Time and 1 more"
    assert ring(shown, "guard").marks == ("+2 headers",)
    assert ring(shown, "ExceptionMiddleware").marks == ()


def test_that_a_layer_that_answers_by_itself_is_the_innermost() -> None:
    shown = peel("GET", "/long", headers={"X-Blocked": "1"})

    innermost = shown.rings[-1]
    assert (innermost.name, innermost.note) == ("guard", "answers itself, goes no further")
    assert [stage.title for stage in innermost.stages] == ["Answers"]
    assert shown.status == "403"
    assert all(ring.is_out for ring in shown.rings)


def test_that_an_exception_fails_every_layer_up_to_the_one_that_catches_it() -> None:
    shown = peel("GET", "/boom")

    assert [ring.name for ring in shown.rings if ring.failed] == [ring.name for ring in shown.rings[1:]]
    assert ring(shown, "guard").note == "ZeroDivisionError passes through"
    assert ring(shown, "ServerErrorMiddleware").note == "catches crashes, ZeroDivisionError → 500"
    assert "ZeroDivisionError: division by zero" in [stage.title for stage in shown.rings[-1].stages]


@pytest.mark.parametrize(
    ("method", "path", "note"),
    [("GET", "/nowhere", "none of 12 routes fits"), ("PUT", "/long", "path fits, method does not")],
)
def test_that_without_a_route_the_router_is_the_innermost_and_has_failed(method: str, path: str, note: str) -> None:
    shown = peel(method, path)

    assert (shown.rings[-1].name, shown.rings[-1].note, shown.rings[-1].failed) == ("Router", note, True)
    assert not ring(shown, "ExceptionMiddleware").failed


def before_the_answer(events: list[RawEvent]) -> list[RawEvent]:
    first = next(i for i, event in enumerate(events) if event[4] == NOTED and event[7] == SEND)
    return events[:first]


def test_that_a_request_under_way_shows_no_way_out_yet() -> None:
    shown = onion(told(before_the_answer(record(make_app(), "GET", "/long")))[0])

    assert shown.rings[-1].name == "Route read_long"
    assert [stage.time for stage in shown.rings[-1].stages] == ["under way"]
    assert not any(ring.is_out for ring in shown.rings)
    assert (shown.status, shown.size_out) == ("", "")


def test_that_a_journey_grows_ring_by_ring_and_never_breaks() -> None:
    events = record(make_app(), "POST", "/users/42/items", **ITEM)
    counts = [len(onion(told(events[:end])[0]).rings) for end in range(1, len(events)) if events[0][3] == CONNECTION]

    assert counts == sorted(counts)
    assert counts[-1] == 7
    assert {event[3] for event in events} >= {MIDDLEWARE, ROUTING}


def test_that_the_route_tells_of_its_sql_as_one_and_counts_as_the_list_does() -> None:
    journey, summary = travel("GET", "/sums")
    route = onion(journey).rings[-1]

    assert summary.statements >= 3
    titles = [stage.title for stage in route.stages]
    assert titles[:2] == ["Dependencies, validation, handler", f"of it SQL, {summary.statements} statements"]
    assert route.stages[1].time.endswith(" ms")


def test_that_a_422_does_not_credit_a_handler_that_may_not_have_been_called() -> None:
    called = ring(peel("POST", "/users/42/items", **ITEM), "Route create_item")
    refused = ring(peel("POST", "/users/abc/items", **ITEM), "Route create_item")

    assert (called.token, refused.token) == ("s_hand", "s_route")
    assert (refused.stages[0].title, refused.stages[0].token) == ("Dependencies, validation, handler", "s_route")
    assert "only if they let the request pass" in refused.tip


def test_that_a_body_that_nobody_read_is_said_to_be_unread() -> None:
    assert peel("POST", "/nowhere", content=b"12345").size_in == "5 B unread"
    assert peel("GET", "/long").size_in == "no body"


def test_that_a_websocket_shows_its_handshake_and_its_conversation() -> None:
    shown = onion(told(converse(make_app(), "/echo", {"type": "websocket.receive", "text": "hi"}))[0])

    assert (shown.method, shown.status, shown.is_socket) == ("WS", "101", True)
    assert [stage.title for stage in shown.rings[-1].stages][:2] == ["Handshake", "Conversation: 1 in, 1 out"]


@pytest.mark.parametrize("rings", [1, 2, 5, 7, 12, 20])
@pytest.mark.parametrize("room", ["least", "wanted", "more"])
def test_that_rings_lie_inside_each_other_and_leave_room_for_their_words(rings: int, room: str) -> None:
    size = least_size(rings, 3, int) if room == "least" else wanted_size(rings, 3, int)
    more = 200 if room == "more" else 0
    shape = shape_onion(size.width() + more, size.height() + more, rings, 3, int)

    assert all(outer.contains(inner) for outer, inner in pairwise(shape.rings))
    assert all(inner.top() - outer.top() >= 20 for outer, inner in pairwise(shape.rings))
    assert all(shape.rings[-1].contains(stage) for stage in shape.stages)
    assert not any(upper.intersects(lower) for upper, lower in pairwise(shape.stages))
    assert shape.rings[0].left() >= 46
    assert shape.rings[0].bottom() <= size.height() + more


@pytest.mark.parametrize("zoom", [0.8, 1.0, 1.35, 2.0])
def test_that_an_onion_shrinks_as_far_as_it_must_and_no_further(zoom: float) -> None:
    def needed(at: float) -> QSize:
        return least_size(7, 3, lambda n: round(n * at))

    assert fitting_zoom(needed(zoom), 7, 3, zoom, 0.8) == zoom
    smaller = fitting_zoom(needed(zoom) - QSize(0, 1), 7, 3, zoom, 0.8)
    assert smaller == pytest.approx(max(0.8, zoom - 0.02))
    assert fitting_zoom(QSize(), 7, 3, zoom, 0.8) == 0.8


def test_that_more_than_six_layers_share_the_sides() -> None:
    size = wanted_size(11, 1, int)
    shape = shape_onion(size.width(), size.height(), 11, 1, int)

    assert {round(inner.left() - outer.left()) for outer, inner in pairwise(shape.rings)} == {28}


def test_that_a_click_on_a_layer_shows_its_messages(detail: TraceDetail, qtbot: QtBot) -> None:
    detail.set_trace(*travel("POST", "/users/42/items", **ITEM))
    view = view_of(detail)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.heading_rect(2).center())

    assert view.chosen is not None
    assert view.chosen.name == "guard"
    assert detail.tabs.chosen == MIDDLEWARE_TAB
    assert detail.layers.table.currentIndex().data() == "guard"


def test_that_arrow_keys_walk_through_the_layers(detail: TraceDetail, qtbot: QtBot) -> None:
    detail.set_trace(*travel("POST", "/users/42/items", **ITEM))
    view = view_of(detail)
    walked = []
    view.ring_chosen.connect(lambda ring: walked.append(ring.name))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Right):
        qtbot.keyClick(view, key)

    outermost, second, route = "ServerErrorMiddleware", "GZipMiddleware", "Route create_item"
    assert walked == [outermost, second, outermost, route, route]
    tabs = detail.findChild(QTabBar, names.TRACE_TABS)
    assert tabs is not None
    assert tabs.tabText(tabs.currentIndex()) == "Timeline"
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert tabs.tabText(tabs.currentIndex()) == "Middleware"


def test_that_a_screen_reader_is_told_of_every_ring(detail: TraceDetail) -> None:
    detail.set_trace(*travel("GET", "/boom"))
    said = view_of(detail).text_in_sight().splitlines()

    assert len(said) == 7
    assert said[2].startswith("guard, ZeroDivisionError passes through, ")
    assert said[2].endswith(" out, failed")


@pytest.mark.parametrize("size", [(1004, 840), (844, 606), (466, 440)])
def test_that_onion_and_tabs_share_the_height_and_the_onion_scrolls_before_anything_overlaps(
    detail: TraceDetail, qtbot: QtBot, size: tuple[int, int]
) -> None:
    detail.resize(*size)
    detail.set_trace(*travel("POST", "/users/42/items", **ITEM))
    qtbot.waitUntil(lambda: detail.rows.height() <= size[1] - 44)
    view = view_of(detail)

    assert view.width() >= view.minimumSizeHint().width()
    assert view.height() >= view.minimumSizeHint().height()
    assert detail.stack.height() >= 100


@pytest.mark.parametrize("key", [None, Qt.Key.Key_Home])
def test_that_an_onion_that_scrolls_shows_where_the_keyboard_is(
    detail: TraceDetail, qtbot: QtBot, key: Qt.Key | None
) -> None:
    detail.resize(466, 440)
    detail.set_trace(*travel("POST", "/users/42/items", **ITEM))
    view = view_of(detail)
    area = detail.onion.findChildren(QScrollArea)[0]
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    if key is not None:
        qtbot.keyClick(view, key)
    place = QPoint(0, 0) if key is None else view.heading_rect(0).center()
    for bar in (area.verticalScrollBar(), area.horizontalScrollBar()):
        bar.setValue(bar.maximum())
    assert not view.visibleRegion().contains(place)
    show_focus(view)
    assert view.visibleRegion().contains(place)
