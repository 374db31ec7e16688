"""The colours, as a person with average and with weak sight needs them."""

from dataclasses import asdict

import pytest

from explorer.storage.resources import resource
from explorer.ui.theme.icons import icon_paths, icon_svg
from explorer.ui.theme.tokens import CONTRAST_PALETTES, PALETTES, TINT_SHARE, Palette, ThemeName, mix

THEMES: tuple[ThemeName, ...] = ("dark", "light")
LOOKS: dict[str, tuple[ThemeName, Palette]] = {
    **{name: (name, PALETTES[name]) for name in THEMES},
    **{f"{name}, high contrast": (name, CONTRAST_PALETTES[name]) for name in THEMES},
}
SURFACES = ("bg0", "bg1", "bg2", "bg3", "inp", "sel")
NO_TEXT = {*SURFACES, "bd", "bd2", "bdq", "dis", "accbg", "accink"}
QSS_ICONS = {
    "down": ("cd", "t2"),
    "up": ("cu", "t2"),
    "left": ("cl", "t2"),
    "right": ("cr", "t2"),
    "check": ("check", "accink"),
}


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("look", LOOKS)
def test_that_all_text_can_be_read_on_every_surface_and_on_its_own_tint(look: str) -> None:
    theme, colours = LOOKS[look]
    palette = asdict(colours)
    for token in palette.keys() - NO_TEXT:
        grounds = {surface: palette[surface] for surface in SURFACES}
        grounds["tint"] = mix(palette[token], palette["bg1"], TINT_SHARE[theme])
        for ground, colour in grounds.items():
            assert contrast(palette[token], colour) >= 4.5, f"{token} on {ground}"


@pytest.mark.parametrize("theme", THEMES)
def test_that_the_primary_button_can_be_read(theme: ThemeName) -> None:
    assert contrast(PALETTES[theme].accink, PALETTES[theme].accbg) >= 4.5


def test_that_mixing_goes_from_the_ground_to_the_colour() -> None:
    assert mix("#FFFFFF", "#000000", 0) == "#000000"
    assert mix("#FFFFFF", "#000000", 1) == "#FFFFFF"
    assert mix("#4FD08A", "#13161A", 0.15) == "#1C322B"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("file", QSS_ICONS)
def test_that_the_style_sheets_icons_wear_the_themes_colours(theme: ThemeName, file: str) -> None:
    name, token = QSS_ICONS[file]
    drawn = resource(f"icons/{theme}/{file}.svg").read_text("utf-8")
    assert drawn == icon_svg(name, getattr(PALETTES[theme], token))


def test_that_icons_take_their_colour_from_the_theme_alone() -> None:
    for name, body in icon_paths().items():
        assert "#" not in body, name
        assert icon_svg(name, "#123456").count("currentColor") == 0
