"""The log of the Sockets room as a file, with progress and a way out when it is large."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from explorer.client.sockets.callers import caller_name
from explorer.client.sockets.export import ExportOptions, Line, LogFormat, export, lines_of_ladder, lines_of_log
from explorer.client.sockets.gathering import Gathering
from explorer.client.sockets.ladder_view import LadderView
from explorer.client.sockets.log import SocketLog
from explorer.storage.atomic_stream import WritingStoppedError
from explorer.ui import names
from explorer.ui.controllers.socket_clients import SocketClients
from explorer.ui.panels.sockets.ladder_panel import LadderPanel
from explorer.ui.tasks import Tasks

_T = TypeVar("_T")
_TELL_MS = 150  # an export that takes longer says how far it is
_SAFE = {
    "JSON Lines (*.jsonl)": (LogFormat.JSON_LINES, True),
    "Text (*.txt)": (LogFormat.TEXT, True),
    "CSV for a spreadsheet (*.csv)": (LogFormat.CSV, True),
}
_WITH_SECRETS = {"JSON Lines with tokens and passwords in it (*.jsonl)": (LogFormat.JSON_LINES, False)}
FORMATS = {**_SAFE, **_WITH_SECRETS}
_BUSY = "A log is being exported: wait until it is done, or stop it."


class SocketExportController(QObject):
    """Writes one log at a time.

    Signals:
        told: a sentence about a file that was written, or could not be.
    """

    told = Signal(str)

    def __init__(
        self,
        panel: LadderPanel,
        gathering: Gathering,
        view: LadderView,
        clients: SocketClients,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        """`view` is what of the ladder is on show."""
        super().__init__(parent)
        self._panel = panel
        self._gathering = gathering
        self._view = view
        self._clients = clients
        self._tasks = tasks
        self._stop: threading.Event | None = None  # of the export that goes on
        self._done = self._total = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_TELL_MS)
        self._timer.timeout.connect(self.on_timer_timeout)
        panel.bar.export_requested.connect(lambda: self.ask(""))
        panel.bar.export_stopped.connect(self.stop)
        panel.client_acted.connect(self.on_client_acted)

    def on_client_acted(self, client_id: str, act: str) -> None:
        """Export the log of one client, if that is what the person wants."""
        if act == "export":
            self.ask(client_id)

    def ask(self, client_id: str) -> None:
        """Ask for a file for the log of one client; an empty id means for all rows on show."""
        if self._stop is not None:
            self.told.emit(_BUSY)
            return
        found = self._log_of(client_id)
        name = found[1] if found is not None else "sockets"
        dialog = QFileDialog(self._panel.window(), "Export the log")
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

    def save(self, path: Path, form: LogFormat, redact: bool, *, client_id: str = "") -> None:
        """Write a log to a file, in the background."""
        if self._stop is not None:
            self.told.emit(_BUSY)
            return
        lines = self._lines(self._log_of(client_id))
        secrets = frozenset[str]().union(*(each.secrets for each in self._clients.all()))
        options = ExportOptions(format=form, redact=redact, secrets=secrets)
        self._done = 0
        self._stop = threading.Event()
        self._timer.start()
        self._tasks.start(self._save(path, lines, options, self._stop), "export a log")

    def stop(self) -> None:
        """Stop the export that goes on; what was in that place before stays."""
        if self._stop is not None:
            self._stop.set()

    def on_timer_timeout(self) -> None:
        """Say how far it is."""
        self._panel.bar.set_exporting(min(99, 100 * self._done // max(1, self._total)))

    def _log_of(self, client_id: str) -> tuple[SocketLog, str] | None:
        """Return the log of a client, or what the server saw of another program, and whose it is; None for neither."""
        client = self._clients.get(client_id)
        if client is not None:
            return client.log, client.draft.name
        seen, log = self._gathering.server.connection(client_id), self._gathering.server.log(client_id)
        return (log, caller_name(seen)) if seen is not None and log is not None else None

    def _lines(self, of: tuple[SocketLog, str] | None) -> Iterator[Line]:
        if of is not None:
            self._total = of[0].count
            return self._watched(lines_of_log(*of))
        ladder, rows = self._gathering.ladder, self._view.numbers()
        self._total = len(rows)
        titles = {column.id: column.title for column in ladder.columns}
        return lines_of_ladder(ladder, self._watched(rows), titles)

    def _watched(self, lines: Iterable[_T]) -> Iterator[_T]:
        """Count on the way to the file, on the thread that writes it."""
        for line in lines:
            self._done += 1
            yield line

    async def _save(self, path: Path, lines: Iterator[Line], options: ExportOptions, stop: threading.Event) -> None:
        try:
            await asyncio.to_thread(export, path, lines, options, lambda _written: not stop.is_set())
        except OSError as error:
            self.told.emit(f"{path} could not be written: {error.strerror or error}. Choose another place.")
        except WritingStoppedError:
            self.told.emit(f"{path.name} was not saved.")
        else:
            hidden = " Secrets are masked in it." if options.redact else " It holds secrets: mind who gets it."
            self.told.emit(f"The log was saved in {path.name}.{hidden}")
        finally:
            stop.set()  # the thread goes on when only the task was cancelled
            self._stop = None
            self._timer.stop()
            self._panel.bar.set_exporting(None)


def _plain(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_ " else "-" for letter in name).strip() or "sockets"
