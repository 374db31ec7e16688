"""The check box before a row: whether the row counts. It shows only when it matters."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

_BOX = 13
_SIDE = 15
_RADIUS = 4
_CHECK = 10


class EnableBox(QAbstractButton):
    """Invisible while it is checked and neither hovered nor focused; the row brings it forward with `set_quiet`."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._quiet = True
        self.setCheckable(True)
        self.setChecked(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip("Switched off, a row keeps its text and is not sent")

    def set_quiet(self, quiet: bool) -> None:
        """Keep in the background, or come forward."""
        if quiet != self._quiet:
            self._quiet = quiet
            self.update()

    @override
    def sizeHint(self) -> QSize:
        side = self._themes.theme.px(_SIDE)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        focused = self.hasFocus()
        if self.isChecked() and self._quiet and not focused and not self.underMouse():
            return
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(_BOX)
        box = QRectF((self.width() - side) // 2 + 0.5, (self.height() - side) // 2 + 0.5, side - 1, side - 1)
        on = self.isChecked()
        painter.setPen(theme.color(("t1" if on else "acc") if focused or self.underMouse() else "bd2"))
        painter.setBrush(theme.color("accbg" if on else "inp"))
        painter.drawRoundedRect(box, theme.px(_RADIUS), theme.px(_RADIUS))
        if on:
            check = theme.px(_CHECK)
            picture = self._themes.pixmap("check", "accink", _CHECK, self.devicePixelRatioF())
            painter.drawPixmap((self.width() - check) // 2, (self.height() - check) // 2, picture)
        painter.end()
