"""A tree with a line above it to filter by, and a sentence in its place while it has nothing to show."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.empty_state import EmptyState
from explorer.ui.widgets.filter_edit import FilterEdit
from explorer.ui.widgets.flat_tree import FlatTree


class FilteredTree(QWidget):
    """Lays out the three; what the filter does, and what the tree shows, is its panel's.

    Attributes:
        filter: the line to filter by; it shows the key that leads to it.
        tree: flat to the eye, since its delegate draws how deep a row is.
        message: stands in the tree's place; its button empties the filter.
    """

    def __init__(
        self, themes: Themes, placeholder: str, margins: tuple[int, int, int, int], parent: QWidget | None = None
    ) -> None:
        """`margins` are around the filter, in design pixels: left, top, right, bottom."""
        super().__init__(parent)
        self.filter = FilterEdit(themes, placeholder, "filter")
        self.tree = FlatTree()
        self.message = EmptyState(themes)
        self.message.action_requested.connect(self.filter.clear)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.tree)
        self._pages.addWidget(self.message)
        filter_row = QHBoxLayout()
        filter_row.addWidget(self.filter)
        layout = QVBoxLayout(self)
        layout.addLayout(filter_row)
        layout.addWidget(self._pages, 1)
        themes.metrics.set(filter_row, margins=margins, spacing=0)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)
        themes.changed.connect(self.tree.scheduleDelayedItemsLayout)

    def show_tree(self) -> None:
        """Show the tree; what a filter found is shown from its beginning."""
        self._pages.setCurrentWidget(self.tree)
        if self.filter.text().strip():
            self.tree.scrollToTop()

    def show_message(self, sentence: str) -> None:
        """Say why there is nothing to show."""
        self.message.set_message(sentence)
        self._pages.setCurrentWidget(self.message)

    def show_nothing_found(self, nothing: str) -> None:
        """Say that the filter found nothing, with a button that empties it; `nothing` when there is no filter."""
        text = self.filter.text().strip()
        self.message.set_message(f"Nothing matches “{text}”." if text else nothing, "Clear" if text else "")
        self._pages.setCurrentWidget(self.message)

    def enter_tree(self, first: QModelIndex) -> None:
        """Go on from the filter in the tree: at its current row, or at `first`."""
        if not self.tree.currentIndex().isValid():
            self.tree.setCurrentIndex(first)  # before the focus, which would make a heading current
        self.tree.setFocus(Qt.FocusReason.TabFocusReason)
