"""How often a server's pulse is felt, and how long is waited for what does not end by itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Times of one server, in seconds.

    Attributes:
        beat: between two signs of life of the event loop.
        tick: between two looks of the watch; longer than a beat, or each look would find the loop silent.
        grace: how long open requests may go on after the server was asked to stop; uvicorn takes whole seconds.

    """

    beat: float = 0.2
    tick: float = 0.25
    grace: int = 1
