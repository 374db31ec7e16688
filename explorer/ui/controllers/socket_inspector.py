"""The Inspector beside the ladder: whose handshake and which line it shows, and the X-ray of that connection."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.client.sockets.callers import caller_name
from explorer.client.sockets.ladder_rows import Cell, LadderRow
from explorer.client.sockets.log import SocketLog
from explorer.client.sockets.record import Entry, SocketState, SocketStatus
from explorer.client.sockets.server_view import SeenConnection
from explorer.trace.ledger import Changes
from explorer.ui.controllers.socket_clients import SocketClients
from explorer.ui.controllers.socket_watch import SocketWatch
from explorer.ui.controllers.xray import XRayController
from explorer.ui.panels.sockets.inspector_frame import EntryTimes
from explorer.ui.panels.sockets.inspector_panel import InspectorPanel
from explorer.ui.panels.sockets.ladder_view import LadderView
from explorer.ui.tasks import Tasks

XRAY_MS = 150  # an open conversation is told anew so often, at most


class SocketInspectorController(QObject):
    """Follows the client in work, and the line that a person stands on.

    Signals:
        troubled: why a client was not closed; its id and a sentence.
    """

    troubled = Signal(str, str)

    def __init__(
        self,
        panel: InspectorPanel,
        view: LadderView,
        clients: SocketClients,
        watch: SocketWatch,
        xray: XRayController,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._view = view
        self._clients = clients
        self._watch = watch
        self._xray = xray
        self._tasks = tasks
        self._chosen = self._subject = clients.chosen
        self._held: set[str] = set()
        self._trace = ""
        self._shown = ("", "")  # whose handshake it is: the client and the trace
        self._reading: asyncio.Task[None] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(XRAY_MS)
        self._soon.timeout.connect(self._show_journey)
        clients.changed.connect(self.on_clients_changed)
        watch.connections_changed.connect(self.refresh)
        xray.traces_changed.connect(self.on_xray_traces_changed)
        view.row_chosen.connect(self.on_view_row_chosen)
        panel.tab_chosen.connect(lambda _key: self._show_journey())
        panel.close_requested.connect(self.on_panel_close_requested)
        self.refresh()

    def refresh(self) -> None:
        """Show how the connection stands now, and its handshake."""
        client = self._clients.get(self._subject)
        if client is not None:
            self._panel.set_client(client.draft.name, client.status)
            self._panel.set_handshake(client.connection.handshake if client.connection is not None else None)
            trace = client.log.trace_id
        else:
            seen = self._watch.gathering.server.connection(self._subject) if self._subject else None
            self._panel.set_client(
                caller_name(seen) if seen is not None else "", _status(seen), foreign=seen is not None
            )
            self._panel.set_handshake(None)
            trace = self._subject if seen is not None else ""
        if (self._subject, trace) != self._shown:  # a line of another connection does not belong to this handshake
            self._shown = (self._subject, trace)
            self._stop_reading()
            self._panel.set_entry(None)
        self._trace = trace
        self._hold()
        self._show_soon()

    def on_clients_changed(self) -> None:
        """Follow the person to another client."""
        if self._clients.chosen != self._chosen:
            self._chosen = self._subject = self._clients.chosen
        self.refresh()

    def on_view_row_chosen(self, row: LadderRow) -> None:
        """Show a line of the ladder: what it says of the column that the person stands in, else of the first."""
        cell = row.cell(self._view.chosen_column) or next(iter(row.cells), None)
        if cell is None:
            self._panel.set_entry(None)
            return
        if cell.column != self._subject:
            self._subject = cell.column
            self.refresh()
        server_ns = row.server.at_ns if row.server is not None and not cell.by_server else None
        self._show_entry(cell, EntryTimes(origin_ns=self._view.origin_ns, server_ns=server_ns))

    def on_xray_traces_changed(self, changes: Changes) -> None:
        """Tell the connection's X-ray anew when it is among those."""
        if self._trace in changes.changed:
            self._show_soon()

    def on_panel_close_requested(self, code: int, reason: str) -> None:
        """Close the connection that is shown."""
        sentence = self._clients.close(self._subject, code, reason)
        if sentence:
            self.troubled.emit(self._subject, sentence)

    # --- the chosen line ----------------------------------------------------------------------------------------------
    def _show_entry(self, cell: Cell, times: EntryTimes) -> None:
        self._stop_reading()
        entry = cell.entry
        self._panel.set_entry(entry, entry.start, times)
        log = self._log_of(cell)
        if log is not None and entry.size > len(entry.start):
            self._reading = self._tasks.start(self._read(log, entry, times), "read a message")

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    async def _read(self, log: SocketLog, entry: Entry, times: EntryTimes) -> None:
        try:
            payload = await asyncio.to_thread(log.payload, entry.number)
        except OSError:
            return  # its beginning stays on show
        self._panel.set_entry(entry, payload, times)

    def _log_of(self, cell: Cell) -> SocketLog | None:
        if cell.by_server:
            return self._watch.gathering.server.log(cell.column)
        client = self._clients.get(cell.column)
        return client.log if client is not None else None

    # --- the X-ray ----------------------------------------------------------------------------------------------------
    def _hold(self) -> None:
        """Keep the traces of our clients, however many requests come; let go of those that nobody has any more."""
        wanted = {client.log.trace_id for client in self._clients.all()} | {self._trace}
        wanted.discard("")
        for trace_id in wanted - self._held:
            self._xray.traces.hold(trace_id)
        for trace_id in self._held - wanted:
            self._xray.traces.release(trace_id)
        self._held = wanted

    def _show_soon(self) -> None:
        if self._panel.xray.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _show_journey(self) -> None:
        if self._panel.xray.isVisible():
            self._panel.set_journey(self._xray.look_up(self._trace) if self._trace else None)


def _status(seen: SeenConnection | None) -> SocketStatus | None:
    if seen is None:
        return None
    state = SocketState.CLOSED if seen.over else SocketState.OPEN
    return SocketStatus(state=state, since_ns=seen.since_ns, code=seen.code, reason=seen.reason)
