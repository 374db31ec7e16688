"""One request on the server, from the outside to its route and back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from explorer.trace.journey import Journey
from explorer.trace.summary import Summary
from explorer.ui import names
from explorer.ui.focus import chain_focus
from explorer.ui.models.lane_rows import layer_count, message_count
from explorer.ui.models.onion import Ring, onion
from explorer.ui.override import override
from explorer.ui.panels.traces.layers_page import LayersPage
from explorer.ui.panels.traces.messages_page import MessagesPage
from explorer.ui.panels.traces.onion_pane import OnionPane
from explorer.ui.panels.traces.timeline_page import TimelinePage
from explorer.ui.panels.traces.trace_head import TraceHead
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.counted_tabs import TABS_LEAD, CountedTabs, Tab
from explorer.ui.widgets.empty_state import EmptyState
from explorer.ui.widgets.grip_splitter import GripSplitter
from explorer.ui.widgets.segmented import Segmented

TIMELINE, MIDDLEWARE, MESSAGES = "timeline", "middleware", "messages"
_EMPTY = "Choose a request to see what the server did with it."
_SHOW_LIST = "Show the requests"
_TABS_AT_LEAST = 210  # design pixels for the tabs and what is below them, as long as nobody has moved the grip
_TABS_PRESENTED = 150  # the same while somebody presents: the onion is what they show


class TraceDetail(QFrame):
    """Shows a trace as far as it is known, or asks for one.

    Signals:
        send_again_requested: the request is to be sent again.
        open_requested: the request is wanted in Compose.
        list_requested: the person wants to choose a request, and sees no list.
    """

    send_again_requested = Signal()
    open_requested = Signal()
    list_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._journey: Journey | None = None
        self._moved = False
        self._upper = 0.0  # design pixels that the onions until now wanted
        self.setObjectName(names.TRACE_DETAIL)
        self.setProperty("panel", "bg1")
        self.head = TraceHead(themes)
        self.head.send_again_requested.connect(self.send_again_requested)
        self.head.open_requested.connect(self.open_requested)
        self.onion = OnionPane(themes)
        self.onion.view.ring_opened.connect(self._on_onion_ring_opened)
        self.onion.view.ring_chosen.connect(self._on_onion_ring_chosen)
        self.timeline = TimelinePage(themes)
        self.layers = LayersPage(themes)
        self.messages = MessagesPage(themes)
        self.tabs = CountedTabs(themes)
        self.tabs.setObjectName(names.TRACE_TABS)
        self.tabs.setAccessibleName("Timeline, middleware or messages of the request")
        self.tabs.tab_chosen.connect(self.show_tab)
        self.mode = Segmented(themes, ("Story", "Compact"))
        self.mode.setObjectName(names.TRACE_MODE)
        self.mode.setAccessibleName("Amount of detail in the timeline")
        self.mode.changed.connect(lambda index: self.timeline.set_compact(index == 1))
        self._build()
        self._set_tabs(0, 0)
        chain_focus(self.focus_chain())

    def set_trace(self, journey: Journey | None, summary: Summary | None) -> None:
        """Show a trace, or the same one when more of it is known; None for none."""
        self._journey = journey
        if journey is None or summary is None:
            self.pages.setCurrentIndex(0)
            return
        self.head.set_trace(journey.trace, summary)
        self.onion.set_onion(onion(journey))
        self._set_tabs(layer_count(journey), message_count(journey))
        self._show_page()
        self.pages.setCurrentIndex(1)
        self._share_height()

    def set_list_in_sight(self, in_sight: bool) -> None:
        """Say whether the list can be seen from which a request is chosen."""
        self.empty.set_message(_EMPTY, "" if in_sight else _SHOW_LIST)

    def set_resend(self, sentence: str) -> None:
        """Say why the request cannot be sent again; empty when it can be."""
        self.head.set_resend(sentence)

    def show_tab(self, key: str) -> None:
        """Show `TIMELINE`, `MIDDLEWARE` or `MESSAGES`."""
        self.tabs.choose(key)
        self.mode.setVisible(self.tabs.chosen == TIMELINE)
        self._show_page()

    def show_repeated(self) -> None:
        """Show the SQL that was run again and again, on the timeline."""
        self.show_tab(TIMELINE)
        self.timeline.show_repeated()

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        pages: list[QWidget] = [self.timeline.view, self.layers.table, self.messages.table]
        return [
            self.empty.button,
            *self.head.focus_chain(),
            self.onion.view,
            self.tabs,
            self.mode,
            *pages,
            *self.messages.payload.focus_chain(),
        ]

    def _show_page(self) -> None:
        """Fill the page that is in sight; the others have time until somebody looks."""
        pages: dict[str, TimelinePage | LayersPage | MessagesPage] = {
            TIMELINE: self.timeline,
            MIDDLEWARE: self.layers,
            MESSAGES: self.messages,
        }
        page = pages[self.tabs.chosen]
        if self._journey is not None:
            page.set_journey(self._journey)
        self.stack.setCurrentWidget(page)

    def _set_tabs(self, layers: int, messages: int) -> None:
        self.tabs.set_tabs(
            (
                Tab(TIMELINE, "Timeline"),
                Tab(MIDDLEWARE, "Middleware", f"{layers:,}" if layers else ""),
                Tab(MESSAGES, "Messages", f"{messages:,}" if messages else ""),
            )
        )

    def _build(self) -> None:
        metrics = self._themes.metrics
        self.stack = QStackedWidget()
        metrics.set(self.stack, min_height=60)  # no page takes more from the onion above by itself
        for page in (self.timeline, self.layers, self.messages):
            self.stack.addWidget(page)
        line = QFrame()
        line.setProperty("edge", "bottom")
        row = QHBoxLayout(line)
        row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        row.addWidget(self.mode)
        metrics.set(row, margins=(16 - TABS_LEAD, 0, 12, 0), spacing=8)
        metrics.set(line, height=36)
        lower = QWidget()
        below = QVBoxLayout(lower)
        below.addWidget(line)
        below.addWidget(self.stack, 1)
        self.rows = GripSplitter(self._themes)
        self.rows.setObjectName(names.TRACE_ROWS)
        self.rows.addWidget(self.onion)
        self.rows.addWidget(lower)
        self.rows.setChildrenCollapsible(False)
        self.rows.setStretchFactor(1, 1)
        self.rows.splitterMoved.connect(self._on_rows_moved)
        self.rows.installEventFilter(self)
        self.empty = EmptyState(self._themes)
        self.empty.button.setObjectName(names.TRACE_SHOW_LIST)
        self.empty.action_requested.connect(self.list_requested)
        self.set_list_in_sight(True)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.addWidget(self.head)
        column.addWidget(self.rows, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(shown)
        layout = QVBoxLayout(self)
        layout.addWidget(self.pages)
        for box in (below, column, layout):
            metrics.set(box, margins=(0, 0, 0, 0), spacing=0)

    def _share_height(self) -> None:
        """Give the onion the height that it wants, as far as enough is left for the tabs; a person's choice stays."""
        if self._moved:
            return
        height, theme = self.rows.height(), self._themes.theme
        least = theme.px(_TABS_PRESENTED if theme.presenting else _TABS_AT_LEAST)
        self._upper = max(self._upper, self.onion.sizeHint().height() / theme.zoom)  # it never jumps back and forth
        upper = max(min(theme.px(self._upper), height - least), height // 3)
        self.rows.setSizes([upper, height - upper])

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.rows and event.type() == QEvent.Type.Resize:
            self._share_height()
        return super().eventFilter(watched, event)

    def _on_rows_moved(self) -> None:
        self._moved = True

    def _on_onion_ring_chosen(self, ring: Ring) -> None:
        if self.tabs.chosen == MIDDLEWARE:
            self.layers.show_layer(ring.span_id)

    def _on_onion_ring_opened(self, ring: Ring) -> None:
        self.show_tab(MIDDLEWARE)
        self.layers.show_layer(ring.span_id)
