"""Which request is named when something stood still."""

from __future__ import annotations

from explorer.trace.stalls import best_fit
from explorer.trace.summary import Summary

MS = 1_000_000


def request(path: str, began_ms: int, ms: int | None) -> Summary:
    return Summary(path, "GET", path, 200, began_ms * MS, ms if ms is None else ms * MS, "curl")


def test_that_the_request_whose_time_is_most_like_the_standstill_is_named() -> None:
    stream = request("/stream", 0, None)
    over = request("/over", 4_000, 900)
    slow = request("/slow", 4_990, 1_420)
    waited = request("/waited", 6_399, 20)
    assert best_fit([stream, over, slow, waited], 5_000 * MS, 6_400 * MS) is slow


def test_that_one_under_way_still_is_named() -> None:
    slow = request("/slow", 4_990, None)
    assert best_fit([request("/stream", 0, None), slow], 5_000 * MS, 6_400 * MS) is slow


def test_that_none_is_named_when_none_went_on() -> None:
    assert best_fit([request("/over", 4_000, 900), request("/next", 6_500, 10)], 5_000 * MS, 6_400 * MS) is None
    assert best_fit([], 0, 1) is None
