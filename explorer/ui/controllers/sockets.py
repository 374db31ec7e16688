"""The Sockets room: which endpoint and which client are in work, who stands in which column, and how much is said."""

from __future__ import annotations

import time
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.client.draft import RequestDraft
from explorer.client.sockets.record import METHOD, SocketDraft
from explorer.client.sockets.record import Direction as Way
from explorer.client.sockets.server_view import SeenConnection
from explorer.client.sockets.traffic import Totals, TrafficMeter
from explorer.client.starting import starting_auth, starting_draft
from explorer.client.urls import apply_target, build_target
from explorer.client.urls import target_of as target_of_url
from explorer.openapi.operations import Catalogue, Location, Operation
from explorer.ui.controllers.socket_clients import SocketClients
from explorer.ui.controllers.socket_sending import SocketSending
from explorer.ui.controllers.socket_watch import SocketWatch
from explorer.ui.controllers.undoing import Undoing
from explorer.ui.models.foreign_sockets import foreign_view, left_out, with_columns
from explorer.ui.models.socket_client import ClientView
from explorer.ui.panels.sockets.traffic_strip import Traffic
from explorer.ui.panels.sockets_room import SocketsRoom
from explorer.ui.widgets.undo_offer import UndoOffer

_SECOND_MS = 1000


class SocketsController(QObject):
    """Keeps the room in step with the clients and the connections, and does what the person asks of a client.

    Signals:
        columns_shown: other columns are on show; the ids of all that are, a frozen set.
    """

    columns_shown = Signal(object)

    def __init__(
        self,
        room: SocketsRoom,
        clients: SocketClients,
        watch: SocketWatch,
        sending: SocketSending,
        undo: UndoOffer,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._room = room
        self._clients = clients
        self._watch = watch
        self._sending = sending
        self._removing = Undoing(undo, "socket_client", self)
        self._catalogue: Catalogue | None = None
        self._hidden: set[str] = set()  # connections that are not ours and that nobody wants to see
        self._typed = ""  # an address that was typed before there was a client
        self._meter = TrafficMeter()
        self._meter.take(self._totals())
        self._second = QTimer(self)
        self._second.setInterval(_SECOND_MS)
        self._second.timeout.connect(self.on_second_timeout)
        self._second.start()
        self._connect()
        self.refresh()

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_catalogue(self, catalogue: Catalogue | None, sentence: str = "") -> None:
        """Take what the app offers; `sentence` says why that is nothing."""
        self._catalogue = catalogue
        endpoints = catalogue.sockets if catalogue is not None else ()
        if endpoints and self._operation(self._clients.endpoint) is None:
            self._clients.endpoint = endpoints[0].path
        self._room.set_catalogue(catalogue, endpoints, sentence)
        self.refresh()

    def set_server(self, url: str, sentence: str = "", *, can_start: bool = False) -> None:
        """Take the server's address; empty while it answers nothing, which `sentence` explains."""
        if url:
            self._clients.base_url = url
        self._room.notice.set_sentence(sentence, "warn", "Start the server" if sentence and can_start else "")
        self.refresh()

    def refresh(self) -> None:
        """Show everything as it is now."""
        elsewhere = self._known_foreign()
        views = [*self._clients.views(), *self._foreign(elsewhere)]
        self._room.set_clients(views, time.perf_counter_ns())
        self.columns_shown.emit(frozenset(view.id for view in views))
        chosen = next((view for view in views if view.id == self._clients.chosen), None)
        self._room.set_chosen(f"{METHOD} {self._clients.endpoint}" if self._clients.endpoint else "", chosen)
        self._show_address(chosen)
        self._room.sidebar.set_more(left_out(elsewhere))
        endpoints = self._catalogue.sockets if self._catalogue is not None else ()
        live = any(view.live and not view.foreign for view in views)
        self._room.address.set_can(add=bool(endpoints or views), close=live)
        self._room.ladder.set_empty(*_empty(endpoints))

    def _show_address(self, chosen: ClientView | None) -> None:
        base = _as_ws(self._clients.base_url)
        if chosen is None or chosen.draft is None:
            path = self._clients.endpoint
            self._room.address.set_address(base, self._typed or path, path, editable=bool(base))
            return
        draft = chosen.draft.request
        self._room.address.set_address(base, build_target(draft), draft.path, editable=not chosen.live)

    def _foreign(self, known: list[SeenConnection]) -> list[ClientView]:
        server = self._watch.gathering.server
        logs = [(seen, server.log(seen.trace_id)) for seen in with_columns(known)]
        return [foreign_view(seen, log.count if log is not None else 0) for seen, log in logs]

    def _known_foreign(self) -> list[SeenConnection]:
        return [seen for seen in self._watch.gathering.foreign() if seen.trace_id not in self._hidden]

    # --- traffic ------------------------------------------------------------------------------------------------------
    def on_second_timeout(self) -> None:
        """Take the last second in, and let the times of the clients go on."""
        self._meter.take(self._totals())
        if not self._room.isVisible():
            return
        sent, received, size = self._meter.rate()
        connections = [client.connection for client in self._clients.all() if client.connection is not None]
        trips = [each.round_trip_ns for each in connections if each.round_trip_ns is not None]
        self._room.strip.set_traffic(
            Traffic(
                to_server=sent,
                from_server=received,
                bytes_per_second=round(size),
                round_trip_ns=trips[-1] if trips else None,
                sent=self._meter.sent(),
                received=self._meter.received(),
            )
        )
        views = [*self._clients.views(), *self._foreign(self._known_foreign())]
        self._room.sidebar.set_clients(views, time.perf_counter_ns())

    def _totals(self) -> Totals:
        logs = [client.log for client in self._clients.all()]
        server = self._watch.gathering.server
        logs += [log for seen in self._watch.gathering.foreign() if (log := server.log(seen.trace_id)) is not None]
        return Totals(
            sum(log.messages[Way.SENT] for log in logs),
            sum(log.messages[Way.RECEIVED] for log in logs),
            sum(sum(log.size.values()) for log in logs),
        )

    # --- what the person does -----------------------------------------------------------------------------------------
    def on_endpoint_chosen(self, key: str) -> None:
        """Turn to another endpoint."""
        self._clients.endpoint = key.removeprefix(f"{METHOD} ")
        self._typed = ""
        self._clients.save()
        self._clients.changed.emit()

    def on_another_wanted(self) -> None:
        """Add a client of the chosen endpoint."""
        self.on_client_wanted("")

    def on_client_wanted(self, key: str) -> None:
        """Add a client of an endpoint, the chosen one for an empty key."""
        path = key.removeprefix(f"{METHOD} ") or self._clients.endpoint
        operation = self._operation(path)
        if operation is not None:
            self._clients.endpoint = path
        client_id = self._clients.add(self._new_draft(operation, path))
        self._room.ladder.focus_composer(client_id)

    def on_url_edited(self, text: str) -> None:
        """Take an address as it is typed."""
        target = target_of_url(text, _as_ws(self._clients.base_url))
        client = self._clients.get(self._clients.chosen)
        if client is None:
            self._typed = target
        else:
            self._clients.update(replace(client.draft, request=apply_target(client.draft.request, target)))

    def on_connect_requested(self) -> None:
        """Connect the client in work; a new one when there is none."""
        if self._clients.get(self._clients.chosen) is None:
            typed, self._typed = self._typed, ""
            draft = self._new_draft(self._operation(self._clients.endpoint), self._clients.endpoint)
            if typed:
                draft = replace(draft, request=apply_target(draft.request, typed))
            self._clients.add(draft)
        self._clients.connect_client(self._clients.chosen)

    def on_client_acted(self, client_id: str, act: str) -> None:
        """Do what the head of a column says; what is not here is done where the log is."""
        client = self._clients.get(client_id)
        if client is None:
            if act == "remove":
                self._hidden.add(client_id)
                self.refresh()
            return
        match act:
            case "connect":
                self._clients.choose(client_id)
                self._clients.connect_client(client_id)
            case "cancel":
                self._clients.cancel(client_id)
            case "drop":
                self._clients.drop(client_id)
            case "duplicate":
                self._clients.add(replace(client.draft, name=self._clients.free_name(), sent=()))
            case "remove":
                self._sending.repeat(client_id, False)
                self._clients.remove(client_id)
                said = f"Removed {client.draft.name}."
                self._removing.offer(said, self._clients.bring_back, self._room.sidebar.clients)

    def on_client_closed(self, client_id: str, code: int, reason: str) -> None:
        """Close a client; 1005 is sent as a close frame without a code."""
        self._sending.troubled.emit(client_id, self._clients.close(client_id, None if code == 1005 else code, reason))

    def on_client_renamed(self, client_id: str, name: str) -> None:
        """Give a client another name."""
        client = self._clients.get(client_id)
        if client is not None and name.strip():
            self._clients.update(replace(client.draft, name=name.strip()))

    def on_try_chosen(self, what: str) -> None:
        """Try something with the client in work."""
        self._sending.attempt(self._clients.chosen, what)

    def on_troubled(self, client_id: str, sentence: str) -> None:
        """Say at the composer why something was not sent."""
        column = self._room.ladder.column(client_id)
        if column is not None:
            column.parts.composer.set_trouble(sentence)

    def _operation(self, path: str) -> Operation | None:
        return self._catalogue.find(f"{METHOD} {path}") if self._catalogue is not None and path else None

    def _new_draft(self, operation: Operation | None, path: str) -> SocketDraft:
        name = self._clients.free_name()
        if operation is None or self._catalogue is None:
            return SocketDraft(id="", name=name, request=RequestDraft(method=METHOD, path=path or "/"))
        auth = starting_auth(operation, self._catalogue)
        request = starting_draft(operation, self._catalogue.document, auth=auth)
        if any(p.name == "name" and p.location is Location.QUERY for p in operation.parameters):
            request = request.with_value(Location.QUERY, "name", name)
        return SocketDraft(id="", name=name, request=request)

    def _connect(self) -> None:
        room, ladder, address = self._room, self._room.ladder, self._room.address
        room.sidebar.endpoint_chosen.connect(self.on_endpoint_chosen)
        room.sidebar.client_wanted.connect(self.on_client_wanted)
        room.sidebar.client_chosen.connect(self._clients.choose)
        room.sidebar.try_chosen.connect(self.on_try_chosen)
        address.url_edited.connect(self.on_url_edited)
        address.connect_requested.connect(self.on_connect_requested)
        address.client_wanted.connect(self.on_another_wanted)
        address.close_all_requested.connect(self._clients.close_all)
        ladder.action_requested.connect(self.on_another_wanted)
        ladder.client_acted.connect(self.on_client_acted)
        ladder.client_closed.connect(self.on_client_closed)
        ladder.client_renamed.connect(self.on_client_renamed)
        ladder.client_chosen.connect(self._clients.choose)
        ladder.draft_edited.connect(self._clients.update)
        ladder.send_requested.connect(self._sending.send)
        ladder.ping_requested.connect(self._sending.ping)
        ladder.repeat_requested.connect(self._sending.repeat)
        self._sending.troubled.connect(self.on_troubled)
        self._clients.changed.connect(self.refresh)
        self._watch.connections_changed.connect(self.refresh)


def _empty(endpoints: tuple[Operation, ...]) -> tuple[str, str]:
    if endpoints:
        return "Add a client and connect: what it says, and what the server did with it, is shown here.", "Add a client"
    return "Type an address such as ws://127.0.0.1:8000/ws above, and press Enter.", ""


def _as_ws(url: str) -> str:
    return f"ws{url[len('http') :]}" if url.startswith("http") else url
