"""Makes the rows of a body known to a view, step by step, without stopping the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from explorer.client.body import Body
from explorer.client.viewers.body_rows import BodyRows
from explorer.client.viewers.rows import Layout, Row

GONE = "The file that held this body was taken away, so it cannot be shown. Send the request again."


class TextRows:
    """Rows of a body with their line numbers, as a `VirtualText` takes them."""

    def __init__(self, rows: BodyRows) -> None:
        self.body = rows

    @property
    def row_count(self) -> int:
        """How many rows are known."""
        return self.body.row_count

    @property
    def widest_label(self) -> str:
        """The number of the last line."""
        return str(self.body.line_count)

    def rows(self, first: int, count: int) -> list[Row]:
        """Return `count` rows from `first` on, fewer at the end; may raise OSError."""
        return self.body.rows(first, count)

    def label(self, number: int, row: Row) -> str:  # noqa: ARG002 - as all sources
        """Return the number of the line that begins in a row."""
        return str(row.line) if row.line else ""


class BodyReader(QObject):
    """Goes through a text once, so that every place in it can be found.

    Signals:
        grown: more of the text is known; `rows` has it.
        finished: all of it is known, or all of it that can be laid out.
        failed: it cannot be read; one sentence.
    """

    grown = Signal()
    finished = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: BodyRows | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timer_timeout)

    def start(self, text: Body, layout: Layout) -> None:
        """Begin with a text in UTF-8; its first rows are known when this returns."""
        self.stop()
        try:
            self.rows = BodyRows(text, layout)
            if not self.rows.complete:
                self.rows.advance()
        except OSError:
            self.failed.emit(GONE)
            return
        if self.rows.complete:
            self.finished.emit()
        else:
            self._timer.start()

    @property
    def complete(self) -> bool:
        """Whether all is known that can be known."""
        return self.rows is not None and self.rows.complete

    def stop(self) -> None:
        """Leave off."""
        self._timer.stop()
        self.rows = None

    def _on_timer_timeout(self) -> None:
        self._take(lambda rows: rows.advance())

    def _take(self, take: Callable[[BodyRows], None]) -> None:
        if self.rows is None:
            self._timer.stop()
            return
        try:
            take(self.rows)
        except OSError:
            self._timer.stop()
            self.failed.emit(GONE)
            return
        self.grown.emit()
        if self.complete:
            self._timer.stop()
            self.finished.emit()
