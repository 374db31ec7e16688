"""What a ``Set-Cookie`` header asks for, in a sentence, and why a browser would not do it."""

from __future__ import annotations

import ipaddress
import time
from urllib.parse import urlsplit

from explorer.client.set_cookie import SetCookie

LARGEST_COOKIE = 4_096  # bytes of name and value together
_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))
_SAME_SITE = {
    "strict": "a browser sends it only from the site's own pages",
    "lax": "a browser sends it from other sites only when a person follows a link",
    "none": "a browser sends it from pages of any site",
}


def refusal(said: SetCookie, url: str) -> str:
    """Return why a browser would refuse a cookie that comes from `url`, in one sentence; empty when it would not."""
    scheme, host = _scheme_and_host(url)
    if not said.name and not said.value:
        return "It has neither name nor value."
    if len(said.name.encode()) + len(said.value.encode()) > LARGEST_COOKIE:
        return f"It is larger than {LARGEST_COOKIE:,} bytes."
    if said.domain and said.domain != host and not _is_above(said.domain, host):
        return f"It is meant for {said.domain}, but {host} sent it."
    if said.secure and not _is_safe(scheme, host):
        return "It is Secure, but came over http, where others can read it."
    prefix = said.name.lower()
    if prefix.startswith("__secure-") and not said.secure:
        return "Its name begins with __Secure-, but it is not Secure."
    if prefix.startswith("__host-") and not (said.secure and not said.domain and said.path == "/"):
        return "Its name begins with __Host-, so it must be Secure, without Domain, and have Path=/."
    return ""


def sentence(said: SetCookie, url: str, now: float) -> str:
    """Say what a cookie is for and how long it lives; `now` is seconds since the epoch."""
    _, host = _scheme_and_host(url)
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


def _scheme_and_host(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
        return parts.scheme.lower(), (parts.hostname or "").rstrip(".")
    except ValueError:
        return "", ""


def _is_above(domain: str, host: str) -> bool:
    """Whether `domain` is a parent of `host` that may get its cookies; a top-level name may not."""
    return "." in domain and not _is_address(host) and host.endswith(f".{domain}")


def _is_safe(scheme: str, host: str) -> bool:
    """Whether nobody can listen in: https, or this very machine."""
    if scheme == "https" or host == "localhost" or host.endswith(".localhost"):
        return True
    return _is_address(host) and ipaddress.ip_address(host.partition("%")[0]).is_loopback


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True
