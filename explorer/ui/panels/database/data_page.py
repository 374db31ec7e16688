"""The Data tab: the rows of a table, with what the last change did to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from explorer.database.changes import ChangeSet
from explorer.database.grid import Comparison, Filter, GridRow, Mark, Order, Page
from explorer.database.schema import ForeignKey, Table
from explorer.ui import names
from explorer.ui.models.grid_rows import GridRows
from explorer.ui.panels.database.cell_menu import CellMenu
from explorer.ui.panels.database.change_strip import ChangeStrip
from explorer.ui.panels.database.data_footer import DataFooter
from explorer.ui.panels.database.filter_bar import FilterBar
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.empty_state import EmptyState
from explorer.ui.widgets.running_strip import RunningStrip
from explorer.ui.widgets.virtual_table import VirtualTable

_NO_TABLE = "Choose a table at the left."
_NO_ROWS = "No rows"
_NONE_LEFT = "No row passes the filters."
_RESET, _CLEAR = "Reset to the seed data", "Clear the filters"


@dataclass(frozen=True, slots=True)
class Following:
    """A foreign key that is to be followed.

    Attributes:
        table: where it begins.
        key: the foreign key.
        row: the row.
    """

    table: str
    key: ForeignKey
    row: GridRow


@dataclass(frozen=True, slots=True)
class RecordWanted:
    """A row that is to be shown whole.

    Attributes:
        table: where it is.
        number: of the row, from 0.
        row: what is known of it.
        column: the name of the column that a person stood in.
    """

    table: str
    number: int
    row: GridRow
    column: str


class DataPage(QFrame):
    """Shows rows. It keeps those around what is in sight, and asks for others.

    Signals:
        rows_wanted: rows are missing; the first one and how many. Answer with `set_page`.
        order_changed: another order is wanted; an `Order`, or None for the order of the key.
        filters_changed: other filters are wanted; a tuple of `Filter`.
        reference_followed: a foreign key is to be followed; a `Following`.
        back_requested: the way back from a jump is wanted.
        record_requested: a row is to be shown whole; a `RecordWanted`.
        change_opened: a request is to be shown in the X-ray; its trace id.
        change_stepped: an earlier (-1) or later (1) change is wanted.
        newest_change_wanted: the newest change is wanted, where an older one is on show.
        show_change_toggled: whether the change is to be shown in the rows.
        undo_requested: what the request on show did is to be taken back; its trace id.
        reset_requested: the database is to be as it was seeded.
        table_wanted: another table is wanted; its name.
        stop_requested: counting or sorting is to stop, or to begin again.
        export_requested: all rows on show are to be saved: ``csv``, ``json`` or ``jsonl``.
        saving_cancelled: the saving of rows is to stop.
        told: something a person should read; one sentence.
    """

    rows_wanted = Signal(int, int)
    order_changed = Signal(object)
    filters_changed = Signal(object)
    reference_followed = Signal(object)
    back_requested = Signal()
    record_requested = Signal(object)
    change_opened = Signal(str)
    change_stepped = Signal(int)
    newest_change_wanted = Signal()
    show_change_toggled = Signal(bool)
    undo_requested = Signal(str)
    reset_requested = Signal()
    table_wanted = Signal(str)
    stop_requested = Signal()
    export_requested = Signal(str)
    saving_cancelled = Signal()
    told = Signal(str)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._rows = GridRows()
        self._order: Order | None = None
        self._change: ChangeSet | None = None
        self._undone = False
        self._page: Page | None = None
        self._total: int | None = None
        self._can_reset = False
        self._widths: dict[str, dict[str, float]] = {}
        self.setObjectName(names.DATA_PAGE)
        self.setProperty("panel", "bg1")
        self.strip = ChangeStrip(themes)
        self.filter_bar = FilterBar(themes)
        self.grid = VirtualTable(themes, names.DATA_GRID, "Rows of the table")
        self.saving = RunningStrip(themes, names.DATA_SAVING, names.DATA_SAVING_CANCEL)
        self.footer = DataFooter(themes)
        self._message = EmptyState(themes)
        self._message.label.setObjectName(names.DATA_MESSAGE)
        self._message.button.setObjectName(names.DATA_MESSAGE_ACTION)
        self._message.action_requested.connect(self._on_message_action_requested)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self._message)
        layout = QVBoxLayout(self)
        for widget in (self.strip, self.filter_bar, self.saving, self._stack, self.footer):
            layout.addWidget(widget, 1 if widget is self._stack else 0)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._connect()
        self.set_table(None)
        self.set_change(None)

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_table(self, table: Table | None, *, filters: Sequence[Filter] = (), order: Order | None = None) -> None:
        """Show another table from its first row on, and ask for its rows; None for none."""
        self._keep_widths()
        self._rows = GridRows(table)
        self._page, self._total = None, None
        self.grid.set_widths(self._widths.get(table.name, {}) if table else {})
        self.filter_bar.set_columns([column.title for column in self._rows.columns])
        self.filter_bar.set_filters(filters)
        self.strip.set_table(table.name if table else "")
        self.footer.set_was("")
        self.footer.set_progress("")
        self._show_order(order)
        self.grid.set_source(self._rows)
        self._show_page()
        self._ask()

    def set_schema_of(self, table: Table) -> None:
        """Take up what else is known of the table on show; place, filters and order stay as far as they can."""
        known = {column.name for column in table.columns if not column.hidden}
        filters = [one for one in self.filter_bar.filters if one.column in known]
        order = self._order if self._order is not None and self._order.column in known else None
        place = self.grid.rows_in_sight.start
        self.set_table(table, filters=filters, order=order)
        self.grid.scroll_to(place)

    def set_query(self, *, filters: Sequence[Filter], order: Order | None) -> None:
        """Show the same table otherwise filtered or ordered; the rows on show stay until new ones are there."""
        self.filter_bar.set_filters(filters)
        self._show_order(order)
        self.reload(from_start=True)

    def set_page(self, page: Page) -> None:
        """Take in rows that were asked for."""
        self._page = page
        self._rows.set_page(page)
        self.grid.refresh()
        if self.grid.cells.hasFocus() and self.grid.current[0] < 0 and page.total:
            self.grid.go_to(self.grid.rows_in_sight.start)  # whoever came here by keyboard goes on by keyboard
        self._show_page()
        self._show_counts()
        self._show_sight()
        self._show_was()
        self._ask()

    def reload(self, *, from_start: bool = False) -> None:
        """Ask for the rows in sight again: they may be others now."""
        self._rows.forget()
        if from_start:
            self.grid.scroll_to(0)
            if self.grid.current[0] > 0:
                self.grid.go_to(0)  # the row one stood in is somewhere else now
        self._ask()

    def set_total(self, total: int | None) -> None:
        """Say how many rows the whole table has; None while that is not known."""
        self._total = total
        self._show_counts()

    def set_change(
        self, change: ChangeSet | None, *, earlier: bool = False, later: int = 0, undone: bool = False
    ) -> None:
        """Say what changed last, or before that; `earlier` whether there are others before, `later` how many after.

        `undone` says that the rows are as if it had not been.
        """
        self._change, self._undone = change, undone
        self.strip.set_change(change, earlier=earlier, later=later, undone=undone)
        self.set_can_undo(can=False)

    def set_can_undo(self, *, can: bool, reason: str = "") -> None:
        """Allow to take back what the change on show did, or say why that cannot be."""
        self.filter_bar.set_change(known=self._change is not None, can_undo=can, reason=reason)

    def set_can_go_back(self, *, can: bool) -> None:
        """Offer the way back after a jump."""
        self.filter_bar.set_can_go_back(can=can)

    def set_can_reset(self, *, can: bool) -> None:
        """Offer the seed data where there are no rows."""
        self._can_reset = can
        self._show_page()

    def set_progress(self, sentence: str, action: str = "") -> None:
        """Say what is under way, such as ``sorting 34 %``, with a button such as ``Cancel``; empty for nothing."""
        self.footer.set_progress(sentence, action)

    def set_problem(self, sentence: str, action: str = "") -> None:
        """Say in place of the rows why there are none, such as a view that fails; `set_page` shows rows again."""
        self._message.set_message(sentence, action)
        self._stack.setCurrentWidget(self._message)

    @property
    def table(self) -> Table | None:
        """The table on show."""
        return self._rows.table

    @property
    def order(self) -> Order | None:
        """By which column rows are ordered; None for the order of the key."""
        return self._order

    @property
    def filters(self) -> tuple[Filter, ...]:
        """The filters that hold."""
        return self.filter_bar.filters

    @property
    def shows_change(self) -> bool:
        """Whether the change is to be shown in the rows."""
        return self.filter_bar.show_change.isChecked()

    def row(self, number: int) -> GridRow | None:
        """Return a row, or None while it was not read."""
        return self._rows.row(number)

    def go_to(self, number: int, column: str = "") -> None:
        """Stand in a row."""
        titles = [one.title for one in self._rows.columns]
        self.grid.go_to(number, titles.index(column) if column in titles else None)

    def show_column(self, name: str) -> None:
        """Bring a column into sight, and stand in it where a person stands in a row."""
        titles = [one.title for one in self._rows.columns]
        if name in titles and self.grid.row_count:
            self.grid.show_column(titles.index(name))

    def follow(self, number: int, column: str) -> None:
        """Follow what a column of a row points with, as a click on it does."""
        titles = [one.title for one in self._rows.columns]
        if column in titles:
            self._on_link_followed(number, titles.index(column))

    def state(self) -> dict[str, Any]:
        """Return what is worth remembering, as plain JSON values."""
        self._keep_widths()
        return {"widths": self._widths, "show_change": self.shows_change}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up a state that `state` returned; what is odd is left as it is."""
        widths = state.get("widths")
        if isinstance(widths, Mapping):
            self._widths = {str(name): _numbers(some) for name, some in widths.items()}
        self.filter_bar.show_change.setChecked(state.get("show_change") is not False)

    # --- showing ------------------------------------------------------------------------------------------------------
    def _show_page(self) -> None:
        if self.table is None:
            self._say(_NO_TABLE)
        elif self._page is not None and not self._page.total and self._page.exact:
            if self.filter_bar.filters:
                self._say(_NONE_LEFT, _CLEAR)
            else:
                self._say(_NO_ROWS, _RESET if self._can_reset else "")
        elif self._page is None or self._stack.currentWidget() is not self.grid:
            self._stack.setCurrentWidget(self.grid)
        self.filter_bar.setVisible(self.table is not None)
        self.footer.setVisible(self.table is not None)

    def _say(self, sentence: str, action: str = "") -> None:
        self._message.set_message(sentence, action)
        self._stack.setCurrentWidget(self._message)

    def _show_order(self, order: Order | None) -> None:
        self._order = order
        titles = [column.title for column in self._rows.columns]
        known = order is not None and order.column in titles
        self.grid.set_order(
            titles.index(order.column) if known and order else None, descending=bool(order and order.descending)
        )

    def _show_counts(self) -> None:
        if self._page is None:
            self.footer.count.setText("")
            return
        deleted = self._deleted_shown()
        self.footer.set_counts(
            max(0, self._page.total - deleted),
            exact=self._page.exact,
            total=self._total,
            filtered=bool(self.filter_bar.filters),
            deleted=deleted,
            at_top=self._page.gone_at_top,
        )

    def _deleted_shown(self) -> int:
        """How many rows that are gone are in the rows: those in sight, when the table is small, else all of them."""
        if self._change is None or self._undone or not self.shows_change or self.table is None or self._page is None:
            return 0
        if self._page.total <= len(self._page.rows):
            return sum(row.mark is Mark.DELETED for row in self._page.rows)
        name = self.table.name.lower()
        gone = next((counts[2] for table, counts in self._change.counts.items() if table.lower() == name), 0)
        return gone if self._change.complete and not self.filter_bar.filters else 0

    def _show_sight(self) -> None:
        sight = self.grid.rows_in_sight
        self.footer.set_sight(sight.start + 1 if len(sight) else 0, sight.stop, self.grid.row_count)

    def _show_was(self) -> None:
        row, column = self.grid.current
        was, found = self._rows.was(row, column), self._rows.column(column)
        if was is None or found is None or self._change is None:
            self.footer.set_was("")
            return
        by = f"trace {self._change.trace_id[:6]}" if self._change.trace_id else self._change.label
        self.footer.set_was(f"{found.name} {was[0]} was {was[1]} before {by}")

    def _ask(self) -> None:
        missing = self._rows.missing(self.grid.rows_in_sight or range(self.grid.rows_in_sight.start, 1))
        if self.table is not None and missing is not None:
            self.rows_wanted.emit(*missing)

    def _keep_widths(self) -> None:
        if self.table is not None and self.grid.widths:
            self._widths[self.table.name] = self.grid.widths

    # --- reactions ----------------------------------------------------------------------------------------------------
    def _connect(self) -> None:
        self.strip.change_opened.connect(self.change_opened)
        self.strip.stepped.connect(self.change_stepped)
        self.strip.newest_wanted.connect(self.newest_change_wanted)
        self.strip.table_wanted.connect(self.table_wanted)
        self.filter_bar.filters_changed.connect(self.filters_changed)
        self.filter_bar.back_requested.connect(self.back_requested)
        self.filter_bar.show_change_toggled.connect(self.show_change_toggled)
        self.filter_bar.undo_requested.connect(self._on_undo_requested)
        self.footer.stop_requested.connect(self.stop_requested)
        self.footer.export_requested.connect(self.export_requested)
        self.saving.cancel_requested.connect(self.saving_cancelled)
        self.footer.page_stepped.connect(self._on_page_stepped)
        self.grid.rows_in_sight_changed.connect(self._on_rows_in_sight_changed)
        self.grid.current_changed.connect(self._show_was)
        self.grid.order_wanted.connect(self._on_order_wanted)
        self.grid.activated.connect(self._on_grid_activated)
        self.grid.link_followed.connect(self._on_link_followed)
        self.grid.menu_wanted.connect(self._on_menu_wanted)
        self.grid.copied.connect(self.told)

    def _on_rows_in_sight_changed(self) -> None:
        self._show_sight()
        self._ask()

    def _on_page_stepped(self, by: int) -> None:
        sight = self.grid.rows_in_sight
        self.grid.scroll_to(sight.start + by * max(1, len(sight) - 1))

    def _on_order_wanted(self, number: int) -> None:
        """Go from upwards to downwards, and then back to the order of the key."""
        column = self._rows.column(number)
        if column is None:
            return
        if self._order is None or self._order.column != column.name:
            self.order_changed.emit(Order(column.name))
        else:
            self.order_changed.emit(None if self._order.descending else Order(column.name, descending=True))

    def _on_grid_activated(self, number: int, column: int) -> None:
        row, found = self._rows.row(number), self._rows.column(column)
        if row is not None and self.table is not None:
            self.record_requested.emit(RecordWanted(self.table.name, number, row, found.name if found else ""))

    def _on_link_followed(self, number: int, column: int) -> None:
        row, key = self._rows.row(number), self._rows.foreign_key(column)
        if row is None or key is None or self.table is None:
            return
        if row.mark is not Mark.DELETED and row.cells[column] is not None:
            self.reference_followed.emit(Following(self.table.name, key, row))

    def _on_undo_requested(self) -> None:
        if self._change is not None:
            self.undo_requested.emit(self._change.trace_id)

    def _on_message_action_requested(self) -> None:
        if self._message.button.text() == _CLEAR:
            self.filters_changed.emit(())
        elif self._message.button.text() == _RESET:
            self.reset_requested.emit()
        else:
            self.reload()

    def give_up(self) -> bool:
        """Stop what is under way, such as sorting; False when nothing is."""
        if self.footer.under_way:
            self.stop_requested.emit()
            return True
        return False

    def begin_search(self) -> None:
        """Ask for a filter of the column that the keyboard is in."""
        column = self._rows.column(self.grid.current[1])
        self.filter_bar.ask_for_filter(column.name if column else "", comparison=Comparison.CONTAINS)

    def _on_menu_wanted(self, number: int, place: int, where: QPoint) -> None:
        column, row, key = self._rows.column(place), self._rows.row(number), self._rows.foreign_key(place)
        if column is None or row is None:
            return
        cell = row.cells[place]
        leads = key is not None and cell is not None and row.mark is not Mark.DELETED
        menu = CellMenu(column.name, cell, key.table if key is not None and leads else "", self)
        menu.record_wanted.connect(lambda: self._on_grid_activated(number, place))
        menu.reference_wanted.connect(lambda: self._on_link_followed(number, place))
        menu.copy_wanted.connect(self.grid.copy)
        menu.rows_copy_wanted.connect(self.grid.copy_rows)
        menu.filter_wanted.connect(self.filter_bar.add_filter)
        menu.form_wanted.connect(lambda: self.filter_bar.ask_for_filter(column.name))
        menu.order_wanted.connect(self.order_changed)
        menu.fit_wanted.connect(lambda: self.grid.fit_column(place))
        menu.popup(where)


def _numbers(some: object) -> dict[str, float]:
    if not isinstance(some, Mapping):
        return {}
    return {str(name): float(width) for name, width in some.items() if isinstance(width, int | float) and width > 0}
