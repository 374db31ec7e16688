"""The X-ray of the last request that was sent from here, while its events arrive."""

from __future__ import annotations

from PySide6.QtCore import QObject

from explorer.server.interface import Server
from explorer.trace.events import CANDIDATES, CLIENT, CLIENT_REQUEST, ROUTING, STARTED, RawEvent
from explorer.trace.journey import journey
from explorer.trace.recent import RecentTraces
from explorer.ui.bridge import Bridge
from explorer.ui.panels.xray_panel import XRayPanel


class XRayController(QObject):
    """Folds events into traces and shows the one whose request was sent last."""

    def __init__(self, panel: XRayPanel, bridge: Bridge, server: Server, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panel = panel
        self._server = server
        self._traces = RecentTraces()
        self._shown: str | None = None
        self._explained: str | None = None
        bridge.events_arrived.connect(self.on_bridge_events_arrived)

    def on_bridge_events_arrived(self, events: list[RawEvent]) -> None:
        """Take a batch in and paint once."""
        changed = self._traces.add(events)
        for event in events:
            if event[3] == CLIENT and event[4] == STARTED and event[7] == CLIENT_REQUEST:
                self._shown = event[0]
        if self._shown in changed:
            self._show(self._shown)

    def _show(self, trace_id: str) -> None:
        trace = self._traces.get(trace_id)
        if trace is None:
            return
        routing = trace.find(ROUTING)
        if routing is not None and self._explained != trace_id and routing.first_note(CANDIDATES) is None:
            self._explained = trace_id
            self._server.explain_routing(trace_id)
        self._panel.set_journey(journey(trace))
