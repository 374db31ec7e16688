"""Copies rows to the clipboard, a few at a time, so that a long copy does not stop the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from explorer.ui.widgets.text_moves import Place

if TYPE_CHECKING:
    from explorer.ui.widgets.virtual_text import RowSource

COPIED_AT_MOST = 10_000_000  # characters
_ROWS_A_TURN = 600


class RowCopier(QObject):
    """Collects the text between two places.

    Signals:
        finished: the text is on the clipboard; a sentence about what was left out, empty when nothing was.
        failed: rows cannot be read any more; one sentence.
    """

    finished = Signal(str)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source: RowSource | None = None
        self._parts: list[str] = []
        self._length = 0
        self._at = self._first = self._end = Place(0, 0)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.on_timer_timeout)

    def copy(self, source: RowSource, start: Place, end: Place) -> None:
        """Put the text on the clipboard: at once when it is short, else over several turns of the event loop."""
        self._begin(source, start, end)
        self.on_timer_timeout()

    def text(self, source: RowSource, start: Place, end: Place) -> str:
        """Return the text at once, however long it takes."""
        self._begin(source, start, end)
        while self._take_some():
            pass
        return "".join(self._parts)

    def stop(self) -> None:
        """Forget a copy that is under way."""
        self._timer.stop()
        self._parts = []

    def on_timer_timeout(self) -> None:
        """Take some more rows."""
        try:
            more = self._take_some()
        except OSError:
            self.stop()
            self.failed.emit("The file that held this body was taken away: nothing was copied.")
            return
        if more:
            self._timer.start()
            return
        self._timer.stop()
        text, self._parts = "".join(self._parts), []
        QApplication.clipboard().setText(text[:COPIED_AT_MOST])
        cut = self._length > COPIED_AT_MOST
        self.finished.emit(
            f"The first {COPIED_AT_MOST // 1_000_000} MB of the selection were copied. Save keeps all." if cut else ""
        )

    def _begin(self, source: RowSource, start: Place, end: Place) -> None:
        self._timer.stop()
        self._source, self._first, self._at, self._end = source, start, start, end
        self._parts, self._length = [], 0

    def _take_some(self) -> bool:
        """Take rows; False when the last is taken."""
        count = min(_ROWS_A_TURN, self._end.row - self._at.row + 1)
        rows = self._source.rows(self._at.row, count) if self._source is not None and count > 0 else []
        for number, row in enumerate(rows, self._at.row):
            left = self._first.column if number == self._first.row else 0
            right = self._end.column if number == self._end.row else len(row.text)
            if row.line and number != self._first.row:
                self._parts.append("\n")
            self._parts.append(row.text[left:right])
            self._length += right - left + 1
        self._at = Place(self._at.row + len(rows), 0)
        return bool(rows) and self._at.row <= self._end.row and self._length <= COPIED_AT_MOST
