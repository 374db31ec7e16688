"""A room's middle between two side panels, which close or become drawers where the middle would be too narrow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.edge_button import EdgeButton
from explorer.ui.widgets.side_panel import SidePanel, SideState

CENTRE_AT_LEAST = 480
_LEAST = 160  # a side panel is never drawn narrower


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What lies at one side.

    Attributes:
        panel: the panel itself.
        label: what the button at the edge says while the panel is closed.
        button_name: the object name of that button.
        width: how wide the panel is at first, in design pixels.
        least: how narrow the panel at the left becomes where there is too little room, before it closes; 0 for not at
            all.
        presented: whether it stays while somebody presents, at the right with half of the room; else it is a drawer
            for so long.
    """

    panel: QWidget
    label: str
    button_name: str
    width: int
    presented: bool = False
    least: int = 0


class SideColumns(QWidget):
    """Arranges three columns: the middle comes first, then the left panel, then the right one.

    Attributes:
        splitter: holds what is docked; the columns are made in it.
        left: the panel at the left.
        right: the panel at the right.

    Signals:
        arranged: a panel may be in another place now.
    """

    arranged = Signal()

    def __init__(self, themes: Themes, *, name: str, parent: QWidget | None = None) -> None:
        """`name` is the splitter's object name. There is nothing in it until `set_columns`."""
        super().__init__(parent)
        self._themes = themes
        self._arranging = False
        self._right_used = True
        self._presenting = False
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setObjectName(name)

    def set_columns(
        self, middle: QWidget, *, left: Side, right: Side | None = None, presented_least: int = CENTRE_AT_LEAST
    ) -> None:
        """Put the columns in, without `right` two of them. It is called once, before anything else.

        `presented_least` is how many design pixels the middle has at least while somebody presents.
        """
        self._presented_least = presented_least
        self._right_used = right is not None
        self._left_least = left.least
        right = right or Side(panel=QWidget(self.splitter), label="", button_name="", width=0)
        self._middle = middle
        for widget in (left.panel, middle, right.panel):
            self.splitter.addWidget(widget)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.setStretchFactor(self.splitter.indexOf(middle), 1)
        self.splitter.splitterMoved.connect(self._on_splitter_moved)
        self.left = self._make_side(left, at_left=True)
        self.right = self._make_side(right, at_left=False)
        self._sides = (self.left, self.right)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.left.button)
        layout.addWidget(self.splitter, 1)
        layout.addWidget(self.right.button)
        self._themes.changed.connect(self.arrange)

    def toggle(self, side: SidePanel) -> None:
        """Show a panel, or hide it; where there is too little room, it is laid over the middle."""
        if side.state is SideState.DRAWER:
            self.close_drawer(side)
            return
        if not self._presenting:
            side.wanted = side.state is SideState.CLOSED
            self.arrange()
        # It is still closed where there is too little room beside the middle.
        if (side.wanted or self._presenting) and side.state is SideState.CLOSED:
            side.open_over(self, self._themes.theme.px(side.width))
            _application().installEventFilter(self)
            self.arranged.emit()

    def close_drawer(self, side: SidePanel) -> bool:
        """Close a panel that lies over the middle; False when it does not."""
        if side.state is not SideState.DRAWER:
            return False
        side.close()
        if SideState.DRAWER not in (self.left.state, self.right.state):
            _application().removeEventFilter(self)
        self.arranged.emit()
        return True

    def close_a_drawer(self) -> bool:
        """Close the first panel that lies over the middle, as Escape does; False when none does."""
        return any(self.close_drawer(side) for side in self._sides)

    def state(self, side: SidePanel) -> dict[str, Any]:
        """Return what is worth remembering of a side, as plain JSON values; the width in design pixels."""
        return {"wanted": side.wanted, "width": side.width}

    def restore(self, side: SidePanel, saved: object) -> None:
        """Take up what `state` returned; what is missing or odd is left as it is. `arrange` shows it."""
        if isinstance(saved, Mapping):
            side.wanted = saved.get("wanted") is not False
            width = saved.get("width")
            if isinstance(width, int) and _LEAST <= width <= 2000:
                side.width = width

    def set_right_used(self, *, used: bool) -> None:
        """Take the right side away, with its button, while there is nothing in it."""
        if used != self._right_used:
            self._right_used = used
            self.arrange()

    def arrange(self) -> None:
        """Dock what is wanted and fits."""
        if self._arranging or not self.width():
            return
        self._arranging = True
        if self._presenting is not self._themes.presenting:
            self._presenting = self._themes.presenting
            for side in self._sides:
                self.close_drawer(side)
        px = self._themes.theme.px
        left, right = px(self.left.width), px(self.right.width)
        least = px(self._presented_least if self._presenting else CENTRE_AT_LEAST)
        if self._left_least:
            left = max(min(left, self.width() - least), px(self._left_least))
        left_fits = self.left.wanted and self.width() - left >= least
        taken = left if left_fits else 0
        right_fits = self._right_used and self.right.wanted and self.width() - taken - right >= least
        if self._presenting:
            left_fits, right_fits = left_fits and self.left.presented, self._right_used and self.right.presented
            right = self.width() // 2 if right_fits else right
        for side, fits, width in ((self.left, left_fits, left), (self.right, right_fits, right)):
            if fits:
                side.dock()
                side.panel.setMinimumWidth(px(_LEAST))
            elif side.state is SideState.DRAWER and (side is self.left or self._right_used):
                side.place(self, width)
            else:
                side.close()
        if not self._right_used:
            self.right.button.hide()
        self._set_sizes(left if left_fits else 0, right if right_fits else 0)
        self._arranging = False
        self.arranged.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close a drawer when the person turns elsewhere in the room."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            for side in self._sides:
                outside = not side.panel.isAncestorOf(watched) and watched is not side.panel
                if outside and watched is not side.button and self.isAncestorOf(watched):
                    self.close_drawer(side)
        return super().eventFilter(watched, event)

    def _make_side(self, side: Side, *, at_left: bool) -> SidePanel:
        button = EdgeButton(self._themes, side.label, "cr" if at_left else "cl", self)
        button.setObjectName(side.button_name)
        made = SidePanel(side.panel, button, self.splitter, at_left=at_left, width=side.width, presented=side.presented)
        button.clicked.connect(lambda: self.toggle(made))
        return made

    def _set_sizes(self, left: int, right: int) -> None:
        sizes = []
        handles = self.splitter.handleWidth() * ((left > 0) + (right > 0))
        for i in range(self.splitter.count()):
            widget = self.splitter.widget(i)
            if widget is self._middle:
                sizes.append(max(1, self.splitter.width() - left - right - handles))
            else:
                sizes.append(left if widget is self.left.panel else right)
        self.splitter.setSizes(sizes)

    def _on_splitter_moved(self) -> None:
        if self._presenting:  # everything is to be as it was, afterwards
            return
        zoom = self._themes.theme.zoom
        for side in self._sides:
            if side.state is SideState.DOCKED and side.panel.width() > 0:
                side.width = max(_LEAST, round(side.panel.width() / zoom))


def _application() -> QCoreApplication:
    application = QCoreApplication.instance()
    assert application is not None  # noqa: S101 a widget cannot live without one
    return application
