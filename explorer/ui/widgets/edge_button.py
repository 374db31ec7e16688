"""A narrow button at the edge of an area, which brings a panel back."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

_WIDTH = 22
_ICON = 13


class EdgeButton(QAbstractButton):
    """As high as the area, with its label written upwards."""

    def __init__(self, themes: Themes, label: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._icon = icon
        self.setText(label)
        self.setAccessibleName(f"Show {label}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        themes.changed.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._themes.theme.px(_WIDTH), self._themes.theme.px(120))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("bg3" if self.underMouse() else "bg0"))
        painter.setPen(theme.color("acc" if self.hasFocus() else "bd"))
        painter.drawRect(self.rect().adjusted(0, -1 if not self.hasFocus() else 0, -1, 0))
        side = theme.px(_ICON)
        pixmap = self._themes.pixmap(self._icon, "t2", _ICON, self.devicePixelRatioF())
        painter.drawPixmap(QRect((self.width() - side) // 2, theme.px(14), side, side), pixmap)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("t2"))
        length = painter.fontMetrics().horizontalAdvance(self.text()) + 2
        painter.translate(0, theme.px(36) + length)
        painter.rotate(-90)
        painter.drawText(QRect(0, 0, length, self.width()), Qt.AlignmentFlag.AlignCenter, self.text())
