"""What the server holds for its WebSockets, by asking an ordinary operation of the app now and then."""

from __future__ import annotations

import json

from PySide6.QtCore import QObject, QTimer

from explorer.client.build import build_request
from explorer.client.draft import RequestDraft, SendOptions, Value
from explorer.client.transport import Client
from explorer.client.unsendable import UnsendableRequestError
from explorer.openapi.holding import holding_operation
from explorer.openapi.operations import Catalogue, Location
from explorer.trace.housekeeping import AGENT
from explorer.ui.controllers.socket_clients import SocketClients
from explorer.ui.controllers.socket_watch import SocketWatch
from explorer.ui.panels.sockets.held_box import HeldBox
from explorer.ui.tasks import Tasks

EVERY_MS = 500
MOST = 200_000  # bytes of an answer that are looked at


class SocketHeldController(QObject):
    """Asks after messages, at most twice a second, while the box is in sight and switched on.

    It goes by our own client, and is marked as ours by its ``User-Agent``: history, X-ray, counts and the server's log
    leave it out.
    """

    def __init__(
        self,
        box: HeldBox,
        clients: SocketClients,
        watch: SocketWatch,
        client: Client,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._box = box
        self._clients = clients
        self._client = client
        self._tasks = tasks
        self._catalogue: Catalogue | None = None
        self._path = ""
        self._value: object = None
        self._sentence = ""
        self._wanted = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.on_timer_timeout)
        box.toggled.connect(self.on_box_toggled)
        box.came_into_sight.connect(self.ask_soon)
        watch.grew.connect(self.ask_soon)
        watch.connections_changed.connect(self.ask_soon)

    def set_catalogue(self, catalogue: Catalogue | None) -> None:
        """Take what the app offers."""
        self._catalogue = catalogue
        self.set_endpoint(self._clients.endpoint)

    def set_endpoint(self, path: str) -> None:
        """Look for the operation that tells of this endpoint."""
        found = holding_operation(self._catalogue.operations, path) if self._catalogue is not None and path else None
        wanted = found.path if found is not None else ""
        if wanted != self._path:
            self._path, self._value, self._sentence = wanted, None, ""
        self._show()
        self.ask_soon()

    def on_box_toggled(self, on: bool) -> None:
        """Ask, or ask no more."""
        self._clients.held = on
        self._clients.save()
        self._show()
        self.ask_soon()

    def ask_soon(self) -> None:
        """Ask now, or when half a second has gone since the last time."""
        self._wanted = True
        if not self._timer.isActive():
            self.on_timer_timeout()

    def on_timer_timeout(self) -> None:
        """Ask once more if something happened since, and the box is in sight and switched on still."""
        wanted, self._wanted = self._wanted, False
        if wanted and self._path and self._clients.held and self._clients.base_url and self._box.isVisible():
            self._timer.start()
            self._tasks.start(self._ask(self._path), "ask what the server holds")

    async def _ask(self, path: str) -> None:
        agent = Value(location=Location.HEADER, name="User-Agent", text=AGENT)
        options = SendOptions(timeout=2.0, connect_timeout=1.0, traceparent=False)
        draft = RequestDraft(method="GET", path=path, values=(agent,), body=None, options=options)
        try:
            exchange = await self._client.send(build_request(draft, self._clients.base_url), emit=lambda _event: None)
        except UnsendableRequestError:
            return
        if path != self._path:
            return
        response = exchange.response
        if response is None:
            self._sentence = f"GET {path} was not answered."
        elif response.status != 200 or response.body.size > MOST:
            self._sentence = f"GET {path} answered {response.status}, which tells nothing."
        else:
            try:
                self._value, self._sentence = json.loads(response.body.read()), ""
            except (ValueError, OSError, RecursionError):
                self._sentence = f"GET {path} answered no JSON."
        self._show()

    def _show(self) -> None:
        caption = f"GET {self._path}" if self._path else ""
        self._box.set_held(caption, self._value, self._sentence, on=self._clients.held)
