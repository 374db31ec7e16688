"""What else needs a mouse to point, done by keys: context menus, tool tips, and the dividers between panels.

Some desktops know Shift+F10 for a context menu by themselves, and others the Menu key only.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QSplitter, QWidget

STEP = 24  # pixels that a divider moves at once


def open_menu(widget: QWidget) -> None:
    """Open the menu that a click with the right button would open where the cursor, or the current row, is."""
    place = _cursor(widget)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, event)


def show_tool_tip(widget: QWidget) -> None:
    """Show what a mouse would show that rests where the cursor, or the current row, is."""
    place = _cursor(widget)
    target = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
    QApplication.sendEvent(target, QHelpEvent(QEvent.Type.ToolTip, place, target.mapToGlobal(place)))


def move_divider(widget: QWidget, orientation: Qt.Orientation, by: int) -> None:
    """Move the divider behind the panel that a control is in, or the one before it when it is the last."""
    child, parent = widget, widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QSplitter) and parent.orientation() is orientation and _move(parent, child, by):
            return
        child, parent = parent, parent.parentWidget()


def _move(splitter: QSplitter, child: QWidget, by: int) -> bool:
    shown = [i for i in range(splitter.count()) if (part := splitter.widget(i)) is not None and part.isVisible()]
    if len(shown) < 2:
        return False
    place = min(shown.index(splitter.indexOf(child)), len(shown) - 2)
    before, after = shown[place], shown[place + 1]
    sizes = splitter.sizes()
    sizes[before], sizes[after] = max(1, sizes[before] + by), max(1, sizes[after] - by)
    splitter.setSizes(sizes)
    splitter.splitterMoved.emit(splitter.sizes()[before], after)
    return True


def _cursor(widget: QWidget) -> QPoint:
    place = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle).center()
    return QPoint(place) if widget.rect().contains(place) else widget.rect().center()


def with_focus(act: Callable[[QWidget], object]) -> Callable[[], None]:
    """Return how to do something to what has the keyboard then; nothing when nothing has."""

    def do() -> None:
        widget = QApplication.focusWidget()
        if widget is not None:
            act(widget)

    return do
