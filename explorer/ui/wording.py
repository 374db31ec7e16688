"""Numbers in the words of the window."""

from __future__ import annotations

_MILLION = 1_000_000


def size_text(size: int) -> str:
    """Return a number of bytes with its unit: ``133 B``, ``1.2 KB``, ``1 MB`` (1 KB is 1,000 bytes)."""
    if size < 1000:
        return f"{size} B"
    value, unit = (size / 1000, "KB") if size < _MILLION else (size / _MILLION, "MB")
    return f"{value:.1f}".removesuffix(".0") + f" {unit}" if value < 10 else f"{value:.0f} {unit}"


def duration_text(nanoseconds: int) -> str:
    """Return a time with its unit: ``5.9 ms``, ``250 ms``, ``1.2 s``."""
    milliseconds = nanoseconds / _MILLION
    if milliseconds < 100:
        return f"{milliseconds:.1f} ms"
    return f"{milliseconds:.0f} ms" if milliseconds < 1000 else f"{milliseconds / 1000:.1f} s"


def count_text(number: int, noun: str) -> str:
    """Return a number with its noun, which takes an s: ``1 problem``, ``2 problems``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
