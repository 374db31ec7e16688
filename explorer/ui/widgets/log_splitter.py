"""The splitter between the room and the server's log."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from explorer.ui.focus import tab_stops
from explorer.ui.override import override


class LogSplitter(QSplitter):
    """Divides its height between the room and, while it is open, the log below it.

    Where the height is too little for both, such as at 200 % on a low screen, the log stands in the place of the room
    until it is closed: squeezed, neither could be read.
    """

    def __init__(self, room: QWidget, shares: list[int], parent: QWidget | None = None) -> None:
        """`shares` are the heights of the room and of the log when it is first opened."""
        super().__init__(Qt.Orientation.Vertical, parent)
        self._room = room
        self._log: QWidget | None = None
        self._shares = shares
        self._covered: QWidget | None = None  # what had the keyboard in the room that the log stands in place of
        self.setChildrenCollapsible(False)
        self.addWidget(room)
        self.setStretchFactor(0, 1)

    @property
    def log_open(self) -> bool:
        """Whether the log is shown, or will be with its window."""
        return self._log is not None and not self._log.isHidden()

    @property
    def covers_room(self) -> bool:
        """Whether the log stands in the place of the room."""
        return self._room.isHidden()

    @property
    def shares(self) -> list[int]:
        """The heights of the room and of the log, or those of when both were last shown."""
        return self.sizes() if self.log_open and not self.covers_room else self._shares

    def add_log(self, log: QWidget) -> None:
        """Put the log below the room, closed."""
        log.hide()
        self._log = log
        self.addWidget(log)
        self.setStretchFactor(1, 0)
        self.setSizes(self._shares)

    def set_shares(self, shares: list[int]) -> None:
        """Divide the height like this, now or when the log is opened."""
        self._shares = shares
        self.setSizes(shares)

    def set_log_open(self, is_open: bool) -> None:
        """Show the log, or hide it."""
        if self._log is None:
            return
        self._shares = self.shares
        if is_open:
            self._log.show()
            self._arrange()
            self.setSizes(self._shares)
        else:
            self._uncover()  # first, so that the keyboard finds the way back
            self._log.hide()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a part wants more height than before, or less
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        if self._log is None or not self.log_open or self.height() >= self._least(self._log):
            self._uncover()
        elif not self.covers_room:
            self._cover(self._log)

    def _cover(self, log: QWidget) -> None:
        self._shares = self.shares
        focus = QApplication.focusWidget()
        self._covered = focus if focus is not None and self._room.isAncestorOf(focus) else None
        if self._covered is not None and (stops := tab_stops(log)):
            stops[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._room.hide()

    def _uncover(self) -> None:
        if not self.covers_room:
            return
        focus = QApplication.focusWidget()
        self._room.show()
        self.setSizes(self._shares)
        before, self._covered = self._covered, None
        if before is not None and self._log is not None and focus is not None and self._log.isAncestorOf(focus):
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _least(self, log: QWidget) -> int:
        hints = (part.minimumSizeHint().expandedTo(part.minimumSize()) for part in (self._room, log))
        return sum(hint.height() for hint in hints) + self.handleWidth()
