"""What every view of a response has in common."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from explorer.ui.models.response_state import ResponseState
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.counted_tabs import Tab


class ResponsePage(QWidget):
    """One way of looking at a response. It is filled when the person first looks at it.

    Attributes:
        key: of its tab.
        themes: the look.
    """

    key = ""

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.themes = themes

    @classmethod
    def tab(cls, state: ResponseState) -> Tab | None:
        """Return its tab; None when it would have nothing to say of this response. Asked before the page is made."""
        raise NotImplementedError

    def show_state(self, state: ResponseState) -> None:
        """Show another response, or the same one anew."""
        raise NotImplementedError

    def open_search(self) -> bool:
        """Let the person say what to look for in this view; False when it has no search."""
        return False

    def step_search(self, by: int) -> None:
        """Go to the next finding, or for -1 to the one before, in a view whose search has those."""

    def focus_chain(self) -> list[QWidget]:
        """Return its controls in the order of the Tab key."""
        raise NotImplementedError


def scrolled(content: QWidget) -> QScrollArea:
    """Return an area that scrolls what cannot become as low as the pane, up and down."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area
