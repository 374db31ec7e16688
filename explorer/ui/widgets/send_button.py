"""The button that sends, and while a request is under way cancels."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from explorer.ui import names
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.properties import set_property

CANCEL_AFTER_MS = 150  # a request that is quicker shows no Cancel at all
_TICK_MS = 100
_HEIGHT = 36
_PADDING = 14
_GAP = 8
_ICON = 15
_SEND, _CANCEL = "Send", "Cancel"
_SEND_KEYS = "Ctrl+⏎"
_LONGEST = "000.0 s"


class SendButton(QPushButton):
    """Send, or Cancel with the time so far; its width never changes.

    Signals:
        send_requested: the person wants to send.
        cancel_requested: the person wants to stop the request under way.
    """

    send_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._sending = False
        self._cancelling = False
        self._compact = False
        self._before_ms = 0  # for how long the request was under way before this button heard of it
        self._clock = QElapsedTimer()
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(CANCEL_AFTER_MS)
        self._delay.timeout.connect(self._on_delay_timeout)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self.update)
        self.setObjectName(names.COMPOSE_SEND)
        self.setProperty("variant", "primary")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.trigger)
        themes.changed.connect(self.updateGeometry)
        self._show_state()

    @property
    def cancels(self) -> bool:
        """Whether a click would cancel."""
        return self._cancelling

    def set_sending(self, sending: bool, so_far_ms: int = 0) -> None:
        """Say whether a request is under way, and for how long it has been already."""
        if sending == self._sending:
            return
        self._sending = sending
        if sending:
            self._before_ms = so_far_ms
            self._clock.start()
            self._delay.start(max(0, CANCEL_AFTER_MS - so_far_ms))
            return
        self._delay.stop()
        self._tick.stop()
        if self._cancelling:  # dressing it again takes long, and most requests are over before it offers to cancel
            self._cancelling = False
            self._show_state()

    def set_compact(self, compact: bool) -> None:
        """Leave the keys out, where there is little room."""
        if compact != self._compact:
            self._compact = compact
            self.updateGeometry()
            self.update()

    def trigger(self) -> None:
        """Do what a click does. Just after Send nothing happens, so that a double click does not cancel."""
        if self._cancelling:
            self.cancel_requested.emit()
        elif not self._sending:
            self.send_requested.emit()

    @override
    def sizeHint(self) -> QSize:
        theme = self._themes.theme
        word = QFontMetrics(theme.font("title")).horizontalAdvance(_CANCEL)
        width = 2 * theme.px(_PADDING) + theme.px(_ICON) + theme.px(_GAP) + word
        if not self._compact:
            beside = QFontMetrics(theme.font("caption"))
            width += theme.px(_GAP) + max(beside.horizontalAdvance(text) for text in (_SEND_KEYS, _LONGEST))
        return QSize(width, theme.px(_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # the box, by the style sheet; the button's own text is empty
        theme = self._themes.theme
        painter = QPainter(self)
        token = "t1" if self._cancelling else "accink" if self.isEnabled() else "t3"
        icon = self._themes.pixmap("x" if self._cancelling else "send", token, _ICON, self.devicePixelRatioF())
        size = theme.px(_ICON)
        left = theme.px(_PADDING)
        painter.drawPixmap(QRect(left, (self.height() - size) // 2, size, size), icon)
        left += size + theme.px(_GAP)
        font = theme.font("title")
        painter.setFont(font)
        painter.setPen(theme.color(token))
        word = _CANCEL if self._cancelling else _SEND
        painter.drawText(QRect(left, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, word)
        if self._compact:
            return
        painter.setFont(theme.font("caption"))
        right = self.rect().adjusted(0, 0, -theme.px(_PADDING), 0)
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._side_text())

    def _side_text(self) -> str:
        return f"{(self._before_ms + self._clock.elapsed()) / 1000:.1f} s" if self._cancelling else _SEND_KEYS

    def _on_delay_timeout(self) -> None:
        self._cancelling = True
        self._tick.start()
        self._show_state()

    def _show_state(self) -> None:
        set_property(self, "variant", "quiet" if self._cancelling else "primary")
        self.setAccessibleName(_CANCEL if self._cancelling else _SEND)
        self.setToolTip(
            "Stop this request; the server sees the connection close (Esc)"
            if self._cancelling
            else "Send the request (Ctrl+Enter)"
        )
        self.update()
