"""Alembic in the window: the chain, what a step would change, and the step itself."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QObject, Signal

from explorer.database.copying import Progress
from explorer.database.migrations.chain import BASE, HEADS, goes_up
from explorer.database.migrations.migrations import Migrations
from explorer.database.migrations.revisions import Chain, StepPreview, StepRun
from explorer.database.trouble import DatabaseError, Trouble
from explorer.ui.controllers.rewriting import Rewriting
from explorer.ui.dialogs.confirm import confirmed
from explorer.ui.panels.database.migrations_panel import MigrationsPanel
from explorer.ui.tasks import Tasks
from explorer.ui.theme.manager import Themes
from explorer.ui.wording import count_text, duration_text

_AGAIN = "Try again"


class MigrationsController(QObject):
    """Joins the migrations with their panel.

    Signals:
        chain_read: where the database stands now; a `Chain`.
    """

    chain_read = Signal(object)

    def __init__(
        self,
        panel: MigrationsPanel,
        themes: Themes,
        migrations: Migrations,
        rewriting: Rewriting,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._themes = themes
        self._migrations = migrations
        self._rewriting = rewriting
        self._tasks = tasks
        self._chain = Chain()
        self._previews: dict[str, StepPreview] = {}
        self._wanted: str | None = None  # the target whose preview is to come next
        self._looking = False
        self._stepping = False
        self._label = ""
        panel.preview_wanted.connect(self.on_panel_preview_wanted)
        panel.step_requested.connect(self.on_panel_step_requested)
        panel.refresh_requested.connect(self.refresh)
        panel.cancel_requested.connect(self.on_panel_cancel_requested)

    @property
    def stepping(self) -> bool:
        """Whether a step is under way, or asked for."""
        return self._stepping

    def refresh(self) -> None:
        """Read the revisions, and where the database stands."""
        if not self._stepping:
            self._start(self._read())

    def on_panel_preview_wanted(self, target: str) -> None:
        """Try a step on a copy."""
        self._wanted = target
        if not self._looking and not self._stepping:
            self._start(self._preview())

    def on_panel_step_requested(self, target: str) -> None:
        """Take a step, after asking once when it goes back or loses rows."""
        if not self._stepping:
            self._start(self._step(target))

    def on_panel_cancel_requested(self) -> None:
        """Stop the step, or the preview."""
        if self._stepping:
            self._rewriting.stop()
        self._wanted = None
        self._migrations.cancel()

    # --- how it is done -----------------------------------------------------------------------------------------------
    def _start(self, coroutine: Coroutine[Any, Any, None]) -> None:
        self._tasks.start(coroutine, "migrations")

    async def _read(self) -> None:
        try:
            chain = await asyncio.to_thread(self._migrations.chain)
        except DatabaseError as error:
            if error.trouble is not Trouble.CANCELLED:
                self._chain = Chain()
                self._panel.set_unavailable(error.sentence, _AGAIN)
            return
        if chain != self._chain:  # else what is shown of a step stays
            self._chain, self._previews = chain, {}
            self._panel.set_chain(chain)
            self.chain_read.emit(chain)

    async def _preview(self) -> None:
        self._looking = True
        try:
            while self._wanted is not None and not self._stepping:
                target, self._wanted = self._wanted, None
                await self._preview_of(target)
        finally:
            self._looking = False

    async def _preview_of(self, target: str) -> StepPreview | None:
        self._panel.set_previewing(target)
        self._migrations.begin()
        try:
            preview = await asyncio.to_thread(self._migrations.preview, target)
        except DatabaseError as error:
            if error.trouble is Trouble.CANCELLED:
                self._panel.set_preview_stopped(target)
            else:
                self._panel.set_preview(StepPreview(source="", target=target, error=error.sentence))
            return None
        self._previews[target] = preview
        self._panel.set_preview(preview)
        return preview

    async def _step(self, target: str) -> None:
        self._stepping = True
        try:
            up = goes_up(self._chain, target)
            if await self._agreed(target, up):
                await self._go(target, up)
        except ValueError:
            self._panel.set_error("There is no such revision any more: read the revisions anew.")
        finally:
            self._stepping = False
        if self._wanted is not None and not self._looking:
            await self._preview()

    async def _agreed(self, target: str, up: bool) -> bool:
        """Ask once, unless nothing can be lost as far as was tried."""
        preview = self._previews.get(target)
        lost = preview.lost_rows if preview is not None else ()
        if up and not lost:
            return True
        where = _where(target)
        meaning = "A snapshot is taken first, so you can go back. The server goes on running meanwhile."
        if lost:
            rows = ", ".join(f"{count:,} of {table}" for table, count in lost)
            meaning = f"On a copy, rows went: {rows}. {meaning}"
        word = "Upgrade" if up else "Downgrade"
        return await confirmed(
            self._themes, self._panel.window(), f"{word} to {where}?", meaning, word, danger=bool(lost) or not up
        )

    async def _go(self, target: str, up: bool) -> None:
        label = f"the {'upgrade' if up else 'downgrade'} to {_where(target)}"
        self._label = f"{'Upgrading' if up else 'Downgrading'} to {_where(target)}"
        self._panel.set_running(self._label)
        self._migrations.begin()
        loop = asyncio.get_running_loop()
        done = 0

        def on_statement(_sql: str) -> None:
            nonlocal done
            done += 1
            if done % 10 == 0:
                loop.call_soon_threadsafe(self._show_progress, done)

        def step(_go_on: Progress) -> StepRun | DatabaseError:
            try:
                return self._migrations.go(target, on_statement)
            except DatabaseError as error:
                return error  # it is told in the panel

        try:
            outcome = await self._rewriting.run(label, step)
        finally:
            self._label = ""
            self._panel.set_running("")
        if outcome is None:
            return
        if isinstance(outcome, StepRun) and outcome.snapshot is not None:
            self._rewriting.kept.emit(outcome.snapshot)
        if isinstance(outcome, DatabaseError):
            self._panel.set_error(outcome.sentence)
            return
        await self._read()
        self._tell(outcome)  # the preview of the revision that is chosen now waits behind it
        self._rewriting.wrote.emit(label)

    def _tell(self, run: StepRun) -> None:
        word = "upgrade" if run.up else "downgrade"
        if run.error is not None:
            self._panel.set_error(run.error, run.details or "")
            return
        words = f"{count_text(len(run.sql), 'statement')} in {duration_text(run.ns)}. A snapshot was taken before."
        self._panel.set_outcome(f"The SQL of the {word}", run.sql, words)
        if run.snapshot is not None:
            self._rewriting.offer_snapshot(run.snapshot, f"{word.capitalize()}d to {_where(run.target)}.")

    def _show_progress(self, done: int) -> None:
        if self._label:
            self._panel.set_running(f"{self._label}: {count_text(done, 'statement')} so far")


def _where(target: str) -> str:
    return {BASE: "before the first revision", HEADS: "head"}.get(target, target)
