"""The tour: every story in each theme, one picture each."""

from __future__ import annotations

import sys
import time

from explorer.storage.options import TourOptions
from explorer.ui.main_window import MainWindow
from explorer.ui.theme.manager import Mode, Themes
from explorer.ui.tour.driver import Driver, StoryFailedError
from explorer.ui.tour.stories import STORIES


def tour_clock() -> float:
    """Return the moment at which every request of the tour is dated, so that two tours of a day show the same."""
    today = time.localtime()
    return time.mktime((*today[:3], 16, 4, 31, 0, 0, -1))


class Tour:
    """Plays all stories in a window.

    Attributes:
        options: where the pictures go, and in which size and themes.
    """

    def __init__(self, options: TourOptions, themes: tuple[Mode, ...], zoom: int) -> None:
        self.options = options
        self._themes = themes
        self._zoom = zoom

    async def play(self, window: MainWindow, themes: Themes) -> int:
        """Take every picture; returns the exit code: 0, or 1 when a story failed, which is told on stderr."""
        self.options.out.mkdir(parents=True, exist_ok=True)
        driver = Driver(window)
        themes.set_zoom(self._zoom)
        window.resize(self.options.width, self.options.height)
        wanted = [story for story in STORIES if not self.options.only or story.name.startswith(self.options.only)]
        if not wanted:
            sys.stderr.write(f"No story begins with {' or '.join(self.options.only)}.\n")
            return 1
        if wanted[0] is not STORIES[0]:
            await _begin(driver)
        failures = 0
        for theme in self._themes:
            await driver.close_dialogs()
            if themes.presenting:
                window.toggle_presenting()
            themes.set_contrast(None)
            themes.set_mode(theme)
            for story in wanted:
                path = self.options.out / f"{story.name}-{theme}.png"
                try:
                    await story.play(driver)
                    await driver.take_picture(path)
                except StoryFailedError as error:
                    failures += 1
                    sys.stderr.write(f"{story.name} ({theme}): {error}.\n")
                else:
                    sys.stdout.write(f"{path}\n")
        return 1 if failures else 0


async def _begin(driver: Driver) -> None:
    """Wait for the server, which the first story does otherwise."""
    try:
        await driver.until_ready()
    except StoryFailedError as error:
        sys.stderr.write(f"{error}.\n")
