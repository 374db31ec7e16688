"""A panel at the side of a room: in the row with the others, behind an edge button, or open over them."""

from __future__ import annotations

import enum

from PySide6.QtWidgets import QSplitter, QWidget

from explorer.ui.widgets.edge_button import EdgeButton


class SideState(enum.Enum):
    """Where a side panel is."""

    DOCKED = "docked"  # in the splitter
    CLOSED = "closed"  # only its edge button is there
    DRAWER = "drawer"  # over the rest of the room


class SidePanel:
    """Moves one panel between a splitter and the space above it.

    Attributes:
        wanted: whether the person wants it in sight where there is room.
        width: its docked width in design pixels.
        presented: whether it stays in the row while somebody presents.
    """

    def __init__(
        self,
        panel: QWidget,
        button: EdgeButton,
        splitter: QSplitter,
        *,
        at_left: bool,
        width: int,
        presented: bool = False,
    ) -> None:
        self.panel = panel
        self.button = button
        self.wanted = True
        self.width = width
        self.presented = presented
        self.state = SideState.DOCKED
        self._splitter = splitter
        self._at_left = at_left
        button.hide()

    def dock(self) -> None:
        """Put the panel into the row."""
        if self.state is SideState.DOCKED:
            return
        self.state = SideState.DOCKED
        self._splitter.insertWidget(0 if self._at_left else self._splitter.count(), self.panel)
        self._splitter.setCollapsible(self._splitter.indexOf(self.panel), False)
        self.panel.show()
        self.button.hide()

    def close(self) -> None:
        """Leave only the button."""
        self.state = SideState.CLOSED
        self.panel.hide()
        self.button.show()

    def open_over(self, room: QWidget, width: int) -> None:
        """Lay the panel over the rest of the room."""
        self.state = SideState.DRAWER
        if self.panel.parentWidget() is not room:
            self.panel.setParent(room)
        self.place(room, width)
        self.panel.show()
        self.panel.raise_()

    def place(self, room: QWidget, width: int) -> None:
        """Fit an open drawer to the room's size; its button stays in reach."""
        edge = self.button.sizeHint().width()
        width = min(width, room.width() - 2 * edge)
        left = edge if self._at_left else room.width() - edge - width
        self.panel.setGeometry(left, 0, width, room.height())
