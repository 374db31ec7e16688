"""A table over any number of rows and many columns, of which only the cells in sight exist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollBar, QWidget

from explorer.ui.actions.told_keys import ToldKeys
from explorer.ui.announce import announce
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.table_cells import TableCells
from explorer.ui.widgets.table_in_sight import TableState
from explorer.ui.widgets.table_moves import moved
from explorer.ui.widgets.table_pointer import TablePointer
from explorer.ui.widgets.table_source import PaintCell, TableColumn, TableSource
from explorer.ui.widgets.table_widths import first_widths, fitting_width

_ROW = 27
_GUTTER = 26
_MOST_COPIED = 10_000  # rows


class VirtualTable(QWidget):
    """Shows the rows of a source; asks for those in sight, and paints quietly what is not there yet.

    The keyboard goes to its `cells`. The table is no proxy for them: the Tab key would come to the proxy as well,
    wherever that stands in the order, and never get past it.

    Signals:
        rows_in_sight_changed: other rows are in sight; the first one and how many.
        current_changed: a person stands in another cell; row and column.
        activated: a cell was double-clicked, or Enter was pressed; row and column.
        link_followed: a link was clicked, or the keys for that were pressed in its cell; row and column.
        order_wanted: a title was clicked; the column.
        menu_wanted: a menu for a cell is asked for; row, column, and where on the screen.
        copied: what was left out of a copy; one sentence.
        widths_changed: a person gave a column another width.
    """

    rows_in_sight_changed = Signal(int, int)
    current_changed = Signal(int, int)
    activated = Signal(int, int)
    link_followed = Signal(int, int)
    order_wanted = Signal(int)
    menu_wanted = Signal(int, int, QPoint)
    copied = Signal(str)
    widths_changed = Signal()

    def __init__(
        self,
        themes: Themes,
        name: str,
        words: str,
        *,
        row_height: float = _ROW,
        gutter: bool = True,
        whole_rows: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Begin empty.

        Args:
            themes: how the program looks.
            name: the object name.
            words: what assistive tools call the table.
            row_height: in design pixels.
            gutter: whether there is a column for marks at the left.
            whole_rows: whether a person goes from row to row rather than from cell to cell.
            parent: what it lies in.

        """
        super().__init__(parent)
        self._themes = themes
        self._row_height = row_height
        self._state = TableState()
        self._chosen_widths: dict[str, float] = {}
        self._unmeasured = True
        self._last_sight = (-1, -1)
        self.setObjectName(name)
        self.cells = TableCells(themes, self._state, self)
        self.cells.setObjectName(f"{name}.cells")
        self.cells.setAccessibleName(words)
        self.cells.whole_rows = whole_rows
        self.cells.gutter.setVisible(gutter)
        self.bar = QScrollBar(Qt.Orientation.Vertical)
        self.bar.setObjectName(f"{name}.bar")
        self.bar.valueChanged.connect(self._on_bar_value_changed)
        self.cells.header.title_clicked.connect(self.order_wanted)
        self.cells.header.width_chosen.connect(self._on_header_width_chosen)
        self.cells.header.sectionHandleDoubleClicked.connect(self.fit_column)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.cells, 1)
        layout.addWidget(self.bar)
        self._follows = ToldKeys(self, "follow_key")
        self.cells.installEventFilter(self)
        self._connect_pointer()
        themes.changed.connect(self._on_themes_changed)
        self._on_themes_changed()

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_source(self, source: TableSource | None) -> None:
        """Show another source from its first row on; widths that a person chose are kept by the columns' titles."""
        self._state.source = source
        self._state.first, self._state.row, self._state.column, self._state.anchor = 0, -1, 0, -1
        self._state.count = 0
        last = self._state.column_at(self._state.columns - 1)
        self.cells.header.setStretchLastSection(last is not None and not last.right)  # numbers stay near their title
        self.cells.model_in_sight.reset()
        self.cells.horizontalScrollBar().setValue(0)
        self._unmeasured = True
        self._last_sight = (-1, -1)
        self.refresh()

    def refresh(self) -> None:
        """Rows came, went or look different now; the place and the current row stay."""
        self._fit()
        self._repaint()

    def _fit(self) -> None:
        """Follow the source, without painting anything."""
        count = self.row_count
        state = self._state
        if state.row >= count:
            state.row = state.anchor = count - 1
        state.first = max(0, min(state.first, count - self._whole_rows()))
        self._fit_rows()
        self._measure()
        self._fit_bar()
        self._tell_sight()
        self._mirror_current()

    def set_painter(self, paint_cell: PaintCell | None) -> None:
        """Let a function paint cells in place of the table."""
        self.cells.paint_cell = paint_cell
        self.cells.viewport().update()

    def set_order(self, column: int | None, *, descending: bool = False) -> None:
        """Show in the titles by which column rows are ordered; None for none."""
        self.cells.header.set_order(None if column is None else (column, descending))

    def set_widths(self, widths: Mapping[str, float]) -> None:
        """Take up widths that a person chose before, in design pixels by title."""
        self._chosen_widths = dict(widths)
        self._unmeasured = True
        self._measure()

    @property
    def widths(self) -> dict[str, float]:
        """The widths that a person chose, in design pixels by title."""
        return dict(self._chosen_widths)

    @property
    def columns(self) -> Sequence[TableColumn]:
        """The columns."""
        return self._state.source.columns if self._state.source else ()

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return self._state.source.row_count if self._state.source else 0

    @property
    def rows_in_sight(self) -> range:
        """The rows in sight, the last one perhaps in part."""
        return range(self._state.first, self._state.first + self._state.count)

    @property
    def current(self) -> tuple[int, int]:
        """Row and column that a person stands in; row -1 for none."""
        return self._state.row, self._state.column

    @property
    def selected(self) -> range:
        """The selected rows."""
        return self._state.selected

    def go_to(self, row: int, column: int | None = None) -> None:
        """Stand in a cell; in the middle of the view when it was out of sight."""
        row = max(0, min(row, self.row_count - 1))
        whole = self._whole_rows()
        if self.row_count and not self._state.first <= row < self._state.first + whole:
            self._set_first(row - whole // 2)
        self._stand(row, self._state.column if column is None else column)

    def scroll_to(self, row: int) -> None:
        """Bring a row to the top without standing in it."""
        self._set_first(row)

    def show_column(self, column: int) -> None:
        """Bring a column into sight; where a person stands in a row in sight, in that row."""
        if self._state.row in self.rows_in_sight:
            self._stand(self._state.row, column)
        self.cells.show_column(column)

    def fit_column(self, column: int) -> None:
        """Make a column as wide as what is in sight of it."""
        state = self._state
        if state.source is not None:
            width = fitting_width(self.cells, state, column, self.rows_in_sight, self._themes.theme.px)
            self.cells.setColumnWidth(column, width)
            self._on_header_width_chosen(column)

    def copy(self) -> None:
        """Put the cell, or the selected rows divided by tabs, on the clipboard; of very many the first 10,000."""
        state = self._state
        if state.source is None or state.row < 0:
            return
        if len(state.selected) == 1 and not self.cells.whole_rows:
            text = state.source.copied(state.row, state.column)
            if text is not None:
                QApplication.clipboard().setText(text)
            return
        self.copy_rows()

    def copy_rows(self) -> None:
        """Put the selected rows on the clipboard, cells divided by tabs."""
        state, source = self._state, self._state.source
        if source is None:
            return
        lines: list[str] = []
        left_out = max(0, len(state.selected) - _MOST_COPIED)
        for row in state.selected[:_MOST_COPIED]:
            texts = [source.copied(row, column) for column in range(state.columns)]
            if any(text is None for text in texts):
                left_out += 1
            else:
                lines.append("\t".join(_one_line(text or "") for text in texts))
        QApplication.clipboard().setText("\n".join(lines))
        if left_out:
            self.copied.emit(
                f"{len(lines):,} rows were copied. {left_out:,} more were not: copy those in sight, or export them."
            )

    def _connect_pointer(self) -> None:
        pointer = TablePointer(self.cells, self._state)
        pointer.resized.connect(self.refresh)
        pointer.pressed.connect(lambda row, column, keep: self._stand(row, column, keep_anchor=keep))
        pointer.dragged.connect(self._on_pointer_dragged)
        pointer.double_clicked.connect(self.activated)
        pointer.link_clicked.connect(self.link_followed)
        pointer.scrolled.connect(lambda rows: self._set_first(self._state.first + rows))
        pointer.menu_wanted.connect(self.menu_wanted)

    # --- reactions ----------------------------------------------------------------------------------------------------
    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that are meant for the cells."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
            if event.reason() != Qt.FocusReason.MouseFocusReason and self._state.row < 0 and self.row_count:
                self._stand(self._state.first, self._state.column)
            return False
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._take_key(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        state = self._state
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._select_all()
        elif self._follows.match(event) and state.row >= 0:
            self.link_followed.emit(state.row, state.column)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control and state.row >= 0:
            self.activated.emit(state.row, state.column)
        elif event.key() == Qt.Key.Key_Menu and state.row >= 0:
            self._ask_for_menu()
        else:
            size = (self.row_count, state.columns)
            place = moved((state.row, state.column), size, event, self._whole_rows(), whole_rows=self.cells.whole_rows)
            if place is None:
                return False
            keep = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._stand(*place, keep_anchor=keep)
        return True

    def _ask_for_menu(self) -> None:
        place = self.cells.cell_rect(self._state.row, self._state.column).bottomLeft()
        self.menu_wanted.emit(self._state.row, self._state.column, self.cells.viewport().mapToGlobal(place))

    def _on_pointer_dragged(self, row: int) -> None:
        self._stand(max(0, min(self.row_count - 1, row)), self._state.column, keep_anchor=True)

    # --- moving -------------------------------------------------------------------------------------------------------
    def _stand(self, row: int, column: int, *, keep_anchor: bool = False) -> None:
        state = self._state
        if not self.row_count:
            return
        before, selected, framed = (state.row, state.column), state.selected, self._frames_all
        if not keep_anchor:
            state.anchor = row
        state.row, state.column = row, max(0, min(column, state.columns - 1))
        whole = self._whole_rows()
        if row < state.first:
            self._set_first(row, framed=framed)
        elif row >= state.first + whole:
            self._set_first(row - whole + 1, framed=framed)
        self._mirror_current()
        self.cells.show_column(state.column)
        self._repaint_rows(selected, state.selected)
        if before != (state.row, state.column):
            self._say_current()
            self.current_changed.emit(state.row, state.column)

    def _select_all(self) -> None:
        if self.row_count:
            self._state.row, self._state.anchor = self.row_count - 1, 0
            self._repaint()

    def _set_first(self, first: int, *, framed: bool | None = None) -> None:
        """Bring a row to the top; `framed` says whether the frame is painted around everything, if that is known."""
        first = max(0, min(first, self.row_count - self._whole_rows()))
        by = first - self._state.first
        if by:
            framed = self._frames_all if framed is None else framed
            self._state.first = first
            self._fit()
            if abs(by) >= self._state.count or framed or self._frames_all:
                self._repaint()
            else:
                self.cells.scroll_rows(by)

    def _on_bar_value_changed(self, value: int) -> None:
        self._set_first(value)

    def _mirror_current(self) -> None:
        """Let Qt's table, and so assistive tools, know the current cell when it is in sight."""
        state, model = self._state, self.cells.model_in_sight
        inside = state.row >= 0 and state.first <= state.row < state.first + state.count
        wanted = model.index(state.row - state.first, state.column) if inside else model.index(-1, -1)
        if wanted != self.cells.currentIndex():
            self.cells.setCurrentIndex(wanted)

    def _say_current(self) -> None:
        """Let a screen reader say the cell, for Qt's table knows it by its place in sight only."""
        state = self._state
        if state.source is None or not QAccessible.isActive():
            return
        cell, column = state.source.cell(state.row, state.column), state.column_at(state.column)
        text = (cell.spoken or cell.text) if cell else "not read yet"
        look = state.source.look(state.row).spoken
        words = ", ".join(
            part for part in (f"Row {state.row + 1:,}", look, column.title if column else "", text) if part
        )
        announce(self.cells, words)

    # --- geometry -----------------------------------------------------------------------------------------------------
    def _whole_rows(self) -> int:
        return max(1, self.cells.viewport().height() // self.cells.row_height)

    def _fit_rows(self) -> None:
        state = self._state
        room = -(-max(1, self.cells.viewport().height()) // self.cells.row_height)
        state.count = max(0, min(room, self.row_count - state.first))
        self.cells.model_in_sight.fit()

    def _fit_bar(self) -> None:
        whole = self._whole_rows()
        last = max(0, self.row_count - whole)
        self.bar.blockSignals(True)
        self.bar.setPageStep(whole)
        self.bar.setRange(0, last)
        self.bar.setValue(self._state.first)
        self.bar.blockSignals(False)
        self.bar.setVisible(last > 0)

    def _tell_sight(self) -> None:
        sight = (self._state.first, self._state.count)
        if sight != self._last_sight:
            self._last_sight = sight
            if sight[1]:
                last = sight[0] + sight[1]
                self.cells.setAccessibleDescription(f"Rows {sight[0] + 1:,} to {last:,} of {self.row_count:,}")
            self.rows_in_sight_changed.emit(*sight)

    def _measure(self) -> None:
        """Give the columns their widths, once the first rows are there."""
        source, state = self._state.source, self._state
        if source is None or not self._unmeasured:
            return
        widths, complete = first_widths(self.cells, state, self.rows_in_sight, self._themes.theme.px)
        header = self.cells.header
        before = [header.sectionSize(number) for number in range(len(widths))]  # reading between settings: quadratic
        stretched = header.stretchLastSection()
        header.setStretchLastSection(False)
        for number, column in enumerate(source.columns):
            chosen = self._chosen_widths.get(column.title)
            width = widths[number] if chosen is None else self._themes.theme.px(chosen)
            if before[number] != width:
                header.resizeSection(number, width)
        header.setStretchLastSection(stretched)
        self._unmeasured = not complete

    @property
    def _frames_all(self) -> bool:
        """Whether the frame of the keyboard is around everything, as the current row is out of sight."""
        return self.cells.hasFocus() and self._state.row not in self.rows_in_sight

    def _repaint_rows(self, *some: range) -> None:
        """Paint some rows again; all, where the frame of the keyboard was or is around everything."""
        if any(not rows or rows.start < self._state.first for rows in some) or self._frames_all:
            self._repaint()
            return
        for rows in some:
            self.cells.update_rows(rows)

    def _repaint(self) -> None:
        self.cells.viewport().update()
        self.cells.gutter.viewport().update()

    def _on_header_width_chosen(self, number: int) -> None:
        column = self._state.column_at(number)
        stretched = number == self._state.columns - 1 and self.cells.header.stretchLastSection()
        if column is not None and not stretched:
            self._chosen_widths[column.title] = round(self.cells.columnWidth(number) / self._themes.theme.zoom, 1)
            self.widths_changed.emit()

    def _on_themes_changed(self) -> None:
        px = self._themes.theme.px
        self.cells.set_row_height(px(self._row_height))
        self.cells.gutter.setFixedWidth(px(_GUTTER))
        self._unmeasured = True
        self.refresh()


def _one_line(text: str) -> str:
    return text.replace("\t", " ").replace("\r\n", " ").replace("\n", " ")
