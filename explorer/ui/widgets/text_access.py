"""What assistive tools are told of what is painted: of rows that they are a document, of all else what it is.

Qt would say of a widget of our own that it is an area, and screen readers pass over those, whatever their name.
"""

from __future__ import annotations

from functools import cache
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from explorer.ui.onlookers import shown
from explorer.ui.override import override


@runtime_checkable
class ReadAloud(Protocol):
    """A widget that paints rows of text."""

    def text_in_sight(self) -> str:
        """Return the rows in sight, one a line."""
        ...


@runtime_checkable
class SaysWhatItIs(Protocol):
    """A widget that paints what its accessible name says."""

    accessible_role: QAccessible.Role


class PaintedAccess(QAccessibleWidget):
    """Stands for a widget that paints itself; says no more of it than others may hear."""

    @override
    def text(self, t: QAccessible.Text) -> str:
        return shown(str(super().text(t)))


class TextAccess(PaintedAccess):
    """Stands for one painted text; Qt asks for it when a tool is there to listen, and throws it away by itself."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, QAccessible.Role.Document, widget.accessibleName())

    @override
    def text(self, t: QAccessible.Text) -> str:
        painted: object = self.object()
        if t is QAccessible.Text.Value and isinstance(painted, ReadAloud):
            return shown(painted.text_in_sight())
        return super().text(t)


@cache
def tell_assistive_tools() -> None:
    """Let Qt ask here; once for the whole program."""
    QAccessible.installFactory(_access)


def _access(_name: str, subject: QObject) -> QAccessibleInterface | None:
    if not isinstance(subject, QWidget):
        return None
    if isinstance(subject, ReadAloud):
        return TextAccess(subject)
    if isinstance(subject, SaysWhatItIs):
        return PaintedAccess(subject, subject.accessible_role, subject.accessibleName())
    return None
