"""Where the keyboard goes: the order of the controls, the way into a part of the window, and keeping it in sight."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QScrollArea, QTabBar, QWidget

from explorer.ui.widgets.segmented import Segmented

_MARGIN = 6  # pixels around what is brought into sight


@runtime_checkable
class BringsIntoSight(Protocol):
    """Something that scrolls what it holds in a way of its own."""

    def bring_into_sight(self, widget: QWidget) -> None:
        """Scroll until a control inside can be seen."""
        ...


def chain_focus(parts: Sequence[QWidget]) -> None:
    """Let the Tab key come to these controls one after the other.

    Of choices side by side, only the chosen one takes the keyboard, and Qt refuses to order the others; they have to
    stand in the right place all the same, for when one of them is chosen.
    """
    stops = [stop for part in parts for stop in (part.buttons if isinstance(part, Segmented) else [part])]
    for before, after in itertools.pairwise(stops):
        asleep = [stop for stop in (before, after) if stop.focusPolicy() is Qt.FocusPolicy.NoFocus]
        for stop in asleep:
            stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        QWidget.setTabOrder(before, after)
        for stop in asleep:
            stop.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def order_panels(panels: Sequence[QWidget]) -> None:
    """Let the Tab key go through parts of a window one after the other, in whatever order they were made.

    Within a part the order stays as it is.
    """
    if not panels:
        return
    found: dict[QWidget, list[QWidget]] = {panel: [] for panel in panels}
    for widget in _chain(panels[0].window()):
        may_be_chosen = isinstance(widget, QAbstractButton) and widget.group() is not None
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus or may_be_chosen:
            panel = next((panel for panel in panels if panel is widget or panel.isAncestorOf(widget)), None)
            if panel is not None:
                found[panel].append(widget)
    chain_focus([widget for panel in panels for widget in found[panel]])


class EnterKey:
    """Lets Enter press the button that has the keyboard, as in a dialog; outside of one, Qt knows only Space.

    For a window, which gets the keys that its controls have no use for. A line passes Enter on as well, when it has
    led the keyboard to a button by then: so it matters what had the keyboard before the key went anywhere.
    """

    def __init__(self) -> None:
        self._pressed_on: QWidget | None = None

    def note(self) -> None:
        """Remember what has the keyboard; for the event `ShortcutOverride`, which comes before the key."""
        self._pressed_on = QApplication.focusWidget()

    def press(self, event: QKeyEvent) -> bool:
        """Return whether a key that nothing in the window wanted has pressed a button."""
        button, self._pressed_on = self._pressed_on, None
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not is_enter or not plain or not isinstance(button, QAbstractButton):
            return False
        if button is not QApplication.focusWidget():
            return False
        button.click()
        return True


def tab_stops(part: QWidget) -> list[QWidget]:
    """Return what the Tab key would come to now in a part of a window, in its order."""
    return [widget for widget in _chain(part.window()) if part.isAncestorOf(widget) and can_take_focus(widget)]


def can_take_focus(widget: QWidget) -> bool:
    """Whether the Tab key would come to a control now."""
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()


def lead_back(widget: QWidget) -> None:
    """Give the keyboard to a control that has just come back; where it cannot take it, to the nearest one in sight.

    One that is about to be shown again takes it when it is.
    """
    parent = widget.parentWidget()
    if can_take_focus(widget) or (widget.isHidden() and parent is not None and parent.isVisible()):
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        return
    part: QWidget | None = widget
    while part is not None and not part.isWindow():
        stops = tab_stops(part)
        if stops:
            stops[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        part = part.parentWidget()


def show_focus(widget: QWidget | None) -> None:
    """Bring what has just got the keyboard into sight: Qt does so only where the keyboard was in the same area."""
    if widget is None:
        return
    if isinstance(widget, QAbstractItemView) and widget.currentIndex().isValid():
        widget.scrollTo(widget.currentIndex())
    place = widget.tabRect(widget.currentIndex()) if isinstance(widget, QTabBar) else widget.rect()
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():
        content = parent.widget() if isinstance(parent, QScrollArea) else None
        if isinstance(parent, QScrollArea) and content is not None:
            _scroll_to(parent, content, widget, place)
        elif isinstance(parent, BringsIntoSight):
            parent.bring_into_sight(widget)
        parent = parent.parentWidget()


def _scroll_to(area: QScrollArea, content: QWidget, widget: QWidget, place: QRect) -> None:
    if place.height() > area.viewport().height():
        area.ensureWidgetVisible(widget)  # its cursor, then
        return
    middle = widget.mapTo(content, place.center())
    half = QPoint(place.width() // 2 + _MARGIN, place.height() // 2 + _MARGIN)
    area.ensureVisible(middle.x(), middle.y(), half.x(), half.y())


def _chain(window: QWidget) -> Iterator[QWidget]:
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        yield widget
        widget = widget.nextInFocusChain()
