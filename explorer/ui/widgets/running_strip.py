"""What is running just now, for how long, how far it is, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.elided_label import ElidedLabel

_TICK_MS = 100


class RunningStrip(QFrame):
    """Hidden while nothing runs; shown from the first moment on, so a controller waits a little before it says so.

    Signals:
        cancel_requested: the person wants to stop it.
    """

    cancel_requested = Signal()

    def __init__(self, themes: Themes, name: str, cancel_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("panel", "bg2")
        self.setProperty("edge", "bottom")
        self._sentence = ElidedLabel(role="caption_text")
        self._clock_label = QLabel()
        self._clock_label.setProperty("role", "code_caption")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.cancel_button = QPushButton("Cancel")
        self.cancel_button.setObjectName(cancel_name)
        self.cancel_button.setProperty("variant", "ghost")
        self.cancel_button.clicked.connect(lambda _checked=False: self.cancel_requested.emit())
        self._clock = QElapsedTimer()
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_clock)
        layout = QHBoxLayout(self)
        layout.addWidget(self._sentence)
        layout.addWidget(self._bar, 1)
        layout.addWidget(self._clock_label)
        layout.addWidget(self.cancel_button)
        themes.metrics.set(layout, margins=(12, 3, 8, 3), spacing=10)
        themes.metrics.set(self, min_height=32)
        themes.metrics.set(self._bar, min_width=40)
        self.hide()

    @property
    def running(self) -> bool:
        """Whether something runs."""
        return self._tick.isActive()

    def set_running(self, sentence: str, share: float | None = None, *, cancellable: bool = True) -> None:
        """Say what runs and how far it is (0 to 1, None when unknown); an empty sentence says that nothing does."""
        if not sentence:
            self._tick.stop()
            self.hide()
            return
        self._sentence.set_text(sentence)
        self.setAccessibleName(sentence)
        self._bar.setAccessibleName(sentence)
        self._bar.setRange(0, 0 if share is None else 1000)
        if share is not None:
            self._bar.setValue(round(share * 1000))
        self.cancel_button.setVisible(cancellable)
        self.cancel_button.setAccessibleName(f"Cancel: {sentence}")
        if not self._tick.isActive():
            self._clock.start()
            self._tick.start()
            self._show_clock()
        self.show()

    def _show_clock(self) -> None:
        self._clock_label.setText(f"{self._clock.elapsed() / 1000:.1f} s")
