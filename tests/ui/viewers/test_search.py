"""Searching in the views, and what happens when the helper process does not help."""

from __future__ import annotations

import json
import os
import signal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.client.body import Body
from explorer.client.viewers.content import BodyContent, present_body
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.body_page import BodyPage
from explorer.ui.widgets.hex_view import HexView
from explorer.ui.widgets.json_tree import JsonTree
from explorer.ui.widgets.text_moves import Place
from explorer.ui.widgets.text_page import PrettyView, RawView, TextPage

SHOP = {"items": [{"name": "Lamp", "price": 39.9}, {"name": "Desk", "price": 5}], "name": "Shop"}
LARGE = json.dumps([{"id": i, "name": f"item {i}"} for i in range(60_000)], separators=(",", ":")).encode()


def content(body: bytes, media_type: str = "application/json", charset: str = "") -> BodyContent:
    return present_body(Body(body), media_type, charset)


@pytest.fixture
def pretty(qtbot: QtBot, themes: Themes) -> PrettyView:
    view = PrettyView(themes)
    open_page(qtbot, view)
    return view


@pytest.fixture
def raw(qtbot: QtBot, themes: Themes) -> RawView:
    view = RawView(themes)
    open_page(qtbot, view)
    return view


@pytest.fixture
def tree(qtbot: QtBot, themes: Themes) -> JsonTree:
    view = JsonTree(themes)
    open_page(qtbot, view)
    return view


def open_page(qtbot: QtBot, view: BodyPage) -> None:
    qtbot.addWidget(view)
    view.resize(700, 420)
    with qtbot.waitExposed(view):
        view.show()
    view.activateWindow()
    view.own_controls()[-1].setFocus()


def look_for(qtbot: QtBot, view: TextPage, text: str, *, by_path: bool = False) -> None:
    view.code.setFocus()
    view.search.open()
    qtbot.waitUntil(view.search.bar.line.hasFocus)
    if by_path:
        segment = view.search.bar.mode._group.button(1)
        qtbot.mouseClick(segment, Qt.MouseButton.LeftButton)
    view.search.bar.line.clear()
    qtbot.keyClicks(view.search.bar.line, text)
    qtbot.keyClick(view.search.bar.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not view.search.finder.running)


def marked(view: TextPage) -> list[str]:
    rows = view.code.visible_rows
    marks_of = view.search.finder.marks
    return [row.text[mark.start :][: mark.length] for number, row in rows for mark in marks_of(number, row)]


def current_row(view: TextPage) -> str:
    return dict(view.code.visible_rows)[view.code.caret.row].text


def test_that_words_are_counted_marked_and_walked_through(qtbot: QtBot, pretty: PrettyView) -> None:
    pretty.set_body(content(json.dumps(SHOP).encode()))
    look_for(qtbot, pretty, '"NAME": ')
    result = pretty.search.bar.result
    assert result.text() == "1 of 3"
    assert marked(pretty) == ['"name":'] * 3
    qtbot.keyClick(pretty.search.bar.line, Qt.Key.Key_Return)
    assert result.text() == "2 of 3"
    assert current_row(pretty) == '      "name": "Desk",'
    for _ in range(2):
        qtbot.mouseClick(pretty.search.bar.next, Qt.MouseButton.LeftButton)
    assert result.text() == "1 of 3"
    qtbot.mouseClick(pretty.search.bar.previous, Qt.MouseButton.LeftButton)
    assert result.text() == "3 of 3"
    qtbot.mouseClick(pretty.search.bar.case, Qt.MouseButton.LeftButton)
    assert result.text() == "Nothing found"


def test_that_escape_ends_the_search_and_gives_the_keyboard_back(qtbot: QtBot, pretty: PrettyView) -> None:
    pretty.set_body(content(json.dumps(SHOP).encode()))
    look_for(qtbot, pretty, "lamp")
    assert marked(pretty) == ["Lamp"]
    qtbot.keyClick(pretty.search.bar.line, Qt.Key.Key_Escape)
    assert not pretty.search.bar.isVisible()
    assert pretty.code.hasFocus()
    assert marked(pretty) == []


def test_that_a_jsonpath_lists_and_marks_what_it_selects(qtbot: QtBot, pretty: PrettyView) -> None:
    pretty.set_body(content(json.dumps(SHOP).encode()))
    look_for(qtbot, pretty, "$.items[?@.price > 1].name", by_path=True)
    bar = pretty.search.bar
    assert [bar._model.index(i).data() for i in range(bar._model.rowCount())] == [
        "$['items'][0]['name']   \"Lamp\"",
        "$['items'][1]['name']   \"Desk\"",
    ]
    assert marked(pretty) == ['"Lamp"', '"Desk"']
    bar.hits.setCurrentIndex(bar._model.index(1))
    assert current_row(pretty) == '      "name": "Desk",'
    assert bar.result.text() == "2 of 2"


def test_that_a_bad_jsonpath_gets_a_sentence(qtbot: QtBot, pretty: PrettyView) -> None:
    pretty.set_body(content(json.dumps(SHOP).encode()))
    look_for(qtbot, pretty, "$.items[?foo(@)]", by_path=True)
    assert pretty.search.bar.problem.text() == ("This is no JSONPath, at character 10: function 'foo' is not defined.")
    assert pretty.search.bar.problem.isVisible()


def test_that_only_json_offers_paths(qtbot: QtBot, raw: RawView) -> None:
    raw.set_body(content(b"hello hello", "text/plain"))
    look_for(qtbot, raw, "hello")
    assert not raw.search.bar.mode.isVisible()
    assert raw.search.bar.result.text() == "1 of 2"


def test_that_a_large_body_is_searched_by_the_helper_and_the_place_is_shown(qtbot: QtBot, pretty: PrettyView) -> None:
    pretty.set_body(content(LARGE))
    look_for(qtbot, pretty, "item 59999")
    assert pretty.search.bar.result.text() == "1 of 1"
    qtbot.waitUntil(lambda: current_row(pretty) == '    "name": "item 59999"')
    look_for(qtbot, pretty, '"id"')
    assert pretty.search.bar.result.text().endswith(" of 10,000+")


def test_that_a_match_over_two_rows_of_a_long_line_is_marked_in_both(qtbot: QtBot, raw: RawView) -> None:
    raw.set_body(content(b"x" * 995 + b"needle in a line" + b"y" * 2000, "text/plain"))
    look_for(qtbot, raw, "needle in")
    assert marked(raw) == ["needl", "e in"]


# --- the helper process ---
def test_that_another_body_ends_what_was_done_for_the_last_one(qtbot: QtBot, pretty: PrettyView) -> None:
    pretty.set_body(content(LARGE))
    first = pretty.reader.helper
    qtbot.waitUntil(lambda: first.pid is not None)
    pretty.set_body(content(b"[]"))
    assert pretty.text() == "[]"
    assert first.pid is None


def test_that_a_helper_that_dies_twice_leaves_the_text_readable(qtbot: QtBot, pretty: PrettyView) -> None:
    pretty.set_body(content(LARGE))
    for _ in range(2):
        qtbot.waitUntil(lambda: pretty.reader.helper.pid is not None or pretty.complete)
        if (pid := pretty.reader.helper.pid) is not None:
            os.kill(pid, signal.SIGKILL)
            qtbot.waitUntil(lambda pid=pid: pretty.reader.helper.pid != pid)  # type: ignore[misc]
    qtbot.waitUntil(lambda: pretty.complete)
    assert pretty.code.row_count == 240_002


def test_that_losing_the_helper_is_said_and_the_window_reads_on(qtbot: QtBot, pretty: PrettyView) -> None:
    pretty.set_body(content(LARGE))
    pretty.reader.helper.stop()
    pretty.reader.helper.lost.emit()
    assert "ended twice" in pretty.notice.label.text()
    qtbot.waitUntil(lambda: pretty.complete)
    assert pretty.code.row_count == 240_002


def test_that_a_large_body_in_another_charset_is_converted(qtbot: QtBot, raw: RawView) -> None:
    raw.set_body(content(("é" * 400 + "\n").encode("utf-16") * 3_000, "text/plain", "utf-16"))
    qtbot.waitUntil(lambda: raw.complete)
    assert raw.code.visible_rows[0][1].text == "é" * 400


def test_that_the_tree_of_a_large_body_comes_from_the_helper(qtbot: QtBot, tree: JsonTree) -> None:
    tree.set_body(content(LARGE))
    top = tree.model.index(0, 0)
    qtbot.waitUntil(lambda: tree.model.rowCount(tree.model.index(0, 0)) == 250)
    top = tree.model.index(0, 0)
    assert tree.model.index(7, 1, top).data() == '{"id":7,"name":"item 7"}'
    assert top.siblingAtColumn(3).data() == "60,000"
    seventh = tree.model.index(7, 0, top)
    tree.view.expand(seventh)
    qtbot.waitUntil(lambda: tree.model.rowCount(seventh) == 2)


def test_that_the_tree_says_when_it_is_left_without_a_helper(qtbot: QtBot, tree: JsonTree) -> None:
    tree.set_body(content(LARGE))
    tree.reader.helper.stop()
    tree.reader.helper.lost.emit()
    assert tree.message.label.text().startswith("The tree needs the helper process")


def test_that_a_large_body_that_is_no_json_is_said_by_the_tree(qtbot: QtBot, tree: JsonTree) -> None:
    tree.set_body(content(b"[" + b"1," * 600_000 + b"<"))
    qtbot.waitUntil(lambda: bool(tree.notice.label.text()))
    assert "valid JSON" in tree.notice.label.text()


# --- hex and tree ---
def test_that_hex_finds_words_and_bytes(qtbot: QtBot, themes: Themes) -> None:
    view = HexView(themes)
    open_page(qtbot, view)
    view.set_body(content(bytes(range(256)) * 20 + b"needle \xff\xd8\xff", "image/jpeg"))
    view.search.open()
    bar = view.search.bar
    qtbot.keyClicks(bar.line, "NEEDLE")
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.result.text() == "1 of 1"
    assert view.code.caret == Place(320, 0)
    number, row = next((n, r) for n, r in view.code.visible_rows if n == 320)
    assert [row.text[mark.start :][: mark.length] for mark in view.search._marks(number, row)] == [
        "6E 65 65 64 6C 65",
        "needle",
    ]
    qtbot.mouseClick(bar.mode._group.button(1), Qt.MouseButton.LeftButton)
    bar.line.clear()
    qtbot.keyClicks(bar.line, "ff d8 ff")
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.result.text() == "1 of 1"
    bar.line.clear()
    qtbot.keyClicks(bar.line, "fg")
    qtbot.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.problem.text() == "Give bytes as pairs of hexadecimal digits, such as FF D8."


@pytest.mark.parametrize("times", [1, 30])
def test_that_the_tree_opens_where_something_is_found(qtbot: QtBot, tree: JsonTree, times: int) -> None:
    body = {"items": [{"name": "x" * 40_000, "tags": [i]} for i in range(times)] + [{"name": "needle", "tags": []}]}
    tree.set_body(content(json.dumps(body).encode()))
    qtbot.waitUntil(lambda: tree.model.rowCount() == 1)
    tree.view.setFocus()
    tree.search.open()
    qtbot.keyClicks(tree.search.bar.line, "needle")
    qtbot.keyClick(tree.search.bar.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tree.view.currentIndex().siblingAtColumn(1).data() == '"needle"')
    qtbot.keyClick(tree.search.bar.line, Qt.Key.Key_Escape)
    tree.copy_path()
    assert QApplication.clipboard().text() == f"$.items[{times}].name"


def test_that_the_tree_says_that_a_finding_lies_too_far_down(qtbot: QtBot, tree: JsonTree) -> None:
    tree.set_body(content(json.dumps([*range(6_000), "needle"]).encode()))
    tree.reveal(content(json.dumps([*range(6_000), "needle"]).encode()).size - 3)
    assert tree.notice.label.text() == "This lies behind the first 5,000 members of $. Pretty shows it."
