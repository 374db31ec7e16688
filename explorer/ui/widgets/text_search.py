"""Searching in a view of text: the bar, what it asks for, and the way from one finding to the next."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from explorer.client.body import Body
from explorer.ui.body_reader import GONE, BodyReader
from explorer.ui.finder import Finder, Wanted
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.find_bar import FindBar
from explorer.ui.widgets.text_moves import Place
from explorer.ui.widgets.virtual_text import VirtualText


class TextSearch(QObject):
    """Joins a find bar, a finder and the view that shows what it finds.

    Signals:
        failed: the text cannot be read any more; one sentence.
    """

    failed = Signal(str)

    def __init__(self, themes: Themes, page: QWidget, code: VirtualText, reader: BodyReader) -> None:
        super().__init__(page)
        self._code = code
        self._reader = reader
        self._text: Body | None = None
        self._laid_out = False
        self._behind = -1  # position of a finding whose row is not known yet
        self.bar = FindBar(themes, page.objectName())
        self.finder = Finder(self)
        self.bar.wanted.connect(self._on_bar_wanted)
        self.bar.step_requested.connect(self.finder.step)
        self.bar.hit_chosen.connect(self.finder.choose_hit)
        self.bar.closed.connect(self._on_bar_closed)
        self.finder.changed.connect(self._on_finder_changed)
        self.finder.finished.connect(self._on_finder_finished)
        self.finder.refused.connect(self._on_finder_refused)
        self.finder.progressed.connect(self._on_finder_progressed)
        for keys, by in (("F3", 1), ("Shift+F3", -1)):
            self._shortcut(page, keys).activated.connect(lambda by=by: self.finder.step(by))
        self._shortcut(page, "Ctrl+F").activated.connect(self.open)
        self._escape = self._shortcut(page, "Esc")
        self._escape.setEnabled(False)  # else the window's own would be ambiguous
        self._escape.activated.connect(self.bar.close_bar)

    def open(self) -> None:
        """Show the bar in which somebody says what to look for."""
        if self._text is not None:
            self._escape.setEnabled(True)
            self.bar.open_bar(self._code.selected_text())

    def set_text(self, text: Body, *, is_json: bool, laid_out: bool) -> None:
        """Search another text from now on; what stands in an open bar is looked for again."""
        self._text, self._laid_out = text, laid_out
        self.bar.set_path_offered(is_json)
        if not self.bar.isHidden():
            self._on_bar_wanted(self.bar.sought)

    def forget(self) -> None:
        """Let go of the text."""
        self._text = None
        self._behind = -1
        self.finder.stop()
        self._code.set_marks(None)

    def on_rows_grown(self) -> None:
        """Go to a finding whose row was not known until now."""
        if self._behind >= 0:
            self._show(self._behind)

    # --- reactions ----------------------------------------------------------------------------------------------------
    def _on_bar_wanted(self, wanted: Wanted) -> None:
        if self._text is None:
            return
        self.bar.set_result("Searching…" if wanted.text else "")
        self.bar.set_hits(())
        try:
            self.finder.start(self._text, wanted, as_json=self._laid_out)
        except OSError:
            self.failed.emit(GONE)

    def _on_finder_changed(self) -> None:
        finder = self.finder
        self._code.set_marks(finder.marks)
        if self.bar.isHidden() or not self.bar.line.text():
            return
        self.bar.set_result(finder.count_text or "Searching…")
        if finder.position() >= 0:
            self._show(finder.position())
            self.bar.set_hits(finder.hits, finder.hit_number())
        elif finder.count and not finder.hits:
            finder.go_to_first_from(self._position_in_sight())

    def _on_finder_finished(self) -> None:
        if self.finder.hits:
            self.bar.set_hits(self.finder.hits)
            self.finder.choose_hit(0)

    def _on_finder_refused(self, sentence: str) -> None:
        self._code.set_marks(None)
        self.bar.set_problem(sentence)

    def _on_finder_progressed(self, percent: int) -> None:
        if self.finder.running and not self.finder.count:
            self.bar.set_result(f"Searching: {percent} %")

    def _on_bar_closed(self) -> None:
        self._escape.setEnabled(False)
        self.finder.stop()
        self._code.set_marks(None)
        self._code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, position: int) -> None:
        """Bring a byte of the text into sight, as soon as its row is known."""
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

    def _position_in_sight(self) -> int:
        return next((row.pieces[0][1] for _, row in self._code.visible_rows if row.pieces), 0)

    def _shortcut(self, page: QWidget, keys: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return shortcut
