"""What looks like a search in the top bar, and opens the palette."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from explorer.ui import names
from explorer.ui.actions.told_keys import ToldKeys, with_keys
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.key_box import key_box_width, paint_key_box

_WORDS = "Search or run a command"
_WIDTH = 360
_HEIGHT = 28
_ICON = 13
_PADDING = 11
_GAP = 9
_RADIUS = 6


class SearchButton(QPushButton):
    """Words with a lens before them and the keys behind; in little room the keys go first."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._keys = ""
        self.setObjectName(names.TOP_BAR_SEARCH)
        self.setAccessibleName(_WORDS)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        themes.metrics.set(self, max_width=_WIDTH, height=_HEIGHT)
        themes.changed.connect(self.updateGeometry)
        ToldKeys(self, "palette", self._show_keys)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._themes.theme.px(_WIDTH), self._themes.theme.px(_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        px = self._themes.theme.px
        return QSize(2 * px(_PADDING) + px(_ICON), px(_HEIGHT))

    def _show_keys(self, keys: str) -> None:
        self._keys = keys
        self.setToolTip(with_keys(_WORDS, keys))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._themes.theme
        px = theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("acc" if self.hasFocus() else "bd2"))
        painter.setBrush(theme.color("bg3" if self.underMouse() else "bg1"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), px(_RADIUS), px(_RADIUS))
        side = px(_ICON)
        icon = self._themes.pixmap("search", "t3", _ICON, self.devicePixelRatioF())
        painter.drawPixmap(QRect(px(_PADDING), (self.height() - side) // 2, side, side), icon)
        left, right = px(_PADDING) + side + px(_GAP), self.width() - px(5)
        metrics = QFontMetrics(theme.font("text"))
        words = metrics.horizontalAdvance(_WORDS)
        if self._keys and left + words + px(_GAP) + key_box_width(self._keys, theme) <= right:
            right -= paint_key_box(painter, right, self.height() / 2, self._keys, theme) + px(_GAP)
        painter.setFont(theme.font("text"))
        painter.setPen(theme.color("t3"))
        place = QRect(left, 0, max(0, right - left), self.height())
        painter.drawText(
            place, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(_WORDS, Qt.TextElideMode.ElideRight, place.width())
        )
        painter.end()
