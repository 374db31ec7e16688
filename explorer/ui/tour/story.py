"""One picture of the tour, and what leads to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from explorer.ui.tour.driver import Driver


@dataclass(frozen=True, slots=True)
class Story:
    """One picture.

    Attributes:
        name: of its file.
        play: does what leads to the picture.
    """

    name: str
    play: Callable[[Driver], Awaitable[None]]
