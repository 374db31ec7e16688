"""The button that sends, and while a request is under way cancels."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from explorer.ui import names
from explorer.ui.actions.told_keys import ToldKeys, with_keys
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.cancelling_button import LONGEST, CancellingButton
from explorer.ui.widgets.properties import set_property

_HEIGHT = 36
_PADDING = 14
_GAP = 8
_ICON = 15
_SEND, _CANCEL = "Send", "Cancel"


class SendButton(CancellingButton):
    """Send with its keys, or Cancel with the time so far."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._compact = False
        self._keys = ""
        self.setObjectName(names.COMPOSE_SEND)
        self.setProperty("variant", "primary")
        ToldKeys(self, "send", self._show_keys)

    def set_compact(self, compact: bool) -> None:
        """Leave the keys out, where there is little room."""
        if compact != self._compact:
            self._compact = compact
            self.updateGeometry()
            self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = self._themes.theme
        word = QFontMetrics(theme.font("brand")).horizontalAdvance(_CANCEL)
        width = 2 * theme.px(_PADDING) + theme.px(_ICON) + theme.px(_GAP) + word
        if not self._compact:
            beside = QFontMetrics(theme.font("caption"))
            width += theme.px(_GAP) + max(beside.horizontalAdvance(text) for text in (self._keys_text, LONGEST))
        return QSize(width, theme.px(_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # the box, by the style sheet; the button's own text is empty
        theme = self._themes.theme
        painter = QPainter(self)
        token = "t1" if self._cancelling else "accink" if self.isEnabled() else "t3"
        icon = self._themes.pixmap("x" if self._cancelling else "send", token, _ICON, self.devicePixelRatioF())
        size, gap = theme.px(_ICON), theme.px(_GAP)
        word, beside = _CANCEL if self._cancelling else _SEND, "" if self._compact else self._side_text()
        word_width = QFontMetrics(theme.font("brand")).horizontalAdvance(word)
        beside_width = QFontMetrics(theme.font("caption")).horizontalAdvance(beside)
        whole = size + gap + word_width + (gap + beside_width if beside else 0)
        # The time grows while a request is under way, and nothing beside it may move then.
        left = theme.px(_PADDING) if self._cancelling else (self.width() - whole) // 2
        painter.drawPixmap(QRect(left, (self.height() - size) // 2, size, size), icon)
        left += size + gap
        painter.setFont(theme.font("brand"))
        painter.setPen(theme.color(token))
        painter.drawText(QRect(left, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, word)
        if beside:
            painter.setFont(theme.font("caption"))
            left += word_width + gap
            painter.drawText(QRect(left, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, beside)

    def _side_text(self) -> str:
        return self.so_far if self._cancelling else self._keys_text

    @property
    def _keys_text(self) -> str:
        return self._keys.replace("Enter", "⏎")

    def _show_keys(self, keys: str) -> None:
        self._keys = keys
        self.updateGeometry()
        self._show_state()

    @override
    def _show_state(self) -> None:
        set_property(self, "variant", "quiet" if self._cancelling else "primary")
        self.setAccessibleName(_CANCEL if self._cancelling else _SEND)
        self.setToolTip(
            "Stop this request; the server sees the connection close (Esc)"
            if self._cancelling
            else with_keys("Send the request", self._keys)
        )
        self.update()
