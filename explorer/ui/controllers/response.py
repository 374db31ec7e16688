"""What a person does with a response: copy it, or keep it in a file."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QFileDialog

from explorer.client.answer import media_type_of
from explorer.client.body import Body
from explorer.client.exchange import Exchange, Headers, Response
from explorer.client.proposed_name import proposed_name
from explorer.ui import names
from explorer.ui.controllers.preview import PreviewController
from explorer.ui.controllers.saving_file import FileSaver
from explorer.ui.panels.response.wire_page import WirePage
from explorer.ui.panels.response_panel import ResponsePanel
from explorer.ui.tasks import Tasks
from explorer.ui.wording import size_text

MOST_COPIED = 10_000_000  # bytes; more is too much for a clipboard
_SUFFIXES = {
    "application/json": ".json",
    "application/jsonl": ".jsonl",
    "application/x-ndjson": ".ndjson",
    "text/event-stream": ".txt",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "text/markdown": ".md",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/svg+xml": ".svg",
    "application/xml": ".xml",
    "text/xml": ".xml",
}


class ResponseController(QObject):
    """Copies and saves what the panel shows.

    Signals:
        saving_failed: a file could not be written; one sentence.
    """

    saving_failed = Signal(str)

    def __init__(self, panel: ResponsePanel, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self._tasks = tasks
        self._stoppable = False
        self._preview = PreviewController(panel, tasks, self)
        self._saver = FileSaver(self)
        self._saver.told.connect(self.on_saver_told)
        self._saver.failed.connect(self.saving_failed)
        panel.copy_requested.connect(self.on_panel_copy_requested)
        panel.save_requested.connect(self.on_panel_save_requested)
        panel.entry_chosen.connect(self.on_panel_entry_chosen)
        panel.told_action_requested.connect(self.on_panel_told_action_requested)

    @property
    def _exchange(self) -> Exchange | None:
        return self._panel.state.exchange

    @property
    def _response(self) -> Response | None:
        return self._exchange.response if self._exchange is not None else None

    # --- what a person asks for ---------------------------------------------------------------------------------------
    def on_panel_copy_requested(self) -> None:
        """Put the body on the clipboard, as text; a large one is better saved."""
        response = self._response
        if response is None:
            return
        if response.body.size > MOST_COPIED:
            self._panel.tell(
                f"The body is {size_text(response.body.size)}, which is too much for the clipboard: save it instead.",
                "Save as…",
            )
            return
        try:
            content = self._panel.state.content
            charset = content.charset if content is not None else "utf-8"
            self._copy(response.body.read().decode(charset, errors="replace"))
        except OSError:
            self._panel.tell("The file that held this body was taken away. Send the request again.")

    def on_panel_save_requested(self) -> None:
        """Ask for a file for the body."""
        if self._response is not None:
            name = proposed_name(self._response) or f"response{suffix_for(self._response)}"
            self._ask(self._response.body, name, "Save the response's body")

    def on_panel_entry_chosen(self, entry: str) -> None:
        """Do what an entry of the menu says."""
        exchange, response = self._exchange, self._response
        if exchange is None:
            return
        if entry in ("copy_curl", "copy_curl_secrets"):
            from explorer.client.exporting.curl import to_curl

            self._copy(to_curl(exchange.request, with_secrets=entry == "copy_curl_secrets"))
        elif entry == "copy_headers" and response is not None:
            self._copy(_head(response))
        elif entry == "save_headers" and response is not None:
            self._ask(Body(_head(response).encode("utf-8")), "headers.txt", "Save the response's headers")
        elif entry == "save_wire":
            self._save_wire(exchange)

    def on_panel_told_action_requested(self) -> None:
        """Stop what is being saved, or save what could not be copied."""
        if self._stoppable:
            self._saver.stop()
        else:
            self._panel.tell("")
            self.on_panel_save_requested()

    def on_saver_told(self, sentence: str, stoppable: bool) -> None:
        """Say how far a large file is."""
        self._stoppable = stoppable
        self._panel.tell(sentence, "Stop" if stoppable else "")

    def save(self, body: Body, path: Path) -> None:
        """Write a body, exactly as it came, to a file."""
        self._tasks.start(self._saver.save(body, path), "save the response")

    # --- how it is done -----------------------------------------------------------------------------------------------
    def _save_wire(self, exchange: Exchange) -> None:
        sent = self._panel.page(WirePage).sent_shown
        content = exchange.wire.sent if sent else exchange.wire.received
        which = "request" if sent else "response"
        self._ask(Body(content), f"{which}-bytes.bin", "Save the bytes of the connection")

    def _ask(self, body: Body, name: str, title: str) -> None:
        """Ask for a file, without stopping the program while the dialog is open."""
        dialog = QFileDialog(self._panel, title)
        dialog.setObjectName(names.RESPONSE_SAVE_DIALOG)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: self.save(body, Path(chosen)))
        dialog.open()

    def _copy(self, text: str) -> None:
        QApplication.clipboard().setText(text)


def suffix_for(response: Response) -> str:
    """Return the file suffix that fits a response's media type."""
    media_type = media_type_of(response)
    fallback = ".bin" if "/" in media_type and not media_type.startswith("text/") else ".txt"
    return _SUFFIXES.get(media_type) or mimetypes.guess_extension(media_type) or fallback


def _head(response: Response) -> str:
    line = f"{response.http_version} {response.status} {response.reason}".rstrip()
    return "\n".join([line, *_lines(response.headers)]) + "\n"


def _lines(headers: Headers) -> list[str]:
    return [f"{name}: {value}" for name, value in headers]
