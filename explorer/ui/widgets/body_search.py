"""Searching in a view of a body: the bar, what it asks for, and the way from one finding to the next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from explorer.client.body import Body
from explorer.ui.body_reader import GONE
from explorer.ui.finder import By, Finder, Wanted
from explorer.ui.focus import can_take_focus
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.find_bar import FindBar


class BodySearch(QObject):
    """Joins a find bar and a finder; each kind of view says how it shows what is found.

    Signals:
        failed: the body cannot be read any more; one sentence.
    """

    failed = Signal(str)

    def __init__(self, themes: Themes, page: QWidget, ways: tuple[By, ...]) -> None:
        super().__init__(page)
        self._text: Body | None = None
        self._laid_out = False
        self._before: QWidget | None = None  # what had the keyboard when the bar was opened
        self.bar = FindBar(themes, page.objectName(), ways)
        self.finder = Finder(self)
        self.bar.wanted.connect(self._on_bar_wanted)
        self.bar.step_requested.connect(self.finder.step)
        self.bar.hit_chosen.connect(self.finder.choose_hit)
        self.bar.closed.connect(self._on_bar_closed)
        self.finder.changed.connect(self._on_finder_changed)
        self.finder.finished.connect(self._on_finder_finished)
        self.finder.refused.connect(self._on_finder_refused)
        self.finder.progressed.connect(self._on_finder_progressed)
        page.installEventFilter(self)

    # --- what a view says ---------------------------------------------------------------------------------------------
    def show_position(self, position: int) -> None:
        """Bring a byte of the body into sight."""
        raise NotImplementedError

    def show_marks(self, *, on: bool) -> None:
        """Let what was found stand out, or nothing."""

    def focus_view(self) -> None:
        """Give the keyboard back to the view."""
        raise NotImplementedError

    def selected_text(self) -> str:
        """Return what a person selected, if it can be looked for."""
        return ""

    def first_in_sight(self) -> int:
        """Return the position of the first byte in sight: the first finding behind it is shown first."""
        return 0

    # --- what a page does ---------------------------------------------------------------------------------------------
    def open(self) -> bool:
        """Show the bar in which somebody says what to look for; False while there is nothing to search."""
        if self._text is None:
            return False
        if self.bar.isHidden():
            self._before = QApplication.focusWidget()
        self.bar.open_bar(self.selected_text())
        return True

    def step(self, by: int) -> None:
        """Go to the next finding, or for -1 to the one before; while nobody searches, the search begins."""
        if self.bar.isHidden():
            self.open()
        else:
            self.finder.step(by)

    def set_text(self, text: Body, *, other_ways: bool, laid_out: bool) -> None:
        """Search another body from now on; what stands in an open bar is looked for again.

        Args:
            text: the bytes, which for words are in UTF-8.
            other_ways: whether it can be searched in other ways than by words.
            laid_out: whether it is shown with other white space than it has.
        """
        self._text, self._laid_out = text, laid_out
        self.bar.set_path_offered(other_ways)
        if not self.bar.isHidden():
            self._on_bar_wanted(self.bar.sought)

    def forget(self) -> None:
        """Let go of the body."""
        self._text = None
        self.finder.stop()
        self.show_marks(on=False)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Escape closes an open bar, wherever in the page the keyboard is; else the window's shortcut for it holds.
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and not self.bar.isHidden():
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.bar.close_bar()
                return True
        return super().eventFilter(watched, event)

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
        self.show_marks(on=True)
        if self.bar.isHidden() or not self.bar.line.text():
            return
        self.bar.set_result(finder.count_text or "Searching…")
        if finder.position() >= 0:
            self.show_position(finder.position())
            self.bar.set_hits(finder.hits, finder.hit_number())
        elif finder.count and not finder.hits:
            finder.go_to_first_from(self.first_in_sight())

    def _on_finder_finished(self) -> None:
        if self.finder.hits:
            self.bar.set_hits(self.finder.hits)
            self.finder.choose_hit(0)

    def _on_finder_refused(self, sentence: str) -> None:
        self.show_marks(on=False)
        self.bar.set_problem(sentence)

    def _on_finder_progressed(self, percent: int) -> None:
        if self.finder.running and not self.finder.count:
            self.bar.set_result(f"Searching: {percent} %")

    def _on_bar_closed(self) -> None:
        self.finder.stop()
        self.show_marks(on=False)
        self._give_focus_back()

    def _give_focus_back(self) -> None:
        before, self._before = self._before, None
        focus = QApplication.focusWidget()
        if focus is not None and not self.bar.isAncestorOf(focus):
            return  # the person works elsewhere already
        if before is not None and isValid(before) and not self.bar.isAncestorOf(before) and can_take_focus(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_view()
