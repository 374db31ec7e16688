"""Seconds as a person types them."""

import pytest

from explorer.client.durations import read_seconds, seconds_text


@pytest.mark.parametrize(
    ("text", "seconds"), [("5", 5.0), ("0.5", 0.5), ("0,5", 0.5), (" 2 s", 2.0), ("", None), ("86400", 86_400.0)]
)
def test_that_seconds_are_read(text: str, seconds: float | None) -> None:
    assert read_seconds(text) == seconds


@pytest.mark.parametrize("text", ["0", "-1", "soon", "nan", "inf", "1e9"])
def test_that_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Type seconds"):
        read_seconds(text)


def test_that_a_time_is_written_as_one_would_type_it() -> None:
    assert [seconds_text(seconds) for seconds in (5.0, 0.25, None)] == ["5", "0.25", ""]
