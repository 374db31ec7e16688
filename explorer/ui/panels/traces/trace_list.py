"""The list of requests: every one that reaches the server, whoever sent it, with a filter and a pause."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from explorer.trace.ledger import Changes
from explorer.trace.query import Query
from explorer.trace.summary import Summary
from explorer.ui import names
from explorer.ui.focus import chain_focus
from explorer.ui.models.traces_model import Column, TracesModel
from explorer.ui.override import override
from explorer.ui.panels.traces.trace_list_head import TraceListHead
from explorer.ui.panels.traces.trace_table import TraceTable
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.empty_state import EmptyState
from explorer.ui.widgets.icon_label import IconLabel
from explorer.ui.widgets.query_edit import QueryEdit
from explorer.ui.wording import count_text

_PLACEHOLDER = "status:5xx sql>10 path:/items"
_NONE = "No requests yet. Any client counts: curl, a browser, Bruno"
_CLEARED = "The list is empty. New requests are shown here."
_CLEARED_PAUSED = "The list is empty. It is paused: new requests wait until you go on."
_NO_SERVER = "No requests yet. Start the server, and any client counts: curl, a browser, Bruno"


class TraceList(QFrame):
    """Head, filter, rows, and a line about the newest request that looks like N+1.

    Attributes:
        model: the rows.
        filter: the line to filter by.
        table: shows the rows.

    Signals:
        filter_edited: another filter was typed; its text.
        cleared: the list was emptied; what `bring_back` takes.
        rows_changed: other rows may fit: the list was emptied, paused, or goes on.
        prepared: what `prepare` began is done.
        trace_chosen: a person chose a request; its trace id.
        opened: a person wants to go on to what is told of the chosen request.
        menu_wanted: a person wants to know what can be done with the chosen request; where on the screen.
        notice_followed: the request that the line at the foot tells of is to be shown.
        copy_requested: put this text on the clipboard.
    """

    filter_edited = Signal(str)
    cleared = Signal(object)
    rows_changed = Signal()
    prepared = Signal()
    trace_chosen = Signal(str)
    opened = Signal()
    menu_wanted = Signal(QPoint)
    notice_followed = Signal()
    copy_requested = Signal(str)

    def __init__(
        self, themes: Themes, summary_of: Callable[[str], Summary | None], parent: QWidget | None = None
    ) -> None:
        """`summary_of` returns what is known of a request; it is asked for those in sight."""
        super().__init__(parent)
        self._themes = themes
        self._url = ""
        self._total = 0
        self._unseen = 0
        self._filtered = False
        self.setProperty("panel", "bg0")
        self.model = TracesModel(summary_of, self)
        self._head, self._filter_area = TraceListHead(themes, self), QWidget(self)
        self._head.pause.clicked.connect(self._on_pause_clicked)
        self._head.clear.clicked.connect(self.clear)
        self._pages, self._notice = QStackedWidget(self), QFrame(self)
        self.table = TraceTable(themes, self.model, self._pages)
        self.table.trace_chosen.connect(self.trace_chosen)
        self.table.prepared.connect(self.prepared)
        self.table.opened.connect(self.opened)
        self.table.menu_wanted.connect(self.menu_wanted)
        self.table.clear_pressed.connect(self.clear)
        self.table.unseen_changed.connect(self._on_table_unseen_changed)
        self._build_filter()
        self._build_pages()
        self._build_notice()
        layout = QVBoxLayout(self)
        layout.addWidget(self._head)
        layout.addWidget(self._filter_area)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._notice)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)
        themes.changed.connect(self._place_new)
        self.table.horizontalHeader().sectionResized.connect(self._place_new)
        chain_focus(self.focus_chain())
        self._show_state()

    # --- what is shown ------------------------------------------------------------------------------------------------
    def begin(self, trace_ids: Iterable[str]) -> None:
        """Show what came before there was a list, the oldest first."""
        with self.table.kept():
            self.model.begin(trace_ids)
        self._show_state()

    def prepare(self, begun: Sequence[str], changed: AbstractSet[str]) -> bool:
        """Begin to paint what `add` will show; False when there is nothing to wait for, else `prepared` comes."""
        return not self.model.paused and not self._filtered and self.table.prepare(begun, changed)

    def add(self, changes: Changes, total: int) -> None:
        """Take in what a batch of events changed; `total` is how many requests ever came."""
        self._total = total
        with self.table.kept():
            self.model.add(changes)
        self._show_state()

    def sift(self, nanoseconds: int) -> None:
        """Compare requests with the filter, for about so long; `model.sifting` says whether some are left."""
        with self.table.kept():
            self.model.sift(nanoseconds)
        self._show_state()

    def set_query(self, query: Query | None) -> None:
        """Show the requests for which a filter holds, once `sift` has found them; None shows all."""
        self._filtered = query is not None
        with self.table.kept():
            self.model.set_query(query)
        self.table.go_to_top()
        self._show_state()

    def set_filter_error(self, sentence: str, start: int = 0, length: int = 0) -> None:
        """Say what is wrong with the filter, and where in it; empty for nothing."""
        self.filter.set_mark(start, length)
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self.filter.setAccessibleDescription(sentence)

    def set_server(self, url: str) -> None:
        """Take the server's address; empty while nothing answers."""
        self._url = url
        self._show_state()

    def set_notice(self, sentence: str) -> None:
        """Tell of the newest request that looks like N+1; empty for none."""
        self._notice_text.set_text(sentence)
        self._notice.setVisible(bool(sentence))

    def choose(self, trace_id: str, *, scroll: bool = True) -> None:
        """Mark a request as the chosen one, without a signal; empty for none."""
        self.table.choose(trace_id, scroll=scroll)

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        head = [self._head.pause, self._head.clear]
        return [*head, self.filter, self.new, self.table, self.message.button, self._show]

    def state(self) -> dict[str, Any]:
        """Return what is worth remembering, as plain JSON values."""
        return {"columns": self.table.column_widths()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up a state that `state` returned; what is missing or odd is left as it is."""
        columns = state.get("columns")
        if isinstance(columns, Mapping):
            self.table.restore_widths(columns)

    # --- what a person does -------------------------------------------------------------------------------------------
    def begin_search(self) -> None:
        """Let the person filter."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def clear(self) -> None:
        """Empty the list."""
        with self.table.kept():
            taken = self.model.clear()
        self._show_state()
        self.rows_changed.emit()
        if taken:
            self.cleared.emit(taken)

    def bring_back(self, taken: Mapping[int, str], known: Container[str]) -> None:
        """Show again what was cleared, as far as its trace id is still `known`."""
        with self.table.kept():
            self.model.bring_back(taken, known)
        self._show_state()
        self.rows_changed.emit()

    def set_paused(self, paused: bool) -> None:
        """Let new requests wait, or go on with the newest."""
        with self.table.kept():
            self.model.set_paused(paused)
        if not paused:
            self.table.go_to_top()
        self._show_state()
        self.rows_changed.emit()

    def _on_pause_clicked(self) -> None:
        self.set_paused(not self.model.paused)

    def _on_new_clicked(self) -> None:
        if self.model.paused:
            self.set_paused(False)
        else:
            self.table.go_to_top()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_filter_down_pressed(self) -> None:
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_message_action_requested(self) -> None:
        if self._filtered and self.model.known:
            self.filter.clear()
        else:
            self.copy_requested.emit(f"curl {self._url}/")

    def _on_table_unseen_changed(self, count: int) -> None:
        self._unseen = count
        self._show_new()

    # --- the state in words -------------------------------------------------------------------------------------------
    def _show_state(self) -> None:
        self._head.set_state(paused=self.model.paused, served=bool(self._url))
        self._head.set_count(self.model.rowCount(), self._total)
        self._head.clear.setEnabled(bool(self.model.known))
        self._show_message()
        self._show_new()

    def _show_message(self) -> None:
        if self.model.rowCount() or (self.model.sifting and self._pages.currentWidget() is self.table):
            self._pages.setCurrentWidget(self.table)
            return
        if self._filtered and self.model.known:
            self.message.set_message("Nothing matches.", "Clear the filter")
        elif self._total:
            self.message.set_message(_CLEARED_PAUSED if self.model.paused else _CLEARED)
        elif self._url:
            self.message.set_message(f"{_NONE}\n{self._url}", "Copy a curl command")
        else:
            self.message.set_message(_NO_SERVER)
        self._pages.setCurrentWidget(self.message)

    def _show_new(self) -> None:
        waiting = self.model.waiting
        count = waiting or self._unseen
        self.new.setVisible(count > 0)
        if count:
            self.new.setText(f"{count:,} new ↑")
            words = "show them" if waiting else "go to the newest"
            self.new.setAccessibleName(f"{count_text(count, 'new request')}, {words}")
            self.new.setToolTip(self.new.accessibleName())
            self._place_new()

    def _place_new(self) -> None:
        """Put the button over the titles, behind the word “Path”: there it covers no request."""
        header, gap = self.table.horizontalHeader(), self._themes.theme.px(2)
        end = header.sectionViewportPosition(Column.PATH) + header.sectionSize(Column.PATH)
        width, height = self.new.sizeHint().width(), header.height() - 2 * gap
        self.new.setGeometry(max(gap, end - width - gap), self._pages.geometry().top() + gap, width, height)
        self.new.raise_()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_new()

    # --- building -----------------------------------------------------------------------------------------------------
    def _build_filter(self) -> None:
        self.filter = QueryEdit(self._themes, _PLACEHOLDER, "filter", self._filter_area)
        self.filter.setObjectName(names.TRACES_FILTER)
        self.filter.setAccessibleName("Filter the requests")
        self.filter.textChanged.connect(self.filter_edited)
        self.filter.down_pressed.connect(self._on_filter_down_pressed)
        self._error = QLabel(self._filter_area)
        self._error.setObjectName(names.TRACES_FILTER_ERROR)
        self._error.setProperty("role", "error")
        self._error.setTextFormat(Qt.TextFormat.PlainText)
        self._error.setWordWrap(True)
        self._error.hide()
        column = QVBoxLayout(self._filter_area)
        column.addWidget(self.filter)
        column.addWidget(self._error)
        self._themes.metrics.set(column, margins=(10, 0, 10, 6), spacing=4)

    def _build_pages(self) -> None:
        self.message = EmptyState(self._themes, self._pages)
        self.message.label.setObjectName(names.TRACES_MESSAGE)
        self.message.button.setObjectName(names.TRACES_MESSAGE_ACTION)
        self.message.action_requested.connect(self._on_message_action_requested)
        self._pages.addWidget(self.message)
        self._pages.addWidget(self.table)
        self._pages.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.new = QPushButton(self)
        self.new.setObjectName(names.TRACES_NEW)
        self.new.setProperty("variant", "pill")
        self.new.clicked.connect(self._on_new_clicked)
        self.new.hide()

    def _build_notice(self) -> None:
        self._notice.setObjectName(names.TRACES_NOTICE)
        self._notice.setProperty("edge", "top")
        self._notice_text = ElidedLabel(role="error", parent=self._notice)
        self._notice_text.setObjectName(names.TRACES_NOTICE_TEXT)
        self._show = QPushButton("Show", self._notice)
        self._show.setObjectName(names.TRACES_NOTICE_SHOW)
        self._show.setProperty("variant", "accent_link")
        self._show.setAccessibleName("Show the request that looks like N+1")
        self._show.clicked.connect(self.notice_followed)
        row = QHBoxLayout(self._notice)
        row.addWidget(IconLabel(self._themes, "alert", "err", 13, self._notice))
        row.addWidget(self._notice_text)
        row.addStretch(1)
        row.addWidget(self._show)
        self._themes.metrics.set(row, margins=(12, 0, 8, 0), spacing=8)
        self._themes.metrics.set(self._notice, height=32)
        self._notice.hide()
