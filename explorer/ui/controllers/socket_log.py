"""What of the ladder is on show."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from explorer.client.sockets.ladder_rows import EntryFilter
from explorer.client.sockets.ladder_view import LadderView, scan
from explorer.ui.controllers.socket_watch import SocketWatch
from explorer.ui.panels.sockets.ladder_panel import LadderPanel
from explorer.ui.tasks import Tasks
from explorer.ui.widgets.undo_offer import UndoOffer
from explorer.ui.wording import count_text

TYPED_MS = 120  # a filter that is being typed waits for the next letter
_UNDO_KEY = "sockets"


class SocketLogController(QObject):
    """Filters, pauses, and puts out of sight what is no longer wanted."""

    def __init__(
        self, panel: LadderPanel, watch: SocketWatch, undo: UndoOffer, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._ladder = watch.gathering.ladder
        self._undo = undo
        self._tasks = tasks
        self._paused = False
        self._columns: frozenset[str] = frozenset()  # on show
        self._some_hidden = False  # whether there are rows of which no column is on show
        self._search = threading.Event()
        self.view = LadderView(self._ladder)
        self.view.grow()
        panel.view.set_source(self.view)
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(TYPED_MS)
        self._typed.timeout.connect(self._apply)
        panel.bar.filter_changed.connect(lambda _chosen: self._typed.start())
        panel.bar.pause_changed.connect(self.on_bar_pause_changed)
        panel.bar.clear_requested.connect(self.on_bar_clear_requested)
        undo.undone.connect(self.on_undo_undone)
        watch.grew.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Take in what is new, unless the view is to stand still."""
        if self._paused:
            self._panel.bar.set_waiting(self._ladder.count - self.view.seen)
            return
        self.view.grow()
        self._show()

    def on_bar_pause_changed(self, paused: bool) -> None:
        """Stand still, or catch up."""
        self._paused = paused
        self._panel.bar.set_waiting(0)
        self.refresh()

    def on_bar_clear_requested(self) -> None:
        """Begin anew with an empty ladder; what was there can be brought back."""
        count = self.view.total
        self.view.clear()
        self._apply()
        self._undo.offer(_UNDO_KEY, f"Cleared {count_text(count, 'row')} of the log.", self._panel.view)

    def on_undo_undone(self, key: str) -> None:
        """Bring back what was cleared."""
        if key == _UNDO_KEY:
            self.view.bring_back()
            self._apply()

    def set_columns(self, columns: frozenset[str]) -> None:
        """Leave out the rows in which only those had a part that are not among `columns`."""
        if columns == self._columns:
            return
        gone = self._columns - columns
        self._columns = columns
        if gone or any(column.id not in columns for column in self._ladder.columns):
            self._some_hidden = True
        if self._some_hidden:
            self._typed.start()

    def _apply(self) -> None:
        self._search.set()
        chosen = self._panel.bar.wanted
        if self._some_hidden:
            chosen = replace(chosen, columns=self._columns)
        if not chosen.active:
            self.view.show_all()
            self._show()
            return
        self._search = stop = threading.Event()
        self._tasks.start(self._filter(chosen, stop), "filter the ladder")

    async def _filter(self, chosen: EntryFilter, stop: threading.Event) -> None:
        end = self._ladder.count
        numbers = await asyncio.to_thread(
            scan, self._ladder, chosen, range(self.view.begin, end), lambda: not stop.is_set()
        )
        if not stop.is_set():
            self.view.set_filter(chosen, numbers, end)
            self._show()

    def _show(self) -> None:
        """Show what passes, also while the view stands still: the person asked for it."""
        if self._paused:
            self._panel.bar.set_waiting(self._ladder.count - self.view.seen)
        self._panel.bar.set_count(self.view.count, self.view.total)
        self._panel.view.refresh()
