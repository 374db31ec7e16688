"""The settings dialog: what it shows holds at once, and is saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from explorer.ui.controllers.history import HistoryController
from explorer.ui.main_window import MainWindow
from explorer.ui.tasks import Tasks
from explorer.ui.theme.manager import Themes

if TYPE_CHECKING:
    from explorer.ui.dialogs.settings import SettingsDialog


class SettingsController(QObject):
    """Joins the dialog with what it sets.

    Signals:
        changed: something is to be saved.
    """

    changed = Signal()

    def __init__(
        self,
        window: MainWindow,
        themes: Themes,
        history: HistoryController,
        folder: Path,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._themes = themes
        self._history = history
        self._folder = folder
        self._tasks = tasks
        self._dialog: SettingsDialog | None = None
        window.settings_requested.connect(self.on_window_settings_requested)
        themes.changed.connect(self._show)
        history.counted.connect(self._show)

    def on_window_settings_requested(self) -> None:
        """Open the settings, or bring them to the front."""
        if self._dialog is None:
            self._tasks.start(self._show_settings(), "show the settings")
            return
        self._dialog.raise_()
        self._dialog.activateWindow()

    def on_dialog_history_toggled(self, kept: bool) -> None:
        """Keep what is sent from now on, or do not."""
        self._history.set_kept(kept=kept)
        self.changed.emit()

    async def _show_settings(self) -> None:
        from explorer.ui.dialogs.awaiting import until_closed
        from explorer.ui.dialogs.settings import SettingsDialog

        dialog = self._dialog = SettingsDialog(self._themes, self._folder, self._window)
        dialog.mode_chosen.connect(self._on_dialog_mode_chosen)
        dialog.contrast_chosen.connect(self._on_dialog_contrast_chosen)
        dialog.zoom_chosen.connect(self._themes.set_zoom)
        dialog.shortcuts_requested.connect(self._window.shortcuts_requested)
        dialog.folder_open_requested.connect(self._window.folder_requested)
        dialog.folder_copy_requested.connect(lambda: self._window.on_copy_requested(str(self._folder)))
        dialog.history_toggled.connect(self.on_dialog_history_toggled)
        dialog.history_clear_requested.connect(self._history.clear)
        self._show()
        try:
            await until_closed(dialog)
        finally:
            self._dialog = None

    def _on_dialog_mode_chosen(self, mode: str) -> None:
        self._themes.set_mode(mode)  # type: ignore[arg-type]  # Qt's signals carry plain texts
        self.changed.emit()  # also where another choice looks the same

    def _on_dialog_contrast_chosen(self, contrast: bool | None) -> None:
        self._themes.set_contrast(contrast)
        self.changed.emit()

    def _show(self) -> None:
        if self._dialog is not None:
            self._dialog.set_look(self._themes.mode, self._themes.chosen_contrast, self._themes.usual_zoom)
            self._dialog.set_history(kept=self._history.kept, count=self._history.count)
