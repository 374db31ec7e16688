"""The places of the Database room in which its pages stand."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget


class Slot(QFrame):
    """Holds one page, as large as it is itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    def holds(self, page: QWidget) -> bool:
        """Whether a page stands here."""
        return self._layout.indexOf(page) >= 0

    def take(self, page: QWidget) -> None:
        """Take a page in, from wherever it was."""
        self._layout.addWidget(page)
        page.show()


class Dock:
    """A place beside or below the middle, where a page can stand.

    Attributes:
        page: the page's name.
        frame: what the page is put into.
        wanted: whether the person wants the page here.
        shown: whether it is here now.
    """

    def __init__(self, page: str, parent: QWidget) -> None:
        self.page = page
        self.frame = Slot(parent)
        self.frame.setProperty("panel", "bg1")
        self.frame.hide()
        self.wanted = True
        self.shown = False

    def show_if(self, shown: bool) -> None:
        """Show the frame, or hide it."""
        self.shown = shown
        self.frame.setVisible(shown)
