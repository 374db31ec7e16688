"""A word in a small box: a type, a model, a tag."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.theme.theme import Theme
from explorer.ui.tool_tip import as_written

CHIP_HEIGHT = 20
_PADDING = 7
_RADIUS = 4
_TEXT_SIZE = 11


def chip_font(theme: Theme, *, code: bool) -> QFont:
    """Return the font of chips."""
    font = QFont(theme.font("code" if code else "caption"))
    font.setPixelSize(theme.px(_TEXT_SIZE))
    return font


def chip_width(theme: Theme, text: str, *, code: bool = True) -> int:
    """Return how wide a chip wants to be."""
    return QFontMetrics(chip_font(theme, code=code)).horizontalAdvance(text) + 2 * theme.px(_PADDING) + 1


def paint_chip(
    painter: QPainter, theme: Theme, rect: QRect, text: str, *, code: bool = True, outlined: bool = False
) -> None:
    """Paint a chip that fills `rect`; the text ends in dots when it has too little room."""
    painter.setPen(theme.color("bd2") if outlined else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if outlined else theme.color("bg3"))
    radius = theme.px(_RADIUS)
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    font = chip_font(theme, code=code)
    inner = rect.adjusted(theme.px(_PADDING), 0, -theme.px(_PADDING), 0)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, inner.width() + 1)
    painter.setFont(font)
    painter.setPen(theme.color("t1" if outlined else "t2"))
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def paint_tinted_chip(
    painter: QPainter, theme: Theme, rect: QRect, text: str, token: str, *, outlined: bool = False
) -> None:
    """Paint a chip in the tint of a token; outlined where the tint would not show."""
    painter.setPen(theme.tint_border(token) if outlined else Qt.PenStyle.NoPen)
    painter.setBrush(theme.tint(token))
    radius = theme.px(_RADIUS)
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.setFont(chip_font(theme, code=False))
    painter.setPen(theme.color(token))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


class Chip(QWidget):
    """Shows a word in a box; elides it, with the whole in the tool tip, when there is too little room."""

    accessible_role = QAccessible.Role.StaticText

    def __init__(
        self,
        themes: Themes,
        text: str = "",
        *,
        code: bool = True,
        outlined: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._text = text
        self._tip = ""
        self._code = code
        self._outlined = outlined
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        themes.changed.connect(self._on_themes_changed)

    @property
    def text(self) -> str:
        """The whole word."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another word; an empty one hides the chip."""
        if text == self._text and self.isHidden() is not bool(text):
            return
        self._text = text
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self._on_themes_changed()

    def set_tip(self, tip: str) -> None:
        """Say this in the tool tip, after the whole word where that is cut."""
        self._tip = tip
        self._show_tip()

    @override
    def sizeHint(self) -> QSize:
        theme = self._themes.theme
        return QSize(chip_width(theme, self._text, code=self._code), theme.px(CHIP_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        px = self._themes.theme.px
        return QSize(min(self.sizeHint().width(), px(40)), px(CHIP_HEIGHT))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_tip()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_chip(painter, self._themes.theme, self.rect(), self._text, code=self._code, outlined=self._outlined)

    def _show_tip(self) -> None:
        cut = self._text if self.width() < self.sizeHint().width() else ""
        self.setToolTip(as_written("\n".join(part for part in (cut, self._tip) if part)))

    def _on_themes_changed(self) -> None:
        self.updateGeometry()
        self.update()
