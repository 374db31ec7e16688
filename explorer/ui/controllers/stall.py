"""Tells when a request held up the window itself: it shares Python's one lock with the server in its process."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer

from explorer.trace.ledger import TraceLedger
from explorer.trace.stalls import best_fit
from explorer.ui.widgets.stall_note import StallNote

EVERY_MS = 50
LONG_NS = 250_000_000
_SETTLE_MS = 200  # what the server told meanwhile has come in by then
_SHARE = 0.5  # of a standstill, in which other threads of ours must have worked


class StallController(QObject):
    """Watches a timer of the window.

    Only what other threads of this process did counts: a computer that slept, and the window's own work, are no
    request's fault.
    """

    def __init__(self, traces: TraceLedger, note: StallNote, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._traces = traces
        self._note = note
        self._trace_id = ""  # of the request that was told of last
        self._told_ns = 0  # how long the window stood still for it in all
        self._seen_ns, self._work_ns = time.perf_counter_ns(), _work_of_others_ns()
        self._stood: list[tuple[int, int]] = []  # from when to when
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MS)
        self._settling.timeout.connect(self.on_settling_timeout)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.on_timer_timeout)
        self._timer.start()

    def on_timer_timeout(self) -> None:
        """See how late it is."""
        since_ns, worked_ns = self._seen_ns, self._work_ns
        now_ns, work_ns = self._seen_ns, self._work_ns = time.perf_counter_ns(), _work_of_others_ns()
        stood_ns = now_ns - since_ns - EVERY_MS * 1_000_000
        if stood_ns > LONG_NS and work_ns - worked_ns > _SHARE * stood_ns:
            self._stood.append((now_ns - stood_ns, now_ns))
            self._settling.start()

    def on_settling_timeout(self) -> None:
        """Tell of the requests that were under way."""
        stood, self._stood = self._stood, []
        for since_ns, until_ns in stood:
            self._tell(since_ns, until_ns)

    def _tell(self, since_ns: int, until_ns: int) -> None:
        found = best_fit(self._traces.newest(), since_ns, until_ns)
        if found is None:
            return
        before_ns = self._told_ns if found.trace_id == self._trace_id else 0
        self._trace_id, self._told_ns = found.trace_id, before_ns + until_ns - since_ns
        self._note.tell(found, self._told_ns)


def _work_of_others_ns() -> int:
    """Return how long all other threads of this process have worked so far."""
    return time.process_time_ns() - time.thread_time_ns()
