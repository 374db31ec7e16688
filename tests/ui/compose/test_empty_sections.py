"""Sections without rows share lines, so that the body has the room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from explorer.client.draft import RequestDraft
from explorer.client.rows import rows_of
from explorer.openapi.operations import Location
from explorer.ui import names
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.parameter_table import ParameterTable

QUERY, HEADER, COOKIE = Location.QUERY, Location.HEADER, Location.COOKIE


class Desk:
    """A table, and the draft that it changes."""

    def __init__(self, table: ParameterTable) -> None:
        self.table = table
        self.draft = RequestDraft(method="GET", path="/items")
        table.edited.connect(self._edit)
        self._edit(lambda draft: draft)

    def _edit(self, edit: object) -> None:
        assert callable(edit)
        self.draft = edit(self.draft)
        self.table.set_rows(rows_of(self.draft, None, self.table.typed_name), {})

    def top(self, location: Location) -> int:
        return self.table.sections[location].y()

    def press(self, qtbot: QtBot, pattern: str, location: Location) -> None:
        button = self.table.findChild(QAbstractButton, pattern.format(location=location))
        assert isinstance(button, QAbstractButton)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def desk(qtbot: QtBot, themes: Themes) -> Desk:
    table = ParameterTable(themes)
    qtbot.addWidget(table)
    table.resize(680, 10)
    with qtbot.waitExposed(table):
        table.show()
    return Desk(table)


def test_that_sections_without_rows_stand_side_by_side(desk: Desk) -> None:
    assert desk.top(QUERY) == desk.top(HEADER) == desk.top(COOKIE)
    assert desk.table.height() < 40


def test_that_they_take_more_lines_where_there_is_less_room(desk: Desk) -> None:
    desk.table.resize(420, desk.table.height())
    assert desk.top(QUERY) == desk.top(HEADER) < desk.top(COOKIE)
    assert 40 < desk.table.height() < 80


def test_that_a_section_with_rows_has_lines_of_its_own_above_them(qtbot: QtBot, desk: Desk) -> None:
    desk.press(qtbot, names.PARAMETERS_ADD, HEADER)
    qtbot.waitUntil(lambda: desk.top(HEADER) < desk.top(QUERY) == desk.top(COOKIE))
    chain = desk.table.focus_chain()
    assert chain[0].objectName() == names.PARAMETERS_ADD.format(location=HEADER)
    desk.press(qtbot, names.PARAMETER_REMOVE.replace("{name}", "+0"), HEADER)
    qtbot.waitUntil(lambda: desk.top(HEADER) == desk.top(QUERY))


def test_that_a_section_that_is_edited_as_text_has_lines_of_its_own(qtbot: QtBot, desk: Desk) -> None:
    desk.press(qtbot, names.PARAMETERS_BULK, COOKIE)
    qtbot.waitUntil(lambda: desk.top(COOKIE) < desk.top(QUERY))
    desk.press(qtbot, names.PARAMETERS_BULK, COOKIE)
    qtbot.waitUntil(lambda: desk.top(COOKIE) == desk.top(QUERY))


def test_that_the_cookies_of_the_jar_are_told_beside_the_heading(qtbot: QtBot, desk: Desk) -> None:
    desk.table.jar.set_jar((("theme", "dark"),), used=True)
    section = desk.table.sections[COOKIE]
    qtbot.waitUntil(lambda: desk.table.jar.isVisible() and desk.table.jar.geometry().left() > 150)
    assert section.height() < 40
    assert desk.table.height() < 80
