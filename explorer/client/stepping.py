"""One up, one down: what the arrow keys do to a number that is typed as text."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

_MOST_DIGITS = 30  # beyond, a step would change nothing that a person sees


def step_number(text: str, by: int, *, least: float | None = None, most: float | None = None) -> str | None:
    """Return the number in `text` moved by `by`, written with the decimals that it had; None when it is no number.

    An empty text counts as 0. A step never leaves the bounds `least` and `most`; a number that was typed beyond them
    may be moved towards them.
    """
    try:
        number = Decimal(text.strip() or "0")
    except InvalidOperation:
        return None
    if not number.is_finite() or number.adjusted() >= _MOST_DIGITS:
        return None
    moved = number + by
    if by > 0 and most is not None and moved > Decimal(str(most)):
        moved = max(number, Decimal(str(most)))
    if by < 0 and least is not None and moved < Decimal(str(least)):
        moved = min(number, Decimal(str(least)))
    return format(moved, "f")
