"""What was sent, kept and opened again."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.client.draft import RequestDraft
from explorer.client.exchange import Exchange
from explorer.client.history import UnreadableRecordError, from_record, to_record
from explorer.storage.history import History
from explorer.ui.panels.history_panel import HistoryPanel
from explorer.ui.tasks import Tasks
from explorer.ui.widgets.undo_offer import UndoOffer

PAGE = 200
SEARCH_AFTER_MS = 60
_UNDO_KEY = "history"


class HistoryController(QObject):
    """Joins the history with its panel.

    Attributes:
        kept: whether what is sent is kept.
        count: how many entries there are.

    Signals:
        opened: an entry is to be shown exactly as it was; a `RequestDraft` and an `Exchange`.
        counted: there may be another number of entries.
        told: something the person should know, in one sentence.
    """

    opened = Signal(object, object)
    counted = Signal()
    told = Signal(str)

    def __init__(
        self, panel: HistoryPanel, history: History, undo: UndoOffer, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._history = history
        self._undo = undo
        self._tasks = tasks
        self._removed: tuple[int, ...] = ()
        self.kept = True
        self.count = 0
        self._text = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_AFTER_MS)
        self._timer.timeout.connect(self.refresh)
        panel.search_changed.connect(self.on_panel_search_changed)
        panel.more_wanted.connect(lambda number: self._start(self._more(number)))
        panel.entry_opened.connect(self.open)
        panel.entry_removed.connect(lambda number: self._start(self._remove(number)))
        panel.clear_requested.connect(self.clear)
        undo.undone.connect(self.on_undo_undone)

    def refresh(self) -> None:
        """Show what the search finds now."""
        self._start(self._find())

    def open(self, number: int) -> None:
        """Show an entry exactly as it was, by its id."""
        self._start(self._open(number))

    def clear(self) -> None:
        """Take everything out, and offer to bring it back."""
        self._start(self._clear())

    def set_kept(self, *, kept: bool) -> None:
        """Keep what is sent from now on, or do not; what is kept already stays."""
        self.kept = kept
        self._panel.set_kept(kept=kept)

    def on_sending_exchanged(self, exchange: Exchange, draft: RequestDraft) -> None:
        """Keep what was just sent."""
        if self.kept:
            self._start(self._add(exchange, draft))

    def on_panel_search_changed(self, text: str) -> None:
        """Search once the person rests."""
        self._text = text
        self._timer.start()

    def on_undo_undone(self, key: str) -> None:
        """Bring back what was removed last."""
        if key == _UNDO_KEY:
            self._start(self._restore())

    def _start(self, coroutine: Coroutine[Any, Any, None]) -> None:
        self._tasks.start(coroutine, "history")

    async def _find(self) -> None:
        text = self._text
        entries = await asyncio.wrap_future(self._history.find(text, limit=PAGE))
        if text == self._text:  # else a newer search is on its way
            self._panel.set_entries(entries, complete=len(entries) < PAGE)
        await self._count()

    async def _more(self, before: int) -> None:
        text = self._text
        entries = await asyncio.wrap_future(self._history.find(text, limit=PAGE, before=before))
        if text == self._text:
            self._panel.append(entries, complete=len(entries) < PAGE)

    async def _count(self) -> None:
        self.count = await asyncio.wrap_future(self._history.count(""))
        self._panel.set_count(self.count)
        self.counted.emit()

    async def _add(self, exchange: Exchange, draft: RequestDraft) -> None:
        record = await asyncio.to_thread(to_record, exchange, draft)
        entry = await asyncio.wrap_future(self._history.add(record))
        if entry is None:
            return
        if self._text:
            await self._find()
        else:
            self._panel.prepend(entry)
            await self._count()

    async def _open(self, number: int) -> None:
        record = await asyncio.wrap_future(self._history.read(number))
        try:
            found = await asyncio.to_thread(from_record, record) if record is not None else None
        except UnreadableRecordError:
            found = None
        if found is not None:
            self.opened.emit(*found)
        else:
            self.told.emit("That request of the history is damaged and cannot be opened.")

    async def _remove(self, number: int) -> None:
        await asyncio.wrap_future(self._history.remove((number,)))
        self._removed = (number,)
        self._panel.remove(number)
        await self._count()
        self._undo.offer(_UNDO_KEY, "Removed from the history.", self._panel.list)

    async def _clear(self) -> None:
        self._removed = await asyncio.wrap_future(self._history.remove_all())
        await self._find()
        self._undo.offer(_UNDO_KEY, f"Cleared {_entries(len(self._removed))} of the history.", self._panel.list)

    async def _restore(self) -> None:
        removed, self._removed = self._removed, ()
        await asyncio.wrap_future(self._history.restore(removed))
        await self._find()


def _entries(number: int) -> str:
    return f"{number:,} entr{'y' if number == 1 else 'ies'}"
