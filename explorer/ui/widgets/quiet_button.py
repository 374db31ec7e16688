"""A small icon button that keeps in the background until it is wanted."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written

_SIDE = 22
_RADIUS = 5


class QuietButton(QAbstractButton):
    """Paints an icon; while it is quiet, nothing at all, though it keeps its place and the Tab key finds it."""

    def __init__(
        self,
        themes: Themes,
        icon: str,
        words: str,
        *,
        size: float = 13,
        side: float = _SIDE,
        quiet: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`words` say what a click does; `size` is the icon's, `side` the button's, in design pixels."""
        super().__init__(parent)
        self._themes = themes
        self._icon = icon
        self._size = size
        self._side = side
        self._quiet = quiet
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_words(words)
        themes.changed.connect(self.updateGeometry)

    def set_icon(self, icon: str, words: str) -> None:
        """Show another icon; `words` say what a click does."""
        self._icon = icon
        self.set_words(words)
        self.update()

    def set_words(self, words: str) -> None:
        """Say what a click does."""
        if words != self.accessibleName():
            self.setToolTip(as_written(words))
            self.setAccessibleName(words)

    @property
    def quiet(self) -> bool:
        """Whether it keeps in the background."""
        return self._quiet

    def set_quiet(self, quiet: bool) -> None:
        """Keep in the background, or come forward."""
        if quiet != self._quiet:
            self._quiet = quiet
            self.update()

    @override
    def sizeHint(self) -> QSize:
        side = self._themes.theme.px(self._side)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        hovered = self.underMouse() and self.isEnabled()
        if self._quiet and not hovered and not self.hasFocus():
            return
        theme = self._themes.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("acc") if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("bg3") if hovered or self.isDown() else Qt.BrushStyle.NoBrush)
        radius = theme.px(_RADIUS)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        token = "t1" if hovered else "t3"
        icon = self._themes.pixmap(self._icon, token, self._size, self.devicePixelRatioF())
        side = theme.px(self._size)
        painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, icon)
        painter.end()
