"""Keeps Python's garbage collector out of the start: hardly anything that is imported and built there is garbage."""

from __future__ import annotations

import gc

YOUNG = 20_000
"""Objects that are new before the collector looks through them. Usually it is 700: ten thousand messages a second made
it look a hundred times a second, at what was about to go anyway."""


def pause_collection() -> None:
    """Collect nothing until `resume_collection`: a tenth of the time until the first answer went into looking."""
    gc.disable()


def resume_collection() -> None:
    """Collect again, if it was paused.

    What is there by now is left out for ever. Looking through the modules of FastAPI and SQLAlchemy each time stopped
    the window for 60 ms, and never found anything.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
        gc.enable()
