"""Numbers and moments in the words of the window."""

from __future__ import annotations

import time

_MILLION = 1_000_000
_UNITS = ((1_000, "KB"), (_MILLION, "MB"), (1_000_000_000, "GB"))
_ROUNDED_UP = 999.5  # of a unit: what would be spelled as 1,000 of it
_LAST_MOMENT = 253_370_764_800  # in the year 9999; no calendar of ours goes on much longer


def size_text(size: int) -> str:
    """Return a number of bytes with its unit: ``133 B``, ``1.2 KB``, ``1 MB``, ``2.5 GB`` (1 KB is 1,000 bytes)."""
    if size < 1000:
        return f"{size} B"
    of, unit = next((pair for pair in _UNITS if size < _ROUNDED_UP * pair[0]), _UNITS[-1])
    value = size / of
    return f"{value:.1f}".removesuffix(".0") + f" {unit}" if value < 9.95 else f"{value:.0f} {unit}"


def duration_text(nanoseconds: int) -> str:
    """Return a time with its unit: ``5.9 ms``, ``250 ms``, ``1.2 s``."""
    milliseconds = nanoseconds / _MILLION
    if milliseconds < 100:
        return f"{milliseconds:.1f} ms"
    return f"{milliseconds:.0f} ms" if milliseconds < 1000 else f"{milliseconds / 1000:.1f} s"


def count_text(number: int, noun: str) -> str:
    """Return a number with its noun, which takes an s: ``1 problem``, ``2 problems``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def local_time(at: float) -> time.struct_time:
    """Return a moment (seconds since the epoch) here; the nearest one for what is in no calendar, such as infinity."""
    return time.localtime(min(max(at, 0.0), _LAST_MOMENT) if at == at else 0.0)  # noqa: PLR0124 - NaN


def day_text(at: float) -> str:
    """Return the day of a moment (seconds since the epoch): ``28 Feb``, with the year when it is not this one."""
    then = local_time(at)
    day = f"{then.tm_mday} {time.strftime('%b', then)}"
    return day if then.tm_year == time.localtime().tm_year else f"{day} {then.tm_year}"


def moment_text(at: float) -> str:
    """Return a moment (seconds since the epoch): ``today 09:41:07``, or the day before the time."""
    then = local_time(at)
    day = "today" if then[:3] == time.localtime()[:3] else day_text(at)
    return f"{day} {time.strftime('%H:%M:%S', then)}"
