"""Commands as actions of the part of the window in which they can be done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QWidget

from explorer.ui import names
from explorer.ui.actions.commands import BY_ID, COMMANDS, Command


def _always() -> str | None:
    return ""


@dataclass(frozen=True, slots=True)
class Doing:
    """How a command is carried out in one place.

    Attributes:
        do: carries it out.
        why_not: returns an empty text when that is possible now, else the reason, or None when nobody need know.
        text: what it is called there; empty for the common text.
    """

    do: Callable[[], object]
    why_not: Callable[[], str | None] = _always
    text: str = ""


class CommandAction(QAction):
    """A command in one place; its keys hold while that place is in sight.

    Attributes:
        command: what it does.
        place: the key of the room; empty for the whole window.
        why_not: see `Doing`.
    """

    def __init__(self, command: Command, place: str, doing: Doing, parent: QWidget) -> None:
        super().__init__(doing.text or command.text, parent)
        self.command = command
        self.place = place
        self.why_not = doing.why_not
        self.setObjectName(names.ACTION.format(place=place or "window", command=command.id))
        self.set_keys(command.keys)
        self.triggered.connect(lambda _checked=False: doing.do())
        parent.addAction(self)

    def set_keys(self, keys: Iterable[str]) -> None:
        """Listen to other keys, unless a control does that."""
        if not self.command.fixed and not self.command.holder:
            self.setShortcuts([QKeySequence(key) for key in keys])


def add_actions(part: QWidget, place: str, doings: Mapping[str, Callable[[], object] | Doing]) -> None:
    """Give a room, or the window for an empty `place`, what it knows how to do, by the ids of the commands.

    Commands that have a button in it come by themselves. To be called once.

    Raises:
        KeyError: there is no such command.
    """
    for command_id, doing in doings.items():
        CommandAction(BY_ID[command_id], place, doing if isinstance(doing, Doing) else Doing(doing), part)
    for command in COMMANDS:
        here = place in command.places if place else not command.places
        if here and command.button and command.id not in doings:
            CommandAction(command, place, press(part, command.button), part)


def press(part: QWidget, button_name: str) -> Doing:
    """Return how to press a button in a part of the window; it may be made, and be made anew, later."""

    def button() -> QAbstractButton | None:
        return next((each for each in part.findChildren(QAbstractButton, button_name) if each.isVisibleTo(part)), None)

    def do() -> None:
        found = button()
        if found is not None:
            found.click()

    def why_not() -> str | None:
        found = button()
        return "" if found is not None and found.isEnabled() else None

    return Doing(do, why_not)
