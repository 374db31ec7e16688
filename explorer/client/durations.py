"""Seconds as a person types them."""

from __future__ import annotations

import math

_LONGEST = 86_400.0  # a day; nobody waits longer


def seconds_text(seconds: float | None) -> str:
    """Return seconds as one would type them; empty for no limit."""
    return "" if seconds is None else f"{seconds:g}"


def read_seconds(text: str) -> float | None:
    """Read seconds back; None for an empty text, which means no limit.

    Raises:
        ValueError: it is no number of seconds between nothing and a day; the message is a sentence for the person.
    """
    text = text.strip().removesuffix("s").strip().replace(",", ".")
    if not text:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds <= _LONGEST:
        raise ValueError("Type seconds, such as 5 or 0.5, up to a day.")
    return seconds
