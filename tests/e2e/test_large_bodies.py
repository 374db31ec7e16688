"""Large and odd bodies in the whole window, from a real server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.responses import Response, StreamingResponse
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from explorer.probe.install import attach
from explorer.server.thread import ThreadServer
from explorer.storage.options import Options
from explorer.ui import names
from explorer.ui.widgets.hex_view import HexView
from explorer.ui.widgets.json_tree import JsonTree
from explorer.ui.widgets.text_page import PrettyView, RawView

from .conftest import CONTROL, Person, Start, at_desk

ITEM = b'{"id":%d,"name":"Desk lamp","tags":["home","light"],"owner":{"name":"Ada"}}'
ITEMS = 120_000
ONE_LINE = 3_000_000


def make_app() -> FastAPI:
    app = FastAPI()

    @app.get("/items")
    def items() -> StreamingResponse:
        """Send nine megabytes on one line, as FastAPI does."""

        def chunks() -> Iterator[bytes]:
            yield b"["
            for first in range(0, ITEMS, 1_000):
                yield b",".join(ITEM % number for number in range(first, first + 1_000)) + b","
            yield b'"the end"]'

        return StreamingResponse(chunks(), media_type="application/json")

    @app.get("/line")
    def line() -> Response:
        return Response(b"<" + b"x" * ONE_LINE + b">", media_type="text/html")

    @app.get("/broken-text")
    def broken_text() -> Response:
        return Response(b"caf\xe9", media_type="text/plain; charset=utf-8")

    @app.get("/unknown-charset")
    def unknown_charset() -> Response:
        return Response("Grüße".encode(), headers={"content-type": "text/plain; charset=klingon"})

    @app.get("/no-json")
    def no_json() -> Response:
        return Response(b"<h1>Bad Gateway</h1>", media_type="application/json")

    @app.get("/bytes")
    def some_bytes() -> Response:
        return Response(bytes(range(256)), media_type="application/octet-stream")

    return app


def make_server(options: Options, _database: Path) -> ThreadServer:
    return ThreadServer(
        "large", make_app, host=options.host, port=options.port, fixed_port=options.fixed_port, instrument=attach
    )


@pytest.fixture(scope="module")
def shared_reader(share: Start) -> Person:
    """Return somebody before the program with this app in it, for all tests here."""
    person = share(make_server=make_server)
    person.until_ready()
    return person


@pytest.fixture
def reader(shared_reader: Person) -> Iterator[Person]:
    """Return somebody at a cleared desk."""
    with at_desk(shared_reader) as person:
        yield person


def get(reader: Person, path: str) -> None:
    reader.choose(f"GET {path}")
    reader.send()


def test_that_megabytes_of_json_are_read_to_their_end_and_searched(reader: Person) -> None:
    get(reader, "/items")
    reader.choose_tab(names.RESPONSE_TABS, "pretty")
    view = reader.find(PrettyView, names.RESPONSE_PRETTY)
    assert [row.text for _, row in view.code.visible_rows][:4] == [
        "[",
        "  {",
        '    "id": 0,',
        '    "name": "Desk lamp",',
    ]
    reader.until(lambda: view.complete)
    assert view.code.row_count == ITEMS * 8 + 3
    view.code.setFocus()
    reader.press(Qt.Key.Key_End, CONTROL)
    assert [row.text for _, row in view.code.visible_rows][-2:] == ['  "the end"', "]"]
    reader.press(Qt.Key.Key_F, CONTROL)
    reader.write(names.FIND_LINE.format(view=names.RESPONSE_PRETTY), '"id": 77777')
    reader.press(Qt.Key.Key_Return)
    reader.until(lambda: reader.read(names.FIND_RESULT.format(view=names.RESPONSE_PRETTY)) == "1 of 1")
    assert dict(view.code.visible_rows)[view.code.caret.row].text == '    "id": 77777,'
    reader.press(Qt.Key.Key_Escape)
    assert view.code.hasFocus()


def test_that_megabytes_of_json_open_as_a_tree(reader: Person) -> None:
    get(reader, "/items")
    reader.choose_tab(names.RESPONSE_TABS, "tree")
    tree = reader.find(JsonTree, names.RESPONSE_TREE)
    reader.until(lambda: tree.model.rowCount(tree.model.index(0, 0)) == 250)
    reader.until(lambda: tree.model.index(0, 3).data() == f"{ITEMS + 1:,}")


def test_that_three_megabytes_on_one_line_are_shown_in_rows_and_copied_as_one_line(reader: Person) -> None:
    get(reader, "/line")
    reader.choose_tab(names.RESPONSE_TABS, "raw")
    view = reader.find(RawView, names.RESPONSE_RAW)
    reader.until(lambda: view.complete)
    assert view.code.row_count > 1_000
    view.code.setFocus()
    reader.press(Qt.Key.Key_A, CONTROL)
    reader.press(Qt.Key.Key_C, CONTROL)
    reader.until(lambda: len(QApplication.clipboard().text()) == ONE_LINE + 2)


@pytest.mark.parametrize(
    ("path", "text", "sentence"),
    [
        ("/broken-text", "caf\ufffd", "the first wrong byte is byte 3"),
        ("/unknown-charset", "Grüße", "charset “klingon”, which does not exist"),
    ],
)
def test_that_odd_text_is_shown_with_a_sentence(reader: Person, path: str, text: str, sentence: str) -> None:
    get(reader, path)
    reader.choose_tab(names.RESPONSE_TABS, "raw")
    assert reader.read(names.RESPONSE_RAW) == text
    assert sentence in reader.read(names.BODY_NOTICE_TEXT.format(view=names.RESPONSE_RAW))


def test_that_what_only_claims_to_be_json_can_be_read(reader: Person) -> None:
    get(reader, "/no-json")
    reader.choose_tab(names.RESPONSE_TABS, "pretty")
    assert reader.read(names.RESPONSE_PRETTY) == "<h1>Bad Gateway</h1>"


def test_that_bytes_are_shown_in_hexadecimal(reader: Person) -> None:
    get(reader, "/bytes")
    reader.choose_tab(names.RESPONSE_TABS, "hex")
    view = reader.find(HexView, names.RESPONSE_HEX)
    assert view.code.visible_rows[1][1].text.startswith("10 11 12")
    reader.write(names.RESPONSE_HEX_OFFSET, "0xF0")
    reader.press(Qt.Key.Key_Return)
    assert view.code.selected_text() == "F0"
