"""The SQL log in the Database room."""

from __future__ import annotations

from collections.abc import Callable

from explorer.database.inspector import Inspector
from explorer.database.schema import Schema
from explorer.database.sql_log import SqlLog
from explorer.ui.controllers.sql_log import SqlLogController
from explorer.ui.main_window import MainWindow
from explorer.ui.panels.database.console_panel import ConsolePanel
from explorer.ui.panels.database.sql_log_panel import SqlLogPanel
from explorer.ui.panels.database_room import CONSOLE, SQL_LOG, DatabaseRoom
from explorer.ui.tasks import Tasks
from explorer.ui.theme.manager import Themes


class SqlLogParts:
    """Makes the page and its controller, and puts the page into the room.

    Attributes:
        controller: shows the log.
    """

    def __init__(
        self,
        room: DatabaseRoom,
        log: SqlLog,
        inspector: Inspector,
        window: MainWindow,
        themes: Themes,
        tasks: Tasks,
        show_trace: Callable[[str], object],
        open_change: Callable[[str], object],
    ) -> None:
        """`show_trace` shows a request in the X-ray; `open_change` shows the rows that it changed."""
        self._room = room
        self._version = -1
        panel = SqlLogPanel(themes)
        self.controller = SqlLogController(panel, log, inspector, window.status_bar.undo, tasks, window)
        self.controller.counted.connect(self._show_count)
        panel.trace_opened.connect(show_trace)
        panel.changes_opened.connect(open_change)
        panel.console_requested.connect(self._open_console)
        room.set_page(SQL_LOG, panel)
        self._show_count(log.count)

    def on_schema_read(self, schema: Schema) -> None:
        """Ask for plans anew once the schema is another."""
        if schema.version != self._version:
            self._version = schema.version
            self.controller.forget_plans()

    def _show_count(self, count: int) -> None:
        self._room.set_count(SQL_LOG, f"{count:,}" if count else "")

    def _open_console(self, statement: str) -> None:
        console = self._room.page(CONSOLE)
        if isinstance(console, ConsolePanel):
            console.put_text(statement)
            if not self._room.is_docked(CONSOLE):
                self._room.show_tab(CONSOLE)
            console.editor.setFocus()
