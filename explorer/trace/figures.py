"""How quick the server was, in two figures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .summary import WEBSOCKET_METHOD, Summary


class Quickness(NamedTuple):
    """How long the server had requests, in nanoseconds; None before the first is over.

    Attributes:
        last_ns: the one that was over last.
        p95_ns: the time that 95 of 100 kept (nearest rank).
    """

    last_ns: int | None = None
    p95_ns: int | None = None


def quickness(lines: Iterable[Summary]) -> Quickness:
    """Return the figures of these requests. A WebSocket lives as long as its client likes, and does not count."""
    over = [
        (line.started_ns + line.ns, line.ns)
        for line in lines
        if line.ns is not None and line.method != WEBSOCKET_METHOD
    ]
    if not over:
        return Quickness()
    ordered = sorted(ns for _, ns in over)
    return Quickness(max(over)[1], ordered[max(0, -(-95 * len(ordered) // 100) - 1)])
