"""Searching in a view of text."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from explorer.ui.body_reader import GONE, BodyReader
from explorer.ui.finder import By
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.body_search import BodySearch
from explorer.ui.widgets.text_moves import Place
from explorer.ui.widgets.virtual_text import VirtualText


class TextSearch(BodySearch):
    """Searches text, and marks what is found in its rows."""

    def __init__(self, themes: Themes, page: QWidget, code: VirtualText, reader: BodyReader) -> None:
        super().__init__(themes, page, (By.TEXT, By.PATH))
        self._code = code
        self._reader = reader
        self._behind = -1  # position of a finding whose row is not known yet
        code.find_requested.connect(self.open)

    def on_rows_grown(self) -> None:
        """Go to a finding whose row was not known until now."""
        if self._behind >= 0:
            self.show_position(self._behind)

    @override
    def show_position(self, position: int) -> None:
        rows = self._reader.rows
        if rows is None:
            return
        if position >= rows.known and not rows.complete:
            self._behind = position
            return
        self._behind = -1
        try:
            self._code.go_to(Place(*rows.place(position)))
        except OSError:
            self.failed.emit(GONE)

    @override
    def show_marks(self, *, on: bool) -> None:
        self._code.set_marks(self.finder.marks if on else None)

    @override
    def forget(self) -> None:
        super().forget()
        self._behind = -1

    @override
    def focus_view(self) -> None:
        self._code.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def selected_text(self) -> str:
        return self._code.selected_text()

    @override
    def first_in_sight(self) -> int:
        return next((row.pieces[0][1] for _, row in self._code.visible_rows if row.pieces), 0)
