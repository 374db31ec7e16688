"""Watches a run from outside: whether its event loop still turns, and whether it ends when it was asked to."""

from __future__ import annotations

import threading
from typing import Protocol

from explorer.server.run import Run

SILENT_TICKS = 4  # looks without a beat, after which a loop counts as blocked
PATIENCE_TICKS = 12  # looks after a stop was asked for, after which the run is cut off


class WatchListener(Protocol):
    """Who wants to know. Called on the watcher's thread."""

    def on_run_blocked(self, run: Run) -> None:
        """Take note that the event loop has not turned for a second."""
        ...

    def on_run_recovered(self, run: Run) -> None:
        """Take note that it turns again."""
        ...


class Watch:
    """A daemon thread that looks at a run until the run ends."""

    def __init__(self, run: Run, listener: WatchListener, tick_seconds: float) -> None:
        self._run = run
        self._tick_seconds = tick_seconds
        self._listener = listener
        self._thread = threading.Thread(target=self._look, name="server watch", daemon=True)

    def begin(self) -> None:
        """Start to look."""
        self._thread.start()

    def _look(self) -> None:
        run = self._run
        beats, silent, waited, blocked = -1, 0, 0, False
        while not run.ended.wait(self._tick_seconds):
            # Our own looks are counted, not the clock: after the computer slept both threads are late alike.
            silent = silent + 1 if run.beats == beats else 0
            beats = run.beats
            waited += run.stop_asked.is_set()
            watched = run.started or run.stop_asked.is_set()
            if watched and silent >= SILENT_TICKS and not blocked:
                blocked = True
                self._listener.on_run_blocked(run)
            elif blocked and silent == 0:
                blocked = False
                self._listener.on_run_recovered(run)
            if waited >= PATIENCE_TICKS:
                run.cut_off()
