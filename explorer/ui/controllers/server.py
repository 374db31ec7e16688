"""The server as the window shows it: its state, its log, and what a person may do about it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from explorer.server.interface import AppDescription, LogLine, Server, ServerState, StatusChanged
from explorer.ui.bridge import Bridge
from explorer.ui.main_window import MainWindow


class ServerController(QObject):
    """Joins the server's interface with pill, log panel and notice bar.

    Signals:
        running: requests are answered at this address from now on.
        described: the live app told what it offers; an `AppDescription`.
        unavailable: no requests are answered; one sentence that says why, and whether a start would help.
    """

    running = Signal(str)
    described = Signal(object)
    unavailable = Signal(str, bool)

    def __init__(self, server: Server, window: MainWindow, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = server
        self._window = window
        self._docs_url: str | None = None
        self.status = StatusChanged(state=ServerState.STOPPED)
        self._unsubscribe = server.events.subscribe(bridge.push)
        bridge.status_changed.connect(self.on_bridge_status_changed)
        bridge.logs_arrived.connect(self.on_bridge_logs_arrived)
        bridge.described.connect(self.on_bridge_described)
        pill = window.top_bar.pill
        pill.start_requested.connect(server.start)
        pill.stop_requested.connect(server.stop)
        pill.restart_requested.connect(server.restart)
        pill.abandon_requested.connect(server.abandon)
        pill.docs_requested.connect(self.on_pill_docs_requested)
        pill.copy_url_requested.connect(self.on_pill_copy_url_requested)
        pill.log_requested.connect(window.toggle_log)
        window.notice_bar.restart_requested.connect(server.restart)
        window.notice_bar.abandon_requested.connect(server.abandon)

    def stop(self) -> None:
        """Take no more events: the window is going, and what is said of the server's end finds nobody."""
        self._unsubscribe()

    def on_bridge_status_changed(self, status: StatusChanged) -> None:
        """Show a new state everywhere it is seen."""
        self.status = status
        self._window.top_bar.pill.set_status(status)
        self._window.status_bar.set_status(status)
        self._window.notice_bar.set_server_status(status)
        if status.state is ServerState.RUNNING and status.url is not None:
            self.running.emit(status.url)
        elif status.state is not ServerState.BLOCKED:
            at_rest = status.state in (ServerState.STOPPED, ServerState.CRASHED)
            self.unavailable.emit(status.reason or _SENTENCES[status.state], at_rest)

    def on_bridge_logs_arrived(self, lines: list[LogLine]) -> None:
        """Add lines to the log panel."""
        self._window.log_panel.append(lines)

    def on_bridge_described(self, description: AppDescription) -> None:
        """Take over what the app says of itself."""
        self._docs_url = description.docs_url
        self._window.top_bar.pill.set_docs_available(description.docs_url is not None)
        self._window.status_bar.set_versions(f"{description.framework} · {description.python}")
        self.described.emit(description)

    def on_pill_docs_requested(self) -> None:
        """Open Swagger UI in the browser."""
        if self.status.url is not None and self._docs_url is not None:
            QDesktopServices.openUrl(QUrl(self.status.url + self._docs_url))

    def on_pill_copy_url_requested(self) -> None:
        """Put the server's address on the clipboard."""
        if self.status.url is not None:
            QApplication.clipboard().setText(self.status.url)


_SENTENCES = {
    ServerState.STOPPED: "The server is stopped.",
    ServerState.STARTING: "The server is starting.",
    ServerState.STOPPING: "The server is stopping.",
    ServerState.CRASHED: "The server could not start.",
}
