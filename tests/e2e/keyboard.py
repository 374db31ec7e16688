"""Goes through a window with the Tab key, as somebody without a mouse does, and notes what is wrong on the way."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QTabBar, QWidget

FAR_TOO_MANY = 200
_EDGE = 3  # pixels around a control in which its focus may be seen
_TURNS = 20  # of the event loop, in which nested layouts find their places
_SAYS_NOTHING = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Pane, QAccessible.Role.Window)
_OTHERWISE = {  # what takes no keyboard: the key that does the same
    "open_requests.left_button": "the arrow keys in the tabs",
    "open_requests.right_button": "the arrow keys in the tabs",
}


def settle() -> None:
    """Let everything find its place."""
    for _ in range(_TURNS):
        QApplication.processEvents()


def walk(part: QWidget, *, in_order: bool = True) -> tuple[list[QWidget], list[str]]:
    """Go through a part of a window from its first control on.

    Args:
        part: a window, or a panel in one.
        in_order: whether the way must go from the left to the right and from top to bottom.

    Returns:
        What the Tab key came to, until it came back or left the part; and what is wrong with it.
    """
    part.window().activateWindow()
    settle()
    first = next(widget for widget in chain(part.window()) if part.isAncestorOf(widget) and stops(widget))
    first.setFocus(Qt.FocusReason.TabFocusReason)
    found: list[QWidget] = []
    wrong: list[str] = []
    while len(found) < FAR_TOO_MANY:
        widget = QApplication.focusWidget()
        if widget is None or not part.isAncestorOf(widget):
            break
        if widget in found:
            if widget is not found[0] or not part.isWindow():
                wrong.append(f"{called(widget)}: comes again, and nothing leads out of {called(part)}")
            break
        settle()
        wrong += [
            f"{called(widget)}: {problem}" for problem in _problems(widget, found[-1] if found and in_order else None)
        ]
        found.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    wrong += [f"{called(widget)}: never reached" for widget in _missed(part, found)]
    return found, wrong


def chain(window: QWidget) -> list[QWidget]:
    """Return all widgets of a window in Qt's order."""
    widgets, widget = [], window.nextInFocusChain()
    while widget is not None and widget is not window:
        widgets.append(widget)
        widget = widget.nextInFocusChain()
    return widgets


def stops(widget: QWidget) -> bool:
    """Whether the Tab key comes to a widget."""
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()


def called(widget: QWidget) -> str:
    """Return how to find a widget in the code."""
    parent = widget.parentWidget()
    return widget.objectName() or f"{type(widget).__name__} in {parent.objectName() if parent else 'nothing'}"


def _problems(widget: QWidget, before: QWidget | None) -> list[str]:
    found = []
    access = QAccessible.queryAccessibleInterface(widget)
    tells_its_value = isinstance(widget, QComboBox | QTabBar)  # Qt gives that out as the name
    name = widget.accessibleName() if tells_its_value else access.text(QAccessible.Text.Name)
    if not name.strip():
        found.append("has no name")
    if access.role() in _SAYS_NOTHING:
        found.append(f"has the role {access.role().name}, which says nothing")
    if isinstance(widget, QAbstractButton) and widget.isChecked() != bool(access.state().checked):
        found.append("does not say whether it is checked")
    if isinstance(widget, QAbstractButton) and not (widget.text().strip() or widget.toolTip()):
        found.append("is only a picture, and no tool tip tells what it does")
    sight = widget.visibleRegion().boundingRect()
    if sight.height() < min(widget.height(), 10) or sight.width() < min(widget.width(), 10):
        found.append("is out of sight while it has the keyboard")
    elif _looks(widget, focused=True) == _looks(widget, focused=False):
        found.append("looks the same with the keyboard and without it")
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    if before is not None and before.isVisible() and _stands_before(widget, before):
        found.append(f"comes after {called(before)}, and stands before it")
    return found


def _looks(widget: QWidget, *, focused: bool) -> QImage:
    if not focused:
        widget.clearFocus()
    window = widget.window()
    place = QRect(widget.mapTo(window, QPoint()), widget.size()).adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE)
    return window.grab(place.intersected(window.rect())).toImage()


def _stands_before(widget: QWidget, other: QWidget) -> bool:
    """Whether one stands above another, or left of it on the same line."""
    window = widget.window()
    here, there = (QRect(each.mapTo(window, QPoint()), each.size()) for each in (widget, other))
    return here.bottom() <= there.top() or (here.right() <= there.left() and here.top() < there.bottom())


def _missed(part: QWidget, found: list[QWidget]) -> list[QWidget]:
    missed: list[QWidget] = []
    for widget in part.findChildren(QWidget):
        if not widget.isVisible() or not widget.isEnabled() or widget in found or widget.focusProxy() is not None:
            continue
        if isinstance(widget, QAbstractButton) and not stops(widget):
            mates: list[QAbstractButton] = getattr(widget.group(), "buttons", list)()
            by_arrow = any(mate in found for mate in mates)
            in_field = widget.parentWidget() in found  # the keys of the field do the same
            if not by_arrow and not in_field and widget.objectName() not in _OTHERWISE:
                missed.append(widget)
        elif stops(widget):
            missed.append(widget)
    return missed
