"""The messages of a stream, while they arrive and afterwards."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from explorer.client.presentation import laid_out
from explorer.client.streams import MessageKind, StreamFormat
from explorer.ui import names
from explorer.ui.models.events_model import Column, EventRow, EventsModel
from explorer.ui.models.response_state import ResponseState
from explorer.ui.override import override
from explorer.ui.panels.response.page import ResponsePage
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.code_view import CodeView
from explorer.ui.widgets.counted_tabs import Tab
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.filter_edit import FilterEdit
from explorer.ui.widgets.json_syntax import json_runs
from explorer.ui.widgets.value_table import ValueTable
from explorer.ui.wording import count_text, duration_text

_LONGEST_DETAIL = 200_000  # characters
_ROOM_FOR_ID, _ROOM_FOR_DELTA = 560, 420  # design pixels
_HEIGHTS = (65, 35)  # rows, detail: shares of the height


class EventsPage(ResponsePage):
    """Filter and pause, the rows, and the chosen message laid out."""

    key = "events"

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        from explorer.ui.delegates.event_delegate import EventDelegate

        super().__init__(themes, parent)
        self._model: EventsModel | None = None
        self._follows = True
        self._seen = 0
        self._live = False
        self.filter = FilterEdit(themes, "Filter the messages")
        self.filter.setObjectName(names.RESPONSE_EVENTS_FILTER)
        self.filter.textChanged.connect(self._on_filter_text_changed)
        self.note = ElidedLabel(role="caption")
        self.note.setObjectName(names.RESPONSE_EVENTS_NOTE)
        self.pause = QPushButton("Pause")
        self.pause.setObjectName(names.RESPONSE_EVENTS_PAUSE)
        self.pause.setProperty("variant", "ghost")
        self.pause.clicked.connect(self._on_pause_clicked)
        self.table = ValueTable(themes)
        self.table.setObjectName(names.RESPONSE_EVENTS)
        self.table.setAccessibleName("Messages of the stream")
        self.table.setItemDelegate(EventDelegate(themes, self.table))
        self.table.row_chosen.connect(self._on_table_row_chosen)
        self.table.set_row_text(self._row_text)
        bar = self.table.verticalScrollBar()
        bar.valueChanged.connect(self._on_bar_value_changed)
        bar.rangeChanged.connect(self._on_bar_range_changed)
        self.new = QPushButton(self.table)
        self.new.setObjectName(names.RESPONSE_EVENTS_NEW)
        self.new.setProperty("variant", "pill")
        self.new.setToolTip("Go on with the newest message")
        self.new.clicked.connect(self.go_on)
        self.new.hide()
        self.facts = ElidedLabel(role="caption")
        self.facts.setObjectName(names.RESPONSE_EVENT_FACTS)
        self.detail = CodeView(themes)
        self.detail.setObjectName(names.RESPONSE_EVENT_DATA)
        self.detail.setAccessibleName("The chosen message")
        self._filter_timer = QTimer(self)
        self._filter_timer.setSingleShot(True)
        self._filter_timer.setInterval(60)
        self._filter_timer.timeout.connect(self._on_filter_timer_timeout)
        self._keeper = QTimer(self)  # later, when the message below the rows has taken its room
        self._keeper.setSingleShot(True)
        self._keeper.setInterval(0)
        self._keeper.timeout.connect(lambda: self.table.scrollTo(self.table.currentIndex()))
        self._build()

    @classmethod
    @override
    def tab(cls, state: ResponseState) -> Tab | None:
        return Tab(cls.key, "Events", f"{state.events.count:,}") if state.events is not None else None

    @override
    def show_state(self, state: ResponseState) -> None:
        """Show the messages of a state; the same ones go on growing by themselves."""
        self._live = state.live
        if state.events is not self._model:
            self._set_model(state.events)
        self.update_counts()

    @override
    def open_search(self) -> bool:
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()
        return True

    @override
    def focus_chain(self) -> list[QWidget]:
        return [self.filter, self.pause, self.table, self.new, self.detail]

    def update_counts(self) -> None:
        """Say anew how many messages there are."""
        model = self._model
        if model is None:
            return
        self.pause.setVisible(self._live or model.paused)
        self.pause.setText("Go on" if model.paused else "Pause")
        self.themes.bind_icon(self.pause, "play" if model.paused else "pause", "t2", 13)
        self.pause.setAccessibleName("Show new messages again" if model.paused else "Let new messages wait")
        self.note.set_text(self._note(model))
        if self._follows and not model.paused:
            self._seen = model.count
        new = model.waiting if model.paused else model.count - self._seen
        self.new.setVisible(new > 0)
        if new > 0:
            self.new.setText(f"{new:,} new ↓")
            self.new.setAccessibleName(count_text(new, "new message"))
            self._place_new()

    def go_on(self) -> None:
        """Show the newest message, and follow it from now on."""
        self._follows = True
        if self._model is not None and self._model.paused:
            self._model.set_paused(False)
        self.table.scrollToBottom()
        self.update_counts()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # --- building -----------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        themes = self.themes
        self.filter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes.metrics.set(self.filter, max_width=260)
        top = QHBoxLayout()
        top.addWidget(self.filter, 1)
        top.addWidget(self.note)
        top.addStretch(1)
        top.addWidget(self.pause)
        lower = QWidget()
        lower_layout = QVBoxLayout(lower)
        lower_layout.addWidget(self.facts)
        lower_layout.addWidget(self.detail, 1)
        self._rows = QSplitter(Qt.Orientation.Vertical)
        self._rows.setObjectName(names.RESPONSE_EVENTS_ROWS)
        self._rows.addWidget(self.table)
        self._rows.addWidget(lower)
        self._rows.setChildrenCollapsible(False)
        self._rows.setSizes([share * 10 for share in _HEIGHTS])
        self._lower = lower
        lower.hide()
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self._rows, 1)
        themes.metrics.set(top, margins=(16, 6, 8, 4), spacing=10)
        themes.metrics.set(lower_layout, margins=(0, 4, 0, 0), spacing=2)
        themes.metrics.set(self.facts, margins=(16, 0, 8, 0))
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)

    def _set_model(self, model: EventsModel | None) -> None:
        old = self._model
        if old is not None:
            old.waiting_changed.disconnect(self._on_model_waiting_changed)
            old.rowsInserted.disconnect(self._on_model_rows_inserted)
            old.destroyed.disconnect(self._on_model_destroyed)
        self._model = model
        self._lower.hide()
        self._follows, self._seen = self._live, 0
        self.table.setModel(model)
        self.filter.blockSignals(True)
        self.filter.setText(model.needle if model is not None else "")
        self.filter.blockSignals(False)
        if model is None:
            return
        model.waiting_changed.connect(self._on_model_waiting_changed)
        model.rowsInserted.connect(self._on_model_rows_inserted)
        model.destroyed.connect(self._on_model_destroyed)
        self._seen = 0 if self._live else model.count
        self._arrange()
        if self._follows:
            self.table.scrollToBottom()

    def _arrange(self) -> None:
        if self._model is None:
            return
        px, events = self.themes.theme.px, self._model.stream is StreamFormat.EVENTS
        self.table.setColumnHidden(Column.EVENT, not events)
        self.table.setColumnHidden(Column.ID, not events or self.width() < px(_ROOM_FOR_ID))
        self.table.setColumnHidden(Column.DELTA, self.width() < px(_ROOM_FOR_DELTA))
        self.table.set_widths(60, 74, 74, 110, None, 70)
        self._place_new()

    def _place_new(self) -> None:
        size, port = self.new.sizeHint(), self.table.viewport().geometry()
        left = port.left() + (port.width() - size.width()) // 2
        self.new.setGeometry(left, port.bottom() - size.height() - self.themes.theme.px(8), size.width(), size.height())

    # --- words --------------------------------------------------------------------------------------------------------
    def _note(self, model: EventsModel) -> str:
        noun = "message" if model.stream is StreamFormat.JSON_LINES else "event"
        said = count_text(model.count, noun) if model.count < 1000 else f"{model.count:,} {noun}s"
        if model.needle:
            said = f"{model.rowCount():,} of {said}"
        if model.dropped:
            said += f"; the first {model.dropped:,} left the list, and are in the saved body"
        elif self._live and not model.count:
            said = "Waiting for the first one…"
        return said

    def _row_text(self, row: int) -> str:
        found = self._model.row(self._model.index(row, 0)) if self._model is not None else None
        return found.message.data if found is not None else ""

    def _facts_of(self, row: EventRow) -> str:
        message = row.message
        facts = [f"Number {row.number:,}"]
        if message.kind is MessageKind.COMMENT:
            facts.append("a comment, which keeps the connection open and which a page never sees")
        elif message.event:
            facts.append(f"event {message.event}")
        if message.id:
            facts.append(f"id {message.id}")
        if message.retry is not None:
            facts.append(f"retry after {duration_text(message.retry * 1_000_000)}")
        if message.problem:
            facts.append(message.problem)
        return " · ".join(facts)

    # --- reactions ----------------------------------------------------------------------------------------------------
    def _on_filter_text_changed(self) -> None:
        self._filter_timer.start()

    def _on_filter_timer_timeout(self) -> None:
        if self._model is None:
            return
        self._model.set_filter(self.filter.text())
        if self._follows:
            self.table.scrollToBottom()
        self.update_counts()

    def _on_pause_clicked(self) -> None:
        if self._model is None:
            return
        if self._model.paused:
            self.go_on()
        else:
            self._model.set_paused(True)
            self.update_counts()

    def _on_model_waiting_changed(self) -> None:
        self.update_counts()

    def _on_model_rows_inserted(self) -> None:
        self.update_counts()

    def _on_model_destroyed(self) -> None:
        """Let go of messages whose request was closed while this page was out of sight."""
        self._model = None

    def _on_bar_value_changed(self, value: int) -> None:
        """Notice whether the person scrolled away from the newest message, or back to it."""
        follows = value >= self.table.verticalScrollBar().maximum()
        if follows != self._follows:
            self._follows = follows
            self.update_counts()

    def _on_bar_range_changed(self, _least: int, most: int) -> None:
        if self._follows:  # also of a stream that just ended: its last rows are laid out after that
            self.table.verticalScrollBar().setValue(most)

    def _on_table_row_chosen(self, index: QModelIndex) -> None:
        row = self._model.row(index) if self._model is not None else None
        self._lower.setVisible(row is not None)
        if row is None:
            return
        self._follows = False  # who reads one message wants it to stay
        self._keeper.start()
        self.facts.set_text(self._facts_of(row))
        text, is_json = laid_out(row.message.data, _LONGEST_DETAIL)
        self.detail.set_coloring(json_runs if is_json else None)
        self.detail.set_text(text)
