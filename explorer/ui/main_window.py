"""The window: puts bars, rail, rooms and log together; decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from explorer.ui import names
from explorer.ui.actions.action import CommandAction, Doing
from explorer.ui.actions.commands import room_command
from explorer.ui.actions.keymap import Keymap
from explorer.ui.app_icon import app_icon
from explorer.ui.controllers.undoing import Undoing
from explorer.ui.focus import EnterKey, order_panels, show_focus
from explorer.ui.frame_actions import add_frame_actions
from explorer.ui.override import override
from explorer.ui.panel_keys import HasPanelStops, PanelKeys, PanelStop, begin_in
from explorer.ui.panels.notice_bar import NoticeBar
from explorer.ui.panels.rail import Rail, Room
from explorer.ui.panels.status_bar import StatusBar
from explorer.ui.panels.top_bar import TopBar
from explorer.ui.presenting import Presenting
from explorer.ui.theme.manager import Mode, Themes
from explorer.ui.widgets.focus_ring import FocusRing
from explorer.ui.widgets.log_splitter import LogSplitter
from explorer.ui.widgets.text_access import tell_assistive_tools
from explorer.ui.window_place import fit_screen, restore_place
from explorer.ui.wording import count_text

if TYPE_CHECKING:
    from explorer.ui.panels.log_panel import LogPanel

_FIRST_SIZE = (1440, 900)
_LOG_HEIGHT = 200


class MainWindow(QMainWindow):
    """The one window.

    Attributes:
        top_bar: logo, server pill, switch of colours.
        rail: the choice of rooms.
        notice_bar: what went wrong.
        status_bar: how things stand.
        keymap: which keys do what.
        closing_asked: whether the person wants to leave, which may be before anybody listens to the signal.

    Signals:
        closing_requested: the person wants to leave; the window stays until `leave` is called.
        room_changed: another room is on show; its key.
        palette_requested, shortcuts_requested, settings_requested: the person wants to see one of them.
        about_requested: the person wants to know what program this is.
        folder_requested: the person wants to look into the data folder.

    """

    closing_requested = Signal()
    room_changed = Signal(str)
    palette_requested = Signal()
    shortcuts_requested = Signal()
    settings_requested = Signal()
    about_requested = Signal()
    folder_requested = Signal()

    def __init__(self, themes: Themes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self.closing_asked = False
        self._enter_key = EnterKey()
        self._leaving = False
        self._rooms: list[Room] = []
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self._presented = self._log_waits = False  # the log waits until somebody ends the presentation
        self.setObjectName(names.MAIN_WINDOW)
        self.setWindowTitle("FastAPI Explorer")
        self.setWindowIcon(app_icon())
        tell_assistive_tools()
        self.top_bar = TopBar(themes)
        self.rail = Rail(themes)
        self.notice_bar = NoticeBar(themes)
        self._log_panel: LogPanel | None = None
        self.status_bar = StatusBar(themes)
        self._clearing = Undoing(self.status_bar.undo, "server_log", self)
        self._splitter = self._make_splitter()
        self.setCentralWidget(self._make_center())
        fit_screen(self, QSize(*_FIRST_SIZE))
        self.top_bar.theme_toggled.connect(self.on_top_bar_theme_toggled)
        self.rail.room_chosen.connect(self.show_room)
        self.notice_bar.copy_requested.connect(self.on_copy_requested)
        self.notice_bar.details_requested.connect(self.on_notice_bar_details_requested)
        self._ordering = QTimer(self)  # once for all rooms that are added now, and before any key is taken
        self._ordering.setSingleShot(True)
        self._ordering.timeout.connect(self._order_focus)
        self.notice_bar.arranged_anew.connect(self._order_focus)
        self._presenting = Presenting(themes, self)
        self.top_bar.present_requested.connect(self.toggle_presenting)
        themes.changed.connect(self._on_themes_changed)
        FocusRing(themes, self)
        self.top_bar.search_requested.connect(self.palette_requested)
        self.rail.settings_requested.connect(self.settings_requested)
        self.keymap = Keymap(self)
        add_frame_actions(self, themes, PanelKeys(self._panel_stops))

    @property
    def log_panel(self) -> LogPanel:
        """The server's log, hidden at first; it is made when first asked for, so that the window is painted sooner."""
        if self._log_panel is None:
            from explorer.ui.panels.log_panel import LogPanel

            self._log_panel = LogPanel(self._themes)
            self._log_panel.close_requested.connect(self.toggle_log)
            self._log_panel.copy_requested.connect(self.on_copy_requested)
            self._log_panel.cleared.connect(self.on_log_panel_cleared)
            self._splitter.add_log(self._log_panel)
            self._order_focus()
        return self._log_panel

    @property
    def rooms(self) -> QWidget:
        """What rooms are made in."""
        return self._stack

    @property
    def listed_rooms(self) -> tuple[Room, ...]:
        """The rooms, from the top."""
        return tuple(self._rooms)

    @property
    def current_room(self) -> str:
        """The key of the room on show; empty while there is none."""
        return self._rooms[self._stack.currentIndex()].key if self._rooms else ""

    def add_room(self, room: Room, widget: QWidget) -> None:
        """Add a room below the others; the first one is shown."""
        self._rooms.append(room)
        self._stack.addWidget(widget)
        self.rail.add_room(room)
        command = room_command(len(self._rooms), room.key, room.label, room.icon)
        CommandAction(command, "", Doing(lambda: self.show_room(room.key)), self)
        self.keymap.adopt(self)
        self._ordering.start()

    def add_late_room(self, room: Room, make: Callable[[], QWidget]) -> None:
        """Add a room that is furnished when it is first shown, so that nobody waits for it before."""
        self._makers[room.key] = make
        self.add_room(room, QWidget(self._stack))

    def show_room(self, key: str) -> None:
        """Show a room, in place of a log that covers it; an unknown key changes nothing."""
        for number, room in enumerate(self._rooms):
            if room.key == key:
                if self._splitter.covers_room:
                    self.toggle_log()
                new = self._furnish(number, key)
                self._stack.setCurrentIndex(number)
                if new:
                    begin_in(self._stack.currentWidget())
                self.rail.set_current(key)
                self.room_changed.emit(key)

    def _furnish(self, number: int, key: str) -> bool:
        make = self._makers.pop(key, None)
        if make is None:
            return False
        empty = self._stack.widget(number)
        room = make()
        self._stack.insertWidget(number, room)
        self.keymap.adopt(room)
        if empty is not None:
            self._stack.removeWidget(empty)
            empty.deleteLater()
        self._order_focus()
        return True

    def toggle_log(self) -> None:
        """Show the server's log, or hide it."""
        _ = self.log_panel  # it may have to be made
        self._splitter.set_log_open(not self._log_open)

    def toggle_presenting(self) -> None:
        """Begin to present, or show everything as it was before."""
        self._presenting.toggle()

    def bring_to_front(self) -> None:
        """Come before the windows of other programs, as far as the desktop allows it."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def leave(self) -> None:
        """Close without asking again."""
        self._leaving = True
        self.close()

    def state(self) -> dict[str, Any]:
        """Return place, size and what is open, as plain JSON."""
        place = self.normalGeometry() if self.isMaximized() else self.geometry()
        return {
            "geometry": [place.x(), place.y(), place.width(), place.height()],
            "maximized": self.isMaximized(),
            "log_open": self._log_open or self._log_waits,
            "splitter": self._splitter.shares,
            "room": self.current_room,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Bring back what `state` returned; what is missing, odd or off the screen is left as it is."""
        numbers = _numbers(state.get("geometry"), 4)
        if numbers is not None:
            restore_place(self, QRect(*numbers))
        sizes = _numbers(state.get("splitter"), 2)
        if sizes is not None and all(sizes):
            self._splitter.set_shares(sizes)
        if self._log_open is not (state.get("log_open") is True):
            self.toggle_log()
        self.show_room(str(state.get("room")))
        if state.get("maximized") is True:
            self.setWindowState(self.windowState() | Qt.WindowState.WindowMaximized)

    def on_top_bar_theme_toggled(self, mode: Mode) -> None:
        """Change the colours."""
        self._themes.set_mode(mode)

    def on_copy_requested(self, text: str) -> None:
        """Put a text on the clipboard."""
        QApplication.clipboard().setText(text)

    def on_log_panel_cleared(self, count: int, bring_back: Callable[[], None]) -> None:
        """Offer the lines of the server's log that were cleared."""
        said = f"Cleared {count_text(count, 'line')} of the server log."
        self._clearing.offer(said, bring_back, self.log_panel.list)

    def on_notice_bar_details_requested(self, title: str, text: str) -> None:
        """Show a long text in a window of its own."""
        from explorer.ui.dialogs.details import DetailsDialog

        dialog = DetailsDialog(self._themes, title, text, self)
        dialog.copy_requested.connect(self.on_copy_requested)
        dialog.show()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        left = event.key() == Qt.Key.Key_Escape and self._presenting.leave()
        if not left and not self._enter_key.press(event):
            super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._leaving:
            super().closeEvent(event)
            return
        event.ignore()
        self.closing_asked = True
        self.closing_requested.emit()

    @override
    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride:
            self._enter_key.note()
        elif kind == QEvent.Type.DevicePixelRatioChange:  # it was moved to another screen
            self._themes.draw_for(self.devicePixelRatioF())
        return super().event(event)

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        moved = super().focusNextPrevChild(next)
        if moved:
            show_focus(QApplication.focusWidget())
        return moved

    def _on_themes_changed(self) -> None:
        """Put the log away for as long as somebody presents."""
        if self._themes.presenting is self._presented:
            return
        self._presented = self._themes.presenting
        opened, self._log_waits = self._log_waits, self._presented and self._log_open
        if self._log_waits or (opened and not self._log_open):
            self.toggle_log()

    def _order_focus(self) -> None:
        parts = (self.top_bar, self.notice_bar, self.rail, self._stack, self._log_panel, self.status_bar)
        order_panels([part for part in parts if part is not None])

    def _panel_stops(self) -> list[PanelStop]:
        room: object = self._stack.currentWidget()
        inside = room.panel_stops() if isinstance(room, HasPanelStops) else []
        last = [PanelStop(part) for part in (self._log_panel, self.status_bar) if part is not None]
        return [PanelStop(self.notice_bar), PanelStop(self.rail, around=(self.top_bar,)), *inside, *last]

    @property
    def _log_open(self) -> bool:
        return self._splitter.log_open

    def _make_splitter(self) -> LogSplitter:
        self._stack = QStackedWidget()
        self._stack.setObjectName(names.ROOMS)
        splitter = LogSplitter(self._stack, [_FIRST_SIZE[1] - _LOG_HEIGHT, _LOG_HEIGHT])
        splitter.setObjectName(names.FRAME_SPLITTER)
        return splitter

    def _make_center(self) -> QWidget:
        middle = QHBoxLayout()
        middle.addWidget(self.rail)
        middle.addWidget(self._splitter, 1)
        center = QWidget()
        layout = QVBoxLayout(center)
        layout.addWidget(self.top_bar)
        layout.addWidget(self.notice_bar)
        layout.addLayout(middle, 1)
        layout.addWidget(self.status_bar)
        for part in (layout, middle):
            self._themes.metrics.set(part, margins=(0, 0, 0, 0), spacing=0)
        return center


def _numbers(value: object, count: int) -> list[int] | None:
    if not isinstance(value, list | tuple) or len(value) != count:
        return None
    return list(value) if all(isinstance(number, int) for number in value) else None
