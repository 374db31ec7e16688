"""From the start of the program on: what the server tells of WebSockets, and the ladder as it grows."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.client.sockets.gathering import Gathering
from explorer.trace.events import RawEvent
from explorer.ui.bridge import Bridge

TICK_MS = 33
_SPARE_TICKS = 20  # after the last sign of life, for what still waits for its other half


class SocketWatch(QObject):
    """Takes events, and lets rows stand 30 times a second while there is anything to do.

    Signals:
        grew: there are more rows.
        connections_changed: a connection came, was accepted, or ended.
    """

    grew = Signal()
    connections_changed = Signal()

    def __init__(self, gathering: Gathering, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.gathering = gathering
        self._changes = 0
        self._spare = 0
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.on_timer_timeout)
        bridge.events_arrived.connect(self.on_bridge_events_arrived)

    def wake(self) -> None:
        """Look for rows for a while; call it when a client of ours does something."""
        self._spare = _SPARE_TICKS
        if not self._timer.isActive():
            self._timer.start()

    def on_bridge_events_arrived(self, events: list[RawEvent]) -> None:
        """Take a batch."""
        if self.gathering.take(events):
            self.wake()

    def on_timer_timeout(self) -> None:
        """Let rows stand, and rest when nothing happens any more."""
        gathering = self.gathering
        grown = gathering.tick(time.perf_counter_ns())
        if gathering.server.changes != self._changes:
            self._changes = gathering.server.changes
            self.connections_changed.emit()
        if grown:
            self._spare = _SPARE_TICKS
            self.grew.emit()
        elif not gathering.waits:
            self._spare -= 1
            if self._spare <= 0:
                self._timer.stop()
