"""What a ``Set-Cookie`` header asks for, in a sentence."""

from __future__ import annotations

import time

from explorer.client.cookie_rules import parts_of
from explorer.client.set_cookie import SetCookie

_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))
_SAME_SITE = {
    "strict": "a browser sends it only from the site's own pages",
    "lax": "a browser sends it from other sites only when a person follows a link",
    "none": "a browser sends it from pages of any site",
}


def sentence(said: SetCookie, url: str, now: float) -> str:
    """Say what a cookie is for and how long it lives; `now` is seconds since the epoch."""
    _, host, _ = parts_of(url)
    parts = [_lifetime(said, now)]
    where = f"{said.domain} and the hosts below it" if said.domain else f"{host} alone"
    parts.append(f"for {where}" + (f", below {said.path}" if said.path not in ("", "/") else ""))
    if said.http_only:
        parts.append("hidden from scripts (HttpOnly)")
    if said.secure:
        parts.append("over https only (Secure)")
    if words := _SAME_SITE.get(said.same_site.lower(), ""):
        parts.append(f"{words} (SameSite={said.same_site})")
    if said.partitioned:
        parts.append("kept apart for each site that embeds this one (Partitioned)")
    return "; ".join(parts) + "."


def sent_cookies(header: str) -> tuple[tuple[str, str], ...]:
    """Return names and values of a ``Cookie`` header, in its order."""
    pairs = (piece.partition("=") for piece in header.split(";") if piece.strip())
    return tuple((name.strip(), value.strip()) if equals else ("", name.strip()) for name, equals, value in pairs)


def _lifetime(said: SetCookie, now: float) -> str:
    if said.max_age is not None:
        left = float(said.max_age)
    elif said.expires is not None:
        left = said.expires - now
    else:
        return "Kept until the client is closed"
    if left <= 0:
        return "Deletes the cookie"
    for seconds, unit in _UNITS:
        if left >= seconds:
            count = int(left // seconds)
            until = ""
            if seconds == _UNITS[0][0]:
                until = time.strftime(" (until %Y-%m-%d)", time.gmtime(min(now + left, 253_402_300_799)))
            return f"Kept for {count:,} {unit}{'' if count == 1 else 's'}{until}"
    return "Kept for less than a second"
