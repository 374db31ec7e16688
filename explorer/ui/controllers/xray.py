"""The X-ray of the request in front: of the last time it was sent, while the events arrive."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from explorer.server.interface import Server
from explorer.trace.events import CANDIDATES, ROUTING, RawEvent
from explorer.trace.journey import Journey, journey
from explorer.trace.ledger import Changes, TraceLedger
from explorer.ui.bridge import Bridge
from explorer.ui.panels.xray_panel import XRayPanel
from explorer.ui.plain_signal import PlainSignal


class XRayController(QObject):
    """Folds events into traces, knows which open request each belongs to, and shows the one of that in front.

    Attributes:
        traces: of the last requests and WebSockets, whoever sent them.

    Signals:
        request_wanted: an open request is to come to the front; its id.
        traces_changed: events came; what they changed, as `Changes`.
    """

    request_wanted = Signal(str)

    def __init__(
        self, panel: XRayPanel, bridge: Bridge, server: Server, traces: TraceLedger, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._server = server
        self.traces = traces
        self.traces_changed = PlainSignal[Changes]()
        self._trace_of: dict[str, str] = {}
        self._front = ""
        self._explained: set[str] = set()
        bridge.events_arrived.connect(self.on_bridge_events_arrived)

    def show_trace(self, trace_id: str) -> bool:
        """Show a trace with the open request it belongs to; return whether there is one."""
        if self.traces.get(trace_id) is None:
            return False
        holder = next((request_id for request_id, its_trace in self._trace_of.items() if its_trace == trace_id), None)
        if holder is not None:
            self.request_wanted.emit(holder)
            self._show(trace_id)
        return holder is not None

    def on_bridge_events_arrived(self, events: list[RawEvent]) -> None:
        """Take a batch in and paint once."""
        changes = self.traces.add(events)
        self._explained.difference_update(changes.forgotten)
        self.traces_changed.emit(changes)
        shown = self._trace_of.get(self._front)
        if shown in changes.changed:
            self._show(shown)

    def on_sending_trace_started(self, request_id: str, trace_id: str) -> None:
        """Turn to the new trace of a request, whose events are on their way; to none when nothing was sent."""
        self._let_go(request_id)
        if not trace_id:
            self.on_open_requests_front_changed(self._front)
            return
        self._trace_of[request_id] = trace_id
        self.traces.hold(trace_id)
        if request_id == self._front:
            self._show(trace_id)  # one that was sent before may be known already

    def on_open_requests_front_changed(self, request_id: str) -> None:
        """Show the trace of another request."""
        self._front = request_id
        trace_id = self._trace_of.get(request_id)
        if trace_id is None:
            self._panel.set_journey(None)
        else:
            self._show(trace_id)

    def on_open_requests_closed(self, request_id: str) -> None:
        """Forget the trace of a request that is not open any more."""
        self._let_go(request_id)

    def _let_go(self, request_id: str) -> None:
        trace_id = self._trace_of.pop(request_id, None)
        if trace_id is not None:
            self.traces.release(trace_id)
            self._explained.discard(trace_id)

    def look_up(self, trace_id: str) -> Journey | None:
        """Return a trace's journey as far as it is known, None for none; what its router tried is on its way then."""
        trace = self.traces.get(trace_id)
        if trace is None:
            return None
        routing = trace.find(ROUTING)
        if routing is not None and trace_id not in self._explained and routing.first_note(CANDIDATES) is None:
            self._explained.add(trace_id)
            self._server.explain_routing(trace_id)
        return journey(trace)

    def _show(self, trace_id: str) -> None:
        found = self.look_up(trace_id)
        if found is not None:
            self._panel.set_journey(found)
