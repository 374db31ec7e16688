"""Theme, zoom, metrics, icons and fonts, in real widgets."""

import gc
import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontInfo, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QApplication, QGridLayout, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from explorer.ui.theme.fonts import load_fonts
from explorer.ui.theme.manager import Mode, Themes
from explorer.ui.theme.qss import build_qss
from explorer.ui.theme.theme import FONT_ROLES, Theme
from explorer.ui.theme.tokens import DARK, LIGHT
from explorer.ui.widgets.badge import Badge, badge_width, method_token, short_method, status_token


def test_that_the_fonts_are_the_ones_that_ship(themes: Themes) -> None:
    assert load_fonts() == ()
    for role, wanted in FONT_ROLES.items():
        shown = QFontInfo(themes.theme.font(role))
        assert shown.family() == ("JetBrains Mono NL" if wanted.code else "Inter")
        assert shown.weight() == wanted.weight


def test_that_code_shows_each_character_by_itself(themes: Themes) -> None:
    metrics = QFontMetrics(themes.theme.font("code"))
    assert metrics.horizontalAdvance("!=") == 2 * metrics.horizontalAdvance("=")


@pytest.mark.parametrize("zoom", [0.8, 1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("name", ["dark", "light"])
def test_that_the_style_sheet_is_complete_at_every_zoom(name: str, zoom: float) -> None:
    text = build_qss(Theme("dark" if name == "dark" else "light", zoom))
    assert "{{" not in text
    assert text.count("{") == text.count("}")
    palette = DARK if name == "dark" else LIGHT
    assert palette.bg3 in text
    assert re.search(r"\d+\.\d+px", text) is None


def test_that_the_smallest_line_never_vanishes() -> None:
    assert Theme("dark", 0.8).px(0.5) == 1
    assert Theme("dark", 1.5).px(13) == 20
    assert Theme("dark", 1.5).px(-4) == -6
    assert Theme("dark", 1.5).px(0) == 0


def test_that_a_widget_hears_of_a_change_after_everything_was_applied(changing: Themes, qtbot: QtBot) -> None:
    seen: list[tuple[str, int, str]] = []
    changing.changed.connect(
        lambda: seen.append(
            (changing.theme.name, QApplication.font().pixelSize(), QApplication.palette().window().color().name())
        )
    )
    changing.set_mode("light")
    changing.set_zoom(200)
    changing.set_zoom(200)
    assert seen == [("light", 13, LIGHT.bg1.lower()), ("light", 26, LIGHT.bg1.lower())]


def test_that_widgets_are_dressed_anew_however_often_the_colours_change(changing: Themes, qtbot: QtBot) -> None:
    button = QPushButton()
    button.setProperty("variant", "primary")
    qtbot.addWidget(button)
    with qtbot.waitExposed(button):
        button.show()
    seen = []
    modes: tuple[Mode, ...] = ("light", "dark")
    for mode in modes * 3:
        changing.set_mode(mode)
        button.style().unpolish(button)
        button.style().polish(button)
        seen.append(button.grab().toImage().pixelColor(button.rect().center()).name())
    assert seen == seen[:2] * 3
    assert seen[0] != seen[1]


@pytest.mark.parametrize(("asked", "given"), [(10, 80), (80, 80), (155, 155), (200, 200), (900, 200)])
def test_that_the_zoom_stays_between_80_and_200_percent(changing: Themes, asked: int, given: int) -> None:
    changing.set_zoom(asked)
    assert changing.zoom == given
    assert changing.theme.zoom == given / 100


@pytest.mark.parametrize("mode", ["dark", "light"])
def test_that_the_chosen_colours_win_over_the_desktop(changing: Themes, mode: Mode) -> None:
    changing.set_mode(mode)
    assert changing.theme.name == mode
    changing.set_mode("system")
    scheme = QGuiApplication.styleHints().colorScheme()
    assert changing.theme.name == ("light" if scheme.name == "Light" else "dark")


def test_that_sizes_follow_the_zoom_and_later_ones_win(changing: Themes, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    grid = QGridLayout()
    layout = QVBoxLayout(widget)
    layout.addLayout(grid)
    changing.metrics.set(layout, margins=(4, 8, 12, 16), spacing=10)
    changing.metrics.set(grid, spacing=6)
    changing.metrics.set(widget, height=40, min_width=100)
    changing.metrics.set(widget, height=44)
    del grid, layout
    gc.collect()  # what Qt keeps must keep its sizes, though Python names it no longer
    changing.set_zoom(150)
    outer = widget.layout()
    assert outer is not None
    margins = outer.contentsMargins()
    assert (margins.left(), margins.top(), margins.right(), margins.bottom()) == (6, 12, 18, 24)
    item = outer.itemAt(0)
    assert item is not None
    inner = item.layout()
    assert isinstance(inner, QGridLayout)
    assert inner.horizontalSpacing() == inner.verticalSpacing() == 9
    assert widget.height() == 66
    assert widget.minimumWidth() == 150


def test_that_a_widget_that_is_gone_is_forgotten(changing: Themes, qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    child = QPushButton(parent)
    changing.metrics.set(child, height=40)
    changing.bind_icon(child, "copy")
    with qtbot.waitSignal(child.destroyed):
        child.deleteLater()
    changing.set_zoom(150)
    changing.set_mode("light")


def test_that_a_buttons_icon_follows_colours_and_zoom(changing: Themes, qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    changing.bind_icon(button, "send", "acc", 16)
    dark = button.icon().pixmap(QSize(16, 16), 1.0).toImage()
    changing.set_mode("light")
    light = button.icon().pixmap(QSize(16, 16), 1.0).toImage()
    assert dark != light
    changing.set_zoom(150)
    assert button.iconSize() == QSize(24, 24)
    assert button.icon().availableSizes()[0] == QSize(24, 24)


@pytest.mark.parametrize("zoom", [100, 200])
def test_that_an_icon_keeps_its_distance_from_a_text_and_stands_in_the_middle_without(
    changing: Themes, qtbot: QtBot, zoom: int
) -> None:
    button = QPushButton("Copy")
    qtbot.addWidget(button)
    changing.set_zoom(zoom)
    changing.bind_icon(button, "copy", "t2", 13)
    side = changing.theme.px(13)
    wide = QSize(side + changing.theme.px(6) - 4, side)  # four pixels are Qt's, at any zoom
    assert button.iconSize() == wide
    drawn = button.icon().pixmap(wide, 1.0).toImage()
    inked = [x for x in range(drawn.width()) for y in range(drawn.height()) if drawn.pixelColor(x, y).alpha()]
    assert 0 <= min(inked) <= max(inked) < side

    button.setText("")
    changing.fit_icon(button)
    assert button.iconSize() == QSize(side, side)


def test_that_an_icon_is_drawn_once_and_sharp_on_fine_screens(themes: Themes) -> None:
    once = themes.pixmap("copy", "t2", 16, 2.0)
    again = themes.pixmap("copy", "t2", 16, 2.0)
    assert once.cacheKey() == again.cacheKey()
    assert once.size() == QSize(32, 32)
    assert once.deviceIndependentSize().toSize() == QSize(16, 16)


def test_that_a_badge_has_room_for_its_word_at_every_zoom(changing: Themes, qtbot: QtBot) -> None:
    badge = Badge(changing, "PATCH", "patch")
    qtbot.addWidget(badge)
    for zoom in (80, 100, 150, 200):
        changing.set_zoom(zoom)
        assert badge.sizeHint().width() == badge_width("PATCH", changing.theme)
        text = QFontMetrics(changing.theme.font("badge")).horizontalAdvance("PATCH")
        assert badge.sizeHint().width() >= text + changing.theme.px(8)
    badge.set_badge("GET", "get")
    assert badge.accessibleName() == "GET"
    assert badge.sizeHint().width() == badge_width("GET", changing.theme)


def test_that_a_badge_is_filled_with_the_tint_of_its_colour(themes: Themes, qtbot: QtBot) -> None:
    badge = Badge(themes, "GET", "get")
    qtbot.addWidget(badge)
    badge.resize(badge.sizeHint())
    picture = badge.grab().toImage()
    assert picture.pixelColor(2, picture.height() // 2) == themes.theme.tint("get")


@pytest.mark.parametrize(
    ("method", "token", "short"),
    [("get", "get", "GET"), ("DELETE", "delete", "DEL"), ("HEAD", "opt", "HEAD"), ("PROPFIND", "opt", "PROPFIND")],
)
def test_that_each_method_has_its_colour_and_short_word(method: str, token: str, short: str) -> None:
    assert method_token(method) == token
    assert short_method(method) == short


@pytest.mark.parametrize(
    ("status", "token"), [("201", "ok"), ("304", "info"), ("422", "warn"), ("500", "err"), ("", "t2")]
)
def test_that_a_status_is_coloured_by_its_class(status: str, token: str) -> None:
    assert status_token(status) == token
