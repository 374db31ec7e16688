"""The palette: gathers what can be done and opened when it opens, and the rest as it comes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from explorer.ui.main_window import MainWindow
from explorer.ui.tasks import Tasks
from explorer.ui.theme.manager import Themes

if TYPE_CHECKING:
    from explorer.ui.dialogs.palette import Palette
    from explorer.ui.models.palette_model import PaletteEntry

Source = Callable[[], "Sequence[PaletteEntry]"]
LateSource = Callable[[], "Awaitable[Sequence[PaletteEntry]]"]


class PaletteController(QObject):
    """Opens the palette when the window asks for it."""

    def __init__(
        self,
        window: MainWindow,
        themes: Themes,
        sources: Sequence[Source],
        late: Sequence[LateSource],
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        """Take `sources` that answer at once, and `late` ones that read from the disk and come behind them."""
        super().__init__(parent)
        self._window = window
        self._themes = themes
        self._sources = sources
        self._late = late
        self._tasks = tasks
        self._palette: Palette | None = None
        self._gathering: asyncio.Task[None] | None = None
        window.palette_requested.connect(self.on_window_palette_requested)

    def on_window_palette_requested(self) -> None:
        """Open the palette."""
        from explorer.ui.dialogs.palette import Palette

        if self._palette is None:
            self._palette = Palette(self._themes, self._window)
        if self._gathering is not None:
            self._gathering.cancel()  # what it finds would be offered twice
        self._palette.open_over(self._window, [entry for source in self._sources for entry in source()])
        self._gathering = self._tasks.start(self._offer_late(self._palette), "gather for the palette")

    async def _offer_late(self, palette: Palette) -> None:
        for source in self._late:
            palette.offer(await source())
