"""What requests changed, one after the other: the newest is shown, until a person goes back to one before it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from explorer.database.changes import ChangeSet
from explorer.database.snapshot import Snapshot
from explorer.ui.panels.database.data_page import DataPage
from explorer.ui.panels.database.database_sidebar import DatabaseSidebar

_KEPT = 300
_INCOMPLETE = "Not all rows are known that it changed: going back to a snapshot takes it back."
_NOT_OURS = "It was no request: only what a request did can be taken back."
_UNDONE = "It is undone already."


class RowChangesController(QObject):
    """Chooses the change on show, and knows which of them are undone.

    Signals:
        shown: the rows are to be marked with this change; a `ChangeSet`, or None for none.
        opened: a person wants to see where a change is; a `ChangeSet`.
    """

    shown = Signal(object)
    opened = Signal(object)

    def __init__(self, data: DataPage, sidebar: DatabaseSidebar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data = data
        self._sidebar = sidebar
        self._changes: list[ChangeSet] = []
        self._place = -1
        self._undone: set[str] = set()
        self._there_at: dict[Path, frozenset[str]] = {}  # by snapshot: the changes that it has in it
        data.change_stepped.connect(self.on_data_change_stepped)
        data.newest_change_wanted.connect(self.on_data_newest_change_wanted)
        data.show_change_toggled.connect(self._show_counts)

    @property
    def change(self) -> ChangeSet | None:
        """The change on show."""
        return self._changes[self._place] if 0 <= self._place < len(self._changes) else None

    @property
    def changes(self) -> Sequence[ChangeSet]:
        """All that are kept, the oldest first."""
        return self._changes

    def add(self, changes: Sequence[ChangeSet], *, follow: bool = False) -> None:
        """Take in changes that are new or grew, the newest last.

        The newest is shown, unless a person went back to an older one: then it is only said that there are newer ones.
        `follow` shows the newest all the same.
        """
        if not changes:
            return
        on_show, newest_on_show = self.change, self._place == len(self._changes) - 1
        grown = {change.trace_id for change in changes if change.trace_id}
        self._undone.difference_update(grown)
        known = [change for change in self._changes if change.trace_id not in grown]
        self._changes = [*known, *changes][-_KEPT:]
        if on_show is None or newest_on_show or follow:
            self._show(len(self._changes) - 1)
        else:
            self._show(self._place_of(on_show))

    def open(self, trace_id: str) -> bool:
        """Show what a request changed, and go there; return whether it is known."""
        for place in range(len(self._changes) - 1, -1, -1):
            if self._changes[place].trace_id == trace_id:
                self._show(place)
                self.opened.emit(self._changes[place])
                return True
        return False

    def set_undone(self, trace_id: str, undone: bool) -> None:
        """Take note that what a request did was taken back, or that the taking back was."""
        if undone:
            self._undone.add(trace_id)
        else:
            self._undone.discard(trace_id)
        self._show(self._place)

    def note_snapshot(self, snapshot: Snapshot) -> None:
        """Take note that a snapshot was taken just now: it has in it what is not undone."""
        self._there_at[snapshot.path] = frozenset(_name(change) for change in self._changes) - self._undone

    def note_restored(self, snapshot: Snapshot | None) -> None:
        """Take note that a snapshot took the place of everything; None for the seed data."""
        there = self._there_at.get(snapshot.path, frozenset()) if snapshot is not None else frozenset()
        self._undone = {_name(change) for change in self._changes} - there
        self._show(self._place)

    def on_data_change_stepped(self, by: int) -> None:
        """Go to an earlier or a later change."""
        place = self._place + by
        if 0 <= place < len(self._changes):
            self._show(place)
            self.opened.emit(self._changes[place])

    def on_data_newest_change_wanted(self) -> None:
        """Go to the newest change."""
        if self._changes:
            self._show(len(self._changes) - 1)
            self.opened.emit(self._changes[-1])

    def _place_of(self, change: ChangeSet) -> int:
        """Return where a change is now, grown or not; the oldest when it is not kept any more."""
        for place, one in enumerate(self._changes):
            if one is change or (change.trace_id and one.trace_id == change.trace_id):
                return place
        return 0

    def _show(self, place: int) -> None:
        self._place = place
        change = self.change
        undone = self._is_undone(change)
        later = len(self._changes) - 1 - place
        self._data.set_change(change, earlier=place > 0, later=later, undone=undone)
        if change is not None:
            reason = _NOT_OURS if not change.trace_id else "" if change.complete else _INCOMPLETE
            reason = _UNDONE if undone else reason
            self._data.set_can_undo(can=not reason, reason=reason)
        self._show_counts()
        self.shown.emit(None if undone else change)

    def _is_undone(self, change: ChangeSet | None) -> bool:
        return change is not None and _name(change) in self._undone

    def _show_counts(self) -> None:
        change = self.change if self._data.shows_change else None
        self._sidebar.set_changes(change.counts if change is not None and not self._is_undone(change) else {})


def _name(change: ChangeSet) -> str:
    """Return what tells a change from all others: of another program's, there is only the thing itself."""
    return change.trace_id or str(id(change))
