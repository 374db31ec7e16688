"""From whatever thread something happened on to the window's thread: in batches, since one signal an event stops it."""

from __future__ import annotations

import time
from collections import deque

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from explorer.server.interface import AppDescription, LogLine, ServerEvent, StatusChanged
from explorer.trace.events import RawEvent
from explorer.ui.plain_signal import PlainSignal

BATCH_MS = 16
MOST_AT_ONCE = 128  # events in one list
SLICE_NS = (
    4_000_000  # how long lists are handed on; what is more waits a moment, so that the window may paint in between
)
SOON_MS = 2


class Bridge(QObject):
    """Collects events from any thread and hands them on at most once in `BATCH_MS` milliseconds.

    Signals (each on the window's thread):
        events_arrived: a list of raw trace events, in the order in which they came.
        status_changed: a `StatusChanged`.
        logs_arrived: a list of `LogLine`.
        described: an `AppDescription`.
    """

    status_changed = Signal(object)
    described = Signal(object)
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.events_arrived = PlainSignal[list[RawEvent]]()
        self.logs_arrived = PlainSignal[list[LogLine]]()
        self._waiting: deque[ServerEvent] = deque()
        self._wake_up_sent = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.on_timer_timeout)
        self._woken.connect(self.on_woken, Qt.ConnectionType.QueuedConnection)

    def push(self, event: ServerEvent) -> None:
        """Take an event, on any thread; never blocks."""
        self._waiting.append(event)
        if not self._wake_up_sent:
            self._wake_up_sent = True
            self._woken.emit()

    def on_woken(self) -> None:
        """Deliver at the end of the current interval."""
        if not self._timer.isActive():
            self._timer.start(BATCH_MS)

    def on_timer_timeout(self) -> None:
        """Deliver what has come in; of very much a part, and the rest very soon."""
        self._wake_up_sent = False  # before emptying, so that an event that comes meanwhile wakes us again
        until = time.perf_counter_ns() + SLICE_NS
        while self._waiting and time.perf_counter_ns() < until:
            self._deliver()
        if self._waiting:
            self._timer.start(SOON_MS)

    def _deliver(self) -> None:
        traced: list[RawEvent] = []
        logs: list[LogLine] = []
        for _ in range(min(MOST_AT_ONCE, len(self._waiting))):
            event = self._waiting.popleft()
            match event:
                case tuple():  # nearly all are
                    traced.append(event)
                case LogLine():
                    logs.append(event)
                case StatusChanged():
                    self.status_changed.emit(event)
                case AppDescription():
                    self.described.emit(event)
        if logs:
            self.logs_arrived.emit(logs)
        if traced:
            self.events_arrived.emit(traced)
