"""The strip of open requests: their tabs, which scroll when there are many, and a button for a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QSizePolicy, QWidget

from explorer.ui import names
from explorer.ui.actions.told_keys import ToldKeys, tip_with_keys
from explorer.ui.override import override
from explorer.ui.theme.manager import Themes
from explorer.ui.widgets.icon_button import IconButton
from explorer.ui.widgets.request_tab_bar import STRIP_HEIGHT, RequestTab, RequestTabBar

_BUTTON = 24
_IN_THE_MENU = ("new", "duplicate_request", "reopen_request", "close_request")
_AROUND = 10  # the space around the buttons


class RequestTabs(QFrame):
    """Shows the open requests and says what the person wants to do with them.

    Attributes:
        bar: the tabs.
        new_button: begins another request.

    Signals:
        chosen: a request is to come to the front; its id.
        new_requested: a blank request is wanted.
        close_requested, duplicate_requested: of the request with this id.
        close_others_requested: all but the one with this id are to be closed.
        reopen_requested: the one closed last is wanted back.
        moved: a tab was moved, or is to be; its id and its new place from the left.
        stepped: the neighbour so many places to the right, or left if less than 0, is to come to the front.
    """

    chosen = Signal(str)
    new_requested = Signal()
    close_requested = Signal(str)
    close_others_requested = Signal(str)
    duplicate_requested = Signal(str)
    reopen_requested = Signal()
    moved = Signal(str, int)
    stepped = Signal(int)

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._can_reopen = False
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.timeout.connect(self._reveal)
        self.setObjectName(names.OPEN_REQUESTS)
        self.bar = RequestTabBar(themes)
        self.bar.chosen.connect(self.chosen)
        self.bar.close_requested.connect(self.close_requested)
        self.bar.moved.connect(self.moved)
        self._scroll = _Scroll(self.bar)
        self._left = self._button("cl", "Show the tabs further left", names.OPEN_REQUESTS_LEFT, lambda: self._page(-1))
        self._right = self._button(
            "cr", "Show the tabs further right", names.OPEN_REQUESTS_RIGHT, lambda: self._page(1)
        )
        self.new_button = self._button("plus", "New request", names.OPEN_REQUESTS_NEW, self.new_requested.emit)
        tip_with_keys(self.new_button, "New request", "new")
        self._told = {command: ToldKeys(self, command) for command in _IN_THE_MENU}
        for arrow in (self._left, self._right):
            arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys in the tabs do the same
        layout = QHBoxLayout(self)
        layout.addWidget(self._scroll)
        for button in (self._left, self._right, self.new_button):
            layout.addWidget(button)
        layout.addStretch(1)
        themes.metrics.set(layout, margins=(0, 0, 4, 0), spacing=2)
        themes.metrics.set(self, height=STRIP_HEIGHT)
        themes.changed.connect(self._scroll.updateGeometry)
        self._scroll.horizontalScrollBar().valueChanged.connect(self._show_arrows)
        self._scroll.horizontalScrollBar().rangeChanged.connect(self._reveal_soon)
        self._show_arrows()

    def set_tabs(self, tabs: Sequence[RequestTab], current: str, *, can_reopen: bool) -> None:
        """Show these requests with this one in front; `can_reopen` says whether a closed one can be brought back."""
        self._can_reopen = can_reopen
        self.bar.set_tabs(tabs, current)
        self._scroll.updateGeometry()
        self._reveal_soon()

    def close_current(self) -> None:
        """Ask to close the request in front."""
        self.close_requested.emit(self._current)

    def duplicate_current(self) -> None:
        """Ask for the request in front once more."""
        self.duplicate_requested.emit(self._current)

    def move_current(self, by: int) -> None:
        """Ask to move the request in front to the right, or to the left if `by` is less than 0."""
        place = self.bar.currentIndex() + by
        if 0 <= place < self.bar.count():
            self.moved.emit(self._current, place)

    def why_not_reopen(self) -> str:
        """Return why nothing can be reopened; empty when something can."""
        return "" if self._can_reopen else "No request was closed."

    def why_not_step(self) -> str:
        """Return why there is no other tab to go to; empty when there is one."""
        return "" if len(self.bar.tabs) > 1 else "Only one request is open."

    def focus_chain(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self.bar, self.new_button]

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reveal_soon()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        self._scroll_by(-(turned.x() or turned.y()))
        event.accept()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        tab_id = self._current if by_key else self.bar.id_at(self.bar.mapFromGlobal(event.globalPos()))
        place = self.bar.mapToGlobal(self.bar.rect_of(tab_id).bottomLeft()) if by_key else event.globalPos()
        self._open_menu(tab_id, place)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._themes.theme
        painter.fillRect(self.rect(), theme.color("bg0"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("bd"))

    @property
    def _current(self) -> str:
        index = self.bar.currentIndex()
        return self.bar.tabs[index].id if 0 <= index < len(self.bar.tabs) else ""

    def _button(self, icon: str, name: str, object_name: str, slot: Callable[[], object]) -> IconButton:
        button = IconButton(self._themes, icon, name)
        button.setObjectName(object_name)
        button.clicked.connect(lambda _checked=False: slot())
        self._themes.bind_icon(button, icon, "t2", 14)
        self._themes.metrics.set(button, width=_BUTTON, height=_BUTTON)
        return button

    def _open_menu(self, tab_id: str, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setObjectName(names.OPEN_REQUESTS_MENU)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        known = bool(tab_id)
        others = len(self.bar.tabs) > 1
        for text, command, enabled, slot in (
            ("New request", "new", True, self.new_requested.emit),
            ("Duplicate", "duplicate_request", known, lambda: self.duplicate_requested.emit(tab_id)),
            ("Reopen the closed one", "reopen_request", self._can_reopen, self.reopen_requested.emit),
            ("Close", "close_request", known, lambda: self.close_requested.emit(tab_id)),
            ("Close the others", "", known and others, lambda: self.close_others_requested.emit(tab_id)),
        ):
            action = QAction(text, menu)
            action.setShortcuts([QKeySequence(key) for key in self._told[command].keys] if command else [])
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # shown here; the room listens for the keys
            action.setEnabled(enabled)
            action.triggered.connect(lambda _checked=False, slot=slot: slot())
            menu.addAction(action)
        menu.popup(place)

    # --- scrolling ----------------------------------------------------------------------------------------------------
    def _reveal_soon(self) -> None:
        """Bring the tab in front into sight once all has its place: the tabs, their area and the arrows beside it."""
        self._show_arrows()
        self._settling.start()

    def _reveal(self) -> None:
        """Bring the tab in front into sight."""
        rect = self.bar.tabRect(self.bar.currentIndex())
        bar = self._scroll.horizontalScrollBar()
        room = self._scroll.viewport().width()
        if rect.left() < bar.value():
            bar.setValue(rect.left())
        elif rect.right() > bar.value() + room:
            bar.setValue(rect.right() + 1 - room)
        self._show_arrows()

    def _page(self, direction: int) -> None:
        self._scroll_by(direction * max(1, self._scroll.viewport().width() * 2 // 3))

    def _scroll_by(self, pixels: int) -> None:
        bar = self._scroll.horizontalScrollBar()
        bar.setValue(bar.value() + pixels)

    def _show_arrows(self) -> None:
        bar = self._scroll.horizontalScrollBar()
        room = self.contentsRect().width() - self.new_button.width() - self._themes.theme.px(_AROUND)
        for arrow in (self._left, self._right):
            arrow.setVisible(self.bar.sizeHint().width() > room)  # whether they would fit if there were no arrows
        self._left.setEnabled(bar.value() > 0)
        self._right.setEnabled(bar.value() < bar.maximum())


class _Scroll(QScrollArea):
    """As wide as the tabs where there is room, and without scroll bars where there is not."""

    def __init__(self, bar: RequestTabBar) -> None:
        super().__init__()
        self._bar = bar
        self.setWidget(bar)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Expanding)

    @override
    def sizeHint(self) -> QSize:
        return self._bar.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._bar.tabSizeHint(0).width(), 0)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the strip turns it sideways
