"""The X-ray: what the server did with the request, painted from recorded events while they arrive."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from explorer.trace.journey import Journey
from explorer.ui import names
from explorer.ui.models.xray_model import XRayModel
from explorer.ui.models.xray_rows import axis_ms, rows, summary
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.quiet_button import QuietButton
from explorer.ui.widgets.segmented import Segmented
from explorer.ui.widgets.xray_axis import XRayAxis
from explorer.ui.widgets.xray_view import XRayView


@dataclass(frozen=True, slots=True, kw_only=True)
class XRayNames:
    """What the parts of one X-ray are called, and what it says while it has nothing to show.

    Attributes:
        panel: object name of the whole.
        trace: of the label with the trace.
        mode: of the switch between story and compact.
        axis: of the line above the rows.
        view: of the rows.
        open: of the button that leads to the list of all requests; empty for no button.
        action: of the button in the empty state.
        empty: the sentence of the empty state.
        action_label: what the button there says; empty for no button.
        action_meaning: what it does, for assistive tools.
    """

    panel: str
    trace: str
    mode: str
    axis: str
    view: str
    open: str = ""
    action: str = ""
    empty: str
    action_label: str = ""
    action_meaning: str = ""


OF_REQUEST = XRayNames(
    panel=names.XRAY_PANEL,
    trace=names.XRAY_TRACE,
    mode=names.XRAY_MODE,
    axis=names.XRAY_AXIS,
    view=names.XRAY_VIEW,
    open=names.XRAY_OPEN_TRACE,
    action=names.XRAY_EMPTY_SEND,
    empty="Send a request to see what happens inside the server.",
    action_label="Send",
    action_meaning="Send the request and show its X-ray",
)


class XRayPanel(QFrame):
    """One journey through the server: a request's, or a WebSocket's.

    Signals:
        send_requested: the person asked, in the empty state, to send the request.
        trace_wanted: the person wants to see the request among all others; its trace id.
        compact_changed: the person chose the compact (True) or the story view.
    """

    send_requested = Signal()
    trace_wanted = Signal(str)
    compact_changed = Signal(bool)

    def __init__(self, themes: Themes, parent: QWidget | None = None, *, called: XRayNames = OF_REQUEST) -> None:
        super().__init__(parent)
        self._themes = themes
        self._called = called
        self._journey: Journey | None = None
        self._compact = False
        self.setObjectName(called.panel)
        self.setProperty("panel", "bg0")
        self.model = XRayModel(self)
        self._trace_label = QLabel()
        self._trace_label.setObjectName(called.trace)
        self._trace_label.setProperty("role", "code_caption")
        self._open = QuietButton(themes, "traces", "Open in Traces, among all requests")
        self._open.setObjectName(called.open)
        self._open.clicked.connect(self._on_open_clicked)
        self._open.hide()
        self._mode = Segmented(themes, ("Story", "Compact"))
        self._mode.setObjectName(called.mode)
        self._mode.setAccessibleName("Amount of detail in the X-ray")
        self._mode.changed.connect(self.on_mode_changed)
        self._axis = XRayAxis(themes)
        self._axis.setObjectName(called.axis)
        self._view = XRayView(themes, self.model)
        self._view.setObjectName(called.view)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._build_empty())
        self._pages.addWidget(self._build_journey())
        layout = QVBoxLayout(self)
        layout.addWidget(self._build_header())
        layout.addWidget(self._pages, 1)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)

    @property
    def compact(self) -> bool:
        """Whether the stops are shown without their details."""
        return self._compact

    def set_journey(self, journey: Journey | None) -> None:
        """Show a journey as far as it is known; None brings back the empty state."""
        self._journey = journey
        self._show()

    def set_compact(self, compact: bool) -> None:
        """Show the stops alone (True) or with their details."""
        self._compact = compact
        self._mode.set_current(1 if compact else 0)
        self._show()

    def on_mode_changed(self, index: int) -> None:
        """Take over the person's choice of detail."""
        self._compact = index == 1
        self._show()
        self.compact_changed.emit(self._compact)

    def _on_open_clicked(self) -> None:
        if self._journey is not None:
            self.trace_wanted.emit(self._journey.trace.trace_id)

    def _show(self) -> None:
        journey = self._journey
        if journey is None or not journey.stops:
            self._pages.setCurrentIndex(0)
            self._trace_label.clear()
            self._open.hide()
            self.model.set_rows(())
            return
        self._pages.setCurrentIndex(1)
        self._open.setVisible(bool(self._called.open) and journey.trace.connection is not None)
        self._trace_label.setText(f"trace {journey.trace.trace_id[:6]}")
        self._trace_label.setToolTip(f"traceparent: trace-id {journey.trace.trace_id}")
        text, failed = summary(journey)
        self._axis.set_summary(text, failed=failed)
        self._axis.set_length(axis_ms(journey))
        self.model.set_rows(rows(journey, compact=self._compact))
        self._view.viewport().update()

    def _build_header(self) -> QWidget:
        header = QFrame()
        header.setProperty("edge", "bottom")
        title = QLabel("X-ray")
        title.setProperty("role", "panel_title")
        layout = QHBoxLayout(header)
        layout.addWidget(title)
        layout.addWidget(self._trace_label)
        layout.addWidget(self._open)
        layout.addStretch(1)
        layout.addWidget(self._mode)
        self._themes.metrics.set(layout, margins=(12, 0, 12, 0), spacing=8)
        self._themes.metrics.set(header, height=42)
        return header

    def _build_journey(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.addWidget(self._axis)
        layout.addWidget(self._view, 1)
        self._themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)
        return page

    def _build_empty(self) -> QWidget:
        page = QWidget()
        words = QLabel(self._called.empty)
        words.setProperty("role", "empty")
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(page)
        layout.addStretch(2)
        layout.addWidget(words)
        if self._called.action_label:
            send = QPushButton(self._called.action_label)
            send.setObjectName(self._called.action)
            send.setAccessibleName(self._called.action_meaning)
            send.clicked.connect(self.send_requested)
            layout.addWidget(send, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self._themes.metrics.set(layout, margins=(24, 24, 24, 24), spacing=12)
        return page
