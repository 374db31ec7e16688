"""Tabs with the keyboard: the frame keeps off the letters."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.counted_tabs import CountedTabs, Tab

LEAST = 3  # pixels between letters and frame
UNDERLINE = 4  # pixels at the bottom


def differing(one: QImage, other: QImage) -> QRect:
    """Return what lies around all pixels, above the line below the tabs, in which two pictures differ."""
    places = [
        (x, y)
        for y in range(one.height() - UNDERLINE)
        for x in range(one.width())
        if one.pixel(x, y) != other.pixel(x, y)
    ]
    across, down = [x for x, _ in places], [y for _, y in places]
    return QRect(min(across), min(down), max(across) - min(across) + 1, max(down) - min(down) + 1)


@pytest.mark.parametrize("zoom", [100, 200])
def test_that_the_frame_around_the_first_tab_keeps_off_its_letters(changing: Themes, qtbot: QtBot, zoom: int) -> None:
    changing.set_zoom(zoom)
    window = QWidget()
    qtbot.addWidget(window)
    tabs, other = CountedTabs(changing), QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(tabs)
    column.addWidget(other)
    tabs.set_tabs([Tab("data", "Data")])
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    plain = tabs.grab().toImage()
    empty = plain.copy()
    empty.fill(plain.pixelColor(plain.width() - 1, 0))
    letters = differing(plain, empty)
    tabs.setFocus()
    qtbot.waitUntil(tabs.hasFocus)
    frame = differing(tabs.grab().toImage(), plain)
    assert frame.left() <= letters.left() - LEAST
    assert frame.right() >= letters.right() + LEAST
    assert frame.contains(letters)
