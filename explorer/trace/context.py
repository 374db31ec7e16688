"""W3C Trace Context: the header that joins what the client saw with what the server did.

https://www.w3.org/TR/trace-context/
"""

from __future__ import annotations

import re
import secrets

HEADER = "traceparent"
_PATTERN = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}")


def new_trace_id() -> str:
    """Return 32 random hex digits, never all zero."""
    return secrets.token_hex(15) + "01"


def format_traceparent(trace_id: str, span_id: int) -> str:
    """Return the header's value for a request that belongs to the client's span `span_id`."""
    return f"00-{trace_id}-{abs(span_id):016x}-01"


def parse_traceparent(value: str) -> tuple[str, int] | None:
    """Return (trace id, the client's span id as a negative number), or None for a missing or malformed header."""
    match = _PATTERN.fullmatch(value.strip())
    if match is None or set(match[1]) == {"0"}:
        return None
    return match[1], -int(match[2], 16)
