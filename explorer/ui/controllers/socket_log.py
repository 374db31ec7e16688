"""What of the ladder is on show, and the log as a file."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from explorer.client.sockets.export import ExportFormat, ExportOptions, Line, export, lines_of_ladder, lines_of_log
from explorer.client.sockets.ladder_rows import EntryFilter
from explorer.client.sockets.ladder_view import LadderView, scan
from explorer.storage.atomic_stream import WritingStoppedError
from explorer.ui import names
from explorer.ui.controllers.socket_clients import SocketClients
from explorer.ui.controllers.socket_watch import SocketWatch
from explorer.ui.panels.sockets.ladder_panel import LadderPanel
from explorer.ui.tasks import Tasks

TYPED_MS = 120  # a filter that is being typed waits for the next letter
_SAFE = {
    "JSON Lines (*.jsonl)": (ExportFormat.JSON_LINES, True),
    "Text (*.txt)": (ExportFormat.TEXT, True),
    "CSV for a spreadsheet (*.csv)": (ExportFormat.CSV, True),
}
_WITH_SECRETS = {"JSON Lines with tokens and passwords in it (*.jsonl)": (ExportFormat.JSON_LINES, False)}
FORMATS = {**_SAFE, **_WITH_SECRETS}


class SocketLogController(QObject):
    """Filters, pauses and exports.

    Signals:
        told: a sentence about a file that was written, or could not be.
    """

    told = Signal(str)

    def __init__(
        self,
        panel: LadderPanel,
        watch: SocketWatch,
        clients: SocketClients,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._ladder = watch.gathering.ladder
        self._clients = clients
        self._tasks = tasks
        self._paused = False
        self._columns = frozenset(column.id for column in self._ladder.columns)
        self._removed = False  # whether a client was taken away, so that there are rows without anybody
        self._search = threading.Event()
        self._dialog: QFileDialog | None = None
        self.view = LadderView(self._ladder)
        self.view.grow()
        panel.view.set_source(self.view)
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.setInterval(TYPED_MS)
        self._typed.timeout.connect(self._apply)
        panel.bar.filter_changed.connect(lambda _chosen: self._typed.start())
        panel.bar.pause_changed.connect(self.on_bar_pause_changed)
        panel.bar.export_requested.connect(lambda: self.ask(""))
        panel.client_acted.connect(self.on_client_acted)
        clients.changed.connect(self.on_clients_changed)
        watch.grew.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Take in what is new, unless the view is to stand still."""
        if self._paused:
            self._panel.bar.set_waiting(self._ladder.count - self.view.seen)
            return
        self.view.grow()
        self._panel.bar.set_count(self.view.count, self.view.total)
        self._panel.view.refresh()

    def on_bar_pause_changed(self, paused: bool) -> None:
        """Stand still, or catch up."""
        self._paused = paused
        self._panel.bar.set_waiting(0)
        self.refresh()

    def on_client_acted(self, client_id: str, act: str) -> None:
        """Export the log of one client, if that is what the person wants."""
        if act == "export":
            self.ask(client_id)

    def on_clients_changed(self) -> None:
        """Leave out the rows in which only clients that were taken away had a part."""
        columns = frozenset(column.id for column in self._ladder.columns)
        if columns != self._columns:
            self._removed = self._removed or bool(self._columns - columns)
            self._columns = columns
            if self._removed:
                self._apply()

    def ask(self, client_id: str) -> None:
        """Ask for a file for the log of one client; an empty id means for all rows on show."""
        client = self._clients.get(client_id)
        name = client.draft.name if client is not None else "sockets"
        dialog = self._dialog = QFileDialog(self._panel.window(), "Export the log")
        dialog.setObjectName(names.SOCKETS_EXPORT_DIALOG)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(FORMATS))
        dialog.selectFile(f"{_plain(name)}.jsonl")
        dialog.setDefaultSuffix("jsonl")
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(FORMATS[chosen][0].value))
        dialog.fileSelected.connect(
            lambda chosen: self.save(Path(chosen), *FORMATS[dialog.selectedNameFilter()], client_id=client_id)
        )
        dialog.open()

    def save(self, path: Path, form: ExportFormat, redact: bool, *, client_id: str = "") -> None:
        """Write a log to a file, in the background."""
        client = self._clients.get(client_id)
        titles = {column.id: column.title for column in self._ladder.columns}
        if client is not None:
            lines = lines_of_log(client.log, client.draft.name)
        else:
            lines = lines_of_ladder(self._ladder, self.view.numbers(), titles)
        secrets: set[str] = set()
        for each in self._clients.all():
            if each.connection is not None and each.connection.opening is not None:
                secrets.update(each.connection.opening.secrets)
        options = ExportOptions(format=form, redact=redact, secrets=frozenset(secrets))
        self._tasks.start(self._save(path, lines, options), "export a log")

    async def _save(self, path: Path, lines: Iterator[Line], options: ExportOptions) -> None:
        try:
            await asyncio.to_thread(export, path, lines, options)
        except OSError as error:
            self.told.emit(f"{path} could not be written: {error.strerror or error}. Choose another place.")
        except WritingStoppedError:
            return
        else:
            hidden = " Secrets are masked in it." if options.redact else " It holds secrets: mind who gets it."
            self.told.emit(f"The log was saved in {path.name}.{hidden}")

    def _apply(self) -> None:
        self._search.set()
        chosen = self._panel.bar.wanted
        if self._removed:
            chosen = replace(chosen, columns=self._columns)
        if not chosen.active:
            self.view.show_all()
            self.refresh()
            return
        self._search = stop = threading.Event()
        self._tasks.start(self._filter(chosen, stop), "filter the ladder")

    async def _filter(self, chosen: EntryFilter, stop: threading.Event) -> None:
        end = self._ladder.count
        numbers = await asyncio.to_thread(scan, self._ladder, chosen, end, lambda: not stop.is_set())
        if not stop.is_set():
            self.view.set_filter(chosen, numbers, end)
            self.refresh()


def _plain(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_ " else "-" for letter in name).strip() or "sockets"
