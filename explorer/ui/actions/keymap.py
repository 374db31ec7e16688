"""Which keys each command has: the usual ones, or those that a person chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from explorer.ui.actions.action import CommandAction
from explorer.ui.actions.commands import COMMANDS, Command
from explorer.ui.actions.key_words import sound_keys
from explorer.ui.actions.told_keys import ChosenKeys, ToldKeys
from explorer.ui.override import override


class Keymap(ChosenKeys):
    """Owns the keys of a window.

    Signals:
        changed: a command has other keys now.
    """

    changed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._chosen: dict[str, tuple[str, ...]] = {}  # also of commands that only another version knows

    @property
    def actions(self) -> list[CommandAction]:
        """What can be done in the rooms that are furnished."""
        return self._window.findChildren(CommandAction)

    @property
    def commands(self) -> list[Command]:
        """All commands; those that show a room are behind the others."""
        known = {command.id for command in COMMANDS}
        return [*COMMANDS, *(action.command for action in self.actions if action.command.id not in known)]

    @property
    def saved(self) -> dict[str, list[str]]:
        """What differs from the usual keys, as plain JSON."""
        return {command_id: list(keys) for command_id, keys in self._chosen.items()}

    def restore(self, saved: Mapping[str, object]) -> None:
        """Take up what `saved` returned. Keys that have no sense, or clash, fall back to the usual ones."""
        read = {command_id: sound_keys(value) for command_id, value in saved.items()}
        self._chosen = {command_id: keys for command_id, keys in read.items() if keys is not None}
        for command in self.commands:
            if command.id in self._chosen and self.clashing(command, self.keys(command)):
                del self._chosen[command.id]
        self._settle()

    def adopt(self, part: QWidget) -> None:
        """Give the chosen keys to the actions of a room that has just been furnished."""
        if self._chosen:
            self._tell(part)

    @override
    def keys(self, command: Command) -> tuple[str, ...]:
        return command.keys if command.fixed else self._chosen.get(command.id, command.keys)

    def is_usual(self, command: Command) -> bool:
        """Whether a command has the keys that it comes with."""
        return self.keys(command) == command.keys

    def clashing(self, command: Command, keys: Sequence[str]) -> list[Command]:
        """Return the other commands that have one of these keys where this one can be done, too."""
        return [
            other
            for other in self.commands
            if other.id != command.id and other.meets(command) and set(self.keys(other)) & set(keys)
        ]

    def set_keys(self, command: Command, keys: Sequence[str]) -> None:
        """Give a command these keys, and take them away from all others that they would clash with.

        Raises:
            ValueError: the keys of this command, or of one that they clash with, cannot be changed.
        """
        clashing = self.clashing(command, keys)
        if any(each.fixed for each in (command, *clashing)):
            raise ValueError(command.id)
        for other in clashing:
            self._choose(other, tuple(key for key in self.keys(other) if key not in keys))
        self._choose(command, tuple(keys))
        self._settle()

    def reset_all(self) -> None:
        """Give all commands their usual keys again."""
        self._chosen = {}
        self._settle()

    def _choose(self, command: Command, keys: tuple[str, ...]) -> None:
        self._chosen.pop(command.id, None)
        if keys != command.keys:
            self._chosen[command.id] = keys

    def _settle(self) -> None:
        self._tell(self._window)
        self.changed.emit()

    def _tell(self, part: QWidget) -> None:
        for action in part.findChildren(CommandAction):
            action.set_keys(self.keys(action.command))
        for told in part.findChildren(ToldKeys):
            told.set_keys(self.keys(told.command))
