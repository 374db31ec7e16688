"""Paints a step of a plan: SQLite's own words, what they amount to, and what they mean."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from explorer.database.statements import Finding, PlanStep
from explorer.ui.delegates.row_fill import paint_line_fill
from explorer.ui.models.plan_model import PlanRole, sentence
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.chip import chip_width, paint_tinted_chip

_LINE = 18
_PAD = 5
_LEFT = 12
_INDENT = 16
_RIGHT = 12
_GAP = 8
_CHIP_HEIGHT = 17
_MOST_DEPTH = 8
_TOKENS = {
    Finding.FULL_SCAN: "warn",
    Finding.INDEX: "ok",
    Finding.SORTS: "warn",
    Finding.REPEATED: "warn",
    Finding.N_PLUS_ONE: "warn",
}


class PlanDelegate(QStyledItemDelegate):
    """Knows how steps look; what they say comes from the model. The words wrap, so rows differ in height."""

    def __init__(self, themes: Themes, parent: QWidget) -> None:
        super().__init__(parent)
        self._themes = themes

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        theme = self._themes.theme
        step: PlanStep = index.data(PlanRole.STEP)
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else theme.px(320)
        room = width - self._left(step) - theme.px(_RIGHT)
        words = self._words_rect(step, QRect(0, 0, max(room, theme.px(80)), 10_000)).height() if step.words else 0
        return QSize(theme.px(120), theme.px(_LINE) + words + 2 * theme.px(_PAD))

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = self._themes.theme
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        step: PlanStep = index.data(PlanRole.STEP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_line_fill(painter, rect, state, theme)
        left = rect.left() + self._left(step)
        line = QRect(left, rect.top() + theme.px(_PAD), rect.right() - theme.px(_RIGHT) - left, theme.px(_LINE))
        chip = chip_width(theme, step.finding.value, code=False) + theme.px(_GAP) if step.finding else 0
        painter.setFont(theme.font("code"))
        painter.setPen(theme.color("t1"))
        shown = painter.fontMetrics().elidedText(step.detail, Qt.TextElideMode.ElideRight, line.width() - chip)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        if step.finding:
            at = line.left() + painter.fontMetrics().horizontalAdvance(shown) + theme.px(_GAP)
            height = theme.px(_CHIP_HEIGHT)
            box = QRect(at, line.center().y() - height // 2, chip - theme.px(_GAP), height)
            paint_tinted_chip(painter, theme, box, step.finding.value, _TOKENS[step.finding])
        painter.setFont(theme.font("text"))
        painter.setPen(theme.color("t2"))
        words = QRect(line.left(), line.bottom() + 1, line.width(), rect.bottom() - line.bottom())
        painter.drawText(words, Qt.TextFlag.TextWordWrap, sentence(step.words))
        painter.restore()

    def _left(self, step: PlanStep) -> int:
        return self._themes.theme.px(_LEFT + _INDENT * min(step.depth, _MOST_DEPTH))

    def _words_rect(self, step: PlanStep, room: QRect) -> QRect:
        metrics = QFontMetrics(self._themes.theme.font("text"))
        return metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, sentence(step.words))
