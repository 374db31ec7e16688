"""F6 and Shift+F6: from one part of the window to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from explorer.ui.focus import can_take_focus, show_focus, tab_stops


class PanelStop(NamedTuple):
    """A part of the window where F6 stops.

    Attributes:
        part: what the keyboard goes to.
        first: what gets it there when nothing in the part had it before; None for the first control.
        around: what stands beside the part, from where F6 leads on as from the part itself.
    """

    part: QWidget
    first: QWidget | None = None
    around: tuple[QWidget, ...] = ()

    def holds(self, widget: QWidget) -> bool:
        """Whether a control belongs here."""
        return any(part is widget or part.isAncestorOf(widget) for part in (self.part, *self.around))


@runtime_checkable
class HasPanelStops(Protocol):
    """A room that F6 goes through."""

    def panel_stops(self) -> list[PanelStop]:
        """Return its parts in their order."""
        ...


@runtime_checkable
class HasBeginning(Protocol):
    """A room whose first button is no place to begin."""

    def begin(self) -> None:
        """Take the keyboard where a person would begin."""
        ...


class PanelKeys:
    """Goes round the parts that are in sight. In each, the keyboard comes back to where it was before."""

    def __init__(self, stops: Callable[[], Sequence[PanelStop]]) -> None:
        """Take how to find the parts in their order, which is asked each time."""
        self._stops = stops

    def step(self, by: int) -> None:
        """Go to the next part (1), or to the one before (-1)."""
        stops = [(stop, target) for stop in self._stops() if (target := _target(stop)) is not None]
        if not stops:
            return
        focus = QApplication.focusWidget()
        here = [i for i, (stop, _) in enumerate(stops) if focus is not None and stop.holds(focus)]
        place = (here[0] + by if here else 0 if by > 0 else -1) % len(stops)
        target = stops[place][1]
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        show_focus(target)


def begin_in(room: QWidget | None) -> None:
    """Lead the keyboard on to where a new room begins, when Qt gave it to the first control in there."""
    focus = QApplication.focusWidget()
    if room is not None and focus is not None and room.isAncestorOf(focus) and isinstance(room, HasBeginning):
        room.begin()


def _target(stop: PanelStop) -> QWidget | None:
    """Return what is to get the keyboard; None when the part is out of sight or has nothing to offer."""
    if not stop.part.isVisible():
        return None
    before = stop.part.focusWidget()
    for wanted in (before, stop.first):
        if wanted is not None and can_take_focus(wanted):
            return wanted
    return next(iter(tab_stops(stop.part)), None)
