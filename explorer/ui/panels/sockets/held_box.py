"""What the server holds: the answer of an operation of the same app, as a small tree."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractScrollArea, QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer.ui import names
from explorer.ui.models.held_lines import HeldLine, held_lines
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.row_shape import RowShape
from explorer.ui.widgets.text_access import tell_assistive_tools

_LINE = 18
_AROUND = 8
_MOST = 9  # lines that are ever in sight


class HeldBox(QWidget):
    """A heading with a switch, a tree, and where it is from.

    Signals:
        toggled: the person wants to see it (True), or not.
        came_into_sight: it is on show, and was not before.
    """

    toggled = Signal(bool)
    came_into_sight = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel("What the server holds")
        title.setProperty("role", "section")
        self.switch = QCheckBox()
        self.switch.setObjectName(names.SOCKETS_HELD_SWITCH)
        self.switch.setAccessibleName("Ask the server what it holds")
        self.switch.setToolTip("Ask the server after messages, at most twice a second")
        self.switch.clicked.connect(self.toggled)
        self.tree = _Tree(themes)
        self.caption = ElidedLabel(role="caption")
        self.caption.setObjectName(names.SOCKETS_HELD_CAPTION)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.switch)
        layout = QVBoxLayout(self)
        layout.addLayout(head)
        layout.addWidget(self.tree)
        layout.addWidget(self.caption)
        themes.metrics.set(head, margins=(0, 0, 0, 0))
        themes.metrics.set(layout, margins=(12, 8, 12, 4), spacing=6)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.came_into_sight.emit()

    def set_held(self, caption: str, value: object = None, sentence: str = "", *, on: bool = True) -> None:
        """Show what the server holds.

        Args:
            caption: the operation that was asked, such as ``GET /ws/rooms``; empty when the app has none to ask.
            value: its JSON answer.
            sentence: what to say in place of it.
            on: whether it is asked at all.
        """
        self.switch.setChecked(on)
        self.tree.set_lines(held_lines(value) if on and not sentence and value is not None else [])
        self.caption.set_text(sentence or (f"from {caption}" if on else f"{caption} is not asked"))
        self.setVisible(bool(caption or sentence))

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self.switch, self.tree]


class _Tree(QAbstractScrollArea):
    """Paints a few lines."""

    def __init__(self, themes: Themes) -> None:
        super().__init__()
        self._themes = themes
        self._lines: list[HeldLine] = []
        self.setObjectName(names.SOCKETS_HELD)
        self.setProperty("panel", "held")
        self.setAccessibleName("What the server holds")
        tell_assistive_tools()
        self.verticalScrollBar().valueChanged.connect(self.viewport().update)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)
        themes.changed.connect(self._fit)
        self._fit()

    def set_lines(self, lines: list[HeldLine]) -> None:
        if lines != self._lines:
            self._lines = lines
            self._fit()
            self.setAccessibleDescription(self.text_in_sight())

    def text_in_sight(self) -> str:
        """Return all lines."""
        return "\n".join(line.text for line in self._lines)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_bars()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self.viewport())
        font = theme.font("code_caption")
        painter.setFont(font)
        height, margin = theme.px(_LINE), theme.px(_AROUND)
        top = margin - self.verticalScrollBar().value()
        left = margin - self.horizontalScrollBar().value()
        for line in self._lines:
            if -height < top < self.viewport().height():
                shape = RowShape(theme, QFontMetricsF(font), line.text, list(line.runs), ())
                shape.paint(painter, left, top, height, self.viewport().width())
            top += height

    def _fit(self) -> None:
        px = self._themes.theme.px
        shown = min(_MOST, len(self._lines))
        self.setVisible(bool(self._lines))
        self.setFixedHeight(shown * px(_LINE) + 2 * px(_AROUND) + 2)
        self._fit_bars()
        self.viewport().update()

    def _fit_bars(self) -> None:
        px = self._themes.theme.px
        metrics = QFontMetricsF(self._themes.theme.font("code_caption"))
        widest = max((metrics.horizontalAdvance(line.text) for line in self._lines), default=0)
        whole = len(self._lines) * px(_LINE) + 2 * px(_AROUND)
        vertical, across = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setPageStep(max(1, self.viewport().height()))
        vertical.setSingleStep(px(_LINE))
        vertical.setRange(0, max(0, whole - self.viewport().height()))
        across.setPageStep(max(1, self.viewport().width()))
        across.setRange(0, max(0, round(widest) + 2 * px(_AROUND) - self.viewport().width()))
