"""Below the rows: how many there are, what the chosen cell was before, and where one is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from explorer.ui import names
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.export_menu import ask_for_form
from explorer.ui.widgets.quiet_button import QuietButton
from explorer.ui.wording import count_text

_AT_TOP = "Deleted rows stand at the top: in a table as large as this one, their places are not worked out."
GO_ON = "Go on"  # the word on the button where something was stopped


class DataFooter(QFrame):
    """One line.

    Signals:
        stop_requested: counting or sorting is to stop, or to begin again.
        page_stepped: one page up (-1) or down (1) is wanted.
        export_requested: the rows are to be saved: ``csv``, ``json`` or ``jsonl``.
    """

    stop_requested = Signal()
    page_stepped = Signal(int)
    export_requested = Signal(str)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(names.DATA_FOOTER)
        self.setProperty("edge", "top")
        self.count = QLabel()
        self.count.setObjectName(names.DATA_COUNT)
        self.count.setProperty("role", "caption_text")
        self.was = ElidedLabel(role="caption")
        self.was.setObjectName(names.DATA_WAS)
        self.progress = QLabel()
        self.progress.setObjectName(names.DATA_PROGRESS)
        self.progress.setProperty("role", "caption")
        self.stop = QPushButton()
        self.stop.setObjectName(names.DATA_STOP)
        self.stop.setProperty("variant", "link")
        self.stop.clicked.connect(self.stop_requested)
        self.range = QLabel()
        self.range.setObjectName(names.DATA_RANGE)
        self.range.setProperty("role", "caption_text")
        self._export = QuietButton(themes, "down", "Save the rows as CSV or JSON")
        self._export.setObjectName(names.DATA_EXPORT)
        self._export.clicked.connect(self._on_export_clicked)
        self._back = QuietButton(themes, "cu", "One page up")
        self._back.setObjectName(names.DATA_PAGE_BACK)
        self._back.clicked.connect(lambda: self.page_stepped.emit(-1))
        self._forth = QuietButton(themes, "cd", "One page down")
        self._forth.setObjectName(names.DATA_PAGE_FORTH)
        self._forth.clicked.connect(lambda: self.page_stepped.emit(1))
        row = QHBoxLayout(self)
        parts: list[QWidget] = [self.count, self.progress, self.stop, self.was, self.range, self._back, self._forth]
        parts.append(self._export)
        for part in parts:
            row.addWidget(part)
        row.insertStretch(parts.index(self.range), 1)
        themes.metrics.set(row, margins=(16, 0, 8, 0), spacing=12)
        themes.metrics.set(self, height=32)
        self.set_progress("")

    def set_counts(
        self, rows: int, *, exact: bool, total: int | None, filtered: bool, deleted: int, at_top: bool
    ) -> None:
        """Say how many rows are shown.

        Args:
            rows: of the query, without those that are gone.
            exact: whether that is known.
            total: of the whole table; None while it is not known.
            filtered: whether filters leave something out.
            deleted: rows that are gone and shown all the same.
            at_top: whether they stand before all others, for nobody knows where they would be; a tool tip says why.

        """
        about = "" if exact else "about "
        text = about + (f"{rows:,} rows" if rows != 1 else "1 row")
        if filtered and total is not None:
            text += f" of {total:,}"
        if deleted:
            text += f", {deleted:,} deleted" + (" at the top" if at_top else "")
        self.count.setText(text)
        self.count.setToolTip(_AT_TOP if deleted and at_top else "")

    def set_was(self, sentence: str) -> None:
        """Say what the chosen cell was; empty for nothing."""
        self.was.set_text(sentence)

    def set_progress(self, sentence: str, action: str = "") -> None:
        """Say what is under way, such as ``sorting 34 %``, with a button such as ``Cancel``; empty for nothing."""
        self.progress.setText(sentence)
        self.progress.setVisible(bool(sentence))
        self.stop.setText(action)
        self.stop.setAccessibleName(f"{action}: {sentence}")
        self.stop.setVisible(bool(action))

    @property
    def under_way(self) -> bool:
        """Whether something runs that can be stopped."""
        return self.stop.text() not in ("", GO_ON)

    def set_sight(self, first: int, last: int, of: int) -> None:
        """Say which rows are in sight, counted from 1."""
        self.range.setText(f"{first:,}–{last:,}" if last else "")
        self.range.setAccessibleName(f"Rows {first:,} to {last:,} in sight, of {count_text(of, 'row')}" if last else "")
        self._back.setEnabled(first > 1)
        self._forth.setEnabled(last < of)

    def _on_export_clicked(self) -> None:
        ask_for_form(self._export, names.DATA_EXPORT_ENTRY, self.export_requested.emit)
