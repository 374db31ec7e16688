"""The Traces room: every request that reached the server at the left, what the server did with one at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from explorer.trace.summary import Summary
from explorer.ui import names
from explorer.ui.actions.action import Doing, add_actions, press
from explorer.ui.actions.commands import TRACES
from explorer.ui.focus import can_take_focus, order_panels, tab_stops
from explorer.ui.override import override
from explorer.ui.panel_keys import PanelStop
from explorer.ui.panels.traces.trace_detail import TraceDetail
from explorer.ui.panels.traces.trace_list import TraceList
from explorer.ui.panels.traces.trace_menu import trace_menu
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.side_columns import Side, SideColumns
from explorer.ui.widgets.side_panel import SideState

_LIST_WIDTH, _LIST_LEAST = 384, 280
_PRESENTED_LEAST = 640  # the onion of an app with several layers is whole, and its words are not cut


class TracesRoom(QWidget):
    """Arranges list and detail.

    Attributes:
        list: the requests.
        detail: the chosen one.

    Signals:
        shown: the room has come into sight.
    """

    shown = Signal()

    def __init__(
        self, themes: Themes, summary_of: Callable[[str], Summary | None], parent: QWidget | None = None
    ) -> None:
        """`summary_of` returns what is known of a request."""
        super().__init__(parent)
        self.setObjectName(names.TRACES_ROOM)
        self._columns = SideColumns(themes, name=names.TRACES_COLUMNS, parent=self)
        self.list = TraceList(themes, summary_of, self._columns.splitter)
        self.detail = TraceDetail(themes, self._columns.splitter)
        self._columns.set_columns(
            self.detail,
            left=Side(
                panel=self.list,
                label="Requests",
                button_name=names.TRACES_OPEN_LIST,
                width=_LIST_WIDTH,
                least=_LIST_LEAST,
                presented=True,
            ),
            presented_least=_PRESENTED_LEAST,
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._columns)
        self.list.opened.connect(self.go_to_detail)
        self.list.menu_wanted.connect(self._on_list_menu_wanted)
        self.detail.list_requested.connect(self._show_list)
        self._columns.arranged.connect(self._on_columns_arranged)
        self._add_actions()
        order_panels((self._columns.left.button, self.list, self.detail))

    def go_to_detail(self) -> None:
        """Bring the keyboard to what is told of the chosen request."""
        first = next(iter(tab_stops(self.detail)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def begin(self) -> None:
        """Take the keyboard to the filter, from where Down leads to the newest request."""
        if can_take_focus(self.list.filter):
            self.list.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def panel_stops(self) -> list[PanelStop]:
        """Return where F6 stops in the room."""
        return [PanelStop(self.list, self.list.table), PanelStop(self.detail)]

    def state(self) -> dict[str, Any]:
        """Return what is worth remembering, as plain JSON values."""
        return {"side": self._columns.state(self._columns.left), "list": self.list.state()}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up a state that `state` returned; what is missing or odd is left as it is."""
        self._columns.restore(self._columns.left, state.get("side"))
        saved = state.get("list")
        if isinstance(saved, Mapping):
            self.list.restore(saved)
        self._columns.arrange()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.window().installEventFilter(self)
        self.shown.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Escape where nothing else wanted it: it closes a list that lies over the detail."""
        if (
            event.type() == QEvent.Type.KeyPress
            and watched is self.window()
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.isVisible()
            and self._columns.close_a_drawer()
        ):
            return True
        return super().eventFilter(watched, event)

    def _add_actions(self) -> None:
        add_actions(
            self,
            TRACES,
            {
                "filter": Doing(self._on_filter_wanted, text="Filter the requests"),
                "find": Doing(self._on_filter_wanted, text="Search among the requests"),
                "send_again": press(self, names.TRACE_SEND_AGAIN),
                "sidebar": Doing(lambda: self._columns.toggle(self._columns.left), text="Show or hide the requests"),
            },
        )

    def _on_columns_arranged(self) -> None:
        self.detail.set_list_in_sight(self._columns.left.state is not SideState.CLOSED)

    def _show_list(self) -> None:
        if self._columns.left.state is SideState.CLOSED:
            self._columns.toggle(self._columns.left)
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_filter_wanted(self) -> None:
        self._show_list()
        self.list.begin_search()

    def _on_list_menu_wanted(self, where: QPoint) -> None:
        summary = self.list.model.summary(self.list.table.currentIndex().row())
        if summary is not None:
            buttons = (self.detail.head.open, self.detail.head.again)
            menu = trace_menu(self.list, summary, buttons, self.list.filter.text(), self.list.filter.setText)
            menu.popup(where)
