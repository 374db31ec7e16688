"""When a cookie expires, as a person reads and types it: the local time, without seconds."""

from __future__ import annotations

import datetime as dt

_FORMAT = "%Y-%m-%d %H:%M"


def expiry_text(expires: float | None) -> str:
    """Return a moment (seconds since the epoch) as local time; empty for none."""
    if expires is None:
        return ""
    try:
        return dt.datetime.fromtimestamp(expires, tz=dt.UTC).astimezone().strftime(_FORMAT)
    except (OverflowError, OSError, ValueError):
        return "far away"


def read_expiry(text: str) -> float | None:
    """Read a moment back, without a time zone as local time; None for an empty text.

    Raises:
        ValueError: it is no moment; the message is a sentence for the person.
    """
    text = text.strip()
    if not text:
        return None
    try:
        return dt.datetime.fromisoformat(text).astimezone().timestamp()
    except (OverflowError, OSError, ValueError) as error:
        raise ValueError("Type a date such as 2030-01-31 16:00, or nothing.") from error
