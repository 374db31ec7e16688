"""What shows the database in the Database room: rows, one row whole, how tables are made, and the diagram."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from explorer.database.changes import Key, Value
from explorer.database.failing import Holder
from explorer.database.inspector import Inspector
from explorer.ui.controllers.database import DatabaseController
from explorer.ui.controllers.diagram import DiagramController
from explorer.ui.controllers.record import RecordController
from explorer.ui.controllers.rows_export import RowsExportController
from explorer.ui.main_window import MainWindow
from explorer.ui.panels.database.er_diagram import ErDiagram
from explorer.ui.panels.database.schema_page import SchemaPage
from explorer.ui.panels.database_room import DATA, ER, SCHEMA, DatabaseRoom
from explorer.ui.tasks import Tasks
from explorer.ui.theme.manager import Themes


class ReadingParts:
    """Makes these pages and their controllers, and puts the pages into the room.

    Attributes:
        controller: reads the database.
        diagram: how tables belong together; its state is worth remembering.
        export: saves rows.
    """

    def __init__(
        self,
        room: DatabaseRoom,
        inspector: Inspector,
        window: MainWindow,
        themes: Themes,
        tasks: Tasks,
        show_trace: Callable[[str], object],
        holder: Holder | None = None,
    ) -> None:
        """`show_trace` shows the request that changed something in the X-ray; `holder` names who of ours holds it."""
        self.controller = controller = DatabaseController(room, inspector, tasks, window)
        self._room = room
        schema = SchemaPage(themes)
        diagram = self.diagram = ErDiagram(themes)
        room.set_page(SCHEMA, schema)
        room.set_page(ER, diagram)
        self.export = RowsExportController(
            room.data, lambda: controller.rows.query, inspector.path, tasks, window, holder=holder
        )
        self._record = RecordController(room.data, _reads(inspector), themes, tasks, window)
        self._diagrams = DiagramController(diagram, window.notice_bar, tasks, window)
        controller.schema_read.connect(schema.set_schema)
        controller.schema_read.connect(diagram.set_schema)
        controller.rows.table_shown.connect(schema.set_table)
        controller.rows.table_shown.connect(lambda _name: self._record.close())
        schema.table_chosen.connect(controller.rows.show_table)
        schema.copy_requested.connect(window.on_copy_requested)
        diagram.table_opened.connect(self._open_table)
        room.data.told.connect(window.notice_bar.show_message)
        room.data.change_opened.connect(show_trace)

    def _open_table(self, name: str) -> None:
        self.controller.rows.show_table(name)
        self._room.show_tab(DATA)


def _reads(inspector: Inspector) -> Callable[[str, Key, str], Awaitable[Value]]:
    def read(table: str, key: Key, column: str) -> Awaitable[Value]:
        return asyncio.wrap_future(inspector.value(table, key, column))

    return read
