"""The fill of a selected, hovered or focused row."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle

from explorer.ui.theme.theme import Theme

_SIDE = 6  # between the panel's edge and the fill
_RADIUS = 6


def paint_row_fill(painter: QPainter, rect: QRect, state: QStyle.StateFlag, theme: Theme) -> None:
    """Paint what the state of a side panel's row asks for, which may be nothing; the brush is empty afterwards."""
    selected = bool(state & QStyle.StateFlag.State_Selected)
    hovered = bool(state & QStyle.StateFlag.State_MouseOver)
    focused = bool(state & QStyle.StateFlag.State_HasFocus)
    if not (selected or hovered or focused):
        return
    fill = QRectF(rect).adjusted(theme.px(_SIDE) + 0.5, 0.5, -theme.px(_SIDE) - 0.5, -0.5)
    painter.setPen(theme.color("acc") if focused else Qt.PenStyle.NoPen)
    if selected or hovered:
        painter.setBrush(theme.color("sel" if selected else "bg3"))
    painter.drawRoundedRect(fill, theme.px(_RADIUS), theme.px(_RADIUS))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_line_fill(painter: QPainter, rect: QRect, state: QStyle.StateFlag, theme: Theme) -> None:
    """Paint what the state of a row asks for that reaches from edge to edge, which may be nothing."""
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, theme.color("sel"))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, theme.color("bg3"))
