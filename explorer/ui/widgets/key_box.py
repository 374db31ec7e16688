"""Keys as they are printed on a keyboard: in a small box."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from explorer.ui.theme.theme import Theme

KEY_HEIGHT = 18
_PADDING = 5
_RADIUS = 4


def key_box_width(keys: str, theme: Theme) -> int:
    """Return how many pixels the box takes."""
    words = QFontMetrics(theme.font("code_caption")).horizontalAdvance(keys)
    return max(words + 2 * theme.px(_PADDING), theme.px(KEY_HEIGHT))


def paint_key_box(painter: QPainter, right: int, middle: float, keys: str, theme: Theme) -> int:
    """Paint a box that ends at `right`, around the height `middle`; returns its width. The painter stays as it was."""
    width, height = key_box_width(keys, theme), theme.px(KEY_HEIGHT)
    box = QRectF(right - width, round(middle - height / 2), width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.color("bd2"))
    painter.setBrush(theme.color("bg2"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(_RADIUS), theme.px(_RADIUS))
    painter.setPen(theme.color("t2"))
    painter.setFont(theme.font("code_caption"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, keys)
    painter.restore()
    return width
