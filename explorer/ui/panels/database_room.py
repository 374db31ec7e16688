"""The Database room: tables at the left, pages in the middle, of which three can stand beside or below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from explorer.ui import names
from explorer.ui.actions.action import Doing, add_actions, press
from explorer.ui.actions.commands import DATABASE
from explorer.ui.focus import order_panels
from explorer.ui.override import override
from explorer.ui.panel_keys import PanelStop
from explorer.ui.panels.database.data_page import DataPage
from explorer.ui.panels.database.database_sidebar import DatabaseSidebar
from explorer.ui.panels.database.docks import Dock, Slot
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.counted_tabs import TABS_LEAD, CountedTabs, Tab
from explorer.ui.widgets.empty_state import EmptyState
from explorer.ui.widgets.grip_splitter import GripSplitter
from explorer.ui.widgets.icon_button import IconButton
from explorer.ui.widgets.notice import Notice, NoticeAction
from explorer.ui.widgets.running_strip import RunningStrip
from explorer.ui.widgets.side_columns import Side, SideColumns
from explorer.ui.widgets.side_panel import SideState

DATA, SCHEMA, ER, SQL_LOG, MIGRATIONS, CONSOLE = "data", "schema", "er", "sql_log", "migrations", "console"
SNAPSHOTS, RESET = "snapshots", "reset"
"""Buttons of the bar that say what is wrong, which lead where the buttons below the tables do."""
_LABELS = {
    DATA: "Data",
    SCHEMA: "Schema",
    ER: "ER diagram",
    SQL_LOG: "SQL log",
    MIGRATIONS: "Migrations",
    CONSOLE: "Console",
}
_DOCK_LABELS = {
    SQL_LOG: "SQL log below the rows",
    MIGRATIONS: "Migrations at the side",
    CONSOLE: "Console at the side",
}
_SIDEBAR_WIDTH = 240
_SIDE_WIDTH = 384
_LOW = 520  # a room that is lower has nothing below the rows
_ROWS = (62, 38)  # the page over the SQL log: shares of the height
_SIDE_ROWS = (66, 34)  # migrations over the console


@runtime_checkable
class CanBeSearched(Protocol):
    """A page with a search of its own."""

    def begin_search(self) -> None:
        """Let the person say what to search for."""
        ...


@runtime_checkable
class CanGiveUp(Protocol):
    """A page where something may be under way."""

    def give_up(self) -> bool:
        """Stop it; False when nothing is under way."""
        ...


class DatabaseRoom(QWidget):
    """Arranges the pages. The SQL log, the migrations and the console are in the middle while their tab is chosen.

    Attributes:
        sidebar: what the database consists of.
        data: the rows of a table.
        tabs: chooses a page.

    Signals:
        tab_changed: another page is in the middle; its name.
        trouble_action_chosen: a button of the bar that says what is wrong, other than those two; its key.
        message_action_requested: the button of the sentence shown in place of everything.
        left: the room is not on show any more.
        entered: the room is on show.
    """

    tab_changed = Signal(str)
    trouble_action_chosen = Signal(str)
    message_action_requested = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._counts: dict[str, tuple[str, str]] = {}
        self.setObjectName(names.DATABASE_ROOM)
        self._pages: dict[str, QWidget] = {}
        self._docks: dict[str, Dock] = {}
        self._columns = SideColumns(themes, name=names.DATABASE_COLUMNS, parent=self)
        self._build_columns()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._columns)
        self.data = DataPage(themes, self._slots[DATA])
        self.set_page(DATA, self.data)
        self.sidebar.column_chosen.connect(self._on_sidebar_column_chosen)
        self.sidebar.index_chosen.connect(lambda: self.show_tab(SCHEMA))
        self.sidebar.table_chosen.connect(self._on_sidebar_table_chosen)
        self._add_actions()
        themes.changed.connect(self._arrange)
        self._show_tabs()
        self._arrange()

    # --- what is shown ------------------------------------------------------------------------------------------------
    def set_page(self, name: str, widget: QWidget) -> None:
        """Put a page into its place: ``schema``, ``er``, ``sql_log``, ``migrations`` or ``console``."""
        self._pages[name] = widget
        self._arrange()
        self._order()

    def page(self, name: str) -> QWidget | None:
        """Return a page that was put into its place."""
        return self._pages.get(name)

    def set_count(self, name: str, count: str, tone: str = "") -> None:
        """Show a count beside the label of a page, such as ``1 pending``; empty for none."""
        self._counts[name] = (count, tone)
        self._show_tabs()

    def count(self, name: str) -> str:
        """Return the count beside the label of a page; empty for none."""
        return self._counts.get(name, ("", ""))[0]

    def set_trouble(self, sentence: str, actions: Sequence[NoticeAction] = (), *, warning: bool = False) -> None:
        """Say what is wrong with the database, above the pages; an empty sentence takes it away."""
        if not sentence:
            self.trouble.hide()
        else:
            self.trouble.show_sentence(sentence, "warn" if warning else "err", actions)

    def set_message(self, sentence: str, action: str = "") -> None:
        """Say something in place of all pages, such as that there is no database; empty shows the pages again."""
        self._message.set_message(sentence, action)
        self._middle_stack.setCurrentWidget(self._message if sentence else self._rows)

    def show_tab(self, name: str) -> None:
        """Bring a page into the middle."""
        self.tabs.choose(name)
        self._on_tab_chosen(name)

    @property
    def current_tab(self) -> str:
        """The name of the page in the middle."""
        return self.tabs.chosen

    def is_docked(self, name: str) -> bool:
        """Whether a page stands beside or below the middle now."""
        dock = self._docks.get(name)
        return dock is not None and dock.shown

    def panel_stops(self) -> list[PanelStop]:
        """Return where F6 stops in the room."""
        middle = self._slots[self.current_tab]
        first = self.data.grid.cells if self.current_tab == DATA else None
        stops = [PanelStop(self.sidebar, self.sidebar.tree), PanelStop(self.tabs), PanelStop(middle, first)]
        return [*stops, *(PanelStop(dock.frame) for dock in self._docks.values())]

    def toggle_sidebar(self) -> None:
        """Show the tables, or hide them."""
        self._columns.toggle(self._columns.left)

    def toggle_side(self) -> None:
        """Show what stands at the right, or hide it."""
        self._columns.toggle(self._columns.right)

    def state(self) -> dict[str, Any]:
        """Return what is worth remembering, as plain JSON values; widths in design pixels."""
        return {
            "sidebar": self._columns.state(self._columns.left),
            "side": self._columns.state(self._columns.right),
            "rows": self._rows.sizes(),
            "side_rows": self._side_rows.sizes(),
            "docked": [page for page, dock in self._docks.items() if dock.wanted],
            "tab": self.current_tab,
            "tree": self.sidebar.state(),
            "data": self.data.state(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up a state that `state` returned; what is missing or odd is left as it is."""
        self._columns.restore(self._columns.left, state.get("sidebar"))
        self._columns.restore(self._columns.right, state.get("side"))
        for splitter, key in ((self._rows, "rows"), (self._side_rows, "side_rows")):
            sizes = state.get(key)
            if isinstance(sizes, list) and len(sizes) == 2 and all(isinstance(n, int) and n > 0 for n in sizes):
                splitter.setSizes(sizes)
        docked = state.get("docked")
        if isinstance(docked, list):
            for page, dock in self._docks.items():
                dock.wanted = page in docked
        for part, key in ((self.sidebar, "tree"), (self.data, "data")):
            saved = state.get(key)
            if isinstance(saved, Mapping):
                part.restore(saved)
        tab = state.get("tab")
        self.tabs.choose(tab if isinstance(tab, str) else DATA)
        self._arrange()

    # --- building -----------------------------------------------------------------------------------------------------
    def _build_columns(self) -> None:
        inside = self._columns.splitter
        self.sidebar = DatabaseSidebar(self._themes, inside)
        left = Side(panel=self.sidebar, label="Tables", button_name=names.DATABASE_OPEN_SIDEBAR, width=_SIDEBAR_WIDTH)
        middle = self._build_middle(inside)
        right = Side(
            panel=self._build_side(inside),
            label="Migrations and console",
            button_name=names.DATABASE_OPEN_SIDE,
            width=_SIDE_WIDTH,
        )
        self._columns.set_columns(middle, left=left, right=right)

    def _build_middle(self, parent: QWidget) -> QWidget:
        middle = QWidget(parent)
        self.trouble = Notice(self._themes, "database", middle)
        self.trouble.action_chosen.connect(self._on_trouble_action_chosen)
        self.busy = RunningStrip(self._themes, names.DATABASE_BUSY, names.DATABASE_BUSY_CANCEL, middle)
        self._middle_stack = QStackedWidget(middle)
        self._middle_stack.addWidget(self._build_rows())
        self._message = EmptyState(self._themes, self._middle_stack)
        self._message.label.setObjectName(names.DATABASE_MESSAGE)
        self._message.button.setObjectName(names.DATABASE_MESSAGE_ACTION)
        self._message.action_requested.connect(self.message_action_requested)
        self._middle_stack.addWidget(self._message)
        column = QVBoxLayout(middle)
        for part in (self._build_head(middle), self.trouble, self.busy):
            column.addWidget(part)
        column.addWidget(self._middle_stack, 1)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        return middle

    def _build_head(self, parent: QWidget) -> QWidget:
        head = QFrame(parent)
        head.setProperty("edge", "bottom")
        self.tabs = CountedTabs(self._themes, head)
        self.tabs.setObjectName(names.DATABASE_TABS)
        self.tabs.setAccessibleName("What of the database")
        self.tabs.set_gives_way(True)
        self.tabs.tab_chosen.connect(self._on_tab_chosen)
        self._layout_button = IconButton(self._themes, "split", "Choose what stands beside and below")
        self._layout_button.setObjectName(names.DATABASE_LAYOUT)
        self._layout_button.clicked.connect(self._on_layout_button_clicked)
        row = QHBoxLayout(head)
        row.addWidget(self.tabs, 1, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._layout_button)
        self._themes.metrics.set(row, margins=(16 - TABS_LEAD, 0, 8, 0), spacing=8)
        self._themes.metrics.set(head, height=40)
        return head

    def _build_rows(self) -> QWidget:
        self._rows = rows = GripSplitter(self._themes, parent=self._middle_stack)
        rows.setObjectName(names.DATABASE_ROWS)
        self._stack = QStackedWidget(rows)
        self._slots = {page: Slot(self._stack) for page in _LABELS}
        for slot in self._slots.values():
            self._stack.addWidget(slot)
        self._docks[SQL_LOG] = Dock(SQL_LOG, rows)
        rows.addWidget(self._stack)
        rows.addWidget(self._docks[SQL_LOG].frame)
        rows.setChildrenCollapsible(False)
        rows.setSizes([share * 10 for share in _ROWS])
        return rows

    def _build_side(self, parent: QWidget) -> QWidget:
        side = QFrame(parent)
        side.setObjectName(names.DATABASE_SIDE)
        self._side_rows = rows = GripSplitter(self._themes, parent=side)
        rows.setObjectName(names.DATABASE_SIDE_ROWS)
        for page in (MIGRATIONS, CONSOLE):
            self._docks[page] = Dock(page, rows)
            rows.addWidget(self._docks[page].frame)
        rows.setChildrenCollapsible(False)
        rows.setSizes([share * 10 for share in _SIDE_ROWS])
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(rows)
        return side

    def _show_tabs(self) -> None:
        tabs = []
        for page, label in _LABELS.items():
            count, tone = self._counts.get(page, ("", ""))
            tabs.append(Tab(page, label, count, tone=tone))
        self.tabs.set_tabs(tabs)

    # --- arranging ----------------------------------------------------------------------------------------------------
    def _arrange(self) -> None:
        """Put each page where it belongs now: into the middle, or into its dock where that is wanted and fits."""
        current = self.current_tab
        self._stack.setCurrentWidget(self._slots.get(current, self._slots[DATA]))
        high = self.height() >= self._themes.theme.px(_LOW)
        for page, widget in self._pages.items():
            dock = self._docks.get(page)
            in_dock = dock is not None and dock.wanted and page != current and (high or page != SQL_LOG)
            place = dock.frame if dock is not None and in_dock else self._slots[page]
            if not place.holds(widget):
                place.take(widget)
        for page, dock in self._docks.items():
            dock.show_if(page in self._pages and dock.wanted and page != current and (high or page != SQL_LOG))
        used = any(self._docks[page].shown for page in (MIGRATIONS, CONSOLE))
        self._columns.set_right_used(used=used)

    def _order(self) -> None:
        order_panels(
            (
                *(self.sidebar, self.tabs, self._layout_button, self.trouble, self.busy, self._stack),
                *(dock.frame for dock in self._docks.values()),
            )
        )

    def _on_tab_chosen(self, name: str) -> None:
        self._arrange()
        self.tab_changed.emit(name)

    def _on_trouble_action_chosen(self, key: str) -> None:
        if key == SNAPSHOTS:
            self.sidebar.snapshots_requested.emit()
        elif key == RESET:
            self.sidebar.reset_requested.emit()
        else:
            self.trouble_action_chosen.emit(key)

    def _on_sidebar_table_chosen(self) -> None:
        if not self.sidebar.tree.hasFocus():
            self._columns.close_drawer(self._columns.left)

    def _on_sidebar_column_chosen(self, table: str, name: str) -> None:
        shown = self.data.table
        if shown is not None and shown.name == table:
            self.data.show_column(name)

    def _on_layout_button_clicked(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for page, label in _DOCK_LABELS.items():
            action = QAction(label, menu)
            action.setObjectName(names.DATABASE_LAYOUT_ENTRY.format(page=page))
            action.setCheckable(True)
            action.setChecked(self._docks[page].wanted)
            action.toggled.connect(lambda checked, page=page: self.set_docked(page, docked=checked))
            menu.addAction(action)
        menu.popup(self._layout_button.mapToGlobal(self._layout_button.rect().bottomLeft()))

    def set_docked(self, page: str, *, docked: bool) -> None:
        """Let a page stand beside or below the middle, or only be found by its tab."""
        self._docks[page].wanted = docked
        if docked and page != SQL_LOG and self._columns.right.state is SideState.CLOSED:
            self._columns.right.wanted = True
        self._arrange()

    # --- what can be done ---------------------------------------------------------------------------------------------
    def _add_actions(self) -> None:
        pages: dict[str, Callable[[], object]] = {f"show_{page}": partial(self.show_tab, page) for page in _LABELS}
        add_actions(
            self,
            DATABASE,
            {
                **pages,
                "filter": Doing(self._on_filter_activated, text="Filter the tables"),
                "find": Doing(self._on_find_activated, text="Search, or filter the rows"),
                "refresh": self.sidebar.refresh_requested.emit,
                "sidebar": self.toggle_sidebar,
                "side": Doing(self.toggle_side, text="Show or hide migrations and console"),
                "back": press(self, names.DATA_BACK),
                "next_tab": lambda: self._step(1),
                "previous_tab": lambda: self._step(-1),
                "snapshots": self.sidebar.snapshots_requested.emit,
                "reset_database": self.sidebar.reset_requested.emit,
            },
        )

    def _step(self, by: int) -> None:
        keys = self.tabs.keys
        self.show_tab(keys[(keys.index(self.current_tab) + by) % len(keys)])

    def _on_filter_activated(self) -> None:
        if self._columns.left.state is SideState.CLOSED:
            self.toggle_sidebar()
        self.sidebar.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.sidebar.filter.selectAll()

    def _on_find_activated(self) -> None:
        """Search where the keyboard is, else in the page in the middle; where there is no search, among the tables."""
        focus: QWidget | None = QApplication.focusWidget()
        pages = [page for page in self._pages.values() if isinstance(page, CanBeSearched) and page.isVisible()]
        middle = [page for page in pages if page is self._pages.get(self.current_tab)]
        held = [page for page in pages if focus is not None and page.isAncestorOf(focus)]
        if found := held or middle:
            found[0].begin_search()
        else:
            self._on_filter_activated()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.window().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Escape where nothing else wanted it: it closes what lies over the room, else stops what is under way."""
        pressed = event.type() == QEvent.Type.KeyPress and watched is self.window() and isinstance(event, QKeyEvent)
        if pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.isVisible():
            return self._columns.close_a_drawer() or any(
                page.give_up() for page in self._pages.values() if isinstance(page, CanGiveUp) and page.isVisible()
            )
        return super().eventFilter(watched, event)
