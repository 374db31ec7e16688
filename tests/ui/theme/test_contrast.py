"""Each pair of text and ground that the style sheets and the painted parts put together can be read."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import pytest

import explorer.ui
from explorer.storage.resources import resource
from explorer.ui.theme.tokens import PALETTES, TINT_BORDER_SHARE, TINT_SHARE, ThemeName, mix

from .test_tokens import NO_TEXT, SURFACES, THEMES, contrast

LEAST = 4.5
RULE = re.compile(r"([^{}]+)\{((?:[^{}]|\{\{[^{}]*\}\})*)\}(?!\})")
SETTING = re.compile(r"(?:^|[;\s])(color|background|selection-color|selection-background-color):\s*(.+?)\s*(?:;|$)")
TOKEN = re.compile(r"\{\{\s*(?:(\w+)\()?(\w+)\)?\s*\}\}")
PAINTED = re.compile(r"(?:theme|themes\.theme|_themes\.theme)\.(color|tint|tint_border)\(\"(\w+)\"\)")
STRONG = ("acc", "warn")  # grounds of a selection and of findings, where all text is t1
TINTS = ("err", "warn", "info", "acc", "ok")


def color_of(theme: ThemeName, setting: str) -> str | None:
    """Return the colour that a setting in a template stands for; None for none."""
    match = TOKEN.search(setting)
    if match is None:
        assert setting == "transparent", f"{setting} is no colour of the theme"
        return None
    function, token = match.groups()
    palette = asdict(PALETTES["light" if function == "paper" else theme])
    shares = {"tint": TINT_SHARE, "tint_border": TINT_BORDER_SHARE}
    return mix(palette[token], palette["bg1"], shares[function][theme]) if function in shares else palette[token]


def rules() -> list[tuple[str, dict[str, str]]]:
    text = "\n".join(path.read_text("utf-8") for path in sorted(resource("qss").glob("*.qss")))
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    found = [(" ".join(who.split()), dict(SETTING.findall(what))) for who, what in RULE.findall(text)]
    assert len(found) > 100
    return found


@pytest.mark.parametrize("theme", THEMES)
def test_that_each_rule_of_the_style_sheets_gives_text_that_can_be_read(theme: ThemeName) -> None:
    palette = asdict(PALETTES[theme])
    seen = 0
    for who, what in rules():
        for text, ground in (("color", "background"), ("selection-color", "selection-background-color")):
            if text not in what:
                continue
            color = color_of(theme, what[text])
            assert color is not None
            own = color_of(theme, what[ground]) if ground in what else None
            for under in [own] if own else [palette[surface] for surface in SURFACES]:
                assert contrast(color, under) >= LEAST, f"{who}: {what[text]} on {what.get(ground, 'any surface')}"
                seen += 1
    assert seen > 100


@pytest.mark.parametrize("theme", THEMES)
def test_that_all_text_can_be_read_on_the_tint_of_any_state(theme: ThemeName) -> None:
    palette = asdict(PALETTES[theme])
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
