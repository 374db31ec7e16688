"""What a person does with a response: copy it, or keep it in a file."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QFileDialog

from explorer.client.exchange import Response
from explorer.storage.atomic import write_atomically
from explorer.ui import names
from explorer.ui.panels.response_panel import ResponsePanel
from explorer.ui.tasks import Tasks

_SUFFIXES = {"application/json": ".json", "text/html": ".html", "text/plain": ".txt", "image/png": ".png"}


class ResponseController(QObject):
    """Copies and saves the body of the response that is shown.

    Signals:
        saving_failed: a file could not be written; one sentence.
    """

    saving_failed = Signal(str)

    def __init__(self, panel: ResponsePanel, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self._tasks = tasks
        panel.copy_requested.connect(self.on_panel_copy_requested)
        panel.save_requested.connect(self.on_panel_save_requested)

    @property
    def _response(self) -> Response | None:
        """What is shown."""
        exchange = self._panel.state.exchange
        return exchange.response if exchange is not None else None

    def on_panel_copy_requested(self) -> None:
        """Put the body on the clipboard, as text."""
        response = self._response
        if response is not None:
            QApplication.clipboard().setText(response.body.read().decode("utf-8", errors="replace"))

    def on_panel_save_requested(self) -> None:
        """Ask for a file, without stopping the program while the dialog is open."""
        response = self._response
        if response is None:
            return
        dialog = QFileDialog(self._panel, "Save the response's body")
        dialog.setObjectName(names.RESPONSE_SAVE_DIALOG)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(f"response{suffix_for(response)}")
        dialog.fileSelected.connect(lambda name: self.save(response, Path(name)))
        dialog.open()

    def save(self, response: Response, path: Path) -> None:
        """Write the body, exactly as it came, to a file."""
        self._tasks.start(self._save(response, path), "save the response")

    async def _save(self, response: Response, path: Path) -> None:
        try:
            await asyncio.to_thread(write_atomically, path, response.body.read())
        except OSError as error:
            self.saving_failed.emit(f"{path} could not be written: {error.strerror}. Choose another place.")


def suffix_for(response: Response) -> str:
    """Return the file suffix that fits a response's media type."""
    media_type = (response.header("content-type") or "").partition(";")[0].strip().lower()
    return _SUFFIXES.get(media_type, ".bin" if "/" in media_type and not media_type.startswith("text/") else ".txt")
