"""A switch with its label: on or off, at once."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

_TRACK = QSize(28, 16)
_GAP = 8
_HEIGHT = 26


class Switch(QAbstractButton):
    """Paints a track with a knob, and the label at its right."""

    def __init__(self, themes: Themes, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setText(label)
        self.setAccessibleName(label)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        themes.changed.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        theme = self._themes.theme
        text = QFontMetrics(theme.font("control")).horizontalAdvance(self.text())
        return QSize(theme.px(_TRACK.width()) + theme.px(_GAP) + text + theme.px(6), theme.px(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._themes.theme, self._themes.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width, height = px(_TRACK.width()), px(_TRACK.height())
        track = QRectF(1.5, (self.height() - height) // 2 + 0.5, width - 1, height - 1)
        on, focused = self.isChecked(), self.hasFocus()
        painter.setPen(theme.color("t1" if on and focused else "acc" if focused or self.underMouse() else "bd2"))
        painter.setBrush(theme.color("accbg" if on and self.isEnabled() else "bg3"))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        side = track.height() - px(4)
        left = track.right() - side - px(2) if on else track.left() + px(2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accink" if on and self.isEnabled() else "t3"))
        painter.drawEllipse(QRectF(left, track.center().y() - side / 2, side, side))
        painter.setFont(theme.font("control"))
        painter.setPen(theme.color("t1" if self.isEnabled() else "t3"))
        start = width + px(_GAP)
        painter.drawText(
            QRect(start, 0, self.width() - start, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
