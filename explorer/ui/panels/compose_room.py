"""The Compose room: operations at the left, open requests over one and its response in the middle, the X-ray right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QListView, QVBoxLayout, QWidget

from explorer.ui import names
from explorer.ui.actions.action import Doing, add_actions
from explorer.ui.actions.commands import COMPOSE
from explorer.ui.focus import chain_focus, order_panels
from explorer.ui.override import override
from explorer.ui.panel_keys import PanelStop
from explorer.ui.panels.request_panel import RequestPanel
from explorer.ui.panels.response_panel import ResponsePanel
from explorer.ui.panels.sidebar import Sidebar
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.grip_splitter import GripSplitter
from explorer.ui.widgets.request_tabs import RequestTabs
from explorer.ui.widgets.side_columns import Side, SideColumns
from explorer.ui.widgets.side_panel import SideState

_SIDEBAR_WIDTH = 270
_XRAY_WIDTH = 430
_ROWS = (60, 40)  # request, response: shares of the height


class ComposeRoom(QWidget):
    """Arranges the panels. Where the middle would be narrower than 480, first the X-ray and then the operations close.

    Attributes:
        sidebar: what lies at the left.
        operations: the tree.
        history: what was sent.
        open_requests: the strip of tabs.
        request: the request in the making.
        response: what came back.
        xray_slot: what the X-ray is made in.
    """

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._shares: list[int] | None = None  # of request and response, as they were before somebody began to present
        self._sharer = QTimer(self)
        self._sharer.setSingleShot(True)
        self._sharer.setInterval(0)
        self._sharer.timeout.connect(self._on_sharer_timeout)
        self.setObjectName(names.COMPOSE_ROOM)
        self._columns = SideColumns(themes, name=names.COMPOSE_COLUMNS, parent=self)
        self.sidebar = Sidebar(themes, self._columns.splitter)
        self.operations, self.history = self.sidebar.operations, self.sidebar.history
        self._middle = self._build_middle()
        self.xray_slot = QWidget(self._columns.splitter)
        self._xray_layout = QVBoxLayout(self.xray_slot)
        self._xray_layout.setContentsMargins(0, 0, 0, 0)
        self._columns.set_columns(
            self._middle,
            left=Side(
                panel=self.sidebar,
                label="Operations",
                button_name=names.COMPOSE_OPEN_SIDEBAR,
                width=_SIDEBAR_WIDTH,
            ),
            right=Side(
                panel=self.xray_slot,
                label="X-ray",
                button_name=names.COMPOSE_OPEN_XRAY,
                width=_XRAY_WIDTH,
                presented=True,
            ),
        )
        self._sidebar, self._xray = self._columns.left, self._columns.right
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._columns)
        self.operations.operation_chosen.connect(self._on_operations_operation_chosen)
        self.response.send_requested.connect(self._on_response_send_requested)
        themes.changed.connect(self._on_themes_changed)
        self._add_actions()
        chain = [
            self._sidebar.button,
            *self.sidebar.focus_chain(),
            *self.open_requests.focus_chain(),
            *self.request.focus_chain(),
            *self.response.focus_chain(),
            self._xray.button,
        ]
        chain_focus(chain)

    def set_xray(self, widget: QWidget) -> None:
        """Put the X-ray into its place."""
        self._xray_layout.addWidget(widget)
        order_panels((self.sidebar, self.open_requests, self.request, self.response, self.xray_slot, self._xray.button))

    def panel_stops(self) -> list[PanelStop]:
        """Return where F6 stops in the room."""
        return [
            PanelStop(self.sidebar, self.operations.tree),
            *self.request.panel_stops(self.open_requests),
            PanelStop(self.response, self.response.tabs),
            PanelStop(self.xray_slot, self.xray_slot.findChild(QListView, names.XRAY_VIEW)),
        ]

    def invite_to_send(self) -> None:
        """Put the focus on Send, so that one key press sends; where a person works already, it stays."""
        if not any(widget.hasFocus() for widget in self.findChildren(QWidget)):
            self.request.send_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @contextmanager
    def focus_kept(self) -> Iterator[None]:
        """Keep the keyboard where it is while another request is shown: in the same field, if that has it too."""
        before = QApplication.focusWidget()
        name = before.objectName() if before is not None and self.request.isAncestorOf(before) else ""
        yield
        if not name:
            return
        same = (field for field in self.request.findChildren(QWidget, name) if not _hidden(field, self.request))
        field = next(same, self.open_requests.bar)
        if not field.hasFocus():
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_sidebar(self) -> None:
        """Show the operations, or hide them."""
        self._columns.toggle(self._sidebar)

    def toggle_xray(self) -> None:
        """Show the X-ray, or hide it."""
        self._columns.toggle(self._xray)

    def state(self) -> dict[str, Any]:
        """Return what is worth remembering, as plain JSON values; widths in design pixels."""
        return {
            "sidebar": self._columns.state(self._sidebar),
            "xray": self._columns.state(self._xray),
            "rows": self._shares or self._rows.sizes(),
            "operations": self.operations.state(),
            "history": self.sidebar.state(),
            "body": self.request.body.state(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up a state that `state` returned; what is missing or odd is left as it is."""
        for name, side in (("sidebar", self._sidebar), ("xray", self._xray)):
            self._columns.restore(side, state.get(name))
        rows = state.get("rows")
        if isinstance(rows, list) and len(rows) == len(_ROWS) and all(isinstance(row, int) and row > 0 for row in rows):
            self._rows.setSizes(rows)
        operations = state.get("operations")
        if isinstance(operations, Mapping):
            self.operations.restore(operations)
        history = state.get("history")
        if isinstance(history, Mapping):
            self.sidebar.restore(history)
        body = state.get("body")
        if isinstance(body, Mapping):
            self.request.body.restore(body)
        self._columns.arrange()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.window().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Escape where nothing else wanted it.

        A shortcut would be one too many where a part of the room, such as a search, has the same key.
        """
        if (
            event.type() == QEvent.Type.KeyPress
            and watched is self.window()
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.isVisible()
        ):
            return self._on_escape_pressed()
        return super().eventFilter(watched, event)

    def _build_middle(self) -> QWidget:
        page = QWidget(self._columns.splitter)
        self.open_requests = RequestTabs(self._themes, page)
        self._rows = GripSplitter(self._themes, parent=page)
        self._rows.setObjectName(names.COMPOSE_ROWS)
        self.request = RequestPanel(self._themes, self._rows)
        self.response = ResponsePanel(self._themes, self._rows)
        self._rows.addWidget(self.request)
        self._rows.addWidget(self.response)
        self._rows.setChildrenCollapsible(False)
        self._rows.setSizes([share * 10 for share in _ROWS])
        layout = QVBoxLayout(page)
        layout.addWidget(self.open_requests)
        layout.addWidget(self._rows, 1)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        return page

    def _on_themes_changed(self) -> None:
        """While somebody presents, show the response and the X-ray only, below the tabs that name their request."""
        presenting = self._themes.presenting
        if presenting is self.request.isHidden():
            return
        if presenting:
            self._shares = self._shares or self._rows.sizes()
        else:
            self._sharer.start()
        self.request.setVisible(not presenting)

    def _on_sharer_timeout(self) -> None:
        """Divide the height as it was before, now that everything has its size again."""
        if self._shares is not None and not self._themes.presenting:
            self._rows.setSizes(self._shares)
            self._shares = None

    def _on_response_send_requested(self) -> None:
        """Leave the keyboard where the request can be stopped: the button that was pressed goes with its message."""
        if self.response.message.button.hasFocus():
            self.request.send_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_operations_operation_chosen(self) -> None:
        if not self.operations.tree.hasFocus():
            self._columns.close_drawer(self._sidebar)

    # --- what can be done ---------------------------------------------------------------------------------------------
    def _add_actions(self) -> None:
        send, why_not = self.request.send_button.click, self.request.why_not_send
        tabs = self.open_requests
        add_actions(
            self,
            COMPOSE,
            {
                "send": Doing(send, why_not, "Send the request"),
                "send_again": Doing(send, why_not),
                "url": self.request.focus_url,
                "filter": Doing(self._on_filter_activated, text="Filter the operations"),
                "find": Doing(self.response.open_search, text="Search in the response"),
                "find_next": partial(self.response.step_search, 1),
                "find_previous": partial(self.response.step_search, -1),
                "sidebar": self.toggle_sidebar,
                "side": Doing(self.toggle_xray, text="Show or hide the X-ray"),
                "back": Doing(lambda: self.history.step(1), lambda: self.history.why_not_step(1)),
                "forward": Doing(lambda: self.history.step(-1), lambda: self.history.why_not_step(-1)),
                "new": Doing(tabs.new_requested.emit, text="New request"),
                "close_request": tabs.close_current,
                "duplicate_request": tabs.duplicate_current,
                "reopen_request": Doing(tabs.reopen_requested.emit, tabs.why_not_reopen),
                "next_tab": Doing(lambda: tabs.stepped.emit(1), tabs.why_not_step),
                "previous_tab": Doing(lambda: tabs.stepped.emit(-1), tabs.why_not_step),
                "move_request_right": Doing(lambda: tabs.move_current(1), tabs.why_not_step),
                "move_request_left": Doing(lambda: tabs.move_current(-1), tabs.why_not_step),
                "copy_curl": Doing(lambda: self.response.entry_chosen.emit("copy_curl"), self._why_not_copy_curl),
                "cookie_jar": self.request.jar_requested.emit,
            },
        )

    def _why_not_copy_curl(self) -> str:
        return "" if self.response.state.exchange is not None else "The request was not sent yet."

    def _on_filter_activated(self) -> None:
        if self._sidebar.state is SideState.CLOSED:
            self.toggle_sidebar()
        self.operations.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.operations.filter.selectAll()

    def _on_escape_pressed(self) -> bool:
        """Close what lies over the room; else stop the request under way; False when there is neither."""
        if self._columns.close_a_drawer():
            return True
        if self.request.send_button.cancels:
            self.request.cancel_requested.emit()
            return True
        return False


def _hidden(widget: QWidget, ancestor: QWidget) -> bool:
    """Whether a widget is hidden on purpose, by itself or with what it is in; one not laid out yet is not."""
    while widget is not ancestor:
        if widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            return True
        parent = widget.parentWidget()
        if parent is None:
            return True
        widget = parent
    return False
