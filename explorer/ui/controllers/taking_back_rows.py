"""Rows brought back: what one request changed is undone, or everything becomes as it was seeded."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from explorer.database.changes import ChangeSet
from explorer.database.copying import Progress
from explorer.database.failing import Holder
from explorer.database.reset import MakeCommand, reset_to_seed
from explorer.database.snapshot import Snapshot
from explorer.database.undo import opposite, undo
from explorer.ui.controllers.rewriting import Rewriting
from explorer.ui.dialogs.confirm import confirmed
from explorer.ui.panels.database_room import DatabaseRoom
from explorer.ui.tasks import Tasks
from explorer.ui.theme.manager import Themes
from explorer.ui.wording import count_text

RESET = "the reset to the seed data"
_UNDONE = "database.request_undone"


@dataclass(frozen=True, slots=True)
class Seed:
    """How a fresh database is made.

    Attributes:
        command: the command for a file that does not exist yet.
        environment: in which it runs.
    """

    command: MakeCommand
    environment: Mapping[str, str]


class TakingBackRowsController(QObject):
    """Answers *Undo this request* and *Reset to the seed data*.

    Signals:
        undone: what a request did was taken back, or the taking back was; its trace id, and whether it is undone now.
    """

    undone = Signal(str, bool)

    def __init__(
        self,
        room: DatabaseRoom,
        themes: Themes,
        rewriting: Rewriting,
        tasks: Tasks,
        parent: QObject | None = None,
        *,
        seed: Seed | None = None,
        change_of: Callable[[str], ChangeSet | None] = lambda _trace_id: None,
        holder: Holder | None = None,
    ) -> None:
        """Join everything.

        Args:
            room: where it is asked for.
            themes: for the question.
            rewriting: does it.
            tasks: run what takes time.
            parent: owns it.
            seed: how a fresh database is made; None when nobody knows.
            change_of: finds what a request changed by its trace id.
            holder: names who of ours holds the database when it is locked.
        """
        super().__init__(parent)
        self._room = room
        self._themes = themes
        self._rewriting = rewriting
        self._tasks = tasks
        self._seed = seed
        self._change_of = change_of
        self._holder = holder
        self._asking = False
        for requested in (room.sidebar.reset_requested, room.data.reset_requested):
            requested.connect(lambda: self._start(self._reset()))
        room.data.undo_requested.connect(lambda trace_id: self._start(self._undo(trace_id)))
        rewriting.begun.connect(lambda _label: self._show_can_reset())
        rewriting.ended.connect(self._show_can_reset)
        self._show_can_reset()

    def _start(self, coroutine: Coroutine[Any, Any, None]) -> None:
        self._tasks.start(coroutine, "take back rows")

    async def _reset(self) -> None:
        if self._seed is None or self._asking:
            return
        self._asking = True
        try:
            agreed = await confirmed(
                self._themes,
                self._room.window(),
                "Reset to the seed data?",
                "The database becomes what it is in a new shop, whatever was added or changed. A snapshot of how it is "
                "now is taken first, so you can go back.",
                "Reset",
                danger=True,
            )
        finally:
            self._asking = False
        if not agreed:
            return
        seed = self._seed

        def reset(go_on: Progress) -> tuple[Snapshot | Path | None]:
            snapshots = self._rewriting.snapshots
            return (reset_to_seed(snapshots, seed.command, seed.environment, lambda: not go_on(0, 0), go_on),)

        done = await self._rewriting.run(RESET, reset)
        if done is None:
            return
        if isinstance(done[0], Snapshot):
            self._rewriting.kept.emit(done[0])
        self._rewriting.restored.emit(None)
        self._rewriting.wrote.emit(RESET)
        self._rewriting.offer_snapshot(done[0], "Reset to the seed data.")

    async def _undo(self, trace_id: str) -> None:
        changes = self._change_of(trace_id)
        if changes is None:
            self._rewriting.told.emit("What this request changed is not kept any more: go back to a snapshot instead.")
            return
        if await self._undone(changes, f"the undoing of {changes.label}"):
            self.undone.emit(trace_id, True)
            rows = count_text(len(changes.changes), "row")

            async def back() -> None:
                if await self._undone(opposite(changes), "the way back"):
                    self.undone.emit(trace_id, False)

            self._rewriting.offer(_UNDONE, f"Undid {changes.label}: {rows}.", back, self._room.data.grid)

    async def _undone(self, changes: ChangeSet, label: str) -> bool:
        path = self._rewriting.snapshots.database
        done = await self._rewriting.run(label, lambda go_on: undo(path, changes, go_on, holder=self._holder))
        if done is None:
            return False
        self._rewriting.wrote.emit(label)
        return True

    def _show_can_reset(self) -> None:
        if self._seed is None:
            self._room.sidebar.set_can_reset(can=False, reason="Nobody knows how the data of this app is made anew.")
        elif self._rewriting.doing is not None:
            self._room.sidebar.set_can_reset(can=False, reason=f"Wait until {self._rewriting.doing} is over.")
        else:
            self._room.sidebar.set_can_reset(can=True)
