"""The Database room: what the database consists of, its trouble, and that somebody changed it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.database.changes import ChangeKind, ChangeSet
from explorer.database.grid import GridQuery
from explorer.database.inspector import Inspector
from explorer.database.schema import Schema, Table, TableKind
from explorer.database.trouble import DatabaseError, Trouble
from explorer.ui.controllers.other_writers import OtherWritersController
from explorer.ui.controllers.row_changes import RowChangesController
from explorer.ui.controllers.table_rows import TableRowsController
from explorer.ui.panels.database_room import DATA, RESET, SNAPSHOTS, DatabaseRoom
from explorer.ui.tasks import Tasks
from explorer.ui.widgets.notice import NoticeAction

WATCH_MS = 500
_COUNTED_TABLES = 200  # in a database with more, only the table on show is counted anew
_TRY_AGAIN = NoticeAction("try_again", "Try again")
_MEND = NoticeAction("mend", "Open it for writing once")
_WAYS_BACK = (NoticeAction(SNAPSHOTS, "Snapshots…"), NoticeAction(RESET, "Reset to the seed data…"))
_NO_DATABASE_YET = "There is no database yet: it is shown as soon as the app has made it."
_LOST = {Trouble.MISSING, Trouble.NO_DATABASE, Trouble.CORRUPT}
_NO_ROWS_OF_ITS_OWN = ("alembic_version",)


class DatabaseController(QObject):
    """Joins the Database room with the database.

    Attributes:
        rows: the rows on show.
        changes: what requests changed.
        others: what other programs changed.

    Signals:
        schema_read: what the database consists of; a `Schema`.
        data_changed: rows may have changed.
    """

    schema_read = Signal(object)
    data_changed = Signal()

    def __init__(self, room: DatabaseRoom, inspector: Inspector, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._inspector = inspector
        self._tasks = tasks
        self._schema: Schema | None = None
        self._troubled: str | None = None  # the sentence on show
        self._looking = self._counting = self._count_wanted = False
        self._unseen: ChangeSet | None = None
        self._wanted = ""  # the table that is to be shown first
        self.rows = TableRowsController(room.data, inspector, tasks, self)
        self.changes = RowChangesController(room.data, room.sidebar, self)
        self.others = OtherWritersController(inspector, tasks, self)
        self.others.found.connect(lambda change: self.changes.add((change,)))
        self._timer = QTimer(self)
        self._timer.setInterval(WATCH_MS)
        self._timer.timeout.connect(self.look)
        room.sidebar.set_file(inspector.path.name, str(inspector.path))
        room.sidebar.table_chosen.connect(self.on_table_chosen)
        room.data.table_wanted.connect(self.on_table_wanted)
        room.sidebar.refresh_requested.connect(self.refresh)
        room.trouble_action_chosen.connect(self.on_room_trouble_action_chosen)
        self.rows.table_shown.connect(room.sidebar.select)
        self.rows.failed.connect(self._show_trouble)
        self.changes.shown.connect(self.rows.set_change)
        self.changes.opened.connect(self.go_to_change)

    def start(self) -> None:
        """Read the database, and watch it while the room is on show."""
        self._timer.start()
        self.refresh()

    def stop(self) -> None:
        """Look at nothing more."""
        self._timer.stop()
        self.rows.stop()

    def refresh(self) -> None:
        """Read everything again."""
        self._troubled = None
        self._start(self._read_schema())

    def look(self) -> None:
        """Look now whether somebody changed the database, if somebody watches; it is done twice a second anyway."""
        if self._room.isVisible() and not self._looking:
            self._looking = True
            self._start(self._look())
        if self._room.isVisible() and self._unseen is not None and self._schema is not None:
            change, self._unseen = self._unseen, None
            self.go_to_change(change)

    def add_changes(self, changes: Sequence[ChangeSet]) -> None:
        """Take in what requests changed, the newest last."""
        self.changes.add(changes, follow=not self._room.isVisible())
        self.others.note_requests(changes)
        if changes and not self._room.isVisible():
            self._unseen = changes[-1]

    def open_change(self, trace_id: str) -> bool:
        """Show the rows that a request changed; return whether it is known to have changed any."""
        self._unseen = None
        return self.changes.open(trace_id)

    def open_table(self, name: str) -> None:
        """Show the rows of a table, as soon as it is known what there is."""
        self._room.show_tab(DATA)
        self._wanted = name
        if self._schema is not None:
            self.rows.show_table(name)

    def go_to_change(self, change: ChangeSet) -> None:
        """Show the first row that a change touched: one that was added before one that was changed or deleted."""
        if self._schema is None:
            self._unseen = change
            return
        self._room.show_tab(DATA)
        kinds = list(ChangeKind)
        ordered = sorted(change.changes, key=lambda one: kinds.index(one.kind))
        for one in ordered:
            if self._schema.find(one.table) is not None:
                self.rows.go_to_row(one.table, one.key)
                return
        for table in change.counts:
            if self._schema.find(table) is not None:
                self.rows.show_table(table)
                return

    # --- reactions ----------------------------------------------------------------------------------------------------
    def on_table_chosen(self, name: str) -> None:
        """Show a table."""
        self.rows.show_table(name)

    def on_table_wanted(self, name: str) -> None:
        """Show another table that the change on show touched."""
        change = self.changes.change
        for one in change.changes if change is not None else ():
            if one.table.lower() == name.lower():
                self.rows.go_to_row(name, one.key)
                return
        self.rows.show_table(name)

    def on_room_trouble_action_chosen(self, key: str) -> None:
        """Do what the bar offers."""
        self._troubled = None
        self._start(self._mend() if key == _MEND.key else self._read_schema())

    # --- work ---------------------------------------------------------------------------------------------------------
    async def _look(self) -> None:
        try:
            look = await asyncio.wrap_future(self._inspector.look())
        except DatabaseError as error:
            self._show_trouble(error)
            return
        finally:
            self._looking = False
        self.others.tick(changed=look.data)
        if self._troubled is not None or self._schema is None or look.schema or look.replaced:
            await self._read_schema()
        elif look.data:
            self.rows.reload()
            self.data_changed.emit()
            await self._count()

    async def _read_schema(self) -> None:
        try:
            schema = await asyncio.wrap_future(self._inspector.schema())
        except DatabaseError as error:
            self._show_trouble(error)
            return
        self._show_well()
        first = self._schema is None
        self._schema = schema
        self._room.sidebar.set_schema(schema)
        self.rows.set_schema(schema)
        self.schema_read.emit(schema)
        if self._room.data.table is None:
            self._show_some_table(schema)
        if first and self._unseen is not None:
            change, self._unseen = self._unseen, None
            self.go_to_change(change)
        self.data_changed.emit()
        await self._count()

    def _show_some_table(self, schema: Schema) -> None:
        wanted = (
            schema.find(self._wanted)
            or schema.find(self._room.sidebar.chosen)
            or next(
                (
                    table
                    for table in schema.tables
                    if table.kind is TableKind.TABLE and table.name.lower() not in _NO_ROWS_OF_ITS_OWN
                ),
                None,
            )
        )
        if wanted is not None:
            self.rows.show_table(wanted.name)

    async def _count(self) -> None:
        """Count the rows of each table, one after the other; once more if they changed meanwhile."""
        self._count_wanted = True
        if self._counting:
            return
        self._counting = True
        try:
            while self._count_wanted:
                self._count_wanted = False
                await self._count_once()
        finally:
            self._counting = False

    async def _count_once(self) -> None:
        schema, shown = self._schema, self._room.data.table
        tables: list[Table] = [t for t in schema.tables if t.kind is TableKind.TABLE] if schema is not None else []
        if len(tables) > _COUNTED_TABLES:
            tables = [table for table in tables if table == shown]
        counts: dict[str, int | None] = {}
        for table in tables:
            try:
                rows = await asyncio.wrap_future(self._inspector.count(GridQuery(table=table.name)))
            except DatabaseError:
                continue  # another look says what is wrong, if it stays
            if schema is not self._schema:
                return
            counts[table.name] = rows
        self._room.sidebar.set_counts(counts)
        now = self._room.data.table
        self._room.data.set_total(counts.get(now.name) if now is not None else None)

    async def _mend(self) -> None:
        try:
            await asyncio.wrap_future(self._inspector.mend())
        except DatabaseError as error:
            self._show_trouble(error)
            return
        await self._read_schema()

    def _show_trouble(self, error: DatabaseError) -> None:
        if error.trouble is Trouble.CANCELLED:
            return
        if error.sentence == self._troubled:
            return  # a person may have closed the bar
        self._troubled = error.sentence
        if error.trouble is Trouble.MISSING and self._schema is None:
            self._room.set_message(_NO_DATABASE_YET)
            self._room.sidebar.set_problem(_NO_DATABASE_YET)
            return
        actions = [_MEND if error.trouble is Trouble.NEEDS_WRITER else _TRY_AGAIN]
        if error.trouble in _LOST:
            actions += _WAYS_BACK
        self._room.set_trouble(error.sentence, actions)
        if self._schema is None:
            self._room.sidebar.set_problem(error.sentence)

    def _show_well(self) -> None:
        self._troubled = None
        self._room.set_trouble("")
        self._room.set_message("")

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.start(work, "read the database")
