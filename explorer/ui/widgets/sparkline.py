"""Two lines over the last minute, one second a step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

BINS = 60
_REPAINT_EVERY = 250  # milliseconds
_LABEL_WIDTH = 44


class Sparkline(QWidget):
    """Paints how many messages went each way, the newest second at the right."""

    accessible_role = QAccessible.Role.Chart

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._sent: tuple[int, ...] = ()
        self._received: tuple[int, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REPAINT_EVERY)
        self._timer.timeout.connect(self._show)
        themes.changed.connect(self.update)
        self._show()

    def set_bins(self, sent: Sequence[int], received: Sequence[int]) -> None:
        """Show messages a second, the oldest first, 60 at most. It is painted at most four times a second."""
        bins = tuple(sent[-BINS:]), tuple(received[-BINS:])
        if bins == (self._sent, self._received):
            return
        self._sent, self._received = bins
        if not self._timer.isActive():
            self._timer.start()

    @property
    def peak(self) -> int:
        """The highest number of messages in one second, of either way."""
        return max((*self._sent, *self._received), default=0)

    @override
    def sizeHint(self) -> QSize:
        px = self._themes.theme.px
        return QSize(px(380), px(44))

    @override
    def minimumSizeHint(self) -> QSize:
        px = self._themes.theme.px
        return QSize(px(60), px(44))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        labels = theme.px(_LABEL_WIDTH)
        box = QRectF(0, 3, self.width() - labels, self.height() - 6)
        for bins, token in ((self._received, "ok"), (self._sent, "info")):
            self._paint_line(painter, box, bins, token)
        painter.setPen(theme.color("t3"))
        painter.setFont(theme.font("caption"))
        right = QRectF(box.right() + 4, 0, labels - 4, self.height())
        if self.peak:
            painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, f"{self.peak:,} /s")
        painter.drawText(right, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, "60 s")
        painter.end()

    def _paint_line(self, painter: QPainter, box: QRectF, bins: tuple[int, ...], token: str) -> None:
        theme = self._themes.theme
        padded = (0,) * (BINS - len(bins)) + bins
        top = max(1, self.peak)
        step = box.width() / (BINS - 1)
        points = [
            QPointF(box.left() + i * step, box.bottom() - 1 - (box.height() - 2) * count / top)
            for i, count in enumerate(padded)
        ]
        line = QPainterPath(points[0])
        for point in points[1:]:
            line.lineTo(point)
        area = QPainterPath(line)
        area.lineTo(box.right(), box.bottom())
        area.lineTo(box.left(), box.bottom())
        painter.fillPath(area, theme.tint(token))
        pen = QPen(theme.color(token))
        pen.setWidthF(max(1.0, theme.zoom * 1.2))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(line)

    def _show(self) -> None:
        words = f"Messages a second over the last minute, {self.peak:,} at most"
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()
