"""Each pair of text and ground that the style sheets and the painted parts put together can be read."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import pytest

import explorer.ui
from explorer.storage.resources import resource
from explorer.ui.theme.tokens import CONTRAST_PALETTES, PALETTES, TINT_BORDER_SHARE, TINT_SHARE, ThemeName, mix

from .test_tokens import LOOKS, NO_TEXT, SURFACES, THEMES, contrast

LEAST = 4.5
LEAST_BORDER = 3.0
GROUNDS = ("bg0", "bg1", "bg2", "inp")  # on which controls stand; the others are fills of rows and of pressed buttons
RULE = re.compile(r"([^{}]+)\{((?:[^{}]|\{\{[^{}]*\}\})*)\}(?!\})")
SETTING = re.compile(r"(?:^|[;\s])(color|background|selection-color|selection-background-color):\s*(.+?)\s*(?:;|$)")
CONTROL = re.compile(r"Q(PushButton|ToolButton|LineEdit|PlainTextEdit|TextEdit|AbstractSpinBox|ComboBox|CheckBox)\b")
BORDER = re.compile(r"(?:border|border-color):\s*(?:1px solid )?(\{\{[^}]*\}\}|transparent)\s*(?:;|$)")
TOKEN = re.compile(r"\{\{\s*(?:(\w+)\()?(\w+)\)?\s*\}\}")
PAINTED = re.compile(r"(?:theme|themes\.theme|_themes\.theme)\.(color|tint|tint_border)\(\"(\w+)\"\)")
STRONG = ("acc", "warn")  # grounds of a selection and of findings, where all text is t1
TINTS = ("err", "warn", "info", "acc", "ok")


def color_of(look: str, setting: str) -> str | None:
    """Return the colour that a setting in a template stands for; None for none."""
    match = TOKEN.search(setting)
    if match is None:
        assert setting == "transparent", f"{setting} is no colour of the theme"
        return None
    function, token = match.groups()
    theme, colours = LOOKS[look]
    palette: dict[str, str] = asdict(PALETTES["light"] if function == "paper" else colours)
    if function == "edge":
        return palette[token]  # as it is in high contrast, where it is looked at
    shares = {"tint": TINT_SHARE, "tint_border": TINT_BORDER_SHARE}
    return mix(palette[token], palette["bg1"], shares[function][theme]) if function in shares else palette[token]


def borders() -> list[tuple[str, str]]:
    """Return what each rule says of the border of a control that can be used."""
    return [
        (who, match[1])
        for who, what in blocks()
        if CONTROL.match(who) and not re.search(r":disabled|off=|::", who)
        for match in [BORDER.search(what)]
        if match is not None
    ]


def rules() -> list[tuple[str, dict[str, str]]]:
    found = [(who, dict(SETTING.findall(what))) for who, what in blocks()]
    assert len(found) > 100
    return found


def blocks() -> list[tuple[str, str]]:
    """Return the rules of all style sheets: of what, and what they say."""
    text = "\n".join(path.read_text("utf-8") for path in sorted(resource("qss").glob("*.qss")))
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return [(" ".join(who.split()), what) for who, what in RULE.findall(text)]


@pytest.mark.parametrize("look", LOOKS)
def test_that_each_rule_of_the_style_sheets_gives_text_that_can_be_read(look: str) -> None:
    palette = asdict(LOOKS[look][1])
    seen = 0
    for who, what in rules():
        for text, ground in (("color", "background"), ("selection-color", "selection-background-color")):
            if text not in what:
                continue
            color = color_of(look, what[text])
            assert color is not None
            own = color_of(look, what[ground]) if ground in what else None
            for under in [own] if own else [palette[surface] for surface in SURFACES]:
                assert contrast(color, under) >= LEAST, f"{who}: {what[text]} on {what.get(ground, 'any surface')}"
                seen += 1
    assert seen > 100


@pytest.mark.parametrize("look", LOOKS)
def test_that_all_text_can_be_read_on_the_tint_of_any_state(look: str) -> None:
    theme, colours = LOOKS[look]
    palette = asdict(colours)
    for state in TINTS:
        ground = mix(palette[state], palette["bg1"], TINT_SHARE[theme])
        for token in palette.keys() - NO_TEXT:
            assert contrast(palette[token], ground) >= LEAST, f"{token} on the tint of {state}"


@pytest.mark.parametrize("theme", THEMES)
def test_that_what_is_selected_or_found_can_be_read(theme: ThemeName) -> None:
    palette = asdict(PALETTES[theme])
    for token in STRONG:
        ground = mix(palette[token], palette["bg1"], TINT_BORDER_SHARE[theme])
        assert contrast(palette["t1"], ground) >= LEAST, token


@pytest.mark.parametrize("theme", THEMES)
def test_that_high_contrast_lets_every_border_of_a_control_be_seen(theme: ThemeName) -> None:
    look = f"{theme}, high contrast"
    palette = asdict(CONTRAST_PALETTES[theme])
    seen = 0
    for who, what in borders():
        border = color_of(look, what)
        if border is None:
            continue  # a button that is only words or an icon, which can be read
        for ground in GROUNDS:
            assert contrast(border, palette[ground]) >= LEAST_BORDER, f"{who}: {what} on {ground}"
            seen += 1
    assert seen > 60
    for token in ("bd2", "bdq", "acc", "dis"):  # what painted controls use
        assert min(contrast(palette[token], palette[ground]) for ground in GROUNDS) >= LEAST_BORDER, token


def test_that_painted_parts_take_their_grounds_from_those_that_were_checked() -> None:
    folder = Path(explorer.ui.__file__).parent
    used: dict[tuple[str, str], list[str]] = {}
    for path in (*folder.glob("delegates/*.py"), *folder.glob("widgets/**/*.py"), *folder.glob("panels/**/*.py")):
        for how, token in PAINTED.findall(path.read_text("utf-8")):
            used.setdefault((how, token), []).append(path.name)
    assert len(used) > 10
    palette = asdict(PALETTES["dark"])
    assert [where for (_, token), where in used.items() if token not in palette] == []
    assert [where for (how, token), where in used.items() if how == "tint" and token not in TINTS] == []
