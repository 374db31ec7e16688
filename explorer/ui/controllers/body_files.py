"""The files of a request: their sizes are looked up off the window's thread."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject

from explorer.ui.models.file_facts import look_up
from explorer.ui.tasks import Tasks
from explorer.ui.widgets.body_section import BodySection


class BodyFilesController(QObject):
    """Tells the Body section how large its files are, and which are gone."""

    def __init__(self, body: BodySection, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._body = body
        self._tasks = tasks
        body.files_shown.connect(self.on_body_files_shown)

    def on_body_files_shown(self, paths: tuple[str, ...]) -> None:
        """Look these files up."""
        self._tasks.start(self._look_up(paths), "look up files")

    async def _look_up(self, paths: tuple[str, ...]) -> None:
        self._body.set_file_facts(await asyncio.to_thread(look_up, paths))
