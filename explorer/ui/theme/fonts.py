"""The fonts that ship with the program."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFontDatabase

from explorer.storage.resources import resource

_FILES = (
    "Inter-Regular.ttf",
    "Inter-Medium.ttf",
    "Inter-SemiBold.ttf",
    "JetBrainsMonoNL-Regular.ttf",
    "JetBrainsMonoNL-SemiBold.ttf",
)


@cache
def load_fonts() -> tuple[str, ...]:
    """Make the fonts known to Qt, once; needs a QGuiApplication.

    Returns:
        the names of the files that could not be loaded; the desktop's fonts stand in for them.

    """
    folder = resource("fonts")
    return tuple(name for name in _FILES if QFontDatabase.addApplicationFont(str(folder / name)) < 0)
