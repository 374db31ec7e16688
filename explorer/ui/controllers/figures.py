"""The figures of the status bar: how many requests, how quick, and how large the database is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from explorer.trace.figures import quickness
from explorer.trace.ledger import Changes, TraceLedger
from explorer.ui.main_window import MainWindow

DATABASE_EVERY_MS = 2_000
TRAFFIC_EVERY_MS = 500
"""So often the traffic changes at most: each change lays the status bar out anew, a tenth of the window's work."""

TIMED = 500
"""The figures are of so many requests, so that they tell how things are now, and take a fraction of a millisecond."""


class FiguresController(QObject):
    """Counts and times what reaches the server, whoever sent it."""

    def __init__(self, window: MainWindow, traces: TraceLedger, database: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._database = database
        self._traces = traces
        self._timer = QTimer(self)
        self._timer.setInterval(DATABASE_EVERY_MS)
        self._timer.timeout.connect(self.on_timer_timeout)
        self._timer.start()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TRAFFIC_EVERY_MS)
        self._pause.timeout.connect(self._show_waiting)
        self._waiting = False

    def on_xray_traces_changed(self, changes: Changes) -> None:
        """Show how many requests there are now, and how quick they were."""
        if changes.changed:
            self._show_soon()

    def on_timer_timeout(self) -> None:
        """Show the database's size; one look into the folder, which costs microseconds."""
        try:
            size = self._database.stat().st_size
        except OSError:
            size = None
        self._window.status_bar.set_database(self._database.name, size, str(self._database))

    def _show_soon(self) -> None:
        """Show it at once, unless that was a moment ago."""
        self._waiting = True
        if not self._pause.isActive():
            self._show_waiting()

    def _show_waiting(self) -> None:
        if self._waiting:
            self._waiting = False
            self._show()
            self._pause.start()

    def _show(self) -> None:
        last_ns, p95_ns = quickness(self._traces.latest(TIMED))
        self._window.status_bar.set_traffic(self._traces.count, last_ns, p95_ns)
