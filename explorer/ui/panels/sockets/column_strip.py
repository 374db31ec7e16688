"""A row of widgets that stand exactly above or below the columns of the ladder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.ui.override import override
from explorer.ui.panels.sockets.column_plan import ColumnPlan, Span
from explorer.ui.theme.manager import Themes


class ColumnStrip(QWidget):
    """Puts one widget into each column and one into the server's lane; as high as the highest of them."""

    def __init__(self, themes: Themes, lane: QWidget, *, line_below: bool, parent: QWidget | None = None) -> None:
        """`lane` stands in the server's lane; a line divides the strip from the ladder."""
        super().__init__(parent)
        self._themes = themes
        self._lane = lane
        self._line_below = line_below
        self._widgets: tuple[QWidget | None, ...] = ()
        self._plan = ColumnPlan()
        self._offset = 0
        lane.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.updateGeometry)

    def set_widgets(self, widgets: Sequence[QWidget | None]) -> None:
        """Hold other widgets, one for each column; None for a column out of sight that has none yet."""
        self._widgets = tuple(widgets)
        for widget in self._widgets:
            if widget is not None and widget.parentWidget() is not self:
                widget.setParent(self)
                widget.show()
        self._arrange()
        self.updateGeometry()

    def set_plan(self, plan: ColumnPlan, offset: int) -> None:
        """Follow the columns; `offset` is how far they are scrolled to the left."""
        if plan != self._plan:
            self._plan = plan
            self.updateGeometry()  # words wrap elsewhere
        self._offset = offset
        self._arrange()

    @override
    def sizeHint(self) -> QSize:
        heights = [max(_height(widget, span.width - 1), widget.minimumHeight()) for widget, span in self._held()]
        return QSize(0, max(heights, default=0) + 1)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a widget needs more room, or less
            self.updateGeometry()
            self._arrange()
        elif event.type() == QEvent.Type.Resize:
            self._arrange()
        return super().event(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        lane, left = self._plan.lane, -self._offset
        painter.fillRect(lane.left + left, 0, lane.width, self.height(), theme.color("bg0"))
        line = self.height() - 1 if self._line_below else 0
        painter.fillRect(0, line, self.width(), 1, theme.color("bd"))
        for x in (lane.left - 1, lane.right, *(span.left for span in self._plan.columns[2:])):
            painter.fillRect(x + left, 0, 1, self.height(), theme.color("bd"))
        painter.end()

    def _held(self) -> Iterator[tuple[QWidget, Span]]:
        for widget, span in zip(self._widgets, self._plan.columns, strict=False):
            if widget is not None:
                yield widget, span

    def _arrange(self) -> None:
        top = 0 if self._line_below else 1
        height = self.height() - 1
        for widget, span in self._held():
            widget.setGeometry(span.left - self._offset, top, span.width - 1, height)
        lane = self._plan.lane
        self._lane.setGeometry(lane.left - self._offset, top, lane.width, height)
        self.update()


def _height(widget: QWidget, width: int) -> int:
    return widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()
