from dataclasses import replace

import pytest

from explorer.client.draft import BodyKind, FormField, RequestDraft, Value
from explorer.client.removed import removed_row, with_row_back
from explorer.openapi.operations import Location

A, B, EMPTY = (
    Value(location=Location.HEADER, name=name, text=text) for name, text in (("A", "1"), ("B", "2"), ("C", ""))
)
FILE = FormField(name="file", is_file=True, file="/a.txt")
NOTE = FormField(name="note", text="x")
DRAFT = RequestDraft(
    method="POST", path="/", values=(A, EMPTY, B, B), body_kind=BodyKind.MULTIPART, fields=(FILE, NOTE)
)


@pytest.mark.parametrize(
    "after",
    [
        replace(DRAFT, values=(EMPTY, B, B)),
        replace(DRAFT, values=(A, EMPTY, B)),
        replace(DRAFT, fields=(NOTE,)),
        replace(DRAFT, fields=(FILE,)),
    ],
)
def test_that_a_row_that_was_taken_out_comes_back_to_its_place(after: RequestDraft) -> None:
    removed = removed_row(DRAFT, after)
    assert removed is not None
    assert with_row_back(after, removed) == DRAFT


@pytest.mark.parametrize(
    "after",
    [
        DRAFT,
        replace(DRAFT, values=(A, B, B)),
        replace(DRAFT, values=(A, B.with_text("3"), B)),
        replace(DRAFT, values=(A,)),
        replace(DRAFT, values=(*DRAFT.values, B)),
    ],
    ids=["nothing", "an empty row", "joined with another", "several", "one more"],
)
def test_that_anything_else_is_no_row_to_bring_back(after: RequestDraft) -> None:
    assert removed_row(DRAFT, after) is None
