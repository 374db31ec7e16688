"""One look of the program: a palette, and sizes at one zoom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtGui import QColor, QFont

from explorer.ui.theme.tokens import (
    CONTRAST_PALETTES,
    PALETTES,
    TINT_BORDER_SHARE,
    TINT_SHARE,
    Palette,
    ThemeName,
    mix,
)

TEXT_FAMILY = "Inter"
CODE_FAMILY = "JetBrains Mono NL"


@dataclass(frozen=True, slots=True)
class FontRole:
    """How one kind of text is set: size in design pixels, weight 400 to 600, whether it is code, and how wide.

    `spacing` is the advance of each letter in percent of its usual one; capitals read better with a little more.
    """

    size: int
    weight: int
    code: bool = False
    spacing: int = 100


FONT_ROLES: dict[str, FontRole] = {
    "heading": FontRole(20, 600),
    "title": FontRole(14, 600),
    "brand": FontRole(13, 600),
    "base": FontRole(13, 400),
    "control": FontRole(12, 500),
    "control_bold": FontRole(12, 600),
    "text": FontRole(12, 400),
    "caption": FontRole(11, 400),
    "caption_bold": FontRole(11, 600),
    "section": FontRole(11, 600),
    "tick": FontRole(10, 400),
    "label": FontRole(10, 600, spacing=105),
    "badge": FontRole(10, 600, code=True),
    "code": FontRole(12, 400, code=True),
    "code_bold": FontRole(12, 600, code=True),
    "code_caption": FontRole(11, 400, code=True),
}


@dataclass(frozen=True, slots=True)
class Theme:
    """What painted widgets and the style sheet read.

    Attributes:
        name: ``dark`` or ``light``.
        zoom: 1.0 is 100 %.
        contrast: whether control borders and faint text are stronger than usual, for weak eyes.
        presenting: whether others look on: secrets are masked, and what they need not see is left out.

    """

    name: ThemeName
    zoom: float = 1.0
    contrast: bool = False
    presenting: bool = False
    _colors: dict[str, QColor] = field(default_factory=dict, init=False, repr=False, compare=False)
    _fonts: dict[str, QFont] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def palette(self) -> Palette:
        """The colours as strings."""
        return (CONTRAST_PALETTES if self.contrast else PALETTES)[self.name]

    def hex(self, token: str) -> str:
        """Return a colour as ``#RRGGBB``.

        Raises:
            AttributeError: there is no such token.

        """
        value: str = getattr(self.palette, token)
        return value

    def tint_hex(self, token: str) -> str:
        """Return the quiet fill behind text of this colour, as ``#RRGGBB``."""
        return mix(self.hex(token), self.palette.bg1, TINT_SHARE[self.name])

    def tint_border_hex(self, token: str) -> str:
        """Return the border of a shape filled with the tint, as ``#RRGGBB``."""
        return mix(self.hex(token), self.palette.bg1, TINT_BORDER_SHARE[self.name])

    def edge_hex(self, token: str) -> str:
        """Return the border of a control in this colour, as ``#RRGGBB``; in high contrast, the colour itself."""
        return self.hex(token) if self.contrast else self.tint_border_hex(token)

    def color(self, token: str) -> QColor:
        """Return the colour of a token, such as ``t1`` or ``s_sql``."""
        return self._cached(token, self.hex)

    def tint(self, token: str) -> QColor:
        """Return the quiet fill behind text of this colour."""
        return self._cached("tint:" + token, lambda _: self.tint_hex(token))

    def tint_border(self, token: str) -> QColor:
        """Return the border of a shape filled with the tint."""
        return self._cached("border:" + token, lambda _: self.tint_border_hex(token))

    def px(self, n: float) -> int:
        """Return `n` design pixels at this zoom. What is more than nothing stays at least one pixel."""
        scaled = int(abs(n) * self.zoom + 0.5)
        size = max(1, scaled) if n else 0
        return size if n >= 0 else -size

    def font(self, role: str) -> QFont:
        """Return the font of a role, such as ``base`` or ``code``. Treat it as read-only: it is shared.

        Raises:
            KeyError: there is no such role.

        """
        font = self._fonts.get(role)
        if font is None:
            font = self._fonts[role] = _make_font(FONT_ROLES[role], self.px(FONT_ROLES[role].size))
        return font

    def _cached(self, key: str, make: Callable[[str], str]) -> QColor:
        color = self._colors.get(key)
        if color is None:
            color = self._colors[key] = QColor(make(key))
        return color


def _make_font(role: FontRole, pixels: int) -> QFont:
    font = QFont([CODE_FAMILY if role.code else TEXT_FAMILY])
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(role.weight))
    if role.spacing != 100:
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, role.spacing)
    if role.code:
        font.setStyleHint(QFont.StyleHint.Monospace)
    return font
