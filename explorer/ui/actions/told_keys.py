"""Controls that say which keys do the same: the usual ones, until a person has chosen others."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from explorer.ui.actions.commands import BY_ID, Command
from explorer.ui.actions.key_words import shown_keys
from explorer.ui.tool_tip import as_written


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
        self.set_keys(self.command.keys)

    def set_keys(self, keys: tuple[str, ...]) -> None:
        """Tell these."""
        self.keys = keys
        if self._tell is not None:
            self._tell(shown_keys(keys))


def tip_with_keys(control: QWidget, words: str, command_id: str) -> None:
    """Give a control a tool tip with the keys of a command behind its words."""
    ToldKeys(control, command_id, lambda keys: control.setToolTip(as_written(with_keys(words, keys))))


def with_keys(words: str, keys: str) -> str:
    """Return words with keys behind them, if there are any: ``New request (Ctrl+N)``."""
    return f"{words} ({keys})" if keys else words
