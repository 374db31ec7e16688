"""A few choices side by side, of which one holds."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.chosen_keys import tab_to_chosen

_HEIGHT = 26
_PADDING = 10
_RADIUS = 6


class Segmented(QWidget):
    """An exclusive choice.

    Signals:
        changed: the person chose another segment; its 0-based number.
    """

    accessible_role = QAccessible.Role.Grouping

    changed = Signal(int)

    def __init__(self, themes: Themes, labels: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        themes.metrics.set(layout, margins=(1, 1, 1, 1), spacing=0)
        for number, label in enumerate(labels):
            segment = _Segment(themes, label)
            self._group.addButton(segment, number)
            layout.addWidget(segment)
        self.set_current(0)
        tab_to_chosen(self._group)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group.idClicked.connect(self.changed)
        self._group.buttonToggled.connect(lambda *_: tab_to_chosen(self._group))
        themes.changed.connect(self.update)

    @property
    def current(self) -> int:
        """The number of the segment that holds."""
        return self._group.checkedId()

    def set_current(self, number: int) -> None:
        """Choose a segment without a signal."""
        self._group.button(number).setChecked(True)

    @property
    def buttons(self) -> list[QAbstractButton]:
        """The segments, from left to right."""
        return self._group.buttons()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("bd2"))
        painter.setBrush(theme.color("bg1"))
        radius = theme.px(_RADIUS)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class _Segment(QAbstractButton):
    def __init__(self, themes: Themes, label: str) -> None:
        super().__init__()
        self._themes = themes
        self.setText(label)
        self.setAccessibleName(label)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        themes.changed.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        theme = self._themes.theme
        self.setFont(theme.font("control"))
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2 * theme.px(_PADDING), theme.px(_HEIGHT) - 2)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = theme.px(_RADIUS) - 1
        if self.isChecked() or (self.underMouse() and self.isEnabled()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("bg3"))
            painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        if self.hasFocus():
            painter.setPen(theme.color("acc"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setFont(theme.font("control"))
        painter.setPen(theme.color("t3" if not self.isEnabled() else "t1" if self.isChecked() else "t2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
