"""A row that a person took out of a request, and can have back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from explorer.client.draft import FormField, RequestDraft, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A row with something in it that was taken out.

    Attributes:
        row: the row.
        place: where it stood among the rows of its kind.
        number: which it was of those of its name, from 0.
    """

    row: Value | FormField
    place: int
    number: int = 0


def removed_row(before: RequestDraft, after: RequestDraft) -> Removed | None:
    """Return the one row that an edit took out; None when it did anything else, or nothing was in the row."""
    rows: Sequence[Value] | Sequence[FormField] = before.values
    place, row = _gap(rows, after.values)
    if row is None:
        rows = before.fields
        place, row = _gap(rows, after.fields)
    if row is None or not (row.text or (isinstance(row, FormField) and row.file)):
        return None
    return Removed(row=row, place=place, number=sum(_alike(row, other) for other in rows[:place]))


def with_row_back(draft: RequestDraft, removed: Removed) -> RequestDraft:
    """Return the draft with a row where it was, as far as there still are rows before it."""
    place, row = removed.place, removed.row
    if isinstance(row, Value):
        return replace(draft, values=(*draft.values[:place], row, *draft.values[place:]))
    return replace(draft, fields=(*draft.fields[:place], row, *draft.fields[place:]))


def _alike(row: Value | FormField, other: Value | FormField) -> bool:
    place = [each.location if isinstance(each, Value) else None for each in (row, other)]
    return row.name == other.name and place[0] == place[1]


def _gap(
    before: Sequence[Value] | Sequence[FormField], after: Sequence[Value] | Sequence[FormField]
) -> tuple[int, Value | FormField | None]:
    if len(before) != len(after) + 1:
        return 0, None
    place = next((i for i, row in enumerate(after) if row != before[i]), len(after))
    return (place, before[place]) if before[place + 1 :] == after[place:] else (0, None)
