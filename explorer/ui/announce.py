"""Says to somebody who does not see the screen what has just changed on it, wherever the keyboard is."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from explorer.ui.onlookers import shown


def announce(widget: QWidget, sentence: str, *, urgent: bool = False) -> None:
    """Let a screen reader say a sentence about a widget; nothing happens while no such tool listens.

    Args:
        widget: what changed.
        sentence: what is said; an empty one is not.
        urgent: whether it is said at once, in the middle of what is being read.
    """
    if not sentence or not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, shown(sentence))
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
