"""The left side of the Database room: what the database consists of, and ways back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from explorer.database.schema import Schema
from explorer.ui import names
from explorer.ui.actions.told_keys import tip_with_keys
from explorer.ui.delegates.database_delegate import DatabaseDelegate
from explorer.ui.models.database_tree_model import DatabaseRole, DatabaseTreeModel, EntryKind
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.filtered_tree import FilteredTree
from explorer.ui.widgets.icon_button import IconButton
from explorer.ui.widgets.icon_label import IconLabel

_NO_TABLES = "This database has no tables yet."
_WAITING = "Reading the database…"


class DatabaseSidebar(QFrame):
    """Lists tables, views and indexes.

    Signals:
        table_chosen: a table or view is to be shown; its name.
        column_chosen: a column was chosen; its table and its name.
        index_chosen: an index was chosen; its table and its name.
        refresh_requested: everything is to be read again.
        snapshots_requested: the list of snapshots is wanted.
        reset_requested: the database is to be as it was seeded.
    """

    table_chosen = Signal(str)
    column_chosen = Signal(str, str)
    index_chosen = Signal(str, str)
    refresh_requested = Signal()
    snapshots_requested = Signal()
    reset_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._open: set[str] = set()
        self._chosen = ""
        self._programmatic = False
        self._has_schema = False
        self.setObjectName(names.DATABASE_SIDEBAR)
        self.setProperty("panel", "bg0")
        self._model = DatabaseTreeModel(self)
        self._list = FilteredTree(themes, "Filter tables and columns", (10, 8, 10, 6))
        self.filter, self.tree = self._list.filter, self._list.tree
        self._list.message.label.setObjectName(names.DATABASE_TREE_MESSAGE)
        self._list.message.button.setObjectName(names.DATABASE_TREE_CLEAR)
        self.filter.setObjectName(names.DATABASE_FILTER)
        self.filter.textChanged.connect(self._on_filter_text_changed)
        self.filter.down_pressed.connect(lambda: self._list.enter_tree(self._first_match()))
        self.filter.returnPressed.connect(self._on_filter_return_pressed)
        self._set_up_tree()
        layout = QVBoxLayout(self)
        layout.addWidget(self._build_header())
        layout.addWidget(self._list, 1)
        layout.addWidget(self._build_foot())
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)
        self._list.show_message(_WAITING)

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_file(self, name: str, path: str) -> None:
        """Say which database is open."""
        self._file.set_text(name)
        self._file.setToolTip(as_written(path))

    def set_schema(self, schema: Schema) -> None:
        """Show what the database consists of; what was open, chosen and typed stays."""
        self._has_schema = True
        self._programmatic = True
        self._model.set_schema(schema)
        self._programmatic = False
        self._show_result()

    def set_problem(self, sentence: str) -> None:
        """Say why there is nothing to list."""
        self._has_schema = False
        self._list.show_message(sentence)

    def set_counts(self, counts: Mapping[str, int | None]) -> None:
        """Show how many rows tables have; None while that is being counted."""
        self._model.set_counts(counts)

    def set_changes(self, changes: Mapping[str, tuple[int, int, int]]) -> None:
        """Show how many rows of each table the change on show inserted, updated and deleted; empty for none."""
        self._model.set_changes(changes)

    def set_snapshots(self, count: int) -> None:
        """Say how many snapshots there are."""
        self._snapshot_count.setText(f"{count:,}")
        self._snapshots.setAccessibleName(f"Snapshots, {count}")

    def set_can_reset(self, *, can: bool, reason: str = "") -> None:
        """Allow the reset, or say why it cannot be."""
        self._reset.setEnabled(can)
        self._reset.setToolTip(as_written(reason))

    def select(self, table: str) -> None:
        """Show that a table is open, without a signal."""
        self._chosen = table
        self._show_chosen(scroll=True)

    @property
    def chosen(self) -> str:
        """The table or view that is open; empty for none."""
        return self._chosen

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self._refresh, self.filter, self.tree, self._snapshots, self._reset]

    def state(self) -> dict[str, Any]:
        """Return what is worth remembering, as plain JSON values."""
        return {"open": sorted(self._open), "table": self._chosen}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up a state that `state` returned; what is odd is left as it is."""
        opened = state.get("open")
        if isinstance(opened, list):
            self._open = {name for name in opened if isinstance(name, str)}
            self._show_expansion()
        table = state.get("table")
        if isinstance(table, str):
            self._chosen = table

    # --- building -----------------------------------------------------------------------------------------------------
    def _build_header(self) -> QWidget:
        header = QFrame()
        header.setProperty("edge", "bottom")
        self._file = ElidedLabel(role="code")
        self._file.setObjectName(names.DATABASE_FILE)
        self._refresh = IconButton(self._themes, "refresh", "Read the database again")
        tip_with_keys(self._refresh, "Read the database again", "refresh")
        self._refresh.setObjectName(names.DATABASE_REFRESH)
        self._refresh.clicked.connect(self.refresh_requested)
        row = QHBoxLayout(header)
        row.addWidget(IconLabel(self._themes, "db", "t2", 15))
        row.addWidget(self._file)
        row.addStretch(1)
        row.addWidget(self._refresh)
        self._themes.metrics.set(row, margins=(12, 0, 6, 0), spacing=8)
        self._themes.metrics.set(header, height=40)
        return header

    def _set_up_tree(self) -> None:
        tree = self.tree
        tree.setObjectName(names.DATABASE_TREE)
        tree.setAccessibleName("Tables, views and indexes")
        tree.setModel(self._model)
        tree.setItemDelegate(DatabaseDelegate(self._themes, tree))
        tree.clicked.connect(self._on_tree_clicked)
        tree.key_activated.connect(self._on_tree_key_activated)
        tree.expanded.connect(lambda index: self._on_tree_toggled(index, is_open=True))
        tree.collapsed.connect(lambda index: self._on_tree_toggled(index, is_open=False))
        tree.selectionModel().currentChanged.connect(self._on_tree_current_changed)

    def _build_foot(self) -> QWidget:
        foot = QFrame()
        foot.setProperty("edge", "top")
        self._snapshots = QPushButton()
        self._snapshots.setObjectName(names.DATABASE_SNAPSHOTS)
        self._snapshots.setProperty("variant", "ghost")
        self._snapshots.setToolTip("Keep the database as it is now, or bring back how it was")
        self._snapshots.clicked.connect(self.snapshots_requested)
        inner = QHBoxLayout(self._snapshots)
        label = QLabel("Snapshots")
        label.setProperty("role", "text")
        self._snapshot_count = QLabel("0")
        self._snapshot_count.setProperty("role", "caption")
        inner.addWidget(IconLabel(self._themes, "clock", "t2", 14))
        inner.addWidget(label)
        inner.addStretch(1)
        inner.addWidget(self._snapshot_count)
        for child in (label, self._snapshot_count):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._reset = QPushButton("Reset to the seed data")
        self._reset.setObjectName(names.DATABASE_RESET)
        self._reset.setAccessibleName("Reset to the seed data")
        self._themes.bind_icon(self._reset, "undo", "t1", 13)
        self._reset.clicked.connect(self.reset_requested)
        column = QVBoxLayout(foot)
        column.addWidget(self._snapshots)
        column.addWidget(self._reset)
        self._themes.metrics.set(inner, margins=(4, 0, 4, 0), spacing=8)
        self._themes.metrics.set(self._snapshots, height=28)
        self._themes.metrics.set(column, margins=(10, 8, 10, 10), spacing=6)
        self.set_snapshots(0)
        return foot

    # --- showing ------------------------------------------------------------------------------------------------------
    def _show_result(self) -> None:
        if self._model.rowCount():
            self._show_expansion()
            self._show_chosen()
            self._list.show_tree()
        else:
            self._list.show_nothing_found(_NO_TABLES)

    def _show_expansion(self) -> None:
        """Open the tables that a person opened; while a filter holds, all that it found."""
        self._programmatic = True
        for row in range(self._model.rowCount()):
            index = self._model.index(row, 0)
            if self._model.rowCount(index):
                self.tree.setExpanded(index, self._model.filtered or index.data(DatabaseRole.NAME) in self._open)
        self._programmatic = False

    def _show_chosen(self, *, scroll: bool = False) -> None:
        index = self._model.index_of(self._chosen)
        self._programmatic = True
        current = self.tree.currentIndex()
        here = current.isValid() and current.data(DatabaseRole.TABLE) == self._chosen
        if index.isValid() and not here:
            self.tree.setCurrentIndex(index)
            if scroll:
                self.tree.scrollTo(index)
        self._programmatic = False

    # --- reactions ----------------------------------------------------------------------------------------------------
    def _choose(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        kind, table = index.data(DatabaseRole.KIND), str(index.data(DatabaseRole.TABLE))
        if table and table != self._chosen:
            self._chosen = table
            self.table_chosen.emit(table)
        if kind == EntryKind.COLUMN:
            self.column_chosen.emit(table, index.data(DatabaseRole.NAME))
        elif kind == EntryKind.INDEX:
            self.index_chosen.emit(table, index.data(DatabaseRole.NAME))

    def _on_filter_text_changed(self, text: str) -> None:
        self._programmatic = True
        self._model.set_filter(text)
        self._programmatic = False
        if self._has_schema:
            self._show_result()

    def _first_match(self) -> QModelIndex:
        return self._model.index(1, 0)  # the first row is a heading

    def _on_filter_return_pressed(self) -> None:
        if self.filter.text().strip():
            self._choose(self._first_match())

    def _on_tree_clicked(self, index: QModelIndex) -> None:
        on_chevron = self.tree.viewport().mapFromGlobal(self.tree.cursor().pos()).x() < self._themes.theme.px(30)
        if self._model.rowCount(index) and (on_chevron or index.data(DatabaseRole.NAME) == self._chosen):
            self.tree.setExpanded(index, not self.tree.isExpanded(index) if on_chevron else True)
        self._choose(index)

    def _on_tree_key_activated(self, index: QModelIndex) -> None:
        self.tree.setExpanded(index, not self.tree.isExpanded(index))

    def _on_tree_toggled(self, index: QModelIndex, *, is_open: bool) -> None:
        if self._programmatic or self._model.filtered:
            return
        name = str(index.data(DatabaseRole.NAME))
        (self._open.add if is_open else self._open.discard)(name)

    def _on_tree_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not self._programmatic:
            self._choose(current)
