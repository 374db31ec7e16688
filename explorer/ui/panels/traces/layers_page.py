"""Every ASGI message as it crosses each layer of middleware, and what each layer did to the headers."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from explorer.trace.journey import Journey
from explorer.ui import names
from explorer.ui.delegates.lane_delegate import LaneDelegate
from explorer.ui.models.lane_rows import AT_ONCE, layer_rows
from explorer.ui.models.lanes_model import LanesModel
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.value_table import ValueTable

_TITLES = ("Layer and message", "What", "Size", "At, ms", "Since the last")
_SIZE, _AT, _DELTA = 2, 3, 4
_ROOM_FOR_DELTA, _ROOM_FOR_AT = 620, 480  # design pixels


class LayersPage(QWidget):
    """A table of layers in real nesting order."""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._journey: Journey | None = None
        self._opened: dict[int, int] = {}  # by layer, how many messages a person wants to see between both ends
        self.model = LanesModel(_TITLES, (_SIZE, _AT, _DELTA), self)
        self.table = ValueTable(themes, self.model)
        self.table.setObjectName(names.TRACE_LAYERS)
        self.table.setAccessibleName("Messages at each layer of middleware")
        self.table.setProperty("variant", "wide")
        self.table.setItemDelegate(LaneDelegate(themes, self.table, indented=True))
        self.table.set_row_text(lambda row: self.model.rows[row].spoken)
        self.table.clicked.connect(self._open)
        for key in ("Return", "Enter"):
            shortcut = QShortcut(QKeySequence(key), self.table)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda: self._open(self.table.currentIndex()))
        layout = QVBoxLayout(self)
        layout.addWidget(self.table)
        layout.setContentsMargins(0, 0, 0, 0)
        themes.changed.connect(self._arrange)

    def set_journey(self, journey: Journey) -> None:
        """Show the layers of a journey as far as it is known."""
        if self._journey is None or self._journey.trace.trace_id != journey.trace.trace_id:
            self._opened.clear()
        self._journey = journey
        self.model.set_rows(layer_rows(journey, self._opened))

    def show_layer(self, span_id: int) -> None:
        """Choose a layer, and bring it and what follows into sight."""
        row = next((i for i, row in enumerate(self.model.rows) if row.span_id == span_id), None)
        if row is not None:
            index = self.model.index(row, 0)
            self.table.setCurrentIndex(index)
            self.table.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtTop)

    def _open(self, index: QModelIndex) -> None:
        """Show more of what a row stands for, and go to the first of it."""
        if self._journey is None or not index.isValid() or not self.model.rows[index.row()].opens:
            return
        row = index.row()
        span_id = self.model.rows[row].span_id
        self._opened[span_id] = self._opened.get(span_id, 0) + AT_ONCE
        self.set_journey(self._journey)
        self.table.setCurrentIndex(self.model.index(row, 0))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        px = self._themes.theme.px
        self.table.setColumnHidden(_DELTA, self.width() < px(_ROOM_FOR_DELTA))
        self.table.setColumnHidden(_AT, self.width() < px(_ROOM_FOR_AT))
        self.table.set_widths(230, None, 70, 76, 104)
