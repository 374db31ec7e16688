"""The fonts of a table's cells, measured once: asking Qt for each cell would take longer than painting it."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetrics

from explorer.ui.theme.manager import Themes

_ROLES = {(True, False): "code", (True, True): "code_bold", (False, False): "text", (False, True): "control_bold"}


class Typeface:
    """One font and its measures."""

    def __init__(self, font: QFont, *, even: bool) -> None:
        """`even` says that all ASCII characters are equally wide."""
        self.font = font
        self.metrics = QFontMetrics(font)
        self._advance = self.metrics.horizontalAdvance("0" * 100) / 100 if even else 0.0

    def width(self, text: str) -> int:
        """Return how many pixels a text takes."""
        if self._advance and text.isascii():
            return round(len(text) * self._advance + 0.5)
        return self.metrics.horizontalAdvance(text)

    def baseline(self, height: int) -> int:
        """Return how far below a row's top its text stands."""
        return (height - self.metrics.height()) // 2 + self.metrics.ascent()


class Typefaces:
    """The fonts that a table's cells are set in, for as long as the theme holds."""

    def __init__(self, themes: Themes) -> None:
        self._themes = themes
        self._known: dict[tuple[bool, bool, bool, bool, bool], Typeface] = {}
        themes.changed.connect(self._known.clear)

    def get(self, *, code: bool, bold: bool, italic: bool, struck: bool, underline: bool) -> Typeface:
        """Return a font."""
        key = (code, bold, italic, struck, underline)
        face = self._known.get(key)
        if face is None:
            font = QFont(self._themes.theme.font(_ROLES[code, bold]))
            font.setItalic(italic)
            font.setStrikeOut(struck)
            font.setUnderline(underline)
            face = self._known[key] = Typeface(font, even=code)
        return face
