"""The program in one window: painted first, furnished afterwards, and gone within two seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.bootstrap.server import ServerMaker, make_server
from explorer.storage.folder import DataFolder
from explorer.storage.options import Options
from explorer.storage.settings import settings_document
from explorer.ui.application import make_application, run_until_done
from explorer.ui.errors import ErrorReporter
from explorer.ui.main_window import MainWindow
from explorer.ui.theme.manager import Themes

if TYPE_CHECKING:
    from explorer.bootstrap.rooms import Rooms
    from explorer.ui.tour.tour import Tour

SERVER_PATIENCE_SECONDS = 1.4  # for stopping; with everything else the window is gone within two seconds
SAVE_PATIENCE_SECONDS = 0.4
DATABASE_PATIENCE_SECONDS = 0.1  # for a statement that runs; it is told to stop
EXIT_INTERRUPTED = 1


class Program:
    """Everything of one run.

    Attributes:
        options: what was asked for on the command line.
        folder: where things are kept.
        clock: seconds since the epoch, as requests are dated.
        errors: takes every exception that nobody handled.
        themes: how everything looks.
        window: the main window.
        rooms: what is behind the frame, once `live` runs.
    """

    def __init__(
        self,
        options: Options,
        folder: DataFolder,
        make_server: ServerMaker = make_server,
        clock: Callable[[], float] = time.time,
        notice: str | None = None,
    ) -> None:
        """Make the window, not shown yet.

        Args:
            options: what was asked for on the command line.
            folder: where things are kept.
            make_server: makes the server.
            clock: seconds since the epoch.
            notice: a sentence on the folder that a person should read; None for nothing.
        """
        self.options = options
        self.folder = folder
        self.rooms: Rooms | None = None
        self.clock = clock
        self._make_server = make_server
        self._application = make_application()
        self.errors = ErrorReporter()
        self._settings_document = settings_document(folder.settings)
        settings, settings_notice = self._settings_document.load()
        self._notices = tuple(filter(None, (notice, settings_notice)))
        self._settings = settings
        self.themes = Themes(
            self._application, options.theme or settings.theme, options.zoom or settings.zoom, settings.contrast
        )
        self.window = MainWindow(self.themes)
        self.window.keymap.restore(settings.keys)
        self.window.restore(settings.layout)

    @property
    def database(self) -> Path:
        """The demo's SQLite file."""
        return self.options.database or self.folder.database

    def run(self, tour: Tour | None = None) -> int:
        """Show the window, run until it is closed (or the tour is over), and return the exit code."""
        self.errors.install()
        self.paint()
        # What is imported from here on, asyncio to begin with, would have kept the person waiting.
        from explorer.ui.signals import closing_on_signals

        with closing_on_signals(self.window.close):
            try:
                return run_until_done(self._application, lambda: self.live(tour), self.errors.report)
            finally:
                self.errors.uninstall()

    def paint(self) -> None:
        """Show the window, and return once it is painted: nothing heavy is imported before."""
        self.window.show()
        self._application.processEvents()

    async def live(self, tour: Tour | None = None) -> int:
        """Furnish the window and run until it is closed or the tour is over. Needs the event loop running."""
        from explorer.bootstrap.rooms import Rooms  # with these come the HTTP client and the rooms of the window

        rooms = self.rooms = Rooms(self, self._make_server(self.options, self.database))
        rooms.open(self._settings, self._settings_document, self._notices)
        try:
            if tour is not None:
                return await self._play(tour, rooms)
            await rooms.closing.wait()
            return 0
        finally:
            await self._leave(rooms)

    async def _play(self, tour: Tour, rooms: Rooms) -> int:
        """Play the tour to its end, or until somebody closes the program."""
        import asyncio

        playing = rooms.tasks.start(tour.play(self.window, self.themes), "play the tour")
        closing = rooms.tasks.start(rooms.closing.wait(), "wait for the end")
        await asyncio.wait((playing, closing), return_when=asyncio.FIRST_COMPLETED)
        return playing.result() if playing.done() else EXIT_INTERRUPTED

    async def _leave(self, rooms: Rooms) -> None:
        import asyncio

        rooms.save()
        self.window.leave()
        rooms.stop()
        await rooms.sockets.leave()
        await rooms.tasks.cancel_all()
        await rooms.client.aclose()
        await asyncio.to_thread(rooms.database.close, DATABASE_PATIENCE_SECONDS)
        await asyncio.to_thread(rooms.clear)
        await asyncio.to_thread(rooms.server.close, SERVER_PATIENCE_SECONDS)
        await asyncio.to_thread(rooms.history.close, SAVE_PATIENCE_SECONDS)
        await asyncio.to_thread(rooms.writer.flush, SAVE_PATIENCE_SECONDS)
        await rooms.tasks.cancel_all()  # a timer may have fired meanwhile, and what it began must not outlive the loop
