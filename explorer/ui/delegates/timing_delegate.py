"""Paints the bars of the timing: all on one axis, each as long as its step took."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from explorer.client.timing import TimingStep
from explorer.ui.models.timing_model import STEP_ROLE, TOTAL_ROLE
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

_TOKENS = {"dns": "s_dep", "connect": "s_net", "tls": "s_mw", "send": "info", "wait": "s_hand", "receive": "ok"}
_HEIGHT = 6
_EDGE = 8


class TimingDelegate(QStyledItemDelegate):
    """Paints the middle column of a `TimingModel`."""

    def __init__(self, themes: Themes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._themes = themes

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._themes.theme
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        step: TimingStep | None = index.data(STEP_ROLE)
        total: int = index.data(TOTAL_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("sel"))
        if step is not None and total:
            height = theme.px(_HEIGHT)
            left, width = rect.left() + theme.px(_EDGE), rect.width() - 2 * theme.px(_EDGE)
            top = rect.center().y() - height / 2 + 1
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("bg3"))
            painter.drawRoundedRect(QRectF(left, top, width, height), 2, 2)
            start = left + width * step.start_ns / total
            length = max(2.0, width * step.duration_ns / total)
            painter.setBrush(theme.color(_TOKENS.get(step.key, "t3")))
            painter.drawRoundedRect(QRectF(min(start, left + width - 2), top, length, height), 2, 2)
        painter.restore()
