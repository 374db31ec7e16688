"""Furnishes the painted window: rooms, server, client, and the controllers that join them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from explorer.bootstrap.collection import resume_collection
from explorer.bootstrap.commands import CommandParts
from explorer.bootstrap.database import DatabaseParts
from explorer.bootstrap.sockets import Sockets
from explorer.bootstrap.traces import Traces
from explorer.client.draft import RequestDraft
from explorer.client.exchange import Exchange
from explorer.client.secrets import held_secrets
from explorer.client.transport import Client
from explorer.openapi.read import read_catalogue_json
from explorer.server.interface import AppDescription, Server, ServerState, StatusChanged
from explorer.storage.bodies import empty_bodies, remove_bodies
from explorer.storage.document import Document
from explorer.storage.drafts import drafts_document
from explorer.storage.history import History
from explorer.storage.settings import Settings
from explorer.storage.trace_shelf import TraceShelf
from explorer.storage.writer import Writer
from explorer.trace.ledger import TraceLedger
from explorer.ui.bridge import Bridge
from explorer.ui.controllers.auth import AuthController
from explorer.ui.controllers.compose import ComposeController
from explorer.ui.controllers.cookies import CookiesController
from explorer.ui.controllers.drafts import DraftKeeper
from explorer.ui.controllers.figures import FiguresController
from explorer.ui.controllers.history import HistoryController
from explorer.ui.controllers.response import ResponseController
from explorer.ui.controllers.saving import SavingController
from explorer.ui.controllers.sending import SendController
from explorer.ui.controllers.server import ServerController
from explorer.ui.controllers.stall import StallController
from explorer.ui.controllers.taking_back import TakingBackController
from explorer.ui.controllers.tokens import TokenController
from explorer.ui.controllers.xray import XRayController
from explorer.ui.instance_channel import InstanceChannel
from explorer.ui.panels.compose_room import ComposeRoom
from explorer.ui.panels.rail import Room
from explorer.ui.panels.xray_panel import XRayPanel
from explorer.ui.tasks import Tasks

if TYPE_CHECKING:
    from explorer.bootstrap.program import Program


class Rooms:
    """Everything behind the frame.

    Attributes:
        server: the embedded server.
        client: the HTTP client.
        writer: saves in the background.
        history: keeps what was sent.
        traces: of the last requests, whoever sent them.
        tasks: the coroutines under way.
        closing: set when the person closed the window.
    """

    def __init__(self, program: Program, server: Server) -> None:
        self._program = program
        self._window = program.window
        self.server = server
        self.client = Client(program.clock, folder=empty_bodies(program.folder.bodies))
        self.tasks = Tasks(program.errors.report)
        self.closing = asyncio.Event()
        self._bridge = Bridge(program.window)
        saving = self._saving = SavingController(program.window.notice_bar, program.window)
        self.writer = Writer(saving.teller("writer"))
        self.history = History(program.folder.history, saving.teller("history"), saving.put_aside)
        self._shelf = TraceShelf(program.folder.bodies, saving.teller("traces"))
        self.traces = TraceLedger(self._shelf)

    def open(self, settings: Settings, document: Document[Settings], notices: Sequence[str]) -> None:
        """Put everything in its place, tell of what was amiss, and start the server."""
        self._settings, self._document = settings, document
        window, themes, folder = self._window, self._program.themes, self._program.folder
        self.room = ComposeRoom(themes, window.rooms)
        self.xray_panel = XRayPanel(themes, self.room.xray_slot)
        self.room.set_xray(self.xray_panel)
        window.add_room(Room("compose", "Compose", "compose"), self.room)
        drafts = DraftKeeper(drafts_document(folder.drafts), self.writer)
        self.compose = ComposeController(self.room, drafts, self.tasks, window)
        self.tokens = TokenController(self.client, self._bridge, self._program.clock, window)
        self.auth = AuthController(
            self.room.request, self.compose, self.tokens, self.tasks, self._program.clock, window
        )
        self.cookies = CookiesController(self.room.request, self.client.jar, themes, self.tasks, window)
        self.sending = SendController(
            self.room, self.compose, self.tokens, self.client, self._bridge, self.tasks, window
        )
        self.response = ResponseController(self.room.response, self.tasks, window)
        self.server_controller = ServerController(self.server, window, self._bridge, window)
        self.xray = XRayController(self.xray_panel, self._bridge, self.server, self.traces, window)
        self.figures = FiguresController(window, self.traces, self._program.database, window)
        StallController(self.traces, window.status_bar.stall, window)
        self.history_controller = HistoryController(
            self.room.history, self.history, window.status_bar.undo, self.tasks, window
        )
        TakingBackController(self.room, self.compose, window.status_bar.undo, window)
        self.sockets = Sockets(self._program, self.client, self._bridge, self.tokens, self.writer, self.tasks)
        is_ours = self.sockets.watch.gathering.is_ours
        self.trace_room = Traces(
            self._program, self.xray, self.compose, self.sending, self.tasks, is_ours, settings.layout.get("traces")
        )
        self.sockets.add_to(window, self.cookies, self.xray, self.server.start, settings.layout.get("sockets"))
        self.database = DatabaseParts(
            window,
            themes,
            self._bridge,
            self.tasks,
            self._program.database,
            self._program.clock,
            self._show_trace,
            folder,
            self.writer,
        )
        CommandParts(self._program, self)
        self._channel = InstanceChannel(folder.root, window)
        self._connect()
        self.compose.open_requests.restore()
        for sentence in (*notices, drafts.notice):
            if sentence is not None:
                window.notice_bar.show_put_aside(sentence)
        compose = settings.layout.get("compose")
        if isinstance(compose, dict):
            self.room.restore(compose)
        self.database.restore(settings.layout.get("database"))
        self.xray_panel.set_compact(settings.layout.get("xray_compact") is True)
        self.server.start()
        self.history_controller.set_kept(kept=settings.keep_history)
        self.history_controller.refresh()
        self._channel.listen()
        self.tasks.start(asyncio.to_thread(self.client.warm_up), "warm up the client")

    def save(self) -> None:
        """Save how the window looks."""
        themes = self._program.themes
        settings = self._settings = replace(
            self._settings,
            theme=themes.mode,
            zoom=themes.usual_zoom,
            contrast=themes.chosen_contrast,
            keys=self._window.keymap.saved,
            keep_history=self.history_controller.kept,
            layout={
                **self._window.state(),
                "compose": self.room.state(),
                "traces": self.trace_room.state(),
                "sockets": self.sockets.state(),
                "database": self.database.state(),
                "xray_compact": self.xray_panel.compact,
            },
        )
        document = self._document
        self.writer.save(document.path, lambda: document.encode(settings))

    def stop(self) -> None:
        """Begin nothing more."""
        self.compose.stop()
        self.server_controller.stop()
        self.database.stop()

    def clear(self) -> None:
        """Take away what is of no use to another run; may be called on any thread."""
        self._shelf.close()
        remove_bodies(self._program.folder.bodies)

    def _connect(self) -> None:
        window = self._window
        window.closing_requested.connect(self.closing.set)
        if window.closing_asked:
            self.closing.set()
        self._program.errors.error_reported.connect(window.notice_bar.show_error)
        self._program.themes.changed.connect(self.save)
        window.keymap.changed.connect(self.save)
        self._channel.raise_requested.connect(window.bring_to_front)
        self.xray_panel.send_requested.connect(self.sending.send)
        self.xray_panel.compact_changed.connect(self.save)
        self.xray_panel.trace_wanted.connect(self.trace_room.show)
        window.status_bar.stall.trace_wanted.connect(self._show_trace)
        self.xray.traces_changed.connect(self.figures.on_xray_traces_changed)
        self.xray.request_wanted.connect(self.compose.open_requests.show)
        self.sending.exchanged.connect(self._learn_secrets)
        self.sending.exchanged.connect(self.history_controller.on_sending_exchanged)
        self.history_controller.opened.connect(self.sending.reopen)
        self.history_controller.told.connect(window.notice_bar.show_message)
        self._saving.saved_again.connect(self.history_controller.refresh)
        self.sending.trace_started.connect(self.xray.on_sending_trace_started)
        self.compose.open_requests.front_changed.connect(self.xray.on_open_requests_front_changed)
        self.compose.open_requests.closed.connect(self.xray.on_open_requests_closed)
        self.compose.told.connect(window.notice_bar.show_message)
        self.compose.told_before.connect(window.notice_bar.withdraw_message)
        self.response.saving_failed.connect(window.notice_bar.show_message)
        self._bridge.status_changed.connect(self._on_bridge_status_changed)
        self.server_controller.running.connect(self._on_server_running)
        self.server_controller.unavailable.connect(self._on_server_unavailable)
        self.server_controller.described.connect(self._on_server_described)
        self.room.response.error_activated.connect(self.room.request.focus_loc)
        self.room.request.start_requested.connect(self.server.start)
        self.compose.operation_changed.connect(self._on_operation_changed)

    def _learn_secrets(self, exchange: Exchange, draft: RequestDraft) -> None:
        self._program.themes.masking.learn((*exchange.request.secrets, *held_secrets(draft)))

    def _show_trace(self, trace_id: str) -> None:
        if self.xray.show_trace(trace_id):
            self._window.show_room("compose")
        elif not self.trace_room.show(trace_id):
            self._window.notice_bar.show_message("That request is not kept any more: send it again.")

    def _on_bridge_status_changed(self, status: StatusChanged) -> None:
        if status.state not in (ServerState.STARTING, ServerState.RUNNING):
            resume_collection()

    def _on_server_running(self, url: str) -> None:
        self.sockets.set_running(url)
        self.trace_room.set_server(url)
        self.compose.set_base_url(url)
        self.tokens.forget_server(url)
        self.room.request.set_server_running(True, "")

    def _on_server_unavailable(self, sentence: str, can_start: bool) -> None:
        self.sockets.set_unavailable(sentence, can_start)
        self.trace_room.set_server("")
        self.room.request.set_server_running(False, sentence, can_start=can_start)
        if can_start:  # nothing will tell what the app offers
            self.room.operations.set_not_running()
            self.compose.set_no_catalogue()
        else:
            self.room.operations.set_waiting()

    def _on_server_described(self, description: AppDescription) -> None:
        resume_collection()  # the start is over
        self.figures.on_timer_timeout()  # the app has made its database by now
        if description.openapi is None and not description.hidden:
            self.room.operations.set_problem(description.problem or "The app has no OpenAPI document.")
            self.sockets.set_catalogue(None, description.problem or "")
            self.compose.set_no_catalogue()
            return
        if description.problem is not None:  # its routes are known all the same
            self._window.notice_bar.show_message(description.problem)
        self.tasks.start(
            self._read_catalogue(description.openapi or b"{}", description.hidden), "read the OpenAPI document"
        )

    async def _read_catalogue(self, openapi: bytes, hidden: bytes) -> None:
        catalogue = await asyncio.to_thread(read_catalogue_json, openapi, hidden)
        self.compose.set_catalogue(catalogue, self._settings.last_operation)
        self.sockets.set_catalogue(catalogue)

    def _on_operation_changed(self, key: str) -> None:
        if key:
            self._settings = replace(self._settings, last_operation=key)
