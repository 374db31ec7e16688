"""Says when something could not be saved, and when it was saved after all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from explorer.ui.panels.notice_bar import NoticeBar

_SAVED_AFTER_ALL = "Everything is saved again."


class SavingController(QObject):
    """Brings the words of those who write to the disk from their threads to the window.

    Signals:
        saved_again: whatever could not be saved is saved now.
    """

    saved_again = Signal()
    _told = Signal(str, str)
    _put_aside_told = Signal(str)

    def __init__(self, notice_bar: NoticeBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notice_bar = notice_bar
        self._problems: dict[str, str] = {}
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self._put_aside_told.connect(notice_bar.show_put_aside, Qt.ConnectionType.QueuedConnection)

    def teller(self, who: str) -> Callable[[str | None], None]:
        """Return what takes a problem of one who writes, or None when there is none any more; for any thread."""
        return lambda problem: self._told.emit(who, problem or "")

    def put_aside(self, sentence: str) -> None:
        """Take a sentence on a file that could not be used; may be called on any thread."""
        self._put_aside_told.emit(sentence)

    def _on_told(self, who: str, problem: str) -> None:
        had_problems = bool(self._problems)
        self._problems.pop(who, None)
        if problem:
            self._problems[who] = problem
        if self._problems:
            self._notice_bar.show_saving(" ".join(self._problems.values()), troubled=True)
        elif had_problems:
            self._notice_bar.show_saving(_SAVED_AFTER_ALL, troubled=False)
            self.saved_again.emit()
