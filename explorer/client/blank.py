"""A request begun by hand: its path is what is typed, and its query becomes rows."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from explorer.client.draft import BodyKind, RequestDraft, Value
from explorer.client.urls import apply_target, full_url
from explorer.openapi.operations import Location

_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")
_ANY_ADDRESS = "http://localhost"


def blank_draft() -> RequestDraft:
    """Return a request in which nothing is entered yet."""
    return RequestDraft(method="GET", path="/", body_kind=BodyKind.NONE)


def with_typed_target(draft: RequestDraft, text: str) -> RequestDraft:
    """Return a draft that belongs to no operation after `text` was typed into its URL bar.

    The path is kept as typed, with rows for what stands in braces. A target that its rows could not give back, such as
    ``/x?flag``, and one that leads to another server are kept whole as `url_override`.
    """
    path = text.partition("?")[0]
    if _ELSEWHERE.match(text) or not path.startswith("/"):
        return replace(draft, url_override=text)
    rows = tuple(v for v in draft.values if v.location is not Location.PATH or f"{{{v.name}}}" in path)
    old = replace(draft, path=path, values=rows, url_override=None)
    new = without_left_over(old, apply_target(old, text), ())
    typed = replace(new, url_override=text)
    return new if full_url(_ANY_ADDRESS, new) == full_url(_ANY_ADDRESS, typed) else typed


def without_left_over(old: RequestDraft, new: RequestDraft, declared: Collection[tuple[Location, str]]) -> RequestDraft:
    """Return `new`, which came from typing a target into `old`, without the rows that only half a name had made.

    Args:
        old: the draft before.
        new: the same rows with their new values, and the added ones behind them.
        declared: parameters of the operation, of which one row stays whatever is typed.
    """
    kept: list[Value] = []
    there: set[tuple[Location, str]] = set()
    for position, value in enumerate(new.values):
        key = value.location, value.name
        before = old.values[position] if position < len(old.values) else None
        taken_away = before is not None and before.text is not None and value.text is None
        if not taken_away or (key in declared and key not in there):
            kept.append(value)
            there.add(key)
    return replace(new, values=tuple(kept))
