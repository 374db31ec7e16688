"""The Sockets room: what the server tells is collected from the start, the rest is made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from explorer.client.sockets.gathering import Gathering
from explorer.client.transport import Client
from explorer.openapi.operations import Catalogue
from explorer.storage.sockets import sockets_document
from explorer.storage.writer import Writer
from explorer.ui.bridge import Bridge
from explorer.ui.controllers.cookies import CookiesController
from explorer.ui.controllers.socket_watch import SocketWatch
from explorer.ui.controllers.tokens import TokenController
from explorer.ui.controllers.xray import XRayController
from explorer.ui.main_window import MainWindow
from explorer.ui.panels.rail import Room
from explorer.ui.tasks import Tasks

if TYPE_CHECKING:
    from explorer.bootstrap.program import Program
    from explorer.ui.controllers.socket_clients import SocketClients
    from explorer.ui.controllers.socket_held import SocketHeldController
    from explorer.ui.controllers.sockets import SocketsController
    from explorer.ui.panels.sockets_room import SocketsRoom

CLOSE_PATIENCE_SECONDS = 0.3  # for servers to answer our close frames when the program ends


class Sockets:
    """Makes the room and its controllers, and joins them with the rest of the program.

    Attributes:
        watch: what the server tells of sockets.
        room: the room; None before it was shown.
        clients: the clients; None before the room was shown.
    """

    def __init__(
        self, program: Program, client: Client, bridge: Bridge, tokens: TokenController, writer: Writer, tasks: Tasks
    ) -> None:
        self._program = program
        self._client = client
        self._tokens = tokens
        self._writer = writer
        self._tasks = tasks
        self.watch = SocketWatch(Gathering(program.folder.bodies), bridge, program.window)
        self.watch.connections_changed.connect(self._count)
        self.room: SocketsRoom | None = None
        self.clients: SocketClients | None = None
        self._controller: SocketsController | None = None
        self._held: SocketHeldController | None = None
        self._catalogue: tuple[Catalogue | None, str] = (None, "")
        self._server = ("", "", False)
        self._layout: object = None

    def add_to(
        self,
        window: MainWindow,
        cookies: CookiesController,
        xray: XRayController,
        start_server: Callable[[], object],
        layout: object,
    ) -> None:
        """Put the room into the window; `layout` is what `state` returned before."""
        self._cookies = cookies
        self._xray = xray
        self._start_server = start_server
        self._layout = layout
        window.add_late_room(Room("sockets", "Sockets", "sockets"), self._furnish)

    def state(self) -> object:
        """Return how the room looks, as plain JSON."""
        return self.room.state() if self.room is not None else self._layout

    def add_client(self, key: str) -> None:
        """Show the room, with one client more for the endpoint with this `Operation.key`."""
        self._program.window.show_room("sockets")
        if self._controller is not None:
            self._controller.on_client_wanted(key)

    def set_catalogue(self, catalogue: Catalogue | None, sentence: str = "") -> None:
        """Take what the app offers."""
        self._catalogue = (catalogue, sentence)
        if self._controller is not None and self._held is not None:
            self._controller.set_catalogue(catalogue, sentence)
            self._held.set_catalogue(catalogue)

    def set_running(self, url: str) -> None:
        """Take the address of the server that answers now."""
        self._set_server(url, "", can_start=False)

    def set_unavailable(self, sentence: str, can_start: bool) -> None:
        """Say why nothing is answered."""
        self._set_server("", sentence, can_start=can_start)

    async def leave(self) -> None:
        """Close what is open: the program ends."""
        if self.clients is not None:
            await self.clients.leave(CLOSE_PATIENCE_SECONDS)

    def _count(self) -> None:
        elsewhere = self.clients.open_elsewhere if self.clients is not None else 0
        self._program.window.status_bar.set_sockets(self.watch.gathering.open_count() + elsewhere)

    def _set_server(self, url: str, sentence: str, *, can_start: bool) -> None:
        self._server = (url, sentence, can_start)
        if self._controller is not None:
            self._controller.set_server(url, sentence, can_start=can_start)
        if self._held is not None:
            self._held.ask_soon()

    def _furnish(self) -> SocketsRoom:
        from explorer.client.sockets.close_codes import close_code
        from explorer.ui.controllers.socket_clients import SocketClients
        from explorer.ui.controllers.socket_export import SocketExportController
        from explorer.ui.controllers.socket_forms import SocketFormsController
        from explorer.ui.controllers.socket_held import SocketHeldController
        from explorer.ui.controllers.socket_inspector import SocketInspectorController
        from explorer.ui.controllers.socket_log import SocketLogController
        from explorer.ui.controllers.socket_sending import SocketSending
        from explorer.ui.controllers.sockets import SocketsController
        from explorer.ui.panels.sockets.inspector_panel import InspectorPanel
        from explorer.ui.panels.sockets_room import SocketsRoom

        program, window, jar = self._program, self._program.window, self._client.jar
        room = self.room = SocketsRoom(program.themes, lambda code: close_code(code).meaning, window.rooms)
        document = sockets_document(program.folder.sockets)
        clients = self.clients = SocketClients(
            self.watch, jar, self._tokens, document, self._writer, self._tasks, window
        )
        sending = SocketSending(clients, self._tasks, window)
        self._controller = SocketsController(room, clients, self.watch, sending, window.status_bar.undo, window)
        log = SocketLogController(room.ladder, self.watch, window.status_bar.undo, self._tasks, window)
        self._controller.columns_shown.connect(log.set_columns)
        export = SocketExportController(room.ladder, self.watch.gathering, log.view, clients, self._tasks, window)
        panel = InspectorPanel(program.themes, room.inspector_slot)
        room.set_inspector(panel)
        inspector = SocketInspectorController(
            panel, room.ladder.view, clients, self.watch, self._xray, self._tasks, window
        )
        inspector.troubled.connect(self._controller.on_troubled)
        export.told.connect(window.notice_bar.show_message)
        self._held = SocketHeldController(room.sidebar.held, clients, self.watch, self._client, self._tasks, window)
        SocketFormsController(room.ladder, clients, jar, self._tokens, self._tasks, program.clock, window)
        room.ladder.jar_requested.connect(lambda _client: self._cookies.on_panel_jar_requested())
        room.notice.action_requested.connect(self._start_server)
        clients.changed.connect(self._count)
        clients.secrets_sent.connect(program.themes.masking.learn)
        if clients.notice is not None:
            window.notice_bar.show_put_aside(clients.notice)
        if isinstance(self._layout, dict):
            room.restore(self._layout)
        self._set_server(*self._server[:2], can_start=self._server[2])
        self.set_catalogue(*self._catalogue)
        return room
