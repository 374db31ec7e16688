"""How much is said: messages and bytes in each of the last seconds."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

SECONDS = 60
RECENT = 3  # seconds over which a rate is taken


class Totals(NamedTuple):
    """What was said in all, since the beginning.

    Attributes:
        sent: messages to the server.
        received: messages from the server.
        size: bytes, both ways.
    """

    sent: int = 0
    received: int = 0
    size: int = 0


class TrafficMeter:
    """Takes the totals once a second, and returns what came to them."""

    def __init__(self) -> None:
        self._before = Totals()
        self._bins: deque[Totals] = deque(maxlen=SECONDS)

    def take(self, totals: Totals) -> None:
        """Take the totals at the end of a second; they fall when a client is taken away, which is no traffic."""
        before, self._before = self._before, totals
        self._bins.append(Totals(*(max(0, now - then) for now, then in zip(totals, before, strict=True))))

    def rate(self) -> tuple[float, float, float]:
        """Return messages to the server, from it, and bytes, each a second over the last seconds."""
        last = list(self._bins)[-RECENT:]
        count = max(1, len(last))
        sent, received, size = (sum(column) / count for column in zip(*last, strict=True)) if last else (0.0, 0.0, 0.0)
        return sent, received, size

    def sent(self) -> tuple[int, ...]:
        """Return the messages to the server in each second, the oldest first."""
        return tuple(each.sent for each in self._bins)

    def received(self) -> tuple[int, ...]:
        """Return the messages from the server in each second, the oldest first."""
        return tuple(each.received for each in self._bins)
