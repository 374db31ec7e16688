"""How things are with a token, in words."""

from __future__ import annotations

import datetime as dt
import math

from explorer.client.oauth2 import Token
from explorer.ui.widgets.token_line import NO_TOKEN

_DAY = 86_400


def token_words(token: Token | None, now: float) -> tuple[str, str]:
    """Return a sentence and its tone; `now` is in seconds since the epoch."""
    if token is None:
        return NO_TOKEN, ""
    if token.expires_at is None:
        return "A token is held; the server does not say for how long it is good.", "ok"
    until = dt.datetime.fromtimestamp(token.expires_at, tz=dt.UTC).astimezone()
    left = token.expires_at - now
    clock = f"{until:%H:%M}" if left < _DAY else f"{until:%Y-%m-%d %H:%M}"
    return f"Token until {clock} ({_left(left)} left)", "ok"


def _left(seconds: float) -> str:
    if seconds < 60:
        return f"{max(0, math.floor(seconds))} s"
    minutes = math.floor(seconds / 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"
