"""The SQL log: what each request asked of the database, and how its rows are found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from explorer.database.statements import LoggedStatement
from explorer.ui import names
from explorer.ui.delegates.sql_log_cells import paint_log_cell
from explorer.ui.models.sql_log_rows import COLUMNS, STATEMENT, Plan, SqlLogRows
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.tool_tip import as_written
from explorer.ui.widgets.empty_state import EmptyState
from explorer.ui.widgets.filter_edit import FilterEdit
from explorer.ui.widgets.icon_label import IconLabel
from explorer.ui.widgets.virtual_table import VirtualTable

_LEAST_STATEMENT = 140  # design pixels: with them the columns fit beside the docks of a window 1280 wide
_FIRST = "No statement yet: send a request that reads or writes the database."
_NONE_FITS = "No statement fits."


class SqlLogPanel(QFrame):
    """Shows statements, the newest last, and stays at the end until somebody scrolls away from it.

    Attributes:
        rows: what the table shows.

    Signals:
        filter_changed: other statements are wanted; a text, and whether only slow ones.
        cleared: the log is to be emptied.
        trace_opened: the request of a statement is to be shown in the X-ray; its trace id.
        changes_opened: the rows that a statement's request changed are to be shown; its trace id.
        plan_wanted: how SQLite finds the rows of a statement; its number.
        console_requested: a statement is to be put into the console.
        in_sight_changed: other statements are in sight; their numbers.
    """

    filter_changed = Signal(str, bool)
    cleared = Signal()
    trace_opened = Signal(str)
    changes_opened = Signal(str)
    plan_wanted = Signal(int)
    console_requested = Signal(str)
    in_sight_changed = Signal(list)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.rows = SqlLogRows()
        self._numbers: Sequence[int] = ()
        self._plans: Mapping[str, Plan] = {}
        self._read: Callable[[int], LoggedStatement | None] = lambda _number: None
        self._opened = -1
        self.setObjectName(names.SQL_LOG_PANEL)
        self.setProperty("panel", "bg1")
        self.table = VirtualTable(themes, names.SQL_LOG_TABLE, "Statements", gutter=False, whole_rows=True)
        self.table.set_painter(lambda cell: paint_log_cell(cell, self.rows, self.table.width()))
        self.table.rows_in_sight_changed.connect(self._on_table_rows_in_sight_changed)
        self.table.activated.connect(self._on_table_activated)
        self.table.link_followed.connect(self._on_table_link_followed)
        self.table.menu_wanted.connect(self._on_table_menu_wanted)
        self.table.widths_changed.connect(self._on_table_widths_changed)
        self._fits_width = True  # until a person gives a column a width
        self._message = EmptyState(themes)
        self._message.label.setObjectName(names.SQL_LOG_MESSAGE)
        self._message.button.setObjectName(names.SQL_LOG_MESSAGE_ACTION)
        self._message.action_requested.connect(self._on_message_action_requested)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._message)
        self._stack.addWidget(self.table)
        self._build_head()
        layout = QVBoxLayout(self)
        layout.addWidget(self._head)
        layout.addWidget(self._stack, 1)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.table.set_source(self.rows)
        self.set_statements((), self._read, {})
        themes.changed.connect(self._fit)

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_statements(
        self, numbers: Sequence[int], read: Callable[[int], LoggedStatement | None], plans: Mapping[str, Plan]
    ) -> None:
        """Show these statements; `read` returns one by its number, `plans` are those that are known."""
        self._numbers, self._read, self._plans = numbers, read, plans
        self._show_rows()
        filtered = bool(self.filter.text()) or self.slow.isChecked()
        self._message.set_message(_NONE_FITS if filtered else _FIRST, "Show all" if filtered else "")
        self._stack.setCurrentWidget(self.table if numbers else self._message)
        self.clear_button.setEnabled(bool(numbers))

    def begin_search(self) -> None:
        """Let the person filter."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    def open_plan(self, number: int) -> None:
        """Show the plan of a statement below it; -1 closes what is open."""
        self._opened = number
        if number >= 0:
            self.plan_wanted.emit(number)
        self._show_rows()

    @property
    def opened(self) -> int:
        """The number of the statement whose plan is shown; -1 for none."""
        return self._opened

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Let the statement have the room that the other columns leave."""
        if self._fits_width:
            scale = self._themes.theme.px(100) / 100
            others = sum(column.width or 0 for i, column in enumerate(COLUMNS) if i != STATEMENT)
            left = (self.width() - self.table.bar.sizeHint().width()) / scale - others
            self.table.set_widths({COLUMNS[STATEMENT].title: max(_LEAST_STATEMENT, left - 1)})

    @property
    def in_sight(self) -> list[int]:
        """The numbers of the statements in sight."""
        sight = self.table.rows_in_sight
        rows = range(sight.start, min(sight.stop, self.rows.row_count))
        return sorted({self.rows.line(row)[0] for row in rows})

    # --- building -----------------------------------------------------------------------------------------------------
    def _build_head(self) -> None:
        themes = self._themes
        self._head = QFrame()
        self._head.setProperty("edge", "bottom")
        title = QLabel("SQL log")
        title.setProperty("role", "control_bold")
        self.filter = FilterEdit(themes, "Filter statements")
        self.filter.setObjectName(names.SQL_LOG_FILTER)
        self.filter.setMaximumWidth(220)
        self.filter.textChanged.connect(self._on_filter_changed)
        self.filter.down_pressed.connect(self.table.cells.setFocus)
        self.slow = self._button("Slow only", names.SQL_LOG_SLOW, "Show only statements that took 5 ms or more")
        self.slow.setCheckable(True)
        self.slow.toggled.connect(self._on_filter_changed)
        self.explain = self._button("Explain", names.SQL_LOG_EXPLAIN, "Say how SQLite finds the rows of the statement")
        self.explain.clicked.connect(self._on_explain_clicked)
        self.clear_button = self._button("Clear", names.SQL_LOG_CLEAR, "Empty the log")
        self.clear_button.clicked.connect(self._on_clear_clicked)
        row = QHBoxLayout(self._head)
        row.addWidget(IconLabel(themes, "traces", "t2", 14))
        row.addWidget(title)
        row.addStretch(1)
        row.addWidget(self.filter, 1)
        for button in (self.slow, self.explain, self.clear_button):
            row.addWidget(button)
        themes.metrics.set(row, margins=(12, 0, 8, 0), spacing=6)
        themes.metrics.set(self._head, height=34)

    def _button(self, words: str, name: str, tip: str) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setProperty("variant", "ghost")
        button.setToolTip(as_written(tip))
        return button

    # --- rows ---------------------------------------------------------------------------------------------------------
    def _show_rows(self) -> None:
        """Show the statements again, at the end or with the same ones in sight as before."""
        at_end = self._at_end()
        first, current = self._number_at(self.table.rows_in_sight.start), self._number_at(self.table.current[0])
        self.rows.update(self._numbers, self._read, self._plans, self._opened)
        self.table.refresh()
        if at_end:
            self.table.scroll_to(self.rows.row_count)
        elif self.rows.row_of(first) >= 0:
            self.table.scroll_to(self.rows.row_of(first))
        if self.rows.row_of(current) >= 0 and self.rows.line(self.table.current[0])[0] != current:
            self.table.go_to(self.rows.row_of(current))

    def _at_end(self) -> bool:
        return self.table.rows_in_sight.stop >= self.rows.row_count

    def _number_at(self, row: int) -> int:
        return self.rows.line(row)[0] if 0 <= row < self.rows.row_count else -1

    # --- what a person does -------------------------------------------------------------------------------------------
    def _on_table_widths_changed(self) -> None:
        self._fits_width = False

    def _on_filter_changed(self) -> None:
        self.filter_changed.emit(self.filter.text(), self.slow.isChecked())

    def _on_message_action_requested(self) -> None:
        self.filter.clear()
        self.slow.setChecked(False)

    def _on_clear_clicked(self) -> None:
        self._opened = -1
        self.cleared.emit()

    def _on_explain_clicked(self) -> None:
        number = self._number_at(self.table.current[0])
        if number < 0 and self._numbers:
            number = self._numbers[-1]
        self.open_plan(-1 if number == self._opened else number)

    def _on_table_rows_in_sight_changed(self, _first: int, _count: int) -> None:
        self.in_sight_changed.emit(self.in_sight)

    def _on_table_activated(self, row: int, _column: int) -> None:
        number = self._number_at(row)
        if number >= 0:
            self.open_plan(-1 if number == self._opened else number)

    def _on_table_link_followed(self, row: int, _column: int) -> None:
        statement = self.rows.statement(row)
        if statement is not None and statement.trace_id:
            self.trace_opened.emit(statement.trace_id)

    def _on_table_menu_wanted(self, row: int, _column: int, where: QPoint) -> None:
        statement = self.rows.statement(row)
        if statement is None:
            return
        menu = QMenu(self)
        menu.setObjectName(names.SQL_LOG_MENU)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, act in (
            ("Explain", lambda: self.open_plan(statement.number)),
            ("Open in the console", lambda: self.console_requested.emit(statement.statement)),
            ("Copy the statement", lambda: QApplication.clipboard().setText(statement.statement)),
            ("Show the request in the X-ray", lambda: self.trace_opened.emit(statement.trace_id)),
            ("Show the rows that the request changed", lambda: self.changes_opened.emit(statement.trace_id)),
        ):
            action = QAction(words, menu)
            action.triggered.connect(act)
            menu.addAction(action)
        menu.popup(where)
