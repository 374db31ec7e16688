"""The rows on show: read page by page, filtered, sorted, followed along foreign keys and back."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.database.changes import ChangeSet, Key
from explorer.database.grid import Filter, GridQuery, Order, Page
from explorer.database.inspector import Inspector
from explorer.database.progress import Phase, Progress
from explorer.database.schema import Schema, Table
from explorer.database.trouble import DatabaseError, Trouble
from explorer.ui.panels.database.data_footer import GO_ON
from explorer.ui.panels.database.data_page import DataPage, Following
from explorer.ui.tasks import Tasks

_LOOKS_MS = 120
_KEPT_JUMPS = 50
_TRY_AGAIN = "Try again"
_VERBS = {Phase.COUNTING: ("counting", "Stop"), Phase.SORTING: ("sorting", "Cancel")}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a person was before a jump."""

    table: str
    filters: tuple[Filter, ...]
    order: Order | None
    first: int
    current: tuple[int, int]


class TableRowsController(QObject):
    """Joins the Data tab with the database.

    Signals:
        table_shown: another table is on show; its name.
        failed: the database could not be read; a `DatabaseError`.
    """

    table_shown = Signal(str)
    failed = Signal(object)

    def __init__(self, data: DataPage, inspector: Inspector, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data = data
        self._inspector = inspector
        self._tasks = tasks
        self._schema = Schema()
        self._change: ChangeSet | None = None
        self._back: list[_Place] = []
        self._page: Page | None = None
        self._wanted = (0, 0)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOKS_MS)
        self._timer.timeout.connect(self.on_timer_timeout)
        data.rows_wanted.connect(self.on_data_rows_wanted)
        data.order_changed.connect(self.on_data_order_changed)
        data.filters_changed.connect(self.on_data_filters_changed)
        data.reference_followed.connect(lambda wish: self._start(self._follow(wish)))
        data.back_requested.connect(self.on_data_back_requested)
        data.show_change_toggled.connect(self.on_data_show_change_toggled)
        data.stop_requested.connect(self.on_data_stop_requested)

    @property
    def query(self) -> GridQuery | None:
        """What is on show; None while no table is."""
        table = self._data.table
        if table is None:
            return None
        overlay = self._change if self._data.shows_change else None
        return GridQuery(table=table.name, filters=self._data.filters, order=self._data.order, overlay=overlay)

    def set_schema(self, schema: Schema) -> None:
        """Take up what the database consists of now; the table on show stays, if it is there."""
        self._schema = schema
        shown = self._data.table
        if shown is None:
            return
        found = schema.find(shown.name)
        if found is None:
            self._back.clear()
            self._data.set_can_go_back(can=False)
            self._data.set_table(None)
            self.table_shown.emit("")
        elif found != shown:
            self._data.set_schema_of(found)
        else:
            self.reload()

    def set_change(self, change: ChangeSet | None) -> None:
        """Mark what a request did."""
        self._change = change
        self.reload()

    def show_table(self, name: str, *, filters: tuple[Filter, ...] = (), order: Order | None = None) -> None:
        """Show a table from its first row on; one that is not there changes nothing."""
        table = self._schema.find(name)
        if table is None:
            return
        self._page = None
        self._show(table, filters, order)

    def go_to_row(self, name: str, key: Key) -> None:
        """Show a table, and in it the row with a key."""
        shown = self._data.table
        if shown is None or shown.name.lower() != name.lower():
            self.show_table(name)
        self._start(self._go_to(key))

    def reload(self) -> None:
        """Read the rows in sight again; those on show stay until the new ones are there."""
        if self._data.table is not None:
            self._data.reload()

    def stop(self) -> None:
        """Look at nothing more."""
        self._timer.stop()

    # --- reactions ----------------------------------------------------------------------------------------------------
    def on_data_rows_wanted(self, first: int, count: int) -> None:
        """Read rows."""
        self._wanted = (first, count)
        self._start(self._read(first, count))

    def on_data_order_changed(self, order: Order | None) -> None:
        """Order the rows otherwise."""
        self._data.set_query(filters=self._data.filters, order=order)

    def on_data_filters_changed(self, filters: tuple[Filter, ...]) -> None:
        """Filter the rows otherwise."""
        self._data.set_query(filters=filters, order=self._data.order)

    def on_data_show_change_toggled(self) -> None:
        """Mark changed rows, or do not."""
        self.reload()

    def on_data_back_requested(self) -> None:
        """Go back to where the last jump began."""
        while self._back:
            place = self._back.pop()
            table = self._schema.find(place.table)
            if table is not None:
                self._show(table, place.filters, place.order)
                self._data.go_to(place.current[0])
                break
        self._data.set_can_go_back(can=bool(self._back))

    def on_data_stop_requested(self) -> None:
        """Stop counting or sorting, or begin it again."""
        query = self.query
        progress = self._inspector.progress(query) if query is not None else None
        if query is None or progress is None:
            return
        if progress.phase is Phase.STOPPED:
            self._inspector.resume(query)
        else:
            self._inspector.stop(query)
        self._timer.start()

    def on_timer_timeout(self) -> None:
        """Show how far counting or sorting is, and read the rows again once it is over."""
        query = self.query
        progress = self._inspector.progress(query) if query is not None else None
        if progress is None:
            return
        self._data.set_progress(*_words(progress))
        if progress.phase in (Phase.READY, Phase.STOPPED):
            self._timer.stop()
        page = self._page
        if page is None or page.version != progress.version or (progress.exact and not page.exact):
            self.reload()

    # --- work ---------------------------------------------------------------------------------------------------------
    async def _read(self, first: int, count: int) -> None:
        query = self.query
        if query is None:
            return
        try:
            page = await asyncio.wrap_future(self._inspector.page(query, first, count))
        except DatabaseError as error:
            if error.trouble is not Trouble.CANCELLED and query == self.query:
                self._tell(error)
            return
        if query != self.query or (first, count) != self._wanted:
            return  # a newer question is on its way
        self._page = page
        if page.rows or page.exact or page.total <= first:
            self._data.set_page(page)
        if page.exact:
            self._data.set_progress("")
            self._timer.stop()
        else:
            self._timer.start()

    def _tell(self, error: DatabaseError) -> None:
        if error.trouble in (Trouble.REFUSED, Trouble.CORRUPT):  # other tables may be well
            self._data.set_problem(error.sentence, _TRY_AGAIN)
        else:
            self.failed.emit(error)

    async def _follow(self, wish: Following) -> None:
        try:
            there = await asyncio.wrap_future(self._inspector.follow(wish.table, wish.key, wish.row))
        except DatabaseError as error:
            self._tell(error)
            return
        table = self._schema.find(there.table) if there is not None else None
        shown = self._data.table
        if there is None or table is None or shown is None:
            return
        grid = self._data.grid
        place = _Place(shown.name, self._data.filters, self._data.order, grid.rows_in_sight.start, grid.current)
        self._back = [*self._back, place][-_KEPT_JUMPS:]
        self._show(table, there.filters, None)
        self._data.set_can_go_back(can=True)

    async def _go_to(self, key: Key) -> None:
        query = self.query
        if query is None:
            return
        try:
            number = await asyncio.wrap_future(self._inspector.number(query, key))
            if number is None and query.filters:  # a filter leaves it out
                self._data.set_query(filters=(), order=None)
                query = GridQuery(table=query.table, overlay=query.overlay)
                number = await asyncio.wrap_future(self._inspector.number(query, key))
        except DatabaseError:
            return  # reading the rows says what is wrong
        if number is not None and self.query == query:
            await self._shown(query, number)

    async def _shown(self, query: GridQuery, number: int) -> None:
        """Stand in a row once the grid knows that there are so many."""
        if self._page is None:
            page = await asyncio.wrap_future(self._inspector.page(query, max(0, number - 20), 100))
            if self.query != query:
                return
            self._page = page
            self._data.set_page(page)
        self._data.go_to(number)

    def _show(self, table: Table, filters: tuple[Filter, ...], order: Order | None) -> None:
        self._page = None
        self._data.set_table(table, filters=filters, order=order)
        self.table_shown.emit(table.name)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.start(work, "read rows")


def _words(progress: Progress) -> tuple[str, str]:
    """Return what is under way, and the word on its button."""
    if progress.phase is Phase.READY:
        return "", ""
    if progress.phase is Phase.STOPPED:
        return progress.sentence or "stopped", GO_ON
    verb, action = _VERBS[progress.phase]
    return (f"{verb} {progress.fraction:.0%}" if progress.fraction else f"{verb}…"), action
