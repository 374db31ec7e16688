"""Each way of looking at a response, as a person sees it."""

import base64
import json
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QObject, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from explorer.client.body import Body
from explorer.client.exchange import Exchange, Failure, Headers, Hop, Phase, Request, Response, Wire
from explorer.client.payload import Payload
from explorer.client.viewers.content import present
from explorer.openapi.hints import Hint
from explorer.openapi.response_check import ResponseVerdict
from explorer.trace.events import CLIENT_CONNECT, CLIENT_RECEIVE
from explorer.ui.controllers.preview import make_preview
from explorer.ui.models.errors_model import ErrorColumn
from explorer.ui.panels.compose_room import ComposeRoom
from explorer.ui.panels.response.cookies_page import CookiesPage
from explorer.ui.panels.response.differences_page import DifferencesPage
from explorer.ui.panels.response.errors_page import ErrorsPage
from explorer.ui.panels.response.failure_page import FailurePage
from explorer.ui.panels.response.headers_page import HeadersPage
from explorer.ui.panels.response.preview_page import PreviewPage
from explorer.ui.panels.response.redirects_page import RedirectsPage
from explorer.ui.panels.response.timing_page import TimingPage
from explorer.ui.panels.response.wire_page import WirePage
from explorer.ui.panels.response_panel import ResponsePanel
from explorer.ui.pictures import read_picture
from explorer.ui.svg_drawer import TOO_MUCH_WORK, draw_apart
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.segmented import Segmented
from explorer.ui.widgets.value_table import ValueTable

LEFT = Qt.MouseButton.LeftButton
FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
URL = "http://127.0.0.1:8000/users/0/items"
SENT = b'{\n  "title": "Desk lamp",\n  "price": "cheap"\n}'
REFUSED = json.dumps(
    {
        "detail": [
            {"type": "greater_than_equal", "loc": ["path", "user_id"], "msg": "Too small", "input": "0"},
            {"type": "missing", "loc": ["body", "name"], "msg": "Field required", "input": {}},
            {"type": "float_parsing", "loc": ["body", "price"], "msg": "No number", "input": "cheap"},
        ]
    }
).encode()


@pytest.fixture
def panel(response_panel: ResponsePanel) -> ResponsePanel:
    return response_panel


def make(
    body: bytes = b"{}",
    content_type: str = "application/json",
    *headers: tuple[str, str],
    status: int = 200,
    sent: Headers = (),
    problem: str = "",
) -> Exchange:
    response = Response(
        status=status,
        reason="",
        http_version="HTTP/1.1",
        headers=(("content-type", content_type), *headers),
        body=Body(body),
        wire_size=len(body),
        problem=problem,
    )
    return Exchange(
        trace_id="1" * 32,
        request=Request(
            method="GET", url=URL, headers=(("Content-Type", "application/json"), *sent), content=Payload.of(SENT)
        ),
        response=response,
        failure=None,
        sent_at=1_741_104_271,
        elapsed_ns=5_940_000,
    )


def show(panel: ResponsePanel, exchange: Exchange) -> None:
    panel.set_exchange(exchange, present(exchange.response) if exchange.response is not None else None)


def go(panel: ResponsePanel, key: str) -> None:
    panel.tabs.setCurrentIndex(panel.tabs.keys.index(key))


def cells(table: ValueTable, column: int) -> list[str]:
    return [table.model().index(row, column).data() for row in range(table.model().rowCount())]


def choose_side(qtbot: QtBot, side: Segmented, number: int) -> None:
    qtbot.mouseClick(side.findChildren(QAbstractButton)[number], LEFT)


# --- errors -----------------------------------------------------------------------------------------------------------
def test_that_a_422_shows_its_errors_first_and_says_what_fastapi_did(panel: ResponsePanel) -> None:
    show(panel, make())
    go(panel, "raw")
    show(panel, make(REFUSED, status=422))

    assert panel.tabs.chosen == "errors"
    assert cells(panel.page(ErrorsPage).table, ErrorColumn.WHERE) == ["path › user_id", "body › name", "body › price"]
    assert cells(panel.page(ErrorsPage).table, ErrorColumn.LINK) == [
        "Go to Path",
        "Go to Body line 1",
        "Go to Body line 3",
    ]
    assert "collected all three errors" in panel.page(ErrorsPage).summary.sentence
    show(panel, make())
    assert panel.tabs.chosen == "raw"  # what was looked at before in an answer of that sort


def test_that_enter_a_double_click_and_the_link_lead_to_the_place_of_an_error(
    qtbot: QtBot, panel: ResponsePanel
) -> None:
    show(panel, make(REFUSED, status=422))
    table = panel.page(ErrorsPage).table
    with qtbot.waitSignal(panel.error_activated) as entered:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert entered.args == [("path", "user_id")]
    table.scrollTo(table.model().index(1, 0))
    place = table.visualRect(table.model().index(1, ErrorColumn.LINK)).center()
    with qtbot.waitSignal(panel.error_activated) as linked:
        qtbot.mouseClick(table.viewport(), LEFT, pos=place)
    assert linked.args == [("body", "name")]
    table.scrollTo(table.model().index(2, 0))
    place = table.visualRect(table.model().index(2, ErrorColumn.WHERE)).center()
    qtbot.mouseClick(table.viewport(), LEFT, pos=place)
    with qtbot.waitSignal(panel.error_activated) as doubled:
        qtbot.mouseDClick(table.viewport(), LEFT, pos=place)
    assert doubled.args == [("body", "price")]


def test_that_the_json_of_the_errors_stands_below_where_there_is_room(panel: ResponsePanel, qtbot: QtBot) -> None:
    show(panel, make(REFUSED, status=422))
    page = panel.page(ErrorsPage)
    page.setFixedHeight(500)
    qtbot.waitUntil(page.code.isVisible)
    assert '"loc": ["path", "user_id"]' in page.code.toPlainText()
    page.setFixedHeight(150)
    qtbot.waitUntil(lambda: not page.code.isVisible())
    assert page.summary.isVisible()


# --- headers and cookies ----------------------------------------------------------------------------------------------
def test_that_each_header_says_what_it_does_and_both_directions_are_there(qtbot: QtBot, panel: ResponsePanel) -> None:
    show(panel, make(b"{}", "application/json", ("etag", '"1"'), sent=(("Accept", "*/*"),)))
    go(panel, "headers")
    page = panel.page(HeadersPage)
    page.table.setCurrentIndex(page.table.model().index(1, 0))
    assert page.meaning.sentence.startswith('etag: "1"\nA name of this version')

    choose_side(qtbot, page.side, 1)
    assert cells(page.table, 0) == ["Content-Type", "Accept"]
    qtbot.mouseClick(page.copy, LEFT)
    assert QApplication.clipboard().text() == "Content-Type: application/json\nAccept: */*"


def test_that_ten_thousand_headers_are_all_there_and_only_those_in_sight_are_read(panel: ResponsePanel) -> None:
    many = tuple((f"x-{i}", "v" * 40) for i in range(10_000))
    show(panel, make(b"{}", "application/json", *many))
    go(panel, "headers")
    model = panel.page(HeadersPage).table.headers_model
    asked: list[int] = []
    original: Callable[..., object] = model.data

    def counted(index: object, role: int = 0) -> object:
        asked.append(index.row())  # type: ignore[attr-defined]
        return original(index, role)

    model.data = counted  # type: ignore[method-assign]
    panel.page(HeadersPage).table.viewport().repaint()
    assert panel.page(HeadersPage).table.model().rowCount() == 10_001
    assert len(set(asked)) < 60
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_that_cookies_are_explained_and_refused_ones_say_why(qtbot: QtBot, panel: ResponsePanel) -> None:
    good, bad = ("Set-Cookie", "session=1; HttpOnly"), ("set-cookie", "spy=1; Domain=example.com")
    show(panel, make(b"{}", "application/json", good, bad, sent=(("Cookie", "theme=dark; lang=de"),)))
    assert panel.tabs.keys == ("pretty", "tree", "raw", "headers", "cookies", "hex")
    go(panel, "cookies")
    page = panel.page(CookiesPage)
    assert cells(page.set_table, 0) == ["session", "spy"]
    assert "hidden from scripts" in page.meaning.sentence
    page.set_table.setCurrentIndex(page.set_table.model().index(1, 0))
    assert page.meaning.sentence.startswith("Not kept. It is meant for example.com")
    choose_side(qtbot, page.side, 1)
    assert list(zip(cells(page.sent_table, 0), cells(page.sent_table, 1), strict=True)) == [
        ("theme", "dark"),
        ("lang", "de"),
    ]


def test_that_new_cookies_are_seen_first_unless_the_person_wants_the_others(qtbot: QtBot, panel: ResponsePanel) -> None:
    sent, new = ("Cookie", "theme=dark"), ("Set-Cookie", "session=1")
    show(panel, make(b"{}", sent=(sent,)))
    go(panel, "cookies")
    page = panel.page(CookiesPage)
    assert page.side.current == 1
    for wanted in (0, 1):
        show(panel, make(b"{}", "application/json", new, sent=(sent,)))
        assert page.side.current == wanted
        choose_side(qtbot, page.side, 1)


# --- redirects, timing, wire ------------------------------------------------------------------------------------------
def redirected() -> Exchange:
    last = make()
    hop = Hop(
        request=Request(method="POST", url=URL + "/", headers=(("Authorization", "Bearer x"),)),
        response=Response(
            status=303, reason="", http_version="HTTP/1.1", headers=(("location", URL),), body=Body(), wire_size=0
        ),
        trace_id="2" * 32,
        elapsed_ns=2_000_000,
    )
    return replace(last, hops=(hop,))


def test_that_every_hop_is_shown_with_what_changed(qtbot: QtBot, panel: ResponsePanel) -> None:
    show(panel, redirected())
    assert panel.strip.hops.text() == "1 redirect"
    qtbot.mouseClick(panel.strip.hops, LEFT)
    page = panel.page(RedirectsPage)
    assert panel.tabs.chosen == "redirects"
    assert cells(page.table, 0) == ["POST", "GET"]
    assert cells(page.table, 2) == ["303 See Other", "200 OK"]
    assert cells(page.table, 3) == ["2.0 ms", "3.9 ms"]
    assert cells(page.headers, 1) == [URL]

    page.table.setCurrentIndex(page.table.model().index(1, 0))
    choose_side(qtbot, page.side, 2)
    rows = list(zip(*(cells(page.changes, column) for column in range(3)), strict=True))
    assert ("method", "POST", "GET") in rows
    assert ("Authorization", "Bearer x", "not sent") in rows


def test_that_all_hops_are_in_sight_from_the_first_look_on(qtbot: QtBot, panel: ResponsePanel) -> None:
    exchange = redirected()
    show(panel, replace(exchange, hops=exchange.hops * 2))
    go(panel, "redirects")
    table = panel.page(RedirectsPage).table
    qtbot.waitUntil(lambda: table.viewport().height() >= 3 * table.rowHeight(0))


def test_that_hops_are_shown_also_when_the_last_one_brought_nothing(panel: ResponsePanel) -> None:
    failure = Failure(stage=CLIENT_CONNECT, sentence="The redirects go round in a circle.")
    panel.set_exchange(replace(redirected(), response=None, failure=failure), None)
    assert panel.page(FailurePage).card.isVisible()
    assert panel.tabs.keys == ("failure", "redirects")


def test_that_the_phases_stand_on_one_axis_and_can_be_read_aloud(panel: ResponsePanel) -> None:
    phases = (
        Phase(name="connect", start_ns=0, duration_ns=1_000_000),
        Phase(name="wait", start_ns=1_000_000, duration_ns=3_000_000),
    )
    show(panel, replace(make(), phases=phases, address="127.0.0.1:8000"))
    go(panel, "timing")
    table = panel.page(TimingPage).table
    assert cells(table, 0) == ["Connect", "Wait"]
    assert cells(table, 2) == ["1.0 ms", "3.0 ms"]
    spoken = table.model().index(1, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "begins after 1.0 ms"
    assert panel.page(TimingPage).note.sentence == "A new connection to 127.0.0.1:8000."
    bar = table.visualRect(table.model().index(1, 1))
    picture = table.viewport().grab(bar).toImage()
    colors = [picture.pixelColor(x, picture.height() // 2) for x in (picture.width() // 8, picture.width() // 2)]
    assert colors[0] != colors[1]  # the second step begins after the first quarter


def test_that_the_bytes_both_ways_are_shown_and_what_is_left_out_is_said(qtbot: QtBot, panel: ResponsePanel) -> None:
    wire = Wire(
        sent=b"GET / HTTP/1.1\r\n\r\n", received=b"HTTP/1.1 200 OK\r\n\r\n\xff", sent_size=18, received_size=9_000
    )
    show(panel, replace(make(), wire=wire))
    go(panel, "wire")
    page = panel.page(WirePage)
    assert page.code.toPlainText() == "HTTP/1.1 200 OK«CR»«LF»\n«CR»«LF»\n«xFF»"
    assert page.note.whole_text == "9,000 bytes received; the first 20 B are kept"
    choose_side(qtbot, page.side, 1)
    assert page.code.toPlainText().startswith("GET / HTTP/1.1«CR»«LF»")
    assert page.note.whole_text == "18 bytes sent"
    with qtbot.waitSignal(panel.entry_chosen) as chosen:
        qtbot.mouseClick(page.save, LEFT)
    assert chosen.args == ["save_wire"]


# --- what is wrong ----------------------------------------------------------------------------------------------------
def test_that_what_arrived_of_a_broken_response_stays_readable(panel: ResponsePanel) -> None:
    failure = Failure(stage=CLIENT_RECEIVE, sentence="The connection ended in the middle.")
    show(panel, replace(make(b'{"a": 1', problem="20 of 100 bytes arrived."), failure=failure))
    assert panel.pretty.isVisible()
    assert panel.pretty.text() == '{"a": 1'
    assert panel._problem.sentence == "20 of 100 bytes arrived. The connection ended in the middle."


def test_that_a_wrong_content_type_is_said_and_the_body_is_read_all_the_same(panel: ResponsePanel) -> None:
    show(panel, make(b'{"a": 1}', "text/html"))
    assert panel._remark.sentence == "The response says text/html, but the body looks like JSON."
    assert '"a": 1' in panel.pretty.text()


def test_that_the_size_on_the_wire_is_told_when_it_is_another(panel: ResponsePanel) -> None:
    exchange = make(b"x" * 1_200_000, "text/plain", ("content-encoding", "gzip"))
    assert exchange.response is not None
    show(panel, replace(exchange, response=replace(exchange.response, wire_size=133_000)))
    assert panel.size_label.text() == "1.2 MB · 133 KB on the wire"


def verdict(*problems: Hint) -> ResponseVerdict:
    return ResponseVerdict(known=True, model="ItemPublic", problems=problems, checked=True)


def test_that_the_verdict_of_the_schema_leads_to_the_differences(qtbot: QtBot, panel: ResponsePanel) -> None:
    show(panel, make())
    panel.state.set_verdict(verdict())
    assert panel.strip.verdict.text() == "Matches ItemPublic"
    assert "differences" not in panel.tabs.keys
    panel.state.set_verdict(verdict(Hint(message="Field required", loc=("response", "id"))))
    assert panel.strip.verdict.text() == "1 difference to ItemPublic"
    qtbot.mouseClick(panel.strip.verdict, LEFT)
    assert cells(panel.page(DifferencesPage).table, 1) == ["Field required"]
    show(panel, make())
    assert not panel.strip.verdict.isVisible()


# --- preview ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def previewing(panel: ResponsePanel) -> ResponsePanel:
    panel.page(PreviewPage).wanted.connect(
        lambda answer: panel.page(PreviewPage).set_preview(answer, make_preview(answer))
    )
    return panel


def picture_bytes(color: str = "#ff00ff", side: int = 20, name: str = "PNG") -> bytes:
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # PySide wants a text, its stubs say bytes.
    assert image.save(buffer, name)  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def has_color(image: QImage, color: str) -> bool:
    wanted = QColor(color).rgb()
    return any(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def test_that_a_page_loads_no_file_and_no_address(previewing: ResponsePanel, tmp_path: Path, qtbot: QtBot) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(picture_bytes())
    (tmp_path / "style.css").write_text("p { color: #ff00ff; background-color: #ff00ff }")
    page = (
        f'<html><head><link rel="stylesheet" href="file://{tmp_path}/style.css"></head>'
        f'<body background="{secret}" style="background-image: url({secret})"><p>Shop</p>'
        f'<img src="file://{secret}"><img src="{secret}"><img src="http://127.0.0.1:1/x.png">'
        f'<a href="file://{secret}">link</a></body></html>'
    )
    show(previewing, make(page.encode(), "text/html"))
    go(previewing, "preview")
    text = previewing.page(PreviewPage).text
    assert text.isVisible()
    assert "Shop" in text.toPlainText()
    assert not has_color(text.grab().toImage(), "#ff00ff")
    text.anchorClicked.emit(f"file://{secret}")
    assert "Shop" in text.toPlainText()


def test_that_a_page_shows_the_pictures_that_it_carries(previewing: ResponsePanel) -> None:
    carried = base64.b64encode(picture_bytes()).decode()
    show(previewing, make(f'<html><img src="data:image/png;base64,{carried}">'.encode(), "text/html"))
    go(previewing, "preview")
    assert has_color(previewing.page(PreviewPage).text.grab().toImage(), "#ff00ff")


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        *((name, "application/octet-stream") for name in ("PNG", "JPG", "WEBP")),
        ("ICO", "image/vnd.microsoft.icon"),
        ("BMP", "image/bmp"),
    ],
)
def test_that_a_picture_is_seen_first(previewing: ResponsePanel, name: str, media_type: str) -> None:
    show(previewing, make(picture_bytes(name=name), media_type))
    assert previewing.tabs.chosen == "preview"
    assert previewing.page(PreviewPage).picture.isVisible()
    assert previewing.page(PreviewPage).picture.image.width() == 20
    assert previewing.page(PreviewPage).note.whole_text.startswith("20 × 20 pixels")


def test_that_a_drawing_loads_no_file(previewing: ResponsePanel, tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(picture_bytes())
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="40">'
        f'<rect width="40" height="40" fill="#00ff00"/><image width="40" height="40" xlink:href="{secret}"/></svg>'
    )
    show(previewing, make(drawing.encode(), "image/svg+xml"))
    image = previewing.page(PreviewPage).picture.image
    assert has_color(image, "#00ff00")
    assert not has_color(image, "#ff00ff")


def bomb(side: int) -> bytes:
    """Return a small PNG that would be huge in memory."""
    head = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    parts = (head, b"IDAT" + zlib.compress(b"\0" * 1_000_000))
    chunks = (struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part)) for part in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def test_that_a_picture_too_large_for_the_memory_is_a_sentence(previewing: ResponsePanel) -> None:
    show(previewing, make(bomb(30_000), "image/png"))
    assert previewing.page(PreviewPage).message.label.text() == (
        "This picture has 30,000 × 30,000 pixels and would take 3,600 MB of memory, so it is not shown."
    )


@pytest.mark.parametrize(
    ("data", "media_type"),
    [(b"\x89PNG\r\n\x1a\nbroken", "image/png"), (b"<svg", "image/svg+xml"), (b"\xff\xfe<", "image/svg+xml")],
)
def test_that_a_broken_picture_is_a_sentence(data: bytes, media_type: str) -> None:
    assert isinstance(read_picture(data, media_type), str)


def test_that_a_drawing_that_asks_for_hours_of_work_is_a_sentence() -> None:
    uses = "".join(f'<g id="a{i}">{f"""<use xlink:href="#a{i - 1}"/>""" * 10}</g>' for i in range(1, 12))
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{uses}</svg>'
    drawing = drawing.replace('<g id="a1">', '<rect id="a0" width="1" height="1"/><g id="a1">')
    assert draw_apart(drawing.encode(), patience=0.5) == TOO_MUCH_WORK


def test_that_markdown_is_laid_out(previewing: ResponsePanel) -> None:
    show(previewing, make(b"# Shop\n\n- a\n- b", "text/markdown"))
    go(previewing, "preview")
    assert previewing.page(PreviewPage).text.toPlainText().startswith("Shop")


# --- the strip --------------------------------------------------------------------------------------------------------
def test_that_the_pane_can_be_narrow_whatever_there_is_to_say(qtbot: QtBot, room: ComposeRoom) -> None:
    panel = room.response
    show(panel, redirected())
    panel.state.set_verdict(verdict(Hint(message="Field required", loc=("response", "a_rather_long_name"))))
    for key in panel.tabs.keys:
        go(panel, key)
    assert panel.minimumSizeHint().width() <= 480


def test_that_a_low_pane_shows_errors_first_and_lays_nothing_upon_another(
    qtbot: QtBot, room: ComposeRoom, themes: Themes
) -> None:
    panel = room.response
    themes.set_zoom(150)
    room.resize(1280, 480)
    show(panel, make(REFUSED, status=422))
    table = panel.page(ErrorsPage).table
    qtbot.waitUntil(lambda: panel.height() < 260)
    qtbot.waitUntil(lambda: table.viewport().height() >= table.rowHeight(0))
    failure = Failure(stage=CLIENT_CONNECT, sentence="Nothing listens. " * 12)
    panel.set_exchange(replace(make(), response=None, failure=failure), None)
    labels = panel.page(FailurePage).card.findChildren(QLabel)
    qtbot.waitUntil(lambda: all(label.height() >= label.heightForWidth(label.width()) for label in labels))


def test_that_a_model_of_texts_keeps_its_promises(panel: ResponsePanel, qapp: QObject) -> None:
    show(panel, redirected())
    go(panel, "redirects")
    QAbstractItemModelTester(
        panel.page(RedirectsPage).table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    QAbstractItemModelTester(panel.page(TimingPage).table.model(), FATAL)
    QAbstractItemModelTester(panel.page(ErrorsPage).table.model(), FATAL)


def test_that_fields_beyond_the_schema_are_remarks_and_no_differences(panel: ResponsePanel) -> None:
    show(panel, make())
    panel.state.set_verdict(verdict(Hint(message="Not in ItemPublic.", loc=("response", "x"), error=False)))
    assert panel.strip.verdict.text() == "Matches ItemPublic"
    assert "differences" in panel.tabs.keys
