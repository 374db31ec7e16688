"""What can be done from everywhere in the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from explorer.ui import names
from explorer.ui.actions.action import Doing, add_actions
from explorer.ui.actions.zoom import larger, smaller
from explorer.ui.panel_keys import PanelKeys
from explorer.ui.pointer_keys import STEP, move_divider, open_menu, show_tool_tip, with_focus
from explorer.ui.theme.manager import Themes

if TYPE_CHECKING:
    from explorer.ui.main_window import MainWindow

_HORIZONTAL, _VERTICAL = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
_SERVER = {
    "server_start": names.SERVER_START,
    "server_restart": names.SERVER_RESTART,
    "server_stop": names.SERVER_STOP,
    "server_abandon": names.SERVER_ABANDON,
    "server_docs": names.SERVER_DOCS,
    "server_copy_url": names.SERVER_COPY_URL,
}


def add_frame_actions(window: MainWindow, themes: Themes, panels: PanelKeys) -> None:
    """Give the window its actions."""
    zoom: dict[str, Callable[[], object]] = {
        "zoom_in": lambda: themes.set_zoom(larger(themes.zoom)),
        "zoom_out": lambda: themes.set_zoom(smaller(themes.zoom)),
        "zoom_reset": lambda: themes.set_zoom(100),
    }
    look: dict[str, Callable[[], object]] = {
        "present": window.toggle_presenting,
        "contrast": lambda: themes.set_contrast(not themes.contrast),
    }
    asked: dict[str, Callable[[], object]] = {
        "palette": window.palette_requested.emit,
        "settings": window.settings_requested.emit,
        "shortcuts": window.shortcuts_requested.emit,
        "log": window.toggle_log,
        "data_folder": window.folder_requested.emit,
        "about": window.about_requested.emit,
        "quit": window.close,
    }
    keyboard: dict[str, Callable[[], object]] = {
        "next_panel": lambda: panels.step(1),
        "previous_panel": lambda: panels.step(-1),
        "context_menu": with_focus(open_menu),
        "tool_tip": with_focus(show_tool_tip),
        "divider_left": with_focus(partial(move_divider, orientation=_HORIZONTAL, by=-STEP)),
        "divider_right": with_focus(partial(move_divider, orientation=_HORIZONTAL, by=STEP)),
        "divider_up": with_focus(partial(move_divider, orientation=_VERTICAL, by=-STEP)),
        "divider_down": with_focus(partial(move_divider, orientation=_VERTICAL, by=STEP)),
    }
    server = {command: _chosen(window, name) for command, name in _SERVER.items()}
    add_actions(window, "", {**asked, **look, **zoom, **keyboard, **server})


def _chosen(part: QWidget, name: str) -> Doing:
    """Return how to choose an entry of a menu that is always there."""
    entry = part.findChild(QAction, name)
    assert entry is not None, name  # noqa: S101 - the menu is made with the window
    return Doing(entry.trigger, lambda: "" if entry.isVisible() and entry.isEnabled() else None)
