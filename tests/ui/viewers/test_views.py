"""The views of a body, as a person sees and uses them."""

from __future__ import annotations

import json
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from explorer.client.body import Body
from explorer.client.viewers.content import BodyContent, present_body
from explorer.client.viewers.members import page, root
from explorer.ui.models.json_tree_model import COUNT, TYPE, VALUE, JsonTreeModel, Node
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.body_page import BodyPage
from explorer.ui.widgets.hex_view import HexView, parse_offset
from explorer.ui.widgets.json_tree import JsonTree
from explorer.ui.widgets.text_moves import Place
from explorer.ui.widgets.text_page import PrettyView, RawView

NESTED = b'{"id":118,"name":"Desk lamp","tags":["home","light"],"owner":{"id":42,"a b":null}}'
Page = TypeVar("Page", bound=BodyPage)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def content(body: bytes, media_type: str = "application/json", charset: str = "") -> BodyContent:
    return present_body(Body(body), media_type, charset)


@pytest.fixture
def pretty(qtbot: QtBot, themes: Themes) -> PrettyView:
    return shown(qtbot, PrettyView(themes))


@pytest.fixture
def raw(qtbot: QtBot, themes: Themes) -> RawView:
    return shown(qtbot, RawView(themes))


@pytest.fixture
def hexes(qtbot: QtBot, themes: Themes) -> HexView:
    return shown(qtbot, HexView(themes))


@pytest.fixture
def tree(qtbot: QtBot, themes: Themes) -> JsonTree:
    return shown(qtbot, JsonTree(themes))


def shown(qtbot: QtBot, page: Page) -> Page:
    qtbot.addWidget(page)
    page.resize(700, 420)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    return page


def notice(page: BodyPage) -> str:
    return page.notice.label.text() if page.notice.isVisible() else ""


def test_that_json_is_laid_out_with_line_numbers_and_colours(pretty: PrettyView) -> None:
    pretty.set_body(content(NESTED))
    assert pretty.text() == (
        '{\n  "id": 118,\n  "name": "Desk lamp",\n  "tags": ["home", "light"],\n  "owner": {\n'
        '    "id": 42,\n    "a b": null\n  }\n}'
    )
    assert [row.line for _, row in pretty.code.visible_rows] == list(range(1, 10))


def test_that_raw_shows_the_very_text_and_copies_long_lines_unbroken(qtbot: QtBot, raw: RawView) -> None:
    body = b'{"blob":"' + b"x" * 5_000 + b'"}\nsecond'
    raw.set_body(content(body))
    assert raw.code.row_count > 5
    assert raw.text() == body.decode()
    qtbot.keyClick(raw.code, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(raw.code, Qt.Key.Key_C, CONTROL)
    assert QApplication.clipboard().text() == body.decode()


def test_that_a_view_out_of_sight_waits_until_it_is_looked_at(qtbot: QtBot, themes: Themes) -> None:
    view = PrettyView(themes)
    qtbot.addWidget(view)
    view.set_body(content(NESTED))
    assert view.code.row_count == 0
    with qtbot.waitExposed(view):
        view.show()
    assert view.code.row_count == 9


def test_that_a_body_of_megabytes_is_seen_at_once_and_found_to_its_end(qtbot: QtBot, pretty: PrettyView) -> None:
    body = json.dumps([{"id": i, "name": "x" * 40} for i in range(40_000)], separators=(",", ":")).encode()
    pretty.set_body(content(body))
    assert [row.text for _, row in pretty.code.visible_rows][:3] == ["[", "  {", '    "id": 0,']
    assert not pretty.complete
    qtbot.waitUntil(lambda: pretty.complete)
    qtbot.keyClick(pretty.code, Qt.Key.Key_End, CONTROL)
    assert [row.text for _, row in pretty.code.visible_rows][-1] == "]"
    assert pretty.code.row_count == 160_002


def test_that_the_same_body_keeps_its_place_and_a_known_one_is_there_at_once(qtbot: QtBot, pretty: PrettyView) -> None:
    found = content(json.dumps(list(range(600_000)), separators=(",", ":")).encode())
    pretty.set_body(found)
    qtbot.waitUntil(lambda: pretty.complete)
    qtbot.keyClick(pretty.code, Qt.Key.Key_End, CONTROL)
    place = pretty.code.caret
    pretty.set_body(found)
    assert pretty.code.caret == place
    pretty.set_body(content(NESTED))
    pretty.set_body(found)
    assert pretty.complete
    assert pretty.code.row_count == 600_002


def test_that_what_only_claims_to_be_json_is_shown_as_it_came(qtbot: QtBot, pretty: PrettyView) -> None:
    pretty.set_body(content(b"<h1>Bad Gateway</h1>"))
    assert pretty.text() == "<h1>Bad Gateway</h1>"
    body = b"[" + b'{"id":1},' * 150_000 + b"<b>oops</b>"
    pretty.set_body(content(body))
    qtbot.waitUntil(lambda: "as JSON" in notice(pretty))
    assert notice(pretty) == "This cannot be laid out as JSON from byte 1,350,001 on, so it is shown as it came."
    assert pretty.code.visible_rows[0][1].text.startswith('[{"id":1},{"id":1}')


def test_that_wrong_bytes_are_shown_and_the_first_is_named(qtbot: QtBot, raw: RawView) -> None:
    raw.set_body(content(b"caf\xe9 au lait", "text/plain"))
    assert raw.text() == "caf\ufffd au lait"
    assert notice(raw) == (
        "Not all of it is valid UTF-8: the first wrong byte is byte 3. Wrong bytes are shown as \ufffd."
    )


def test_that_an_unknown_charset_is_said_in_a_sentence(raw: RawView) -> None:
    raw.set_body(content("Grüße".encode(), "text/plain", "klingon"))
    assert raw.text() == "Grüße"
    assert "“klingon”, which does not exist. Read as UTF-8." in notice(raw)


def test_that_empty_and_binary_bodies_are_said_in_words_and_binary_can_be_revealed(qtbot: QtBot, raw: RawView) -> None:
    raw.set_body(content(b""))
    assert raw.message.label.text() == "The response has no body."
    raw.set_body(content(b"\x89PNG" * 500, "image/png"))
    assert raw.message.label.text() == "Binary, 2,000 bytes of image/png. Hex shows them."
    qtbot.mouseClick(raw.message.button, Qt.MouseButton.LeftButton)
    assert raw.text().startswith("\ufffdPNG\ufffdPNG")


def test_that_the_keyboard_goes_everywhere_and_selects(qtbot: QtBot, raw: RawView) -> None:
    raw.set_body(content("\n".join(f"line {i} Ü" for i in range(300)).encode(), "text/plain"))
    code = raw.code
    code.setFocus()
    for key, modifier, place in (
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, Place(1, 0)),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, Place(1, 8)),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, Place(2, 0)),
        (Qt.Key.Key_Right, CONTROL, Place(2, 4)),
        (Qt.Key.Key_Left, CONTROL, Place(2, 0)),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, Place(1, 8)),
        (Qt.Key.Key_End, CONTROL, Place(299, 10)),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, Place(298, 10)),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, Place(298, 0)),
        (Qt.Key.Key_Home, CONTROL, Place(0, 0)),
    ):
        qtbot.keyClick(code, key, modifier)
        assert code.caret == place, key
    qtbot.keyClick(code, Qt.Key.Key_PageDown)
    assert code.caret.row > 10
    qtbot.keyClick(code, Qt.Key.Key_PageUp)
    qtbot.keyClick(code, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(code, Qt.Key.Key_Right, SHIFT | CONTROL)
    qtbot.keyClick(code, Qt.Key.Key_C, CONTROL)
    assert QApplication.clipboard().text() == "line 0 Ü\nline"


def test_that_the_mouse_selects_characters_and_words(qtbot: QtBot, raw: RawView) -> None:
    raw.set_body(content(b"alpha beta\ngamma", "text/plain"))
    code, step = raw.code, raw.code.fontMetrics().horizontalAdvance("0")
    left = code._gutter()
    at = code.viewport().rect().topLeft()
    at.setX(left + 7 * step + 2)
    at.setY(5)
    qtbot.mouseDClick(code.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert code.selection == (Place(0, 6), Place(0, 10))
    qtbot.mousePress(code.viewport(), Qt.MouseButton.LeftButton, pos=at)
    at.setX(left + 2 * step)
    at.setY(25)
    qtbot.mouseMove(code.viewport(), at)
    qtbot.mouseRelease(code.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert code.selection == (Place(0, 7), Place(1, 2))


def test_that_the_rows_in_sight_can_be_read_aloud(qtbot: QtBot, pretty: PrettyView) -> None:
    pretty.set_body(content(NESTED))
    qtbot.waitUntil(lambda: '"name": "Desk lamp",' in pretty.code.accessibleDescription())
    assert pretty.code.accessibleName() == "Response, laid out"


def test_that_a_file_that_was_taken_away_is_said_in_words(qtbot: QtBot, raw: RawView) -> None:
    found = content(b"x\n" * 1_000_000, "text/plain")
    assert found.body.path is not None
    raw.set_body(found)
    found.body.path.unlink()
    qtbot.waitUntil(raw.message.isVisible)
    assert "was taken away" in raw.message.label.text()


def test_that_a_copy_above_ten_megabytes_says_what_it_left_out(qtbot: QtBot, raw: RawView) -> None:
    raw.set_body(content(b"0123456789abcde\n" * 700_000, "text/plain"))
    qtbot.waitUntil(lambda: raw.complete)
    raw.code.select_all()
    with qtbot.waitSignal(raw.code.copied, timeout=15_000):
        raw.code.copy()
    assert len(QApplication.clipboard().text()) == 10_000_000
    assert notice(raw) == "The first 10 MB of the selection were copied. Save keeps all."


# --- hex ---
def test_that_hex_goes_to_an_offset_and_copies_rows(qtbot: QtBot, hexes: HexView) -> None:
    hexes.set_body(content(bytes(range(256)) * 100, "application/octet-stream"))
    assert hexes.code.row_count == 1_600
    qtbot.keyClicks(hexes.offset, "0x6348")
    qtbot.keyClick(hexes.offset, Qt.Key.Key_Return)
    start, end = hexes.code.selection
    assert (start, end) == (Place(0x634, 25), Place(0x634, 27))
    assert hexes.code.hasFocus()
    qtbot.keyClick(hexes.code, Qt.Key.Key_C, CONTROL)
    assert QApplication.clipboard().text() == "48"


def test_that_an_offset_behind_the_end_is_refused_with_the_range(qtbot: QtBot, hexes: HexView) -> None:
    hexes.set_body(content(b"\0" * 100, "application/octet-stream"))
    qtbot.keyClicks(hexes.offset, "100")
    qtbot.keyClick(hexes.offset, Qt.Key.Key_Return)
    assert hexes.offset.property("state") == "invalid"
    assert hexes.position.text() == "Give an offset from 0 to 99, or from 0x0 to 0x63."


@pytest.mark.parametrize(
    ("text", "offset"), [("1024", 1024), ("0x400", 1024), ("1,024", 1024), ("ff", 255), ("", None), ("x", None)]
)
def test_that_offsets_are_read_as_people_write_them(text: str, offset: int | None) -> None:
    assert parse_offset(text) == offset


# --- tree ---
def row_of(tree: JsonTree, *path: int) -> list[str]:
    index = tree.model.index(0, 0)
    for row in path:
        index = tree.model.index(row, 0, index)
    return [str(index.siblingAtColumn(column).data()) for column in (0, VALUE, TYPE, COUNT)]


def test_that_the_tree_shows_key_value_type_and_number_of_members(tree: JsonTree) -> None:
    tree.set_body(content(NESTED))
    assert row_of(tree)[2:] == ["object", "4"]
    assert row_of(tree, 0) == ["id", "118", "number", ""]
    assert row_of(tree, 1) == ["name", '"Desk lamp"', "string", ""]
    assert row_of(tree, 3) == ["owner", '{"id":42,"a b":null}', "object", "2"]


def test_that_values_and_paths_are_copied(qtbot: QtBot, tree: JsonTree) -> None:
    tree.set_body(content(NESTED))
    owner = tree.model.index(3, 0, tree.model.index(0, 0))
    tree.view.expand(owner)
    tree.view.setCurrentIndex(tree.model.index(1, 0, owner))
    tree.view.setFocus()
    qtbot.keyClick(tree.view, Qt.Key.Key_C, CONTROL | SHIFT)
    assert QApplication.clipboard().text() == "$.owner['a b']"
    tree.view.setCurrentIndex(owner)
    qtbot.keyClick(tree.view, Qt.Key.Key_C, CONTROL)
    assert QApplication.clipboard().text() == '{"id":42,"a b":null}'


def test_that_members_come_in_pages_as_somebody_looks_at_them(qtbot: QtBot, tree: JsonTree) -> None:
    tree.set_body(content(json.dumps(list(range(1_000))).encode()))
    top = tree.model.index(0, 0)
    assert tree.model.rowCount(top) == 250
    tree.view.scrollToBottom()
    qtbot.waitUntil(lambda: tree.model.rowCount(top) == 500)


def test_that_expand_all_opens_what_is_inside_up_to_a_limit(qtbot: QtBot, tree: JsonTree) -> None:
    tree.set_body(content(NESTED))
    tree.expand_all()
    assert tree.view.isExpanded(tree.model.index(3, 0, tree.model.index(0, 0)))
    assert notice(tree) == ""
    tree.set_body(content(json.dumps([[[[i]] * 20] * 20 for i in range(20)]).encode()))
    tree.view.setFocus()
    qtbot.keyClick(tree.view, Qt.Key.Key_Asterisk)
    assert notice(tree) == "The first 1,000 objects and lists were expanded."
    tree.collapse_all()
    assert not tree.view.isExpanded(tree.model.index(0, 0, tree.model.index(0, 0)))


def test_that_the_tree_says_what_it_is_for(tree: JsonTree) -> None:
    tree.set_body(content(b"hello", "text/plain"))
    assert tree.message.label.text() == "Only JSON has a tree. Raw shows this body as it came."


def test_that_the_tree_is_a_proper_model() -> None:
    data = json.dumps({"a": list(range(600)), "b": {"c": [1]}}).encode()
    model = JsonTreeModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    wanted: list[Node] = []
    model.page_wanted.connect(wanted.append)

    def answer() -> None:
        while wanted:
            node = wanted.pop()
            model.add_page(node, page(data, node.member.start, node.next))

    model.set_root(root(data))
    answer()
    top = model.index(0, 0)
    numbers = model.index(0, 0, top)
    for _ in range(4):
        model.fetchMore(numbers)
        answer()
    assert model.rowCount(numbers) == 600
    assert model.index(599, 0, numbers).data() == "599"
    assert not model.has_more(numbers)
    model.set_root(None)
    assert tester.model() is model


# --- everywhere ---
def test_that_zoom_and_light_colours_hold_in_a_view(themes: Themes, pretty: PrettyView) -> None:
    pretty.set_body(content(NESTED))
    height = pretty.code._row_height()
    themes.set_zoom(150)
    try:
        assert pretty.code._row_height() > height
        themes.set_mode("light")
        picture = pretty.code.viewport().grab().toImage()
        assert picture.pixelColor(picture.width() - 4, 4) == themes.theme.color("inp")
    finally:
        themes.set_mode("dark")
        themes.set_zoom(100)
