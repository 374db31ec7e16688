"""The palette: what fits what is typed, and what happens with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from explorer.ui.dialogs.palette import Palette
from explorer.ui.models.fuzzy import fits
from explorer.ui.models.palette_model import PaletteEntry, PaletteModel, PaletteRole
from explorer.ui.theme.manager import Themes
from tests.seen import words_of

Key = Qt.Key


class Desk:
    """A window with a field, and a palette over it.

    Attributes:
        done: the titles of what was run.
    """

    def __init__(self, qtbot: QtBot, themes: Themes) -> None:
        self.qtbot = qtbot
        self.done: list[str] = []
        self.field = QLineEdit()
        qtbot.addWidget(self.field)
        self.field.resize(900, 600)
        with qtbot.waitExposed(self.field):
            self.field.show()
        self.field.activateWindow()
        self.field.setFocus()
        qtbot.waitUntil(self.field.hasFocus)
        self.palette = Palette(themes, self.field)

    def entry(self, title: str, **more: str) -> PaletteEntry:
        return PaletteEntry(
            title=title, kind=more.pop("kind", "Command"), run=lambda: self.done.append(title), icon="bolt", **more
        )

    def press(self, key: Qt.Key) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        self.qtbot.keyClick(focus, key)

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.palette.line, text)

    @property
    def shown(self) -> list[str]:
        return [entry.name for entry in self.palette.model.shown]


@pytest.fixture
def desk(qtbot: QtBot, themes: Themes) -> Iterator[Desk]:
    desk = Desk(qtbot, themes)
    yield desk
    desk.palette.close()


@pytest.mark.parametrize(
    ("wanted", "best", "worse"),
    [
        ("items", "GET /items", "GET /items/{item_id}"),
        ("items", "GET /items", "List theitems"),
        ("gti", "GET /items", "GET /parameters/{place}"),
        ("it get", "GET /items", "List its budget"),
        ("side", "Show or hide the sidebar", "Send, or read in detail"),
    ],
)
def test_that_what_fits_better_comes_first(wanted: str, best: str, worse: str) -> None:
    good, less = fits(wanted, best), fits(wanted, worse)
    assert good is not None
    assert less is None or good[0] > less[0]


def test_that_every_word_must_fit_and_scattered_letters_must_begin_a_word() -> None:
    assert fits("items nothing", "GET /items") is None
    assert fits("tms", "GET /items") is None
    assert fits("İß", "Straße") is None
    assert fits("list", "GET /items", "List items") is not None
    assert fits("ls", "GET /items", "List items") is None


def test_that_other_words_for_it_count_more_than_scattered_letters() -> None:
    meant = fits("theme", "Change between dark and light colours", "theme mode")
    scattered = fits("theme", "Open the menu")
    assert meant is not None
    assert meant[1] == (), "the words beside the title are not on show"
    assert scattered is not None
    assert meant[0] > scattered[0]


def test_that_the_letters_that_fit_are_marked_in_the_title_only(qtbot: QtBot) -> None:
    model = PaletteModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.add_entries([PaletteEntry(title="/items", kind="", run=list, method="GET")])
    model.set_wanted("get it")
    assert model.index(0, 0).data(PaletteRole.MET) == (1, 2)


def test_that_enter_runs_the_best_after_the_keyboard_is_back(desk: Desk) -> None:
    focus: list[object] = []
    opened = PaletteEntry(title="Look", kind="", run=lambda: focus.append(QApplication.focusWidget()))
    desk.palette.open_over(desk.field, [desk.entry("Run something"), opened])
    desk.qtbot.waitUntil(desk.palette.line.hasFocus)
    desk.type("lo")
    desk.press(Key.Key_Return)
    assert focus == [desk.field]
    assert not desk.palette.isVisible()


def test_that_the_arrows_choose_while_one_types_and_escape_gives_the_keyboard_back(desk: Desk) -> None:
    desk.palette.open_over(desk.field, [desk.entry("One"), desk.entry("Two"), desk.entry("Three")])
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Up)
    desk.press(Key.Key_Return)
    assert desk.done == ["Two"]
    desk.palette.open_over(desk.field, [desk.entry("One")])
    assert desk.palette.line.text() == ""
    desk.press(Key.Key_Escape)
    assert not desk.palette.isVisible()
    assert desk.field.hasFocus()
    assert desk.done == ["Two"]


def test_that_what_cannot_be_done_comes_last_says_why_and_does_nothing(desk: Desk) -> None:
    desk.palette.open_over(desk.field, [desk.entry("Send", why_not="The server is stopped."), desk.entry("Send again")])
    desk.type("send")
    assert desk.shown == ["Send again", "Send"]
    desk.press(Key.Key_Down)
    desk.press(Key.Key_Return)
    assert desk.done == []
    assert desk.palette.isVisible()
    access = QAccessible.queryAccessibleInterface(desk.palette.list)
    assert access.child(1).text(QAccessible.Text.Name) == "Send, Command, The server is stopped."


def test_that_what_comes_later_is_offered_and_what_was_chosen_stays_chosen(desk: Desk) -> None:
    desk.palette.open_over(desk.field, [desk.entry("User list"), desk.entry("Users of it")])
    desk.type("user")
    desk.palette.offer([desk.entry("user", kind="Table")])
    assert desk.shown[0] == "user"
    desk.press(Key.Key_Down)
    desk.palette.offer([desk.entry("user", kind="Other table")])
    desk.press(Key.Key_Return)
    assert desk.done == ["User list"]


def test_that_nothing_found_is_said(desk: Desk) -> None:
    desk.palette.open_over(desk.field, [desk.entry("One")])
    desk.type("zebra")
    assert desk.palette.message.text() == "Nothing here is called “zebra”."
    assert not desk.palette.list.isVisible()
    desk.press(Key.Key_Return)
    assert desk.palette.isVisible()


def test_that_a_token_in_a_url_is_not_shown_while_somebody_presents(desk: Desk, changing: Themes) -> None:
    desk.palette.open_over(desk.field, [desk.entry("/items?api_key=sesame-42", method="GET")])
    assert "sesame-42" in words_of(desk.palette)
    changing.set_presenting(True)
    assert "/items" in words_of(desk.palette)
    assert "sesame-42" not in words_of(desk.palette)
    changing.set_presenting(False)
