"""The list of requests: what comes is shown a few times a second, filtered, and told of the chosen one."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from explorer.trace.ledger import Changes
from explorer.trace.query import QueryError, parse
from explorer.trace.summary import Summary
from explorer.ui.controllers.undoing import Undoing
from explorer.ui.controllers.xray import XRayController
from explorer.ui.models.trace_words import n_plus_one_text
from explorer.ui.panels.traces_room import TracesRoom
from explorer.ui.widgets.undo_offer import UndoOffer
from explorer.ui.wording import count_text

EVERY_MS = 100
"""So often the list changes at most: nobody reads quicker, and a thousand requests a second leave the window alone."""

HIDDEN_EVERY_MS = 1_000
SIFT_NS = 3_000_000
"""How long requests are compared with a filter in one go."""


class TracesController(QObject):
    """Keeps the room in step with the ledger.

    Attributes:
        chosen: the trace id of the request that is told of; empty for none.

    Signals:
        chosen_changed: another request is told of; its trace id.
        told: more is told of a request, or another is; its `Journey`, or None.
    """

    chosen_changed = Signal(str)
    told = Signal(object)

    def __init__(
        self,
        room: TracesRoom,
        xray: XRayController,
        summary_of: Callable[[str], Summary | None],
        undo: UndoOffer,
        parent: QObject | None = None,
    ) -> None:
        """`summary_of` returns what is known of a request, as for the room."""
        super().__init__(parent)
        self.chosen = ""
        self._room = room
        self._xray = xray
        self._ledger = xray.traces
        self._summary_of = summary_of
        self._begun: list[str] = []
        self._changed: set[str] = set()
        self._forgotten: set[str] = set()
        self._suspect: Summary | None = None  # whom the line at the foot tells of
        self._shown_ns = 0
        self._preparing = False
        self._timer = self._make_timer(self._prepare)
        self._sifter = self._make_timer(self._sift)
        room.list.prepared.connect(self._show_changes)
        room.shown.connect(self._show_changes)
        room.list.filter_edited.connect(self._on_list_filter_edited)
        room.list.rows_changed.connect(self._on_list_rows_changed)
        room.list.trace_chosen.connect(self._choose)
        self._clearing = Undoing(undo, "traces", self)
        self._unfiltering = Undoing(undo, "traces filter", self)
        room.list.cleared.connect(self._on_list_cleared)
        room.list.notice_followed.connect(self._on_list_notice_followed)
        xray.traces_changed.connect(self._on_xray_traces_changed)
        room.list.begin(self._ledger.ids())
        self._show_changes()

    def show(self, trace_id: str) -> None:
        """Tell of a request, and show where it stands in the list; a filter that hides it goes, and can come back."""
        self._show_changes()  # it may have come just now
        self._choose(trace_id)
        listed, text = self._room.list, self._room.list.filter.text()
        if text and listed.model.row_of(trace_id) < 0 and not self._fits(trace_id, text):
            listed.filter.clear()
            said = "Took the filter away: it hides the request."
            self._unfiltering.offer(said, lambda: listed.filter.setText(text), listed.filter)
        listed.choose(trace_id)

    def _make_timer(self, slot: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(slot)
        return timer

    # --- what comes ---------------------------------------------------------------------------------------------------
    def _on_xray_traces_changed(self, changes: Changes) -> None:
        self._begun += changes.begun
        self._changed |= changes.changed
        self._forgotten.update(changes.forgotten)
        if not self._timer.isActive() and not self._preparing:
            every = EVERY_MS if self._room.isVisible() else HIDDEN_EVERY_MS
            since_ms = (time.perf_counter_ns() - self._shown_ns) // 1_000_000
            self._timer.start(max(0, every - since_ms))

    def _prepare(self) -> None:
        """Let rows be painted before they are shown, if there are many."""
        self._preparing = self._room.list.prepare(self._begun, self._changed)
        if not self._preparing:
            self._show_changes()

    def _show_changes(self) -> None:
        """Bring the list up to date, and what is told of the chosen request."""
        self._timer.stop()
        self._preparing = False
        self._shown_ns = time.perf_counter_ns()
        forgotten, changed = self._forgotten, self._changed - self._forgotten
        begun = [trace_id for trace_id in self._begun if trace_id not in forgotten]
        self._begun, self._changed, self._forgotten = [], set(), set()
        self._room.list.add(Changes(begun, changed, list(forgotten)), self._ledger.count)
        self._show_suspect()
        if self.chosen in changed:
            self._tell()
        self._sift_soon()

    def _show_suspect(self) -> None:
        """Tell of the newest request that looks like N+1, unless the list was emptied since."""
        suspect = self._ledger.suspect()
        if suspect is not None and not self._room.list.model.knows(suspect.trace_id):
            suspect = None
        if suspect != self._suspect:
            self._suspect = suspect
            self._room.list.set_notice(n_plus_one_text(suspect) if suspect is not None else "")

    # --- the filter ---------------------------------------------------------------------------------------------------
    def _on_list_filter_edited(self, text: str) -> None:
        try:
            query = parse(text)
        except QueryError as error:
            self._room.list.set_filter_error(error.sentence, error.start, error.length)
            return
        self._room.list.set_filter_error("")
        self._room.list.set_query(query if text.strip() else None)
        self._sift()

    def _fits(self, trace_id: str, text: str) -> bool:
        """Whether a filter lets a request pass; it may not be in the list yet, or wait for a pause to end."""
        summary = self._summary_of(trace_id)
        try:
            return summary is not None and parse(text).matches(summary)
        except QueryError:
            return False

    def _sift(self) -> None:
        self._room.list.sift(SIFT_NS)
        self._sift_soon()

    def _sift_soon(self) -> None:
        if self._room.list.model.sifting:
            self._sifter.start(0)

    def _on_list_rows_changed(self) -> None:
        if not self._room.list.model.known:  # it was emptied
            self._choose("")
            self._room.list.choose("")
        self._show_suspect()
        self._sift_soon()

    def _on_list_cleared(self, taken: Mapping[int, str]) -> None:
        def bring_back() -> None:
            self._room.list.bring_back(taken, frozenset(self._ledger.ids()))

        said = f"Cleared {count_text(len(taken), 'request')} of the list."
        self._clearing.offer(said, bring_back, self._room.list.table)

    # --- the chosen one -----------------------------------------------------------------------------------------------
    def _choose(self, trace_id: str) -> None:
        if trace_id == self.chosen:
            return
        if self.chosen:
            self._ledger.release(self.chosen)
        self.chosen = trace_id
        if trace_id:
            self._ledger.hold(trace_id)
        self._tell()
        self.chosen_changed.emit(trace_id)

    def _tell(self) -> None:
        found = self._xray.look_up(self.chosen) if self.chosen else None
        self._room.detail.set_trace(found, self._summary_of(self.chosen))
        self.told.emit(found)

    def _on_list_notice_followed(self) -> None:
        if self._suspect is not None:
            self.show(self._suspect.trace_id)
            self._room.detail.show_repeated()
