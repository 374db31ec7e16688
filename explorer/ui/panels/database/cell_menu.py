"""What can be done with a cell of the rows, and with its column."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from explorer.database.grid import Cell, Comparison, Cut, Filter, Order
from explorer.ui import names
from explorer.ui.actions.commands import BY_ID
from explorer.ui.actions.key_words import shown_keys
from explorer.ui.actions.told_keys import keys_for


class CellMenu(QMenu):
    """A menu that goes when it was used.

    Signals:
        record_wanted: the row is to be shown whole.
        reference_wanted: the row that the cell points to is wanted.
        copy_wanted: the selection is to be copied as the keyboard does.
        rows_copy_wanted: whole rows are to be copied.
        filter_wanted: one more filter is to hold; a `Filter`.
        form_wanted: the form for a filter is wanted.
        order_wanted: another order is wanted; an `Order`, or None for that of the key.
        fit_wanted: the column is to be as wide as what is in it.
    """

    record_wanted = Signal()
    reference_wanted = Signal()
    copy_wanted = Signal()
    rows_copy_wanted = Signal()
    filter_wanted = Signal(object)
    form_wanted = Signal()
    order_wanted = Signal(object)
    fit_wanted = Signal()

    def __init__(self, column: str, cell: Cell, there: str, parent: QWidget) -> None:
        """`column` is the cell's; `there` the table that it points to, empty for none."""
        super().__init__(parent)
        self.setObjectName(names.DATA_MENU)
        same = same_value(column, cell)
        self._add("Open the record\tEnter", self.record_wanted.emit)
        follow, find = (shown_keys(keys_for(self, BY_ID[command])) for command in ("follow_key", "find"))
        self._add(f"Go to {there or 'the row it points to'}\t{follow}", self.reference_wanted.emit, can=bool(there))
        self.addSeparator()
        self._add("Copy\tCtrl+C", self.copy_wanted.emit)
        self._add("Copy rows", self.rows_copy_wanted.emit)
        self.addSeparator()
        self._add("Show only rows with this value", lambda: self.filter_wanted.emit(same), can=same is not None)
        self._add(f"Filter by {column}…\t{find}", self.form_wanted.emit)
        self.addSeparator()
        self._add(f"Sort by {column}", lambda: self.order_wanted.emit(Order(column)))
        self._add(f"Sort by {column}, backwards", lambda: self.order_wanted.emit(Order(column, descending=True)))
        self._add("Sort by the key", lambda: self.order_wanted.emit(None))
        self._add("Fit the column", self.fit_wanted.emit)
        self.aboutToHide.connect(self.deleteLater)

    def _add(self, text: str, slot: Callable[[], object], *, can: bool = True) -> None:
        action = QAction(text.replace("&", "&&"), self)
        action.setEnabled(can)
        action.triggered.connect(lambda _checked=False: slot())
        self.addAction(action)


def same_value(column: str, cell: Cell) -> Filter | None:
    """Return the filter that leaves rows with a cell's value; None for a value that is too long to be known whole."""
    match cell:
        case None:
            return Filter(column, Comparison.IS_NULL)
        case Cut():
            return None
        case bytes():
            return Filter(column, Comparison.EQUAL, f"x'{cell.hex()}'")
        case float():
            return Filter(column, Comparison.EQUAL, repr(cell))
    return Filter(column, Comparison.EQUAL, str(cell))
