"""The list of snapshots: opened, taken, restored, deleted."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from explorer.database.snapshot import Snapshot
from explorer.ui.controllers.rewriting import Rewriting
from explorer.ui.dialogs.confirm import confirmed
from explorer.ui.panels.database_room import DatabaseRoom
from explorer.ui.tasks import Tasks
from explorer.ui.theme.manager import Themes
from explorer.ui.wording import count_text, size_text

if TYPE_CHECKING:
    from explorer.ui.panels.database.snapshots_dialog import SnapshotsDialog

_REMOVED = "database.snapshot_removed"


class SnapshotsController(QObject):
    """Joins the snapshots with their list and with the number in the sidebar."""

    def __init__(
        self, room: DatabaseRoom, themes: Themes, rewriting: Rewriting, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._room = room
        self._themes = themes
        self._rewriting = rewriting
        self._snapshots = rewriting.snapshots
        self._tasks = tasks
        self._dialog: SnapshotsDialog | None = None
        room.sidebar.snapshots_requested.connect(self.on_sidebar_snapshots_requested)
        rewriting.progressed.connect(self._on_rewriting_progressed)
        rewriting.ended.connect(self._on_rewriting_ended)
        self._start(self._begin())

    def on_sidebar_snapshots_requested(self) -> None:
        """Open the list, or bring it to the front."""
        if self._dialog is None:
            self._start(self._show_dialog())
        else:
            self._dialog.raise_()
            self._dialog.activateWindow()

    # --- how it is done -----------------------------------------------------------------------------------------------
    def _start(self, coroutine: Coroutine[Any, Any, None]) -> None:
        self._tasks.start(coroutine, "snapshots")

    async def _begin(self) -> None:
        await asyncio.to_thread(self._snapshots.forget_removed)
        await self._show()

    async def _show(self) -> None:
        found = await asyncio.to_thread(self._snapshots.all)
        self._room.sidebar.set_snapshots(len(found))
        if self._dialog is not None:
            self._dialog.set_snapshots(found)

    async def _show_dialog(self) -> None:
        from explorer.ui.panels.database.snapshots_dialog import SnapshotsDialog

        dialog = self._dialog = SnapshotsDialog(self._themes, self._room.window())
        dialog.take_requested.connect(lambda: self._start(self._take()))
        dialog.restore_requested.connect(lambda snapshot: self._start(self._restore(snapshot)))
        dialog.delete_requested.connect(lambda snapshot: self._start(self._delete(snapshot)))
        closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        dialog.finished.connect(lambda _result: None if closed.done() else closed.set_result(None))
        dialog.show()
        try:
            await self._show()
            await closed
        finally:
            self._dialog = None
            dialog.hide()
            dialog.deleteLater()

    async def _take(self) -> None:
        taken = await self._rewriting.run("the snapshot", partial(self._snapshots.take, "by hand"))
        if taken is None:
            return
        self._rewriting.kept.emit(taken)
        surplus = await asyncio.to_thread(self._snapshots.surplus)
        if surplus:
            size = size_text(sum(one.size for one in surplus))
            old = count_text(len(surplus), "snapshot")
            self._rewriting.told.emit(
                f"The oldest {old} could go and give back {size}: delete what you need no more from the list."
            )

    async def _restore(self, snapshot: Snapshot) -> None:
        agreed = await confirmed(
            self._themes,
            self._dialog or self._room.window(),
            "Restore this snapshot?",
            f"The whole database becomes what it was {snapshot.reason or 'then'}. A snapshot of how it is now is taken "
            "first, so you can come back.",
            "Restore",
            danger=True,
        )
        if agreed:
            await self._rewriting.go_back(snapshot, "the restoring of a snapshot")

    async def _delete(self, snapshot: Snapshot) -> None:
        bring_back = await asyncio.to_thread(self._snapshots.remove, (snapshot,))
        await self._show()

        async def back() -> None:
            await asyncio.to_thread(bring_back)
            await self._show()

        self._rewriting.offer(_REMOVED, f"Deleted the snapshot taken {snapshot.reason or 'earlier'}.", back)

    def _on_rewriting_progressed(self, done: int, total: int) -> None:
        if self._dialog is not None and total:
            self._dialog.set_busy(f"Copying {100 * done // total} %")

    def _on_rewriting_ended(self) -> None:
        if self._dialog is not None:
            self._dialog.set_busy("")
        self._start(self._show())
