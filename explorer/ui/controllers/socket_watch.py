"""From the start of the program on: what the server tells of WebSockets, and the ladder as it grows."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.client.sockets.gathering import Gathering
from explorer.trace.events import RawEvent
from explorer.ui.bridge import Bridge

TICK_MS = 33
FLOOD = 60  # events, or rows, in a tick: from there on the server's thread would keep the window waiting at each step
FLOOD_SWITCH_SECONDS = 0.001  # how long a thread may go on then while another one wants to, a fifth of the usual
FLOOD_SHOWN_NS = 100_000_000  # between two paintings then: rows that nobody can read are not worth the window's time
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
        self._events = 0
        self._unshown = 0  # rows of which `grew` has not told
        self._shown_ns = 0
        self._usual_switch_seconds: float | None = None  # what was before a flood; None while there is none
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
            self._events += len(events)
            self.wake()

    def on_timer_timeout(self) -> None:
        """Let rows stand, and rest when nothing happens any more."""
        self._share_time()
        gathering, now = self.gathering, time.perf_counter_ns()
        grown = gathering.tick(now)
        self._unshown += grown
        if gathering.server.changes != self._changes:
            self._changes = gathering.server.changes
            self.connections_changed.emit()
        if self._unshown and (grown < FLOOD or now - self._shown_ns >= FLOOD_SHOWN_NS):
            self._unshown, self._shown_ns = 0, now
            self.grew.emit()
        if grown:
            self._spare = _SPARE_TICKS
        elif not gathering.waits:
            self._spare -= 1
            if self._spare <= 0:
                self._timer.stop()

    def _share_time(self) -> None:
        """While very much is said, let Python change between the threads more often: painting a row is many steps."""
        events, self._events = self._events, 0
        if events >= FLOOD and self._usual_switch_seconds is None:
            self._usual_switch_seconds = sys.getswitchinterval()
            sys.setswitchinterval(FLOOD_SWITCH_SECONDS)
        elif not events and self._usual_switch_seconds is not None:
            sys.setswitchinterval(self._usual_switch_seconds)
            self._usual_switch_seconds = None
