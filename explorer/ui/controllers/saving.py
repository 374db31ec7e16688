"""Says when something could not be saved, and when it was saved after all."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from explorer.ui.panels.notice_bar import NoticeBar

_SAVED_AFTER_ALL = "Everything is saved again."


class SavingController(QObject):
    """Brings the writer's words from its thread to the window."""

    _told = Signal(str)

    def __init__(self, notice_bar: NoticeBar, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notice_bar = notice_bar
        self._troubled = False
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)

    def tell(self, problem: str | None) -> None:
        """Take a problem, or None when there is none any more; may be called on any thread."""
        self._told.emit(problem or "")

    def _on_told(self, problem: str) -> None:
        if problem or self._troubled:
            self._notice_bar.show_message(problem or _SAVED_AFTER_ALL)
        self._troubled = bool(problem)
