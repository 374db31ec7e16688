"""The keys that work everywhere in the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from explorer.ui.theme.manager import Themes

ZOOM_STEPS = (80, 90, 100, 110, 125, 150, 175, 200)


def zoom_actions(window: QWidget, themes: Themes) -> list[QAction]:
    """Give a window the keys that make everything larger, smaller, and as it was."""
    return [
        _action(window, "Larger", ("Ctrl+=", "Ctrl++"), lambda: themes.set_zoom(larger(themes.zoom))),
        _action(window, "Smaller", ("Ctrl+-",), lambda: themes.set_zoom(smaller(themes.zoom))),
        _action(window, "Original size", ("Ctrl+0",), lambda: themes.set_zoom(100)),
    ]


def room_action(window: QWidget, number: int, label: str, show: Callable[[], object]) -> QAction:
    """Give a window the key Ctrl+`number` for a room."""
    return _action(window, label, (f"Ctrl+{number}",), show)


def larger(zoom: int) -> int:
    """Return the next larger step, in percent."""
    return next((step for step in ZOOM_STEPS if step > zoom), ZOOM_STEPS[-1])


def smaller(zoom: int) -> int:
    """Return the next smaller step, in percent."""
    return next((step for step in reversed(ZOOM_STEPS) if step < zoom), ZOOM_STEPS[0])


def _action(window: QWidget, text: str, keys: Sequence[str], slot: Callable[[], object]) -> QAction:
    action = QAction(text, window)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.triggered.connect(lambda _checked=False: slot())
    window.addAction(action)
    return action
