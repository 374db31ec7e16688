"""What of ours writes the database: one thing at a time, off the window's thread, with a way back afterwards."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from explorer.database.copying import Progress
from explorer.database.snapshot import Snapshot
from explorer.database.snapshots import Snapshots
from explorer.database.trouble import DatabaseError
from explorer.ui.tasks import Tasks
from explorer.ui.widgets.undo_offer import UndoOffer

T = TypeVar("T")
Back = Callable[[], Coroutine[Any, Any, None]]
_WENT_BACK = "database.went_back"


class Rewriting(QObject):
    """Shared by all controllers that write.

    Signals:
        told: something a person should read; one sentence.
        begun: something began; what, such as ``the reset to the seed data``.
        ended: it is over, whether or not it worked.
        progressed: how far copying is: pages done and pages in all.
        wrote: the database was written; by what.
        kept: a snapshot was taken; a `Snapshot`.
        restored: everything is as it was then; a `Snapshot`, or None for the seed data.

    Attributes:
        snapshots: of the database.
    """

    told = Signal(str)
    begun = Signal(str)
    ended = Signal()
    progressed = Signal(int, int)
    wrote = Signal(str)
    kept = Signal(object)
    restored = Signal(object)

    def __init__(self, snapshots: Snapshots, offer: UndoOffer, tasks: Tasks, parent: QObject | None = None) -> None:
        """`offer` is the one in the status bar."""
        super().__init__(parent)
        self.snapshots = snapshots
        self._offer = offer
        self._tasks = tasks
        self._doing: str | None = None
        self._stop = threading.Event()
        self._backs: dict[str, Back] = {}
        offer.undone.connect(self.on_offer_undone)

    @property
    def doing(self) -> str | None:
        """What runs now; None for nothing. Whoever finds the database locked can name it."""
        return self._doing

    def stop(self) -> None:
        """Stop what runs, as soon as it looks."""
        self._stop.set()

    async def run(self, label: str, job: Callable[[Progress], T]) -> T | None:
        """Run a job on a thread; None when it failed or something else runs, which was told then.

        The job takes a function that says how far copying is, and that returns False when it is to stop.
        """
        if self._doing is not None:
            self.told.emit(f"Wait until {self._doing} is over.")
            return None
        self._doing, stop = label, threading.Event()
        self._stop = stop
        loop = asyncio.get_running_loop()

        def go_on(done: int, total: int) -> bool:
            if not stop.is_set():
                loop.call_soon_threadsafe(self.progressed.emit, done, total)
            return not stop.is_set()

        self.begun.emit(label)
        try:
            return await asyncio.to_thread(job, go_on)
        except DatabaseError as error:
            self.told.emit(error.sentence)
            return None
        finally:
            stop.set()
            self._doing = None
            self.ended.emit()

    def offer(self, key: str, sentence: str, back: Back, home: QWidget | None = None) -> None:
        """Offer a way back for some seconds; `home` is as for `UndoOffer`."""
        self._backs[key] = back
        self._offer.offer(key, sentence, home)

    def offer_snapshot(self, before: Snapshot | Path | None, sentence: str) -> None:
        """Offer to go back to a snapshot that was taken just before something was done.

        Without one, it is only told that it is done, and where a file is kept that was too damaged for a snapshot.
        """
        if not isinstance(before, Snapshot):
            self.told.emit(sentence + (f" The damaged file is kept as {before.name}." if before is not None else ""))
            return

        async def back() -> None:
            if await self.go_back(before, "the way back", offer=False):
                self.told.emit("The database is as it was before. What happened since is in a snapshot.")

        self.offer(_WENT_BACK, sentence, back)

    async def go_back(self, snapshot: Snapshot, label: str, *, offer: bool = True) -> bool:
        """Restore a snapshot, after taking one of how things are; returns whether it worked."""

        def restore(go_on: Progress) -> tuple[Snapshot | Path | None]:
            before = self.snapshots.take_before("before going back", go_on)
            self.snapshots.restore(snapshot, go_on)
            return (before,)

        done = await self.run(label, restore)
        if done is None:
            return False
        if isinstance(done[0], Snapshot):
            self.kept.emit(done[0])
        self.restored.emit(snapshot)
        self.wrote.emit(label)
        if offer:
            self.offer_snapshot(done[0], f"Restored the snapshot taken {snapshot.reason or 'earlier'}.")
        return True

    def on_offer_undone(self, key: str) -> None:
        """Go the way back that was offered last."""
        back = self._backs.pop(key, None)
        if back is not None:
            self._tasks.start(back(), "take back")
