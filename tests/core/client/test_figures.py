"""The figures of the status bar."""

import pytest

from explorer.client.figures import ResponseTimes


def test_that_nothing_is_said_before_the_first_answer() -> None:
    times = ResponseTimes()

    assert (times.last_ns, times.p95_ns) == (None, None)


@pytest.mark.parametrize(("count", "p95"), [(1, 1), (20, 19), (100, 95), (101, 96)])
def test_that_95_of_100_answers_were_as_quick(count: int, p95: int) -> None:
    times = ResponseTimes()
    for nanoseconds in range(count, 0, -1):
        times.add(nanoseconds)

    assert times.p95_ns == p95
    assert times.last_ns == 1


def test_that_answers_long_past_are_forgotten() -> None:
    times = ResponseTimes()
    times.add(10**12)
    for _ in range(1_000):
        times.add(5)

    assert times.p95_ns == 5
