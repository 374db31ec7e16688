"""Parameters of a statement, described without running the app's code."""

from __future__ import annotations

import datetime
import decimal
import uuid
from collections.abc import Sequence
from typing import Any

_LONGEST = 200
_MOST = 100
_MOST_SETS = 20
_PLAIN = (int, float, bool, type(None))
_AS_TEXT = (datetime.datetime, datetime.date, datetime.time, datetime.timedelta, decimal.Decimal, uuid.UUID)


def parameters(given: Any) -> Any:
    """Return parameters as plain values: a tuple, or a dict when they have names; cut when there are many."""
    if type(given) in (tuple, list):
        return tuple([value(one) for one in given[:_MOST]])
    if type(given) is dict:
        return {str(name): value(one) for name, one in list(given.items())[:_MOST] if type(name) is str}
    return () if given is None else (value(given),)


def many_parameters(given: Sequence[Any]) -> tuple[Any, ...]:
    """Return the first of several sets of parameters."""
    return tuple([parameters(one) for one in given[:_MOST_SETS]])


def value(one: Any) -> Any:
    """Return one value: as it is when it is plain, its start when it is long, the name of its type otherwise."""
    kind = type(one)
    if kind in _PLAIN:
        return one
    if kind in (str, bytes):
        return one if len(one) <= _LONGEST else one[:_LONGEST] + (b"..." if kind is bytes else "…")
    return str(one)[:_LONGEST] if kind in _AS_TEXT else f"<{kind.__name__}>"
