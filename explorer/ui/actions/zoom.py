"""The steps in which everything becomes larger and smaller."""

from __future__ import annotations

ZOOM_STEPS = (80, 90, 100, 110, 125, 150, 175, 200)


def larger(zoom: int) -> int:
    """Return the next larger step, in percent."""
    return next((step for step in ZOOM_STEPS if step > zoom), ZOOM_STEPS[-1])


def smaller(zoom: int) -> int:
    """Return the next smaller step, in percent."""
    return next((step for step in reversed(ZOOM_STEPS) if step < zoom), ZOOM_STEPS[0])
