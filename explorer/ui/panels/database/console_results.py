"""What the statements of the console gave: rows, or how they are found, one statement at a time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from explorer.database.console_result import ConsoleResult
from explorer.database.plans import has_plan
from explorer.ui import names
from explorer.ui.actions.told_keys import ToldKeys
from explorer.ui.delegates.plan_delegate import PlanDelegate
from explorer.ui.delegates.shown_cells import ShownCells
from explorer.ui.models.plan_model import PlanModel
from explorer.ui.models.result_model import ResultModel
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.counted_tabs import TABS_LEAD, CountedTabs, Tab
from explorer.ui.widgets.elided_label import ElidedLabel
from explorer.ui.widgets.empty_state import EmptyState
from explorer.ui.widgets.export_menu import ask_for_form
from explorer.ui.widgets.icon_button import IconButton
from explorer.ui.widgets.row_frame import RowList
from explorer.ui.widgets.segmented import Segmented
from explorer.ui.widgets.value_table import ValueTable
from explorer.ui.wording import count_text, duration_text

_NOTHING = "The console only reads: nothing here can change the database."
_WIDEST, _NARROWEST = 320, 48  # design pixels of a column
_MEASURED = 60  # rows that say how wide a column is
_MOST_MEASURED = 60  # columns


class ConsoleResults(QWidget):
    """Shows one result of several.

    Signals:
        plan_requested: how the rows of this result are found is wanted; its number, from 0.
        more_requested: more rows of this result are wanted; its number, from 0.
        export_requested: the rows of this result are to be saved; its number, and ``csv``, ``json`` or ``jsonl``.
        shown_changed: another result is on show; its number.
    """

    plan_requested = Signal(int)
    more_requested = Signal(int)
    export_requested = Signal(int, str)
    shown_changed = Signal(int)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._results: tuple[ConsoleResult, ...] = ()
        self._run_keys = ""
        self._wants_plan = False  # the plan was asked for, and is shown as soon as it is there
        self._model = ResultModel(themes, self)
        self._plan = PlanModel(self)
        self.tabs = CountedTabs(themes)
        self.tabs.setObjectName(names.CONSOLE_STATEMENTS)
        self.tabs.setAccessibleName("Statements that ran")
        self.tabs.set_gives_way(True)
        self.tabs.tab_chosen.connect(lambda key: self._choose(int(key)))
        self.table = self._build_table()
        self.plan_list = self._build_plan()
        self._message = EmptyState(themes)
        self._message.label.setObjectName(names.CONSOLE_MESSAGE)
        self._pages = QStackedWidget()
        for page in (self.table, self.plan_list, self._message):
            self._pages.addWidget(page)
        self.view = Segmented(themes, ("Rows", "Plan"))
        self.view.setObjectName(names.CONSOLE_VIEW)
        self.view.setAccessibleName("What is shown of the statement")
        self.view.changed.connect(self._on_view_changed)
        self.facts = ElidedLabel(role="caption_text")
        self.facts.setObjectName(names.CONSOLE_FACTS)
        self._more = QPushButton("More rows")
        self._more.setObjectName(names.CONSOLE_MORE)
        self._more.setProperty("variant", "link")
        self._more.clicked.connect(lambda _checked=False: self.more_requested.emit(self.shown))
        self._export = IconButton(themes, "down", "Save the rows as CSV or JSON")
        self._export.setObjectName(names.CONSOLE_EXPORT)
        self._export.clicked.connect(self._on_export_clicked)
        self._bar = self._build_bar()
        layout = QVBoxLayout(self)
        layout.addWidget(self._bar)
        layout.addWidget(self._pages, 1)
        themes.metrics.set(layout, margins=(0, 0, 0, 0), spacing=0)
        themes.changed.connect(self._show)
        self.set_results(())
        ToldKeys(self, "run_sql", self._on_keys_told)

    @property
    def shown(self) -> int:
        """The number of the result on show, from 0."""
        return int(self.tabs.chosen or 0)

    @property
    def result(self) -> ConsoleResult | None:
        """The result on show."""
        return self._results[self.shown] if self.shown < len(self._results) else None

    def set_results(self, results: Sequence[ConsoleResult]) -> None:
        """Show these results: the last one, or the first that failed."""
        self._results = tuple(results)
        self._wants_plan = False
        tabs = [Tab(str(i), _tab_label(i, each), error=bool(each.error)) for i, each in enumerate(results)]
        self.tabs.set_tabs(tabs if len(tabs) > 1 else [])
        failed = next((i for i, each in enumerate(results) if each.error or each.cancelled), len(results) - 1)
        self.tabs.choose(str(failed))
        self.tabs.setVisible(len(tabs) > 1)
        self._show()

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self.tabs, self.view, self._more, self._export, self.table, self.plan_list]

    def update_result(self, number: int, result: ConsoleResult) -> None:
        """Put another outcome in place of one, such as one with more rows; the view keeps its place."""
        if not 0 <= number < len(self._results):
            return
        self._results = (*self._results[:number], result, *self._results[number + 1 :])
        if number == self.shown:
            if self._wants_plan and result.plan:
                self.view.set_current(1)
            self._wants_plan = False
            place = self.table.verticalScrollBar().value()
            self._show()
            self.table.verticalScrollBar().setValue(place)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.plan_list.scheduleDelayedItemsLayout()

    def _on_keys_told(self, keys: str) -> None:
        self._run_keys = keys
        self._show()

    def _on_view_changed(self, view: int) -> None:
        result = self.result
        if view == 1 and result is not None and not result.plan:
            self._wants_plan = True
            self.view.set_current(0)  # until it is there
            self.plan_requested.emit(self.shown)
        else:
            self._show()

    def _choose(self, number: int) -> None:
        self._show()
        self.shown_changed.emit(number)

    def _show(self) -> None:
        result = self.result
        self._bar.setVisible(result is not None)
        if result is None:
            self._pages.setCurrentWidget(self._message)
            keys = self._run_keys
            self._message.set_message(f"{keys} runs what stands above. {_NOTHING}" if keys else _NOTHING)
            return
        self.facts.set_text(_facts(result))
        rows = bool(result.columns) and not result.error
        can_switch = rows and (bool(result.plan) or has_plan(result.statement))
        if not can_switch or not result.plan:
            self.view.set_current(0)
        self.view.setVisible(can_switch)
        shows_plan = bool(result.plan) and (not rows or self.view.current == 1)
        self._more.setVisible(result.more and not shows_plan)
        self._export.setVisible(rows and not shows_plan)
        self._model.set_rows(result.columns, result.rows)
        self._plan.set_steps(result.plan)
        if shows_plan:
            self._pages.setCurrentWidget(self.plan_list)
        elif rows and not (result.cancelled and not result.rows):
            self._fit_columns()
            self._pages.setCurrentWidget(self.table)
        else:
            self._pages.setCurrentWidget(self._message)
            self._message.set_message(_no_rows(result))

    def _fit_columns(self) -> None:
        px = self._themes.theme.px
        header = self.table.horizontalHeader()
        code, caption = self._themes.theme.font("code"), self.fontMetrics()
        metrics = QFontMetrics(code)
        # A number at the far right would be read as part of nothing: only text may take the room that is left.
        header.setStretchLastSection(not self._model.holds_numbers(self._model.columnCount() - 1))
        for column in range(min(self._model.columnCount(), _MOST_MEASURED)):
            cells = [
                str(self._model.index(row, column).data() or "")
                for row in range(min(self._model.rowCount(), _MEASURED))
            ]
            title = str(self._model.headerData(column, Qt.Orientation.Horizontal) or "")
            widest = max((metrics.horizontalAdvance(text[:120]) for text in cells), default=0)
            width = max(widest, caption.horizontalAdvance(title)) + px(20)
            header.resizeSection(column, max(px(_NARROWEST), min(px(_WIDEST), width)))

    def _build_table(self) -> ValueTable:
        table = ValueTable(self._themes, self._model, row_height=26)
        table.setObjectName(names.CONSOLE_RESULT)
        table.setAccessibleName("Rows of the statement")
        table.setShowGrid(True)
        table.setItemDelegate(ShownCells(self._themes, table, titled=True))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        return table

    def _build_plan(self) -> QListView:
        view = RowList(self._themes)
        view.setObjectName(names.CONSOLE_PLAN_ROWS)
        view.setAccessibleName("How SQLite finds the rows")
        view.setModel(self._plan)
        view.setItemDelegate(PlanDelegate(self._themes, view))
        view.setMouseTracking(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._themes.changed.connect(view.scheduleDelayedItemsLayout)
        return view

    def _build_bar(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("edge", "bottom")
        row = QHBoxLayout(bar)
        row.addWidget(self.tabs)
        row.addWidget(self.view)
        row.addStretch(1)
        row.addWidget(self.facts)
        row.addWidget(self._more)
        row.addWidget(self._export)
        self._themes.metrics.set(row, margins=(12 - TABS_LEAD, 0, 6, 0), spacing=6)
        self._themes.metrics.set(bar, height=32)
        return bar

    def _on_export_clicked(self) -> None:
        ask_for_form(
            self._export, names.CONSOLE_EXPORT_ENTRY, lambda form: self.export_requested.emit(self.shown, form)
        )


def _tab_label(number: int, result: ConsoleResult) -> str:
    word = next(iter(result.statement.split(maxsplit=1)), "").upper()[:8]
    return f"{number + 1} {word}".strip()


def _facts(result: ConsoleResult) -> str:
    if result.error:
        return "failed"
    took = duration_text(result.ns)
    if result.cancelled:
        return f"cancelled after {took}"
    if not result.columns:
        return f"plan · {took}" if result.plan else took
    rows = f"first {len(result.rows):,} rows" if result.more else count_text(len(result.rows), "row")
    return f"{rows} · {took}"


def _no_rows(result: ConsoleResult) -> str:
    if result.error:
        return "Nothing was read."
    if result.cancelled:
        return "You stopped it before the first row."
    return "The statement ran; it has no rows."
