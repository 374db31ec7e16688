"""Which request went on while something stood still."""

from __future__ import annotations

from collections.abc import Iterable

from .summary import Summary


def best_fit(summaries: Iterable[Summary], since_ns: int, until_ns: int) -> Summary | None:
    """Return the request whose time is most like a stretch of time; None when none went on in it.

    A request that held everything up began shortly before the standstill and ended shortly after it. A stream that has
    been open for an hour went on in it just as much, and has nothing to do with it.

    Args:
        summaries: of the requests in question.
        since_ns: when the stretch began, on the clock of `time.perf_counter_ns`.
        until_ns: when it ended.
    """
    fits = ((_likeness(summary, since_ns, until_ns), summary) for summary in summaries)
    likeness, best = max(fits, key=lambda pair: pair[0], default=(0.0, None))
    return best if likeness > 0 else None


def _likeness(summary: Summary, since_ns: int, until_ns: int) -> float:
    """Return the time that both share, as a part of the time that either took."""
    began = summary.started_ns
    ended = until_ns if summary.ns is None else began + summary.ns
    shared = min(ended, until_ns) - max(began, since_ns)
    return shared / (max(ended, until_ns) - min(began, since_ns)) if shared > 0 else 0.0
