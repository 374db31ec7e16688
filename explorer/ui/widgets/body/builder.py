"""Builds a long form a little at a time, so that the window never stops."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal

_BUDGET = 0.012  # seconds in one turn of the event loop


class Builder(QObject):
    """Runs iterators whose steps each build a small part; the first steps at once, the others as time permits.

    Signals:
        built: everything that was asked for is there.
    """

    built = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Iterator[None]] = deque()
        self._running = False
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._run)

    @property
    def busy(self) -> bool:
        """Whether something is still to be built."""
        return bool(self._waiting)

    def start(self, steps: Iterator[None]) -> None:
        """Build this after what was asked for before."""
        self._waiting.append(steps)
        if not self._running and not self._timer.isActive():
            self._run()

    def finish(self) -> None:
        """Build all that is left, now."""
        self._work(float("inf"))

    def clear(self) -> None:
        """Forget what is left."""
        self._waiting.clear()
        self._timer.stop()

    def _run(self) -> None:
        self._work(time.perf_counter() + _BUDGET)

    def _work(self, until: float) -> None:
        if self._running:
            return
        self._running = True
        try:
            while self._waiting and time.perf_counter() < until:
                steps = self._waiting[0]
                if next(steps, self) is self and self._waiting and self._waiting[0] is steps:
                    self._waiting.popleft()
        finally:
            self._running = False
        if self._waiting:
            self._timer.start()
        else:
            self._timer.stop()
            self.built.emit()
