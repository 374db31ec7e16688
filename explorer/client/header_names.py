"""Names of request headers that people send by hand, and how one is spelled."""

from __future__ import annotations

HEADER_NAMES = (
    "Accept",
    "Accept-Encoding",
    "Accept-Language",
    "Authorization",
    "Cache-Control",
    "Content-Encoding",
    "Content-Language",
    "Content-Type",
    "Cookie",
    "Expect",
    "Forwarded",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "If-Range",
    "If-Unmodified-Since",
    "Idempotency-Key",
    "Last-Event-ID",
    "Origin",
    "Prefer",
    "Range",
    "Referer",
    "User-Agent",
    "X-API-Key",
    "X-CSRF-Token",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-HTTP-Method-Override",
    "X-Request-ID",
    "X-Requested-With",
    "X-Token",
)

_SPELLED = {name.lower(): name for name in HEADER_NAMES}


def spelled(name: str) -> str:
    """Return the name of a header as people write it; servers tell it in lower case."""
    return _SPELLED.get(name, "-".join(word.capitalize() for word in name.split("-")))
