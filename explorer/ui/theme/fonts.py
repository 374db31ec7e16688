"""The fonts that ship with the program."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFontDatabase

from explorer.storage.resources import needed

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
        the names of the files that Qt did not take; the desktop's fonts stand in for them.

    Raises:
        MissingResourceError: one is not there.

    """
    return tuple(name for name in _FILES if QFontDatabase.addApplicationFont(str(needed(f"fonts/{name}"))) < 0)
