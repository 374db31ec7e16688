"""Furnishes the Database room when it is first shown; what requests change is collected from the start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from explorer.database.change_log import ChangeLog
from explorer.database.sql_log import SqlLog
from explorer.server.interface import ServerState, StatusChanged
from explorer.trace.events import RawEvent
from explorer.ui.bridge import Bridge
from explorer.ui.panels.rail import Room
from explorer.ui.tasks import Tasks

if TYPE_CHECKING:
    from pathlib import Path

    from explorer.bootstrap.database_reading import ReadingParts
    from explorer.bootstrap.database_sql_log import SqlLogParts
    from explorer.bootstrap.database_writing import WritingParts
    from explorer.database.inspector import Inspector
    from explorer.storage.folder import DataFolder
    from explorer.storage.writer import Writer
    from explorer.ui.controllers.database import DatabaseController
    from explorer.ui.main_window import MainWindow
    from explorer.ui.panels.database_room import DatabaseRoom
    from explorer.ui.theme.manager import Themes

KEY = "database"


class DatabaseParts:
    """The Database room and what it needs.

    Attributes:
        room: the room, once it was shown; None before.
        controller: reads the database, once the room was shown; None before.
        writing: the console, migrations, snapshots and the ways back, once the room was shown; None before.
    """

    def __init__(
        self,
        window: MainWindow,
        themes: Themes,
        bridge: Bridge,
        tasks: Tasks,
        database: Path,
        clock: Callable[[], float],
        show_trace: Callable[[str], object],
        folder: DataFolder,
        writer: Writer,
    ) -> None:
        """`clock` dates changes; `show_trace` shows the request that changed something in the X-ray.

        Snapshots, and what the console ran, are in `folder`; `writer` saves them in the background.
        """
        self._window = window
        self._themes = themes
        self._tasks = tasks
        self._path = database
        self._clock = clock
        self._show_trace = show_trace
        self._folder = folder
        self._writer = writer
        self._log = ChangeLog(database, clock)
        self._statements = SqlLog(clock)
        self._sql_log: SqlLogParts | None = None
        self._inspector: Inspector | None = None
        self._state: Mapping[str, Any] = {}
        self._reading: ReadingParts | None = None
        self.room: DatabaseRoom | None = None
        self.controller: DatabaseController | None = None
        self.writing: WritingParts | None = None
        bridge.events_arrived.connect(self.on_bridge_events_arrived)
        bridge.status_changed.connect(self.on_bridge_status_changed)
        window.add_late_room(Room(KEY, "Database", "db"), self._furnish)
        window.room_changed.connect(self.on_window_room_changed)

    def restore(self, state: object) -> None:
        """Take up what `state` returned."""
        if isinstance(state, Mapping):
            self._state = state

    def state(self) -> Mapping[str, Any]:
        """Return how the room looks, as plain JSON."""
        if self.room is None or self._reading is None:
            return self._state
        return {**self.room.state(), "diagram": self._reading.diagram.state()}

    def open_change(self, trace_id: str) -> None:
        """Show which rows a request changed."""
        self._window.show_room(KEY)
        if self.controller is not None:
            self.controller.open_change(trace_id)

    def open_table(self, name: str) -> None:
        """Show the rows of a table."""
        self._window.show_room(KEY)
        if self.controller is not None:
            self.controller.open_table(name)

    def on_bridge_events_arrived(self, events: list[RawEvent]) -> None:
        """Collect what requests ask and change."""
        self._statements.add(events)
        changes = self._log.add(events)
        if changes and self.controller is not None:
            self.controller.add_changes(changes)

    def on_bridge_status_changed(self, status: StatusChanged) -> None:
        """Take note that a server is gone: its connections hold nothing any more."""
        if status.state is not ServerState.RUNNING:
            self._statements.forget_holders()

    def on_window_room_changed(self, key: str) -> None:
        """Look at the database at once when the room is entered."""
        if key == KEY and self.controller is not None:
            self.controller.look()

    def stop(self) -> None:
        """Begin nothing more."""
        if self.controller is not None:
            self.controller.stop()
        if self._reading is not None:
            self._reading.export.stop()
        if self.writing is not None:
            self.writing.stop()
        if self._sql_log is not None:
            self._sql_log.controller.stop()

    def close(self, timeout: float) -> None:
        """Let go of the database; may be called on any thread."""
        if self._inspector is not None:
            self._inspector.close(timeout)
        if self.writing is not None:
            self.writing.close()

    def _furnish(self) -> DatabaseRoom:
        from explorer.bootstrap.database_reading import ReadingParts
        from explorer.bootstrap.database_sql_log import SqlLogParts
        from explorer.bootstrap.database_writing import WritingParts
        from explorer.database.inspector import Inspector
        from explorer.ui.panels.database_room import DatabaseRoom

        self._inspector = Inspector(self._path, holder=self._holder)
        room = self.room = DatabaseRoom(self._themes, self._window.rooms)
        reading = self._reading = ReadingParts(
            room, self._inspector, self._window, self._themes, self._tasks, self._show_trace, self._holder
        )
        controller = self.controller = reading.controller
        writing = self.writing = WritingParts(
            room,
            self._inspector,
            self._window,
            self._themes,
            self._folder,
            self._writer,
            self._tasks,
            self._clock,
            self._log.find,
            self._holder,
        )
        controller.schema_read.connect(writing.set_schema)
        for ours in (writing.rewriting.begun, writing.rewriting.wrote):
            ours.connect(lambda _what: controller.others.note_own_writing())
        writing.rewriting.wrote.connect(lambda _what: controller.look())
        writing.rows.undone.connect(controller.changes.set_undone)
        writing.rewriting.kept.connect(controller.changes.note_snapshot)
        writing.rewriting.restored.connect(controller.changes.note_restored)
        self._sql_log = SqlLogParts(
            room, self._statements, self._inspector, self._window, self._themes, self._tasks,
            self._show_trace, self.open_change,
        )  # fmt: skip
        controller.schema_read.connect(self._sql_log.on_schema_read)
        room.restore(self._state)
        diagram = self._state.get("diagram")
        if isinstance(diagram, Mapping):
            reading.diagram.restore(diagram)
        controller.add_changes(self._log.sets)
        controller.start()
        return room

    def _holder(self) -> str | None:
        """Return who of ours holds the database now; None when that is not known."""
        doing = self.writing.doing() if self.writing is not None else None
        return doing or self._statements.holder()
