"""The box around a field that is painted by hand."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from explorer.ui.theme.theme import Theme


def paint_field_box(
    painter: QPainter, theme: Theme, rect: QRect, corner: float, *, focused: bool, read_only: bool = False
) -> None:
    """Paint an empty field that fills `rect`; its corners have this radius in design pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.color("acc" if focused else "bd2"))
    painter.setBrush(theme.color("bg1" if read_only else "inp"))
    radius = theme.px(corner)
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
