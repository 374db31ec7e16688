"""The line above the X-ray's rows: what came of the request, and the axis of the bars."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from explorer.ui.delegates.xray_delegate import (
    BAR_RIGHT,
    EDGE,
    bar_left,
    has_bars,
)  # the ticks stand over the delegate's bars
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes


class XRayAxis(QWidget):
    """Shows a summary at the left, and ticks in milliseconds over the bars."""

    accessible_role = QAccessible.Role.StaticText

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._summary = ""
        self._failed = False
        self._length_ms: float | None = None
        themes.metrics.set(self, height=24)
        themes.changed.connect(self.update)

    def set_summary(self, summary: str, *, failed: bool) -> None:
        """Show one line, in the error colour when the request was stopped on its way."""
        self._summary, self._failed = summary, failed
        self.setAccessibleName(summary)
        self.update()

    def set_length(self, length_ms: float | None) -> None:
        """Set what the full length of a bar means, in milliseconds; None hides the ticks."""
        self._length_ms = length_ms
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        rect = self.rect()
        painter.fillRect(rect, theme.color("bg0"))
        painter.setPen(theme.color("bd"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        font = theme.font("caption_bold" if self._failed else "caption")
        painter.setFont(font)
        painter.setPen(theme.color("err" if self._failed else "t2"))
        with_bars = has_bars(rect.width(), theme)
        taken = bar_left(rect.width(), theme) + theme.px(8) if with_bars else theme.px(BAR_RIGHT)
        words = rect.adjusted(theme.px(EDGE), 0, -taken, 0)
        shown = QFontMetrics(font).elidedText(self._summary, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
        if with_bars:
            self._paint_ticks(painter)
        else:
            self._paint_unit(painter)

    def _paint_ticks(self, painter: QPainter) -> None:
        if self._length_ms is None:
            return
        theme = self._themes.theme
        painter.setFont(theme.font("tick"))
        painter.setPen(theme.color("t3"))
        left, right = self.width() - bar_left(self.width(), theme), self.width() - theme.px(BAR_RIGHT)
        between = (right - left) / 3
        crowded = QFontMetrics(painter.font()).horizontalAdvance(_tick(self._length_ms)) + theme.px(6) > between
        for share in (0.0, 1.0) if crowded else (0.0, 1 / 3, 2 / 3, 1.0):
            text = _tick(self._length_ms * share)
            width = theme.px(40)
            middle = left + share * (right - left)
            box = QRect(int(middle - width / 2), 0, width, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        self._paint_unit(painter)

    def _paint_unit(self, painter: QPainter) -> None:
        theme = self._themes.theme
        painter.setFont(theme.font("tick"))
        painter.setPen(theme.color("t3"))
        right = self.width() - theme.px(BAR_RIGHT)
        unit = QRect(right + theme.px(14), 0, self.width() - right - theme.px(14 + EDGE), self.height())
        painter.drawText(unit, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, "ms")


def _tick(ms: float) -> str:
    if ms == 0:
        return "0"
    return f"{ms:.0f}" if ms >= 10 else f"{ms:.1f}"
