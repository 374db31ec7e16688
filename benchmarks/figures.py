"""Few numbers for many."""

from __future__ import annotations

import statistics
from collections.abc import Sequence


def median(values: Sequence[float]) -> float:
    """Return the middle value."""
    return statistics.median(values)


def percentile(values: Sequence[float], share: int) -> float:
    """Return the value below which `share` percent of the others lie."""
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]
