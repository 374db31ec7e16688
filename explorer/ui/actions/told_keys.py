"""Controls that say which keys do the same, or act on them: the usual ones, until a person has chosen others."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from explorer.ui.actions.commands import BY_ID, Command
from explorer.ui.actions.key_words import pressed_keys, shown_keys
from explorer.ui.override import override
from explorer.ui.tool_tip import as_written


class ChosenKeys(QObject):
    """Knows which keys each command has; a child of the window for which they are chosen."""

    def keys(self, command: Command) -> tuple[str, ...]:
        """Return the keys of a command."""
        raise NotImplementedError


class ToldKeys(QObject):
    """Tells a control the keys of a command, at once and whenever they change; empty when it has none.

    Attributes:
        command: whose keys they are.
        keys: what they are, in Qt's portable words.
    """

    def __init__(self, control: QWidget, command_id: str, tell: Callable[[str], object] | None = None) -> None:
        """Take what gets the keys as a person reads them, if anything needs to be told."""
        super().__init__(control)
        self.command: Command = BY_ID[command_id]
        self.keys: tuple[str, ...] = ()
        self._tell = tell
        self.set_keys(keys_for(control, self.command))
        control.installEventFilter(self)

    def set_keys(self, keys: tuple[str, ...]) -> None:
        """Tell these."""
        self.keys = keys
        if self._tell is not None:
            self._tell(shown_keys(keys))

    def match(self, event: QKeyEvent) -> bool:
        """Whether these were pressed."""
        return bool(self.keys) and not set(self.keys).isdisjoint(pressed_keys(event.keyCombination()))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A control that was made without a place in the window learns of the chosen keys when it is about to be shown.
        if event.type() == QEvent.Type.Polish and isinstance(watched, QWidget):
            watched.removeEventFilter(self)
            keys = keys_for(watched, self.command)
            if keys != self.keys:
                self.set_keys(keys)
        return False


def keys_for(control: QWidget, command: Command) -> tuple[str, ...]:
    """Return the keys that a command has in the window of a control; the usual ones outside of any."""
    outermost = control
    while (parent := outermost.parentWidget()) is not None:  # also from a dialog to the window below it
        outermost = parent
    chosen = outermost.findChild(ChosenKeys, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return command.keys if chosen is None else chosen.keys(command)


def tip_with_keys(control: QWidget, words: str, command_id: str) -> None:
    """Give a control a tool tip with the keys of a command behind its words."""
    ToldKeys(control, command_id, lambda keys: control.setToolTip(as_written(with_keys(words, keys))))


def with_keys(words: str, keys: str) -> str:
    """Return words with keys behind them, if there are any: ``New request (Ctrl+N)``."""
    return f"{words} ({keys})" if keys else words
