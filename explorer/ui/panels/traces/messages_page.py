"""Every message at the edge of the app, and what the chosen one carried."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from explorer.trace.journey import Journey
from explorer.ui import names
from explorer.ui.delegates.lane_delegate import LaneDelegate
from explorer.ui.models.lane_rows import message_rows
from explorer.ui.models.lanes_model import LanesModel
from explorer.ui.models.message_content import MessageContent, content_of
from explorer.ui.override import override
from explorer.ui.panels.traces.payload_view import PayloadView
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.grip_splitter import GripSplitter
from explorer.ui.widgets.value_table import ValueTable

_TITLES = ("#", "Way", "Type", "What", "Size", "At, ms", "Since the last")
_NUMBER, _SIZE, _AT, _DELTA = 0, 4, 5, 6
_ROOM_FOR_DELTA, _ROOM_FOR_AT = 720, 600  # design pixels
_CHOOSE = MessageContent(sentence="Choose a message to see what it carried.")
_BODIES = ("http.response.body", "http.request", "websocket.send", "websocket.receive")


class MessagesPage(QWidget):
    """A table of messages over the payload of one of them."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._journey: Journey | None = None
        self.model = LanesModel(_TITLES, (_SIZE, _AT, _DELTA), self)
        self.table = ValueTable(themes, self.model)
        self.table.setObjectName(names.TRACE_MESSAGES)
        self.table.setAccessibleName("Messages at the edge of the app")
        self.table.setProperty("variant", "wide")
        self.table.setItemDelegate(LaneDelegate(themes, self.table))
        self.table.set_row_text(lambda row: self.model.rows[row].spoken)
        self.table.row_chosen.connect(self._on_table_row_chosen)
        self.payload = PayloadView(themes)
        self.payload.set_content(_CHOOSE)
        rows = GripSplitter(themes)
        rows.setObjectName(names.TRACE_MESSAGES_ROWS)
        rows.addWidget(self.table)
        rows.addWidget(self.payload)
        rows.setChildrenCollapsible(False)
        rows.setSizes([500, 500])
        layout = QVBoxLayout(self)
        layout.addWidget(rows)
        layout.setContentsMargins(0, 0, 0, 0)
        themes.changed.connect(self._arrange)

    def set_journey(self, journey: Journey) -> None:
        """Show the messages of a journey as far as it is known; of another one than before, its answer is chosen."""
        before = self._journey
        self._journey = journey
        self.model.set_rows(message_rows(journey))
        if before is None or before.trace.trace_id != journey.trace.trace_id or not self.table.currentIndex().isValid():
            self._choose_first()
        self._show_chosen()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _choose_first(self) -> None:
        """Stand on what a person looks for first: the first body that went out, else one that came in."""
        kinds = [row.message.kind if row.message is not None and row.message.size else "" for row in self.model.rows]
        wanted = next((kinds.index(kind) for kind in _BODIES if kind in kinds), -1)
        self.table.setCurrentIndex(self.model.index(wanted, 0))

    def _on_table_row_chosen(self, _index: QModelIndex) -> None:
        self._show_chosen()

    def _show_chosen(self) -> None:
        index = self.table.currentIndex()
        message = self.model.rows[index.row()].message if index.isValid() else None
        connection = self._journey.trace.connection if self._journey is not None else None
        if message is None or connection is None:
            self.payload.set_content(_CHOOSE)
        else:
            self.payload.set_content(content_of(message, connection))

    def _arrange(self) -> None:
        px = self._themes.theme.px
        self.table.setColumnHidden(_DELTA, self.width() < px(_ROOM_FOR_DELTA))
        self.table.setColumnHidden(_AT, self.width() < px(_ROOM_FOR_AT))
        self.table.set_widths(52, 60, 180, None, 74, 76, 104)
