"""Which cookies a browser keeps, and why it refuses the others (RFC 6265, and what browsers added to it)."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from explorer.client.set_cookie import SetCookie

LARGEST_COOKIE = 4_096  # bytes of name and value together


def refusal(said: SetCookie, url: str) -> str:
    """Return why a browser would refuse a cookie that comes from `url`, in one sentence; empty when it would not."""
    scheme, host, _ = parts_of(url)
    if not host:
        return "It comes from no address."
    if not said.name and not said.value:
        return "It has neither name nor value."
    if len(said.name.encode()) + len(said.value.encode()) > LARGEST_COOKIE:
        return f"It is larger than {LARGEST_COOKIE:,} bytes."
    if said.domain and said.domain != host and not _is_above(said.domain, host):
        return f"It is meant for {said.domain}, but {host} sent it."
    if said.secure and not is_safe(scheme, host):
        return "It is Secure, but came over http, where others can read it."
    prefix = said.name.lower()
    if prefix.startswith("__secure-") and not said.secure:
        return "Its name begins with __Secure-, but it is not Secure."
    if prefix.startswith("__host-") and not (said.secure and not said.domain and said.path == "/"):
        return "Its name begins with __Host-, so it must be Secure, without Domain, and have Path=/."
    return ""


def parts_of(url: str) -> tuple[str, str, str]:
    """Return scheme, host and path; an empty host for what is no address."""
    try:
        parts = urlsplit(url)
        return parts.scheme.lower(), (parts.hostname or "").rstrip("."), parts.path or "/"
    except ValueError:
        return "", "", "/"


def is_safe(scheme: str, host: str) -> bool:
    """Tell whether nobody can listen in: https, or this very machine, which browsers trust as much."""
    if scheme == "https" or host == "localhost" or host.endswith(".localhost"):
        return True
    return is_address(host) and ipaddress.ip_address(host.partition("%")[0]).is_loopback


def is_address(host: str) -> bool:
    """Tell an address in numbers from a name."""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _is_above(domain: str, host: str) -> bool:
    """Tell whether `domain` is a parent of `host` that may get its cookies.

    A top-level name would give them to strangers. Lists of all such names are for browsers.
    """
    return "." in domain and not is_address(host) and host.endswith(f".{domain}")
