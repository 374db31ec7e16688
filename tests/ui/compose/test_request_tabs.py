"""The strip of open requests."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from explorer.ui import names
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.request_tab_bar import SPINS_AFTER_MS, RequestTab, RequestTabBar
from explorer.ui.widgets.request_tabs import RequestTabs

LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


def tab(name: str, title: str = "", **state: object) -> RequestTab:
    return replace(RequestTab(id=name, method="GET", title=title or f"/{name}"), **state)  # type: ignore[arg-type]


@pytest.fixture
def strip(qtbot: QtBot, themes: Themes) -> Iterator[RequestTabs]:
    window = QWidget()
    layout = QVBoxLayout(window)
    strip = RequestTabs(themes)
    layout.addWidget(strip)
    layout.addWidget(QPushButton("elsewhere"))
    qtbot.addWidget(window)
    window.resize(700, 100)
    with qtbot.waitExposed(window):
        window.show()
    strip.set_tabs([tab("a"), tab("b"), tab("c")], "b", can_reopen=True)
    yield strip
    window.close()  # it lives as long as somebody holds it


@pytest.fixture
def bar(qtbot: QtBot, strip: RequestTabs) -> RequestTabBar:
    qtbot.waitUntil(lambda: strip.bar.rect_of("c").isValid())
    return strip.bar


def button(strip: RequestTabs, name: str) -> QToolButton:
    found = strip.findChild(QToolButton, name)
    assert isinstance(found, QToolButton)
    return found


def order(bar: RequestTabBar) -> str:
    return "".join(each.id for each in bar.tabs)


def test_that_a_click_chooses_and_showing_does_not(qtbot: QtBot, strip: RequestTabs, bar: RequestTabBar) -> None:
    with qtbot.assertNotEmitted(strip.chosen):
        strip.set_tabs(bar.tabs, "a", can_reopen=False)
    with qtbot.waitSignal(strip.chosen) as chosen:
        qtbot.mouseClick(bar, LEFT, pos=bar.rect_of("c").center())
    assert chosen.args == ["c"]


def test_that_the_arrow_keys_go_from_tab_to_tab(qtbot: QtBot, strip: RequestTabs, bar: RequestTabBar) -> None:
    bar.setFocus()
    with qtbot.waitSignal(strip.chosen) as chosen:
        qtbot.keyClick(bar, Qt.Key.Key_Right)
    assert chosen.args == ["c"]
    with qtbot.waitSignal(strip.close_requested) as closed:
        qtbot.keyClick(bar, Qt.Key.Key_Delete)
    assert closed.args == ["c"]


@pytest.mark.parametrize("how", ["cross", "middle"])
def test_that_the_cross_and_the_middle_button_close_without_choosing(
    qtbot: QtBot, strip: RequestTabs, bar: RequestTabBar, how: str
) -> None:
    button, place = (LEFT, bar.close_rect("a")) if how == "cross" else (MIDDLE, bar.rect_of("a"))
    with qtbot.assertNotEmitted(strip.chosen), qtbot.waitSignal(strip.close_requested) as closed:
        qtbot.mouseClick(bar, button, pos=place.center())
    assert closed.args == ["a"]


def test_that_a_press_on_the_cross_can_still_be_thought_better_of(
    qtbot: QtBot, strip: RequestTabs, bar: RequestTabBar
) -> None:
    with qtbot.assertNotEmitted(strip.close_requested):
        qtbot.mousePress(bar, LEFT, pos=bar.close_rect("a").center())
        qtbot.mouseRelease(bar, LEFT, pos=bar.rect_of("c").center())


def test_that_a_tab_can_be_dragged_to_another_place_and_back(
    qtbot: QtBot, strip: RequestTabs, bar: RequestTabBar
) -> None:
    moves: list[tuple[str, int]] = []
    strip.moved.connect(lambda name, place: moves.append((name, place)))
    start = bar.rect_of("a").center()
    qtbot.mousePress(bar, LEFT, pos=start)
    for x in range(start.x(), bar.rect_of("c").right(), 8):
        QTest.mouseMove(bar, QPoint(x, start.y()))
    assert order(bar) == "bca"
    for x in range(bar.rect_of("a").center().x(), 4, -8):
        QTest.mouseMove(bar, QPoint(x, start.y()))
    qtbot.mouseRelease(bar, LEFT, pos=QPoint(4, start.y()))
    assert order(bar) == "abc"
    assert moves == [("a", 1), ("a", 2), ("a", 1), ("a", 0)]


def test_that_many_tabs_scroll_and_the_one_in_front_is_in_sight(
    qtbot: QtBot, strip: RequestTabs, bar: RequestTabBar
) -> None:
    right, new = button(strip, names.OPEN_REQUESTS_RIGHT), button(strip, names.OPEN_REQUESTS_NEW)
    qtbot.waitUntil(lambda: not right.isVisible() and new.x() < 420)  # right behind the last tab
    many = [tab(f"r{number}", "/a/rather/long/path/that/is/elided/in/the/middle") for number in range(30)]
    strip.set_tabs(many, "r29", can_reopen=False)
    viewport = bar.parentWidget()
    assert viewport is not None

    def in_sight(name: str) -> bool:
        rect = bar.rect_of(name).translated(bar.pos())
        return rect.isValid() and viewport.rect().contains(rect)

    qtbot.waitUntil(lambda: in_sight("r29"))
    assert right.isVisible()
    assert new.isVisible()
    assert strip.rect().contains(new.geometry())
    assert not right.isEnabled()
    for _ in range(40):
        qtbot.mouseClick(button(strip, names.OPEN_REQUESTS_LEFT), LEFT)
    assert in_sight("r0")
    strip.set_tabs(many, "r12", can_reopen=False)
    qtbot.waitUntil(lambda: in_sight("r12"))


def test_that_the_one_in_front_stays_in_sight_whatever_becomes_of_the_others(
    qtbot: QtBot, strip: RequestTabs, bar: RequestTabBar
) -> None:
    chance = random.Random(7)  # noqa: S311 - nothing is secret here
    viewport = bar.parentWidget()
    assert viewport is not None
    for count in (3, 8, 8, 9, 4, 4, 5, 12, 12, 6, 6, 5, 5, 5, 9, 2, 7, 7, 6, 6):
        tabs = [tab(str(n), "/" + "x" * chance.randint(1, 40), status=chance.choice(("", "200"))) for n in range(count)]
        front = str(chance.randrange(count))
        strip.set_tabs(tabs, front, can_reopen=False)
        in_sight = partial(lambda name: viewport.rect().contains(bar.rect_of(name).translated(bar.pos())), front)
        qtbot.waitUntil(in_sight)


def test_that_a_path_in_a_tool_tip_is_no_html(strip: RequestTabs, bar: RequestTabBar) -> None:
    strip.set_tabs([tab("a", tip="GET /<img src='file:///x'>\nChanged")], "a", can_reopen=False)
    assert "<img" not in bar.tabToolTip(0)
    assert "&lt;img" in bar.tabToolTip(0)


def test_that_a_tab_says_all_that_it_shows(bar: RequestTabBar, strip: RequestTabs) -> None:
    strip.set_tabs(
        [tab("a", "/items", status="422", changed=True), tab("b", status="failed"), tab("c", sending=True)],
        "a",
        can_reopen=False,
    )
    spoken = [bar.accessibleTabName(number) for number in range(3)]
    assert spoken == [
        "GET /items, not sent as it is now, last answer 422",
        "GET /b, failed",
        "GET /c, under way",
    ]
    interface = QAccessible.queryAccessibleInterface(bar)
    assert interface.childCount() >= 3
    assert interface.child(0).text(QAccessible.Text.Name) == spoken[0]


def test_that_a_tab_under_way_moves_and_comes_to_rest(qtbot: QtBot, strip: RequestTabs, bar: RequestTabBar) -> None:
    at_rest = bar.grab().toImage()
    strip.set_tabs([tab("a"), tab("b"), tab("c", sending=True)], "b", can_reopen=False)
    assert bar.grab().toImage() == at_rest  # a quick one shows nothing
    qtbot.waitUntil(lambda: bar.grab().toImage() != at_rest, timeout=20 * SPINS_AFTER_MS)
    strip.set_tabs([tab("a"), tab("b"), tab("c")], "b", can_reopen=False)
    assert bar.grab().toImage() == at_rest


def test_that_an_answer_does_not_make_the_tabs_jump(strip: RequestTabs, bar: RequestTabBar) -> None:
    before = bar.rect_of("c")
    strip.set_tabs([tab("a", status="200"), tab("b", status="500", changed=True), tab("c")], "b", can_reopen=False)
    assert bar.rect_of("c") == before


def test_that_the_menu_offers_what_makes_sense(qtbot: QtBot, strip: RequestTabs, bar: RequestTabBar) -> None:
    def offered() -> dict[str, bool]:
        strip.set_tabs(bar.tabs, "a", can_reopen=len(bar.tabs) > 1)
        strip._open_menu("a", strip.mapToGlobal(QPoint(5, 5)))
        menu = strip.findChild(QMenu, names.OPEN_REQUESTS_MENU)
        assert isinstance(menu, QMenu)
        entries = {action.text(): action.isEnabled() for action in menu.actions()}
        menu.close()
        qtbot.waitUntil(lambda: strip.findChild(QMenu, names.OPEN_REQUESTS_MENU) is None)
        return entries

    assert all(offered().values())
    strip.set_tabs([tab("a")], "a", can_reopen=False)
    few = offered()
    assert [text for text, enabled in few.items() if not enabled] == ["Reopen the closed one", "Close the others"]


@pytest.mark.parametrize("zoom", [80, 150, 200])
def test_that_the_strip_follows_the_zoom(qtbot: QtBot, themes: Themes, strip: RequestTabs, zoom: int) -> None:
    before = strip.bar.rect_of("a").width()
    try:
        themes.set_zoom(zoom)
        assert strip.height() == themes.theme.px(30)
        qtbot.waitUntil(lambda: (strip.bar.rect_of("a").width() > before) == (zoom > 100))
    finally:
        themes.set_zoom(100)
