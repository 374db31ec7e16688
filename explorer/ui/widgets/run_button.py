"""Runs something that may take long, and then offers to stop it and says for how long it has been running."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

_CANCEL_AFTER_MS = 150  # what is quicker shows no Cancel at all
_TICK_MS = 100
_HEIGHT = 28
_PADDING = 10
_GAP = 7
_ICON = 13
_LONGEST = "000.0 s"


class RunButton(QPushButton):
    """Run with its keys, or Cancel with the time so far; its width never changes.

    Signals:
        run_requested: the person wants it to run.
        cancel_requested: the person wants it to stop.
    """

    run_requested = Signal()
    cancel_requested = Signal()

    def __init__(self, themes: Themes, word: str, keys: str, parent: QWidget | None = None) -> None:
        """`word` is what the button says, `keys` what stands beside it."""
        super().__init__(parent)
        self._themes = themes
        self._word, self._keys = word, keys
        self._running = False
        self._cancelling = False
        self._clock = QElapsedTimer()
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_CANCEL_AFTER_MS)
        self._delay.timeout.connect(self._on_delay_timeout)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: self.trigger())
        themes.changed.connect(self.updateGeometry)
        self._show_state()

    @property
    def cancels(self) -> bool:
        """Whether a click would cancel."""
        return self._cancelling

    def set_running(self, running: bool) -> None:
        """Say whether it runs."""
        if running == self._running:
            return
        self._running = running
        if running:
            self._clock.start()
            self._delay.start()
            return
        self._delay.stop()
        self._tick.stop()
        self._cancelling = False
        self._show_state()

    def trigger(self) -> None:
        """Do what a click does. Just after the start nothing happens, so that a double click does not cancel."""
        if self._cancelling:
            self.cancel_requested.emit()
        elif not self._running:
            self.run_requested.emit()

    @override
    def sizeHint(self) -> QSize:
        theme = self._themes.theme
        word = QFontMetrics(theme.font("control"))
        beside = QFontMetrics(theme.font("caption"))
        pairs = ((self._word, self._keys), ("Cancel", _LONGEST))
        texts = [word.horizontalAdvance(left) + beside.horizontalAdvance(right) for left, right in pairs]
        px = theme.px
        return QSize(2 * px(_PADDING) + px(_ICON) + 2 * px(_GAP) + max(texts), px(_HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

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
        beside = f"{self._clock.elapsed() / 1000:.1f} s" if self._cancelling else self._keys
        painter.drawText(right, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, beside)

    def _on_delay_timeout(self) -> None:
        self._cancelling = True
        self._tick.start()
        self._show_state()

    def _show_state(self) -> None:
        words = "Cancel" if self._cancelling else self._word
        self.setAccessibleName(words)
        keys = self._keys.replace("⏎", "Enter")
        self.setToolTip("Stop the statement" if self._cancelling else f"{self._word} ({keys})")
        self.update()
