"""Tells what other programs changed in the database: what changed, and no request of ours did it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from explorer.database.change_log import counted
from explorer.database.changes import ChangeSet
from explorer.database.inspector import Inspector
from explorer.database.other_writers import unexplained
from explorer.database.trouble import DatabaseError
from explorer.ui.tasks import Tasks

_KEPT = 500  # change sets of requests between two comparisons


class OtherWritersController(QObject):
    """Compares some time after each change, so that what requests tell has arrived by then.

    Signals:
        found: another program changed rows; a `ChangeSet`.
    """

    found = Signal(object)

    def __init__(self, inspector: Inspector, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inspector = inspector
        self._tasks = tasks
        self._requests: list[ChangeSet] = []
        self._doubted: ChangeSet | None = None
        self._wanted = True  # the first time, the copy is made
        self._running = False
        self._ours = False

    @property
    def ready(self) -> bool:
        """Whether the next change will be told: what was before it is known."""
        return not self._wanted and not self._running

    def note_requests(self, changes: Sequence[ChangeSet]) -> None:
        """Take note of what requests changed."""
        self._requests += changes
        if len(self._requests) > _KEPT:
            self._ours = True  # too many to compare with
            self._requests = self._requests[-_KEPT:]

    def note_own_writing(self) -> None:
        """Take note that we wrote ourselves, as when a snapshot comes back: that is no other program."""
        self._wanted = self._ours = True

    def tick(self, *, changed: bool) -> None:
        """Go on, twice a second while somebody watches; `changed` tells whether rows changed since the last time."""
        if self._running:
            self._wanted = self._wanted or changed
            return
        if self._doubted is not None:
            self._tell(self._doubted)
            self._doubted = None
        if self._wanted and not changed:
            self._wanted, self._running = False, True
            self._tasks.start(self._compare(), "compare rows")
        self._wanted = self._wanted or changed

    async def _compare(self) -> None:
        requests, self._requests = self._requests, []
        ours, self._ours = self._ours, False
        try:
            change = await asyncio.wrap_future(self._inspector.others(tuple(requests)))
        except DatabaseError:
            self._requests = [*requests, *self._requests]
            self._wanted, self._ours = True, ours or self._ours
        else:
            self._doubted = change if not ours else None  # a request that did it may still be telling so
        finally:
            self._running = False

    def _tell(self, change: ChangeSet) -> None:
        if not change.complete:
            if not self._requests:
                self.found.emit(change)
            return
        left = unexplained(change.changes, self._requests)
        if left:
            self.found.emit(replace(change, changes=tuple(left), counts=counted(left)))
