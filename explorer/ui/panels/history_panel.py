"""Below the operations: what was sent, searchable, and opened again exactly as it was."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from explorer.storage.history_file import HistoryEntry
from explorer.ui import names
from explorer.ui.delegates.history_delegate import HistoryDelegate
from explorer.ui.models.history_model import HistoryModel, HistoryRole
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.chip import Chip
from explorer.ui.widgets.empty_state import EmptyState
from explorer.ui.widgets.filter_edit import FilterEdit

_NOTHING = "What you send is kept here, also tomorrow."
_OFF = "What you send is not kept: the history is switched off in the settings."


class HistoryPanel(QFrame):
    """Lists what was sent.

    Signals:
        search_changed: the text to search for.
        more_wanted: older entries are wanted; the id to go on before.
        entry_opened: an entry is to be opened; its id.
        entry_removed: an entry is to be taken out; its id.
        clear_requested: everything is to be taken out.
    """

    search_changed = Signal(str)
    more_wanted = Signal(int)
    entry_opened = Signal(int)
    entry_removed = Signal(int)
    clear_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._kept = True
        self._here: int | None = None  # the entry that was sent or opened last
        self.setObjectName(names.HISTORY_PANEL)
        self.setProperty("panel", "bg0")
        self._model = HistoryModel(self)
        self._model.more_wanted.connect(self.more_wanted)
        self._count = Chip(themes, code=False)
        self._count.setObjectName(names.HISTORY_COUNT)
        self._clear = QPushButton("Clear")
        self._clear.setProperty("variant", "link")
        self._clear.setAccessibleName("Clear the history")
        self._clear.setObjectName(names.HISTORY_CLEAR)
        self._clear.clicked.connect(self.clear_requested)
        self.filter = FilterEdit(themes, "Search what was sent")
        self.filter.setObjectName(names.HISTORY_FILTER)
        self.filter.textChanged.connect(self.search_changed)
        self.filter.down_pressed.connect(self._on_filter_down_pressed)
        self.list = self._build_list()
        self._message = EmptyState(themes)
        self._message.label.setObjectName(names.HISTORY_MESSAGE)
        self._message.button.setObjectName(names.HISTORY_CLEAR_SEARCH)
        self._message.action_requested.connect(self.filter.clear)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._message)
        # Where the window is low, the operations come first: the list may shrink to nothing.
        self._pages.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._build_layout()
        themes.changed.connect(self.list.scheduleDelayedItemsLayout)
        self.set_entries((), complete=True)
        self.set_count(0)

    def set_entries(self, entries: Sequence[HistoryEntry], *, complete: bool) -> None:
        """Show what was found; `complete` says that there are no older entries."""
        self._model.set_entries(entries, complete=complete)
        self._show_page()

    def append(self, entries: Sequence[HistoryEntry], *, complete: bool) -> None:
        """Add older entries at the end."""
        self._model.append(entries, complete=complete)

    def prepend(self, entry: HistoryEntry) -> None:
        """Add an entry that was just sent."""
        self._model.prepend(entry)
        self._here = entry.id
        self._show_page()

    def remove(self, number: int) -> None:
        """Take an entry out of the list."""
        self._model.remove(number)
        self._show_page()

    def set_count(self, count: int) -> None:
        """Say how many entries there are in all."""
        self._count.set_text(f"{count:,}" if count else "")
        self._clear.setEnabled(count > 0)

    def set_kept(self, *, kept: bool) -> None:
        """Say whether what is sent is kept from now on."""
        self._kept = kept
        self._show_page()

    def step(self, by: int) -> None:
        """Open the entry before the one that was sent or opened last (1), or the one after it (-1)."""
        row = self._model.row_of(self._here) + by
        if self.why_not_step(by):
            return
        index = self._model.index(row, 0)
        self.list.setCurrentIndex(index)
        if self._model.canFetchMore(QModelIndex()) and row == self._model.rowCount() - 1:
            self._model.fetchMore(QModelIndex())
        self._open(index)

    def why_not_step(self, by: int) -> str:
        """Return why there is no entry before or after; empty when there is one."""
        if 0 <= self._model.row_of(self._here) + by < self._model.rowCount():
            return ""
        return "Nothing older was sent." if by > 0 else "Nothing newer was sent."

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self._clear, self.filter, self.list]

    def _build_layout(self) -> None:
        header = QWidget()
        title = QLabel("History")
        title.setProperty("role", "section")
        row = QHBoxLayout(header)
        row.addWidget(title)
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self._clear)
        filter_row = QHBoxLayout()
        filter_row.addWidget(self.filter)
        layout = QVBoxLayout(self)
        layout.addWidget(header)
        layout.addLayout(filter_row)
        layout.addWidget(self._pages, 1)
        self._themes.metrics.set(row, margins=(12, 0, 8, 0), spacing=8)
        self._themes.metrics.set(header, height=34)
        self._themes.metrics.set(filter_row, margins=(10, 0, 6, 6), spacing=0)
        self._themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)

    def _build_list(self) -> QListView:
        view = QListView()
        view.setObjectName(names.HISTORY_LIST)
        view.setAccessibleName("What was sent, the newest first")
        view.setModel(self._model)
        view.setItemDelegate(HistoryDelegate(self._themes, view))
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._on_list_menu_requested)
        view.clicked.connect(self._open)
        for keys, slot in (
            ("Return", self._open_current),
            ("Enter", self._open_current),
            ("Del", self._remove_current),
        ):
            shortcut = QShortcut(QKeySequence(keys), view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)
        return view

    def _show_page(self) -> None:
        text = self.filter.text().strip()
        if self._model.rowCount():
            self._pages.setCurrentWidget(self.list)
            return
        self._message.set_message(
            f"Nothing that was sent holds “{text}”." if text else _NOTHING if self._kept else _OFF,
            "Clear the search" if text else "",
        )
        self._pages.setCurrentWidget(self._message)

    def _open(self, index: QModelIndex) -> None:
        self._here = index.data(HistoryRole.ID)
        self.entry_opened.emit(self._here)

    def _open_current(self) -> None:
        if self.list.currentIndex().isValid():
            self._open(self.list.currentIndex())

    def _remove_current(self) -> None:
        if self.list.currentIndex().isValid():
            self.entry_removed.emit(self.list.currentIndex().data(HistoryRole.ID))

    def _on_filter_down_pressed(self) -> None:
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self._model.index(0, 0))
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_list_menu_requested(self, place: QPoint) -> None:
        index = self.list.indexAt(place)
        if not index.isValid():
            return
        number = index.data(HistoryRole.ID)
        menu = QMenu(self.list)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, signal in (("Open", self.entry_opened), ("Remove", self.entry_removed)):
            action = QAction(text, menu)
            action.triggered.connect(lambda _checked=False, signal=signal: signal.emit(number))
            menu.addAction(action)
        menu.popup(self.list.viewport().mapToGlobal(place))
