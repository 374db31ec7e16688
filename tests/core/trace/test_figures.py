"""The figures of the status bar."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from explorer.trace.figures import Quickness, quickness
from explorer.trace.summary import WEBSOCKET_METHOD, Summary


def line(started_ns: int, ns: int | None, method: str = "GET") -> Summary:
    return Summary(str(started_ns), method, "/items", 200, started_ns, ns, "curl")


def test_that_nothing_is_said_before_a_request_is_over() -> None:
    assert quickness([]) == Quickness()
    assert quickness([line(1, None)]) == Quickness(None, None)


@pytest.mark.parametrize(("count", "p95"), [(1, 1), (20, 19), (100, 95), (101, 96)])
def test_that_95_of_100_requests_were_as_quick(count: int, p95: int) -> None:
    lines: Iterable[Summary] = (line(1_000 * (count - ns), ns) for ns in range(count, 0, -1))
    assert quickness(lines) == Quickness(1, p95)


def test_that_the_last_is_the_one_that_was_over_last() -> None:
    assert quickness([line(10, 50), line(20, 5)]).last_ns == 50


def test_that_a_websocket_does_not_count() -> None:
    assert quickness([line(10, 5), line(20, 9_000, WEBSOCKET_METHOD)]) == Quickness(5, 5)
