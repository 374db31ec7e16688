"""The style sheet: templates in which colours and sizes are filled in."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from explorer.storage.resources import needed
from explorer.ui.theme.tokens import PALETTES

if TYPE_CHECKING:
    from explorer.ui.theme.theme import Theme

_ADDED_BY_QT = 3  # pixels before and behind the text of a cell, at every zoom
_PLACE = re.compile(r"\{\{\s*(\w+)(?:\(([^)]*)\))?\s*\}\}")


def build_qss(theme: Theme) -> str:
    """Return the whole style sheet for a theme.

    Raises:
        ValueError: a template names a colour or a function that does not exist.

    """

    def fill(match: re.Match[str]) -> str:
        word, argument = match.group(1), match.group(2)
        try:
            return _value(theme, word, argument)
        except (AttributeError, LookupError, ValueError) as error:
            raise ValueError(f"The style sheet asks for {match.group(0)}, which does not exist.") from error

    return _PLACE.sub(fill, _templates())


def _value(theme: Theme, word: str, argument: str | None) -> str:
    if argument is None:
        return theme.name if word == "theme" else theme.hex(word)
    if word == "px":
        return f"{theme.px(float(argument))}px"
    if word == "cell":  # the space before the text of a cell, of which Qt adds some by itself
        return f"{theme.px(float(argument)) - _ADDED_BY_QT}px"
    if word == "font":
        return _font(theme, argument)
    if word == "paper":  # the light colours, in either theme
        color: str = getattr(PALETTES["light"], argument)
        return color
    return {"tint": theme.tint_hex, "tint_border": theme.tint_border_hex, "edge": theme.edge_hex}[word](argument)


def _font(theme: Theme, role: str) -> str:
    font = theme.font(role)
    return f'font-family: "{font.family()}"; font-size: {font.pixelSize()}px; font-weight: {font.weight().value}'


@cache
def _templates() -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted(needed("qss").glob("*.qss")))
