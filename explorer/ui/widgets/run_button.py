"""Runs something that may take long, and then offers to stop it and says for how long it has been running."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from explorer.ui.actions.told_keys import ToldKeys, with_keys
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.cancelling_button import LONGEST, CancellingButton

_HEIGHT = 28
_PADDING = 10
_GAP = 7
_ICON = 13


class RunButton(CancellingButton):
    """Run with its keys, or Cancel with the time so far."""

    def __init__(self, themes: Themes, word: str, command: str, parent: QWidget | None = None) -> None:
        """`word` is what the button says, `command` the one whose keys stand beside it."""
        super().__init__(themes, parent)
        self._word, self._keys = word, ""
        ToldKeys(self, command, self._show_keys)

    @override
    def sizeHint(self) -> QSize:
        theme = self._themes.theme
        word = QFontMetrics(theme.font("control"))
        beside = QFontMetrics(theme.font("caption"))
        pairs = ((self._word, self._keys.replace("Enter", "⏎")), ("Cancel", LONGEST))
        texts = [word.horizontalAdvance(left) + beside.horizontalAdvance(right) for left, right in pairs]
        px = theme.px
        return QSize(2 * px(_PADDING) + px(_ICON) + 2 * px(_GAP) + max(texts), px(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # the box, by the style sheet; the button's own text is empty
        theme = self._themes.theme
        painter = QPainter(self)
        token = "t1" if self.isEnabled() else "t3"
        icon = self._themes.pixmap("x" if self._cancelling else "play", token, _ICON, self.devicePixelRatioF())
        size, left = theme.px(_ICON), theme.px(_PADDING)
        painter.drawPixmap(QRect(left, (self.height() - size) // 2, size, size), icon)
        left += size + theme.px(_GAP)
        painter.setFont(theme.font("control"))
        painter.setPen(theme.color(token))
        word = "Cancel" if self._cancelling else self._word
        painter.drawText(QRect(left, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, word)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("t3"))
        right = self.rect().adjusted(0, 0, -theme.px(_PADDING), 0)
        beside = self.so_far if self._cancelling else self._keys.replace("Enter", "⏎")
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, beside)

    def _show_keys(self, keys: str) -> None:
        self._keys = keys
        self.updateGeometry()
        self._show_state()

    @override
    def _show_state(self) -> None:
        words = "Cancel" if self._cancelling else self._word
        self.setAccessibleName(words)
        self.setToolTip("Stop the statement" if self._cancelling else with_keys(self._word, self._keys))
        self.update()
