"""How quick the answers were, in one line of figures."""

from __future__ import annotations

from collections import deque

_REMEMBERED = 500


class ResponseTimes:
    """Remembers the last response times."""

    def __init__(self) -> None:
        self._times: deque[int] = deque(maxlen=_REMEMBERED)

    def add(self, elapsed_ns: int) -> None:
        """Take one time in."""
        self._times.append(elapsed_ns)

    @property
    def last_ns(self) -> int | None:
        """The last time, or None before the first."""
        return self._times[-1] if self._times else None

    @property
    def p95_ns(self) -> int | None:
        """The time that 95 of 100 answers kept (nearest rank); None before the first."""
        if not self._times:
            return None
        ordered = sorted(self._times)
        return ordered[max(0, -(-95 * len(ordered) // 100) - 1)]
