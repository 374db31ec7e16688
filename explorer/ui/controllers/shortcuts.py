"""The sheet of shortcuts: shows the keys of all commands, and changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, QObject

from explorer.ui.actions.commands import PLACES, SEVERAL, Command
from explorer.ui.actions.key_words import pressed_keys, problem_with, shown_keys
from explorer.ui.controllers.undoing import Undoing
from explorer.ui.main_window import MainWindow
from explorer.ui.tasks import Tasks
from explorer.ui.theme.manager import Themes

if TYPE_CHECKING:
    from explorer.ui.dialogs.shortcuts import ShortcutsDialog
    from explorer.ui.models.shortcuts_model import Shortcut

_ORDER = (PLACES[""], SEVERAL, *list(PLACES.values())[1:])
_SHOWN = 2  # of the keys of one command; those that cannot be changed are named nowhere else


class ShortcutsController(QObject):
    """Joins the sheet with the keys of the window."""

    def __init__(self, window: MainWindow, themes: Themes, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._keymap = window.keymap
        self._themes = themes
        self._tasks = tasks
        self._dialog: ShortcutsDialog | None = None
        self._wanted: tuple[Command, tuple[str, ...]] | None = None  # what another command has
        self._keymap.changed.connect(self._show)
        self._resetting = Undoing(window.status_bar.undo, "keys", self)
        window.shortcuts_requested.connect(self.on_window_shortcuts_requested)

    def on_window_shortcuts_requested(self) -> None:
        """Open the sheet, or bring it to the front."""
        if self._dialog is None:
            self._tasks.start(self._show_sheet(), "show the shortcuts")
            return
        self._dialog.raise_()
        self._dialog.activateWindow()

    def on_dialog_keys_pressed(self, command_id: str, combination: QKeyCombination) -> None:
        """Give a command the keys, unless they cannot be its; ask first when another command has them."""
        command, keys, dialog = self._command(command_id), pressed_keys(combination), self._dialog
        if dialog is None:
            return
        dialog.show_keys(shown_keys(keys))
        clashing = self._keymap.clashing(command, keys)
        fixed = next((other for other in clashing if other.fixed), None)
        self._wanted = None
        if problem := problem_with(combination):
            dialog.tell(problem, wrong=True)
        elif fixed is not None:
            dialog.tell(f"{shown_keys(keys)} belongs to “{fixed.text}”: press other keys.", wrong=True)
        elif clashing:
            self._wanted = command, keys
            dialog.tell(f"{shown_keys(keys)} is “{clashing[0].text}” now.", can_take=True)
        else:
            self._set(command, keys)

    def on_dialog_take_over_requested(self) -> None:
        """Give a command the keys of another."""
        if self._wanted is not None:
            self._set(*self._wanted)

    def on_dialog_keys_removed(self, command_id: str) -> None:
        """Take all keys from a command."""
        self._set(self._command(command_id), ())

    def on_dialog_reset_requested(self, command_id: str) -> None:
        """Give a command its usual keys, whoever has them now."""
        command = self._command(command_id)
        self._set(command, command.keys)

    def on_dialog_reset_all_requested(self) -> None:
        """Give all commands their usual keys; those that they had can be brought back."""
        chosen = self._keymap.saved
        self._keymap.reset_all()
        self._resetting.offer("All commands have their usual keys.", lambda: self._keymap.restore(chosen))

    async def _show_sheet(self) -> None:
        from explorer.ui.dialogs.awaiting import until_closed
        from explorer.ui.dialogs.shortcuts import ShortcutsDialog

        dialog = self._dialog = ShortcutsDialog(self._themes, self._window)
        dialog.keys_pressed.connect(self.on_dialog_keys_pressed)
        dialog.keys_removed.connect(self.on_dialog_keys_removed)
        dialog.take_over_requested.connect(self.on_dialog_take_over_requested)
        dialog.reset_requested.connect(self.on_dialog_reset_requested)
        dialog.reset_all_requested.connect(self.on_dialog_reset_all_requested)
        self._show()
        try:
            await until_closed(dialog)
        finally:
            self._dialog = None

    def _set(self, command: Command, keys: tuple[str, ...]) -> None:
        self._wanted = None
        self._keymap.set_keys(command, keys)
        if self._dialog is not None:
            self._dialog.end_change()
            words = f"has the keys {shown_keys(keys)}" if keys else "has no keys"
            self._dialog.tell(f"{command.text} {words} now.")

    def _show(self) -> None:
        if self._dialog is not None:
            ordered = sorted(self._keymap.commands, key=lambda command: _ORDER.index(command.place))
            self._dialog.set_shortcuts([self._shortcut(command) for command in ordered])

    def _shortcut(self, command: Command) -> Shortcut:
        from explorer.ui.models.shortcuts_model import Shortcut

        words = tuple(dict.fromkeys(shown_keys((key,)) for key in self._keymap.keys(command)))
        return Shortcut(
            command_id=command.id,
            text=command.text,
            place=command.place,
            keys=words if command.fixed else words[:_SHOWN],
            usual=self._keymap.is_usual(command),
            fixed=command.fixed,
        )

    def _command(self, command_id: str) -> Command:
        return next(command for command in self._keymap.commands if command.id == command_id)
