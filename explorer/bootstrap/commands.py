"""What leads to everything: the palette, the sheet of shortcuts, the settings, and what program this is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from explorer.ui.controllers.about import AboutController
from explorer.ui.controllers.palette import PaletteController
from explorer.ui.controllers.settings import SettingsController
from explorer.ui.controllers.shortcuts import ShortcutsController

if TYPE_CHECKING:
    from collections.abc import Sequence

    from explorer.bootstrap.program import Program
    from explorer.bootstrap.rooms import Rooms
    from explorer.ui.models.palette_model import PaletteEntry


class CommandParts:
    """Joins them with the rooms; what they show is made when it is asked for."""

    def __init__(self, program: Program, rooms: Rooms) -> None:
        self._program = program
        self._rooms = rooms
        window, themes, tasks = program.window, program.themes, rooms.tasks
        ShortcutsController(window, themes, tasks, window)
        history = rooms.history_controller
        settings = SettingsController(window, themes, history, program.folder.root, tasks, window)
        settings.changed.connect(rooms.save)
        AboutController(window, program.folder.root, window)
        PaletteController(window, themes, (self._at_once,), (self._tables, self._history), tasks, window)

    def _at_once(self) -> list[PaletteEntry]:
        from explorer.ui.controllers import palette_sources as sources

        window, compose = self._program.window, self._rooms.compose
        return [
            *sources.command_entries(window),
            *sources.open_request_entries(window, compose),
            *sources.operation_entries(window, compose),
            *sources.socket_entries(compose, self._rooms.sockets.add_client),
        ]

    async def _tables(self) -> Sequence[PaletteEntry]:
        from explorer.ui.controllers.palette_sources import table_entries

        return await table_entries(self._program.database, self._rooms.database.open_table)

    async def _history(self) -> Sequence[PaletteEntry]:
        from explorer.ui.controllers.palette_sources import history_entries

        show = self._rooms.history_controller.open
        return await history_entries(self._program.window, self._rooms.history, show)
