"""The left side of Compose: what can be sent above, what was sent below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from explorer.ui import names
from explorer.ui.panels.history_panel import HistoryPanel
from explorer.ui.panels.operations_panel import OperationsPanel
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.grip_splitter import GripSplitter

_SHARES = (74, 26)  # operations, history: of the height


class Sidebar(QWidget):
    """Divides its height between operations and history.

    Attributes:
        operations: the tree.
        history: what was sent.
    """

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._splitter: QSplitter = GripSplitter(themes, ground="bg0", parent=self)
        self._splitter.setObjectName(names.COMPOSE_SIDEBAR)
        self.operations = OperationsPanel(themes, self._splitter)
        self.history = HistoryPanel(themes, self._splitter)
        self._splitter.addWidget(self.operations)
        self._splitter.addWidget(self.history)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setSizes([share * 10 for share in _SHARES])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self.operations.filter, self.operations.tree, *self.history.focus_chain()]

    def state(self) -> dict[str, Any]:
        """Return what is worth remembering, as plain JSON values."""
        return {"sizes": self._splitter.sizes()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up a state that `state` returned; what is odd is left as it is."""
        sizes = state.get("sizes")
        if isinstance(sizes, list) and len(sizes) == len(_SHARES) and all(isinstance(n, int) and n > 0 for n in sizes):
            self._splitter.setSizes(sizes)
