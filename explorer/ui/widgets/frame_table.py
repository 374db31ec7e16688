"""The head of a WebSocket's frame, field by field, as RFC 6455 draws it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from explorer.client.sockets.frame_words import FrameCell, frame_lines
from explorer.client.sockets.record import FrameHead
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.text_access import tell_assistive_tools

_LINE = 36  # design pixels
_LABEL_TOP = 3
_VALUE_TOP = 16


class FrameTable(QWidget):
    """Paints the fields in boxes; it is hidden while there is no head to show."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._lines: tuple[tuple[FrameCell, ...], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        themes.changed.connect(self.updateGeometry)
        tell_assistive_tools()
        self.hide()

    def set_head(self, head: FrameHead | None) -> None:
        """Show another head."""
        self._lines = frame_lines(head) if head is not None else ()
        said = ", ".join(f"{cell.label} {cell.value}" for line in self._lines for cell in line)
        self.setAccessibleName(f"Head of the frame: {said}")
        self.setVisible(bool(self._lines))
        self.updateGeometry()
        self.update()

    def text_in_sight(self) -> str:
        """Return all fields, one a line."""
        return "\n".join(f"{cell.label} {cell.value}: {cell.meaning}" for line in self._lines for cell in line)

    @override
    def sizeHint(self) -> QSize:
        px = self._themes.theme.px
        return QSize(px(200), px(_LINE) * len(self._lines) + 1)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._themes.theme.px(160), self.sizeHint().height())

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            cell = next((cell for cell, box in self._boxes() if box.contains(event.pos())), None)
            QToolTip.showText(event.globalPos(), cell.meaning if cell is not None else "", self)
            return True
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        for cell, box in self._boxes():
            painter.setPen(theme.color("bd2"))
            painter.drawRect(box)
            inner = box.adjusted(theme.px(3), 0, -theme.px(3), 0)
            for top, role, token, text in (
                (_LABEL_TOP, "tick", "t3", cell.label),
                (_VALUE_TOP, "code", "t1", cell.value),
            ):
                painter.setFont(theme.font(role))
                painter.setPen(theme.color(token))
                metrics = painter.fontMetrics()
                shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()))
                line = QRectF(inner.left(), box.top() + theme.px(top), inner.width(), metrics.height())
                painter.drawText(line, Qt.AlignmentFlag.AlignCenter, shown)
        if self.hasFocus():
            painter.setPen(theme.color("acc"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _boxes(self) -> list[tuple[FrameCell, QRectF]]:
        """Return each field with its box; neighbours share their border."""
        height, width = self._themes.theme.px(_LINE), self.width() - 1
        found = []
        for number, line in enumerate(self._lines):
            left = 0.0
            for cell in line:
                right = min(float(width), left + cell.share * width)
                found.append((cell, QRectF(round(left), number * height, round(right) - round(left), height)))
                left = right
        return found
