"""Says that nothing can be changed here."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.chip import chip_font

_TEXT = "read-only"
_HEIGHT = 20
_PADDING = 6
_ICON = 11
_GAP = 4


class ReadOnlyPill(QWidget):
    """A lock and a word."""

    accessible_role = QAccessible.Role.StaticText

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_TEXT)
        self.setToolTip("This connection can only read: no statement here changes the database")
        themes.changed.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        theme = self._themes.theme
        text = QFontMetrics(chip_font(theme, code=False)).horizontalAdvance(_TEXT)
        return QSize(2 * theme.px(_PADDING) + theme.px(_ICON) + theme.px(_GAP) + text, theme.px(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tint("ok"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.px(4), theme.px(4))
        side, left = theme.px(_ICON), theme.px(_PADDING)
        icon = self._themes.pixmap("lock", "ok", _ICON, self.devicePixelRatioF())
        painter.drawPixmap(left, (self.height() - side) // 2, icon)
        painter.setFont(chip_font(theme, code=False))
        painter.setPen(theme.color("ok"))
        box = QRect(left + side + theme.px(_GAP), 0, self.width(), self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, _TEXT)
