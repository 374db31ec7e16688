"""One request on the server, from the outside to its route and back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from explorer.trace.journey import Journey
from explorer.trace.summary import Summary
from explorer.ui import names
from explorer.ui.panels.traces.trace_head import TraceHead
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.empty_state import EmptyState

_EMPTY = "Choose a request to see what the server did with it"


class TraceDetail(QFrame):
    """Shows a trace as far as it is known, or asks for one.

    Signals:
        send_again_requested: the request is to be sent again.
        open_requested: the request is wanted in Compose.
    """

    send_again_requested = Signal()
    open_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(names.TRACE_DETAIL)
        self.setProperty("panel", "bg1")
        self.head = TraceHead(themes)
        self.head.send_again_requested.connect(self.send_again_requested)
        self.head.open_requested.connect(self.open_requested)
        self.empty = EmptyState(themes)
        self.empty.set_message(_EMPTY)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.addWidget(self.head)
        column.addStretch(1)
        themes.metrics.set(column, margins=(0, 0, 0, 0), spacing=0)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(shown)
        layout = QVBoxLayout(self)
        layout.addWidget(self.pages)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)

    def set_trace(self, journey: Journey | None, summary: Summary | None) -> None:
        """Show a trace, or the same one when more of it is known; None for none."""
        if journey is None or summary is None:
            self.pages.setCurrentIndex(0)
            return
        self.head.set_trace(journey.trace, summary)
        self.pages.setCurrentIndex(1)

    def set_resend(self, sentence: str) -> None:
        """Say why the request cannot be sent again; empty when it can be."""
        self.head.set_resend(sentence)
