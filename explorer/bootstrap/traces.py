"""The Traces room, which is made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from explorer.client.sent_drafts import SentDrafts
from explorer.trace.callers import OURS
from explorer.trace.summary import WEBSOCKET_METHOD, Summary
from explorer.ui.controllers.compose import ComposeController
from explorer.ui.controllers.sending import SendController
from explorer.ui.controllers.xray import XRayController
from explorer.ui.main_window import MainWindow
from explorer.ui.panels.rail import Room
from explorer.ui.tasks import Tasks

if TYPE_CHECKING:
    from explorer.bootstrap.program import Program
    from explorer.ui.controllers.traces import TracesController
    from explorer.ui.panels.traces_room import TracesRoom

_KEY = "traces"


class Traces:
    """Makes the room and its controller, and joins them with the rest of the program.

    Attributes:
        room: the room; None before it was shown.
        controller: keeps it in step; None before the room was shown.
    """

    def __init__(
        self,
        program: Program,
        xray: XRayController,
        compose: ComposeController,
        sending: SendController,
        tasks: Tasks,
        is_our_socket: Callable[[str], bool],
        layout: object,
    ) -> None:
        """Put the room into the window.

        Args:
            program: has the window in which it is.
            xray: has the ledger, and tells what changes in it.
            compose: opens what is to be changed before it is sent again.
            sending: sends it.
            tasks: hold what is under way.
            is_our_socket: tells whether the WebSocket with this trace id is of the Sockets room.
            layout: what `state` returned before.

        """
        window: MainWindow = program.window
        self._window = window
        self._themes = program.themes
        self._bodies = program.folder.bodies
        self._xray = xray
        self._compose = compose
        self._sending = sending
        self._tasks = tasks
        self._sent = SentDrafts()
        sending.exchanged.connect(self._sent.add)
        self._is_our_socket = is_our_socket
        self._layout = layout
        self._url = ""
        self.room: TracesRoom | None = None
        self.controller: TracesController | None = None
        window.add_late_room(Room(_KEY, "Traces", "traces"), self._furnish)

    def show(self, trace_id: str) -> bool:
        """Go to the room, and tell of a request; False when it is not kept any more."""
        if self._xray.traces.summary(trace_id) is None:
            return False
        self._window.show_room(_KEY)
        if self.controller is not None:
            self.controller.show(trace_id)
        return True

    def set_server(self, url: str) -> None:
        """Take the server's address; empty while nothing answers."""
        self._url = url
        if self.room is not None:
            self.room.list.set_server(url)

    def state(self) -> object:
        """Return how the room looks, as plain JSON."""
        return self.room.state() if self.room is not None else self._layout

    def _summary(self, trace_id: str) -> Summary | None:
        """Return a request in one line; what our client of WebSockets sends tells nothing of itself."""
        line = self._xray.traces.summary(trace_id)
        if line is not None and line.method == WEBSOCKET_METHOD and self._is_our_socket(trace_id):
            return replace(line, caller=OURS)
        return line

    def _furnish(self) -> TracesRoom:
        from explorer.ui.controllers.traces import TracesController
        from explorer.ui.panels.traces_room import TracesRoom

        room = self.room = TracesRoom(self._themes, self._summary)
        if isinstance(self._layout, Mapping):
            room.restore(self._layout)
        self.controller = TracesController(room, self._xray, self._summary, self._window.status_bar.undo, self._window)
        room.list.set_server(self._url)
        room.list.copy_requested.connect(self._window.on_copy_requested)
        self._add_replay(room, self.controller)
        return room

    def _add_replay(self, room: TracesRoom, controller: TracesController) -> None:
        from explorer.ui.controllers.trace_replay import TraceReplay

        window = self._window
        replay = TraceReplay(
            room.detail,
            controller,
            self._xray,
            self._compose,
            self._sending,
            self._sent,
            self._bodies,
            self._tasks,
            window,
        )
        replay.opened.connect(lambda: window.show_room("compose"))
        replay.failed.connect(window.notice_bar.show_message)
        replay.failed_before.connect(window.notice_bar.withdraw_message)
