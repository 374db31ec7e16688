"""A button that begins something which may take long, and then offers to stop it."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QSize, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes

CANCEL_AFTER_MS = 150  # what is quicker shows no Cancel at all
LONGEST = "000.0 s"
"""The widest text that `CancellingButton.so_far` gives."""
_TICK_MS = 100


class CancellingButton(QPushButton):
    """Begins, and after a moment cancels, with the time so far. Others paint it; its width should never change.

    Signals:
        requested: the person wants it to begin.
        cancel_requested: the person wants it to stop.
    """

    requested = Signal()
    cancel_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._running = False
        self._cancelling = False
        self._before_ms = 0  # for how long it ran before this button heard of it
        self._clock = QElapsedTimer()
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.timeout.connect(self._on_delay_timeout)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: self.trigger())
        themes.changed.connect(self.updateGeometry)

    @property
    def cancels(self) -> bool:
        """Whether a click would cancel."""
        return self._cancelling

    @property
    def so_far(self) -> str:
        """For how long it has been running."""
        return f"{(self._before_ms + self._clock.elapsed()) / 1000:.1f} s"

    def set_running(self, running: bool, so_far_ms: int = 0) -> None:
        """Say whether it runs, and for how long it has already."""
        if running == self._running:
            return
        self._running = running
        if running:
            self._before_ms = so_far_ms
            self._clock.start()
            self._delay.start(max(0, CANCEL_AFTER_MS - so_far_ms))
            return
        self._delay.stop()
        self._tick.stop()
        if self._cancelling:  # dressing it again takes long, and most things are over before it offers to cancel
            self._cancelling = False
            self._show_state()

    def trigger(self) -> None:
        """Do what a click does. Just after the start nothing happens, so that a double click does not cancel."""
        if self._cancelling:
            self.cancel_requested.emit()
        elif not self._running:
            self.requested.emit()

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _on_delay_timeout(self) -> None:
        self._cancelling = True
        self._tick.start()
        self._show_state()

    def _show_state(self) -> None:
        """Dress it as what a click would do."""
        raise NotImplementedError
