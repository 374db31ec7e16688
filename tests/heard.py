"""What a screen reader can say of a widget and of all that is in it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

_TOLD = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value, QAccessible.Text.Help)


def heard_of(widget: QWidget) -> str:
    """Return all that is told of what can be seen, one a line: also of the cells of tables and the rows of lists."""
    return "\n".join(_told(QAccessible.queryAccessibleInterface(widget)))


def _told(thing: QAccessibleInterface | None) -> Iterator[str]:
    if thing is None or not thing.isValid() or thing.state().invisible:
        return
    yield from filter(None, map(thing.text, _TOLD))
    for number in range(thing.childCount()):
        yield from _told(thing.child(number))
