"""The journey in plain words: each sentence is what a student reads."""

import asyncio
from collections.abc import Awaitable, Callable

import httpx2
import pytest
from fastapi import FastAPI, Request, Response
from fastapi.middleware.cors import CORSMiddleware
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QListView, QPushButton
from pytestqt.qtbot import QtBot

from explorer.probe.install import attach
from explorer.trace.events import RawEvent
from explorer.trace.fold import fold
from explorer.trace.journey import Journey, journey
from explorer.ui import names
from explorer.ui.models.xray_model import XRayModel
from explorer.ui.models.xray_rows import Node, Row, RowKind, rows, summary
from explorer.ui.models.xray_words import format_ms
from explorer.ui.panels.xray_panel import XRayPanel
from explorer.ui.theme.manager import Themes


def make_app() -> FastAPI:
    app = FastAPI()
    app.add_middleware(CORSMiddleware, allow_origins=["http://localhost"])

    @app.middleware("http")
    async def timing(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        response.headers["X-Process-Time"] = "0.1"
        return response

    @app.get("/users/{user_id}")
    def read_user(user_id: int) -> int:
        return user_id

    @app.get("/users/me")
    async def read_me() -> str:
        return "me"

    @app.get("/boom")
    def boom() -> None:
        raise ZeroDivisionError

    return app


def record(method: str, path: str) -> list[RawEvent]:
    events: list[RawEvent] = []
    app = make_app()
    probe = attach(app, events.append)
    assert probe is not None

    async def ask() -> None:
        transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            await client.request(method, path)

    asyncio.run(ask())
    probe.explain_routing(events[0][0])
    probe.detach()
    return events


def travel(method: str, path: str) -> Journey:
    events = record(method, path)
    return journey(fold(events[0][0], events))


def said(shown: tuple[Row, ...], title: str) -> list[str]:
    return [row.note for row in shown if row.title == title]


def test_that_the_story_reads_like_one() -> None:
    shown = rows(travel("GET", "/users/3"))

    stops = [row.title for row in shown if row.kind is RowKind.STOP]
    assert stops == [
        *["Socket", "ServerError", "timing", "CORS", "Exception", "Router", "read_user()"],
        *["Exception", "CORS", "timing", "ServerError", "Response sent", "Wrap-up"],
    ]
    labels = [row.title for row in shown if row.kind is RowKind.LABEL]
    assert labels[:2] == ["REQUEST GOES IN", "RESPONSE GOES OUT"]
    assert said(shown, "timing") == ["your middleware", "adds X-Process-Time"]
    assert said(shown, "Response sent") == ["200, 1 B"]
    assert said(shown, "Router") == ["5th of 7 routes matched"]


def test_that_the_last_tries_of_the_router_are_shown_with_their_reason() -> None:
    shown = rows(travel("GET", "/users/3"))

    tries = [(row.title, row.note, row.right) for row in shown if row.key.startswith(_router_key(shown) + ":")]
    assert tries[0] == ("1–2", "/openapi.json … /docs", "no match")
    assert tries[-1] == ("5", "GET   /users/{user_id}", "match ✓")


def test_that_a_shadowed_route_is_pointed_out() -> None:
    shown = rows(travel("GET", "/users/me"))

    assert ("6", "fits too, but comes later") in [(row.title, row.right) for row in shown]


@pytest.mark.parametrize(
    ("method", "path", "line", "note"),
    [
        ("GET", "/nope", "Stopped at stop 6 of 11: Router", "none of 7 routes fits"),
        ("DELETE", "/users/3", "Stopped at stop 6 of 11: Router", "path fits, method does not"),
    ],
)
def test_that_the_failed_stop_is_named(method: str, path: str, line: str, note: str) -> None:
    story = travel(method, path)
    shown = rows(story)

    assert summary(story) == (line, True)
    (failed,) = [row for row in shown if row.failed]
    assert (failed.title, failed.note, failed.node) == ("Router", note, Node.FAILED)


def test_that_a_crash_says_what_was_raised_and_what_became_of_it() -> None:
    shown = rows(travel("GET", "/boom"))

    assert said(shown, "boom()") == ["ZeroDivisionError was raised"]
    assert said(shown, "ServerError")[-1] == "ZeroDivisionError → 500"
    assert said(shown, "CORS")[-1] == "ZeroDivisionError passes through"


def test_that_a_refused_input_is_the_routes_answer() -> None:
    refused = rows(travel("GET", "/users/abc"))
    assert said(refused, "Route read_user") == ["answers 422"]  # whether validation answered or the function is unknown
    assert Node.ROUTE in [row.node for row in rows(travel("GET", "/users/7"))]
    assert Node.ROUTE not in [row.node for row in refused]


def test_that_compact_leaves_the_stops_and_drops_the_details() -> None:
    story = travel("GET", "/users/3")

    compact = rows(story, compact=True)
    assert not [row for row in compact if row.kind is RowKind.DETAIL]
    assert [r.key for r in compact] == [r.key for r in rows(story) if r.kind is not RowKind.DETAIL]


def test_that_bars_stay_on_their_axis_and_own_times_add_up() -> None:
    for row in rows(travel("GET", "/users/3")):
        if row.own is not None and row.title != "Wrap-up":
            begin, end = row.own
            assert 0 <= begin <= end <= 1.0001


def test_that_a_journey_under_way_grows_without_losing_its_rows() -> None:
    events = record("GET", "/users/3")
    model = XRayModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)

    seen: list[int] = []
    for count in range(1, len(events) + 1):
        model.set_rows(rows(journey(fold(events[0][0], events[:count]))))
        seen.append(model.rowCount())

    assert seen == sorted(seen)
    assert model.rows == rows(journey(fold(events[0][0], events)))
    assert tester.model() is model


def test_that_a_stop_under_way_is_hollow_and_has_no_time() -> None:
    events = record("GET", "/users/3")
    half = events[: next(i for i, e in enumerate(events) if e[3] == "routing") + 1]

    router = next(row for row in rows(journey(fold(events[0][0], half))) if row.title == "Router")
    assert (router.node, router.ms) == (Node.RUNNING, "—")


def test_that_a_name_is_looked_up_before_the_connection_is_opened() -> None:
    begun = [("request", -1, 0, 0, {"method": "GET"}), ("dns", -2, -1, 1, {"host": "localhost"})]
    events: list[RawEvent] = [
        ("a" * 32, at, at, "client", "started", span, parent, name, data) for name, span, parent, at, data in begun
    ]
    events += [
        ("a" * 32, 3, 400_001, "client", "finished", -2, -1, "dns", {"addresses": ("127.0.0.1",)}),
        ("a" * 32, 4, 500_000, "client", "started", -3, -1, "connect", {"host": "localhost", "port": 80}),
        ("a" * 32, 5, 700_000, "client", "finished", -3, -1, "connect", {}),
    ]
    details = [(row.title, row.right) for row in rows(journey(fold("a" * 32, events))) if row.kind is RowKind.DETAIL]
    assert details == [("looks up localhost", "0.4 ms"), ("opens a connection", "0.2 ms")]


@pytest.mark.parametrize(
    ("received", "error", "told"),
    [
        (False, "ReadTimeout", [("Client sends", "GET", False), ("Client receives", "no answer", True)]),
        (False, "CancelledError", [("Client sends", "GET", False), ("Client receives", "stopped by you", True)]),
        (True, "ReadError", [("Client sends", "GET", False), ("Client receives", "200, broken off", True)]),
        (True, "CancelledError", [("Client sends", "GET", False), ("Client receives", "200, stopped by you", True)]),
        (True, "", [("Client sends", "GET", False), ("Client receives", "200", False)]),
    ],
)
def test_that_an_answer_that_does_not_come_is_missed_by_the_client_that_had_sent(
    received: bool, error: str, told: list[tuple[str, str, bool]]
) -> None:
    failure: dict[str, object] = {"error": error, "message": "It said why."}
    story: list[tuple[str, int, str, dict[str, object]]] = [
        ("started", -1, "request", {"method": "GET"}),
        *(("started", -2, "send", {}), ("finished", -2, "send", {}), ("started", -3, "wait", {})),
    ]
    if received:
        story += [("finished", -3, "wait", {"status": 200}), ("started", -4, "receive", {})]
    if error:
        last = (-4, "receive") if received else (-3, "wait")
        story += [("failed", *last, failure), ("failed", -1, "request", failure)]
    events: list[RawEvent] = [
        ("a" * 32, seq, seq, "client", phase, span, 0 if span == -1 else -1, name, data)
        for seq, (phase, span, name, data) in enumerate(story)
    ]
    shown = rows(journey(fold("a" * 32, events)))
    assert [(row.title, row.note, row.failed) for row in shown if row.kind is RowKind.STOP] == told
    details = [row.title for row in shown if row.kind is RowKind.DETAIL]
    assert details == ([error] if error.startswith("Read") else [])


@pytest.mark.parametrize(("ns", "text"), [(None, "—"), (1_000, "0.00"), (250_000, "0.2"), (12_345_678, "12.3")])
def test_that_times_are_short(ns: int | None, text: str) -> None:
    assert format_ms(ns) == text


def test_that_the_panel_speaks_to_a_screen_reader_and_copies_a_row(qtbot: QtBot, themes: Themes) -> None:
    panel = XRayPanel(themes)
    qtbot.addWidget(panel)
    panel.resize(430, 700)
    panel.show()
    panel.set_journey(travel("GET", "/users/3"))

    view = panel.findChild(QListView, names.XRAY_VIEW)
    assert view is not None
    router = next(i for i, row in enumerate(panel.model.rows) if row.title == "Router")
    index = panel.model.index(router)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Router, 5th of 7 routes matched, ")
    view.setCurrentIndex(index)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == spoken


def test_that_the_empty_panel_offers_to_send(qtbot: QtBot, themes: Themes) -> None:
    panel = XRayPanel(themes)
    qtbot.addWidget(panel)
    panel.show()

    button = panel.findChild(QPushButton, names.XRAY_EMPTY_SEND)
    assert button is not None
    with qtbot.waitSignal(panel.send_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def _router_key(shown: tuple[Row, ...]) -> str:
    return next(row.key for row in shown if row.title == "Router")
