"""Puts what a request carries into the rows that its operation has for it, and the rest into rows of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from explorer.client.draft import BodyKind, FormField, RequestDraft, Value
from explorer.client.forms import with_missing_fields
from explorer.openapi.operations import Location


def fitted_rows(
    draft: RequestDraft, headers: Iterable[tuple[str, str]], cookies: Iterable[tuple[str, str]]
) -> tuple[Value, ...]:
    """Return the draft's rows with these headers and cookies; a header or cookie not among them is "not sent"."""
    waiting: dict[tuple[Location, str], list[tuple[str, str]]] = {}
    for name, text in headers:
        waiting.setdefault((Location.HEADER, name.lower()), []).append((name, text))
    for name, text in cookies:
        waiting.setdefault((Location.COOKIE, name), []).append((name, text))
    rows = []
    for row in draft.values:
        if row.location in (Location.HEADER, Location.COOKIE):
            key = row.name.lower() if row.location is Location.HEADER else row.name
            queue = waiting.get((row.location, key))
            rows.append(row.with_text(queue.pop(0)[1] if queue else None))
        else:
            rows.append(row)
    rows += [
        Value(location=location, name=name, text=text)
        for (location, _), queue in waiting.items()
        for name, text in queue
    ]
    return tuple(rows)


def with_fields(draft: RequestDraft, kind: BodyKind, fields: tuple[FormField, ...]) -> RequestDraft:
    """Put the rows of a form into a draft; what the operation takes besides is "not sent"."""
    rest = tuple(replace(row, text=None, file=None) for row in draft.fields)
    return replace(draft, body_kind=kind, fields=with_missing_fields(fields, rest))
