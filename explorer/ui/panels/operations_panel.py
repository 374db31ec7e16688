"""The left side of Compose: everything the app offers, as a tree with a filter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from explorer.openapi.operations import Catalogue
from explorer.ui import names
from explorer.ui.delegates.operation_delegate import OperationDelegate
from explorer.ui.models.operations_model import OperationRole, OperationsModel
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.chip import Chip
from explorer.ui.widgets.filtered_tree import FilteredTree

_WAITING = "Waiting for the server…"
_NOT_RUNNING = "The server is not running."
_NOTHING_OFFERED = "This app has no operations."
_OPEN_ALL_UP_TO = 300  # operations; a larger app starts with closed groups


class OperationsPanel(QFrame):
    """Lists operations.

    Signals:
        operation_chosen: the person chose an operation; its `Operation.key`.
    """

    operation_chosen = Signal(str)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._chosen = ""
        self._closed: set[str] = set()
        self._closed_known = False
        self._programmatic = False
        self._has_catalogue = False
        self._model = OperationsModel(self)
        self.setObjectName(names.OPERATIONS_PANEL)
        self.setProperty("panel", "bg0")
        self._list = FilteredTree(themes, "Filter by path, tag or method", (10, 2, 6, 8))
        self.filter, self.tree = self._list.filter, self._list.tree
        self._list.message.label.setObjectName(names.OPERATIONS_MESSAGE)
        self._list.message.button.setObjectName(names.OPERATIONS_CLEAR)
        self.filter.setObjectName(names.OPERATIONS_FILTER)
        self.filter.textChanged.connect(self._on_filter_text_changed)
        self.filter.down_pressed.connect(lambda: self._list.enter_tree(self._first_match()))
        self.filter.returnPressed.connect(self._on_filter_return_pressed)
        self._set_up_tree()
        layout = QVBoxLayout(self)
        layout.addWidget(self._build_header())
        layout.addWidget(self._list, 1)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)
        self.set_waiting()

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_catalogue(self, catalogue: Catalogue) -> None:
        """Show the operations of an app. What was chosen, closed and typed stays."""
        self._has_catalogue = True
        if not self._closed_known and len(catalogue.operations) > _OPEN_ALL_UP_TO:
            self._closed = {group.name for group in catalogue.groups}
        self._closed_known = True
        self._programmatic = True
        self._model.set_catalogue(catalogue)
        self._programmatic = False
        self._count.set_text(str(len(catalogue.operations)))
        self._show_result()

    def set_waiting(self) -> None:
        """Say that the app is not up yet; operations that are known already stay."""
        if not self._has_catalogue:
            self._list.show_message(_WAITING)

    def set_not_running(self) -> None:
        """Say that nothing is to be waited for; operations that are known already stay."""
        if not self._has_catalogue:
            self._list.show_message(_NOT_RUNNING)

    def set_problem(self, sentence: str) -> None:
        """Say why there are no operations."""
        self._list.show_message(sentence)

    def select(self, key: str) -> None:
        """Show that an operation is open, without a signal. Its group opens if it is closed."""
        self._chosen = key
        self._show_chosen(scroll=True)

    @property
    def chosen(self) -> str:
        """The `Operation.key` of the operation that is open; empty for none."""
        return self._chosen

    def state(self) -> dict[str, Any]:
        """Return what is worth remembering, as plain JSON values."""
        return {"closed": sorted(self._closed)} if self._closed_known else {}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up a state that `state` returned."""
        closed = state.get("closed")
        if isinstance(closed, list):
            self._closed = {name for name in closed if isinstance(name, str)}
            self._closed_known = True
            self._show_expansion()

    # --- building -----------------------------------------------------------------------------------------------------
    def _build_header(self) -> QWidget:
        header = QWidget()
        title = QLabel("Operations")
        title.setProperty("role", "panel_title")
        self._count = Chip(self._themes, code=False)
        self._count.setObjectName(names.OPERATIONS_COUNT)
        self._count.hide()
        layout = QHBoxLayout(header)
        layout.addWidget(title)
        layout.addWidget(self._count)
        layout.addStretch(1)
        layout.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._themes.metrics.set(layout, margins=(12, 0, 12, 0), spacing=8)
        self._themes.metrics.set(header, height=42)
        return header

    def _set_up_tree(self) -> None:
        tree = self.tree
        tree.setObjectName(names.OPERATIONS_TREE)
        tree.setAccessibleName("Operations of the app")
        tree.setModel(self._model)
        tree.setItemDelegate(OperationDelegate(self._themes, tree))
        tree.setUniformRowHeights(True)
        tree.clicked.connect(self._on_tree_clicked)
        tree.key_activated.connect(self._on_tree_key_activated)
        tree.expanded.connect(lambda index: self._on_tree_toggled(index, is_open=True))
        tree.collapsed.connect(lambda index: self._on_tree_toggled(index, is_open=False))
        tree.selectionModel().currentChanged.connect(self._on_tree_current_changed)

    # --- showing ------------------------------------------------------------------------------------------------------
    def _show_result(self) -> None:
        if self._model.operation_count():
            self._show_expansion()
            self._show_chosen()
            self._list.show_tree()
        else:
            self._list.show_nothing_found(_NOTHING_OFFERED)

    def _show_expansion(self) -> None:
        """Open and close groups as the person left them; while a filter holds, all that it found is open."""
        filtering = bool(self.filter.text().strip())
        groups = [self._model.index(row, 0) for row in range(self._model.rowCount())]
        wanted = [filtering or index.data(OperationRole.KEY) not in self._closed for index in groups]
        self._programmatic = True
        if all(wanted) and not any(self.tree.isExpanded(index) for index in groups):
            self.tree.expandAll()  # lays the rows out once, and not once for each group
        else:
            for index, is_open in zip(groups, wanted, strict=True):
                self.tree.setExpanded(index, is_open)
        self._programmatic = False

    def _show_chosen(self, *, scroll: bool = False) -> None:
        index = self._model.index_of(self._chosen)
        self._programmatic = True
        if index.isValid():
            if scroll:
                self.tree.expand(index.parent())
            self.tree.setCurrentIndex(index)
            if scroll:
                self.tree.scrollTo(index)
        else:
            self.tree.selectionModel().clear()
        self._programmatic = False

    # --- reactions ----------------------------------------------------------------------------------------------------
    def _choose(self, index: QModelIndex) -> None:
        key = index.data(OperationRole.KEY)
        if index.isValid() and not index.data(OperationRole.IS_GROUP) and key != self._chosen:
            self._chosen = key
            self.operation_chosen.emit(key)

    def _on_filter_text_changed(self, text: str) -> None:
        self._programmatic = True
        self._model.set_filter(text)
        self._programmatic = False
        if self._has_catalogue:
            self._show_result()

    def _on_filter_return_pressed(self) -> None:
        index = self._first_match()
        if index.isValid() and self.filter.text().strip():
            self._choose(index)
            self._show_chosen(scroll=True)

    def _first_match(self) -> QModelIndex:
        return self._model.index(0, 0, self._model.index(0, 0))

    def _on_tree_clicked(self, index: QModelIndex) -> None:
        if index.data(OperationRole.IS_GROUP):
            self.tree.setExpanded(index, not self.tree.isExpanded(index))
        else:
            self._choose(index)

    def _on_tree_key_activated(self, index: QModelIndex) -> None:
        if index.data(OperationRole.IS_GROUP):
            self.tree.setExpanded(index, not self.tree.isExpanded(index))

    def _on_tree_toggled(self, index: QModelIndex, *, is_open: bool) -> None:
        if self._programmatic or self.filter.text().strip():
            return
        name = str(index.data(OperationRole.KEY))
        if is_open:
            self._closed.discard(name)
        else:
            self._closed.add(name)

    def _on_tree_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not self._programmatic:
            self._choose(current)
