"""Requests that belong to no operation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from explorer.client.blank import blank_draft, with_typed_target, without_left_over
from explorer.client.draft import RequestDraft, Value
from explorer.client.urls import apply_target, build_target, full_url
from explorer.openapi.operations import Location


def typed(text: str, draft: RequestDraft | None = None) -> RequestDraft:
    """Type a target key by key, as a person does."""
    draft = draft or blank_draft()
    for end in range(1, len(text) + 1):
        draft = with_typed_target(draft, text[:end])
    return draft


def rows(draft: RequestDraft) -> list[tuple[str, str, str | None]]:
    return [(value.location.value, value.name, value.text) for value in draft.values]


def test_that_path_and_query_are_taken_apart_and_half_typed_names_leave_nothing_behind() -> None:
    draft = typed("/search?name=lamp&limit=3")
    assert (draft.path, draft.url_override) == ("/search", None)
    assert rows(draft) == [("query", "name", "lamp"), ("query", "limit", "3")]


def test_that_a_name_that_begins_like_another_leaves_no_second_row_of_that() -> None:
    size, sizes = (Value(location=Location.QUERY, name=name) for name in ("size", "sizes"))
    draft, target = RequestDraft(method="GET", path="/items", values=(size, sizes)), "/items?size=large&sizes=small"
    declared = {(size.location, size.name), (sizes.location, sizes.name)}
    for end in range(len("/items"), len(target) + 1):
        draft = without_left_over(draft, apply_target(draft, target[:end]), declared)
    assert rows(draft) == [("query", "size", "large"), ("query", "sizes", "small")]
    emptied = without_left_over(draft, apply_target(draft, "/items"), declared)
    assert rows(emptied) == [("query", "size", None), ("query", "sizes", None)]


def test_that_a_name_in_braces_becomes_a_row_and_goes_again_with_its_braces() -> None:
    draft = typed("/items/{item_id}")
    assert rows(draft) == [("path", "item_id", None)]
    filled = draft.with_value(Location.PATH, "item_id", "7")
    assert build_target(filled) == "/items/7"
    assert rows(with_typed_target(filled, "/items/8")) == []


def test_that_other_rows_stay() -> None:
    header = Value(location=Location.HEADER, name="X-Token", text="t")
    off = Value(location=Location.QUERY, name="debug", text=None)
    draft = typed("/a?q=1", replace(blank_draft(), values=(header, off)))
    assert header in draft.values
    assert off in draft.values


@pytest.mark.parametrize(
    "target",
    [
        "/files/../../etc/passwd",
        "/x?flag",
        "/x?a&b=",
        "/a%2Fb?q=%20x",
        "/x?q=a b",
        "//double",
        "/x?",
        "/ä?ö=ü",
        "/{",
        "x",
    ],
)
def test_that_what_was_typed_is_what_is_sent(target: str) -> None:
    expected = replace(blank_draft(), url_override=target)
    assert full_url("http://h", typed(target)) == full_url("http://h", expected)


def test_that_an_address_elsewhere_is_kept_whole() -> None:
    draft = typed("http://other:81/x?y=1")
    assert full_url("http://h", draft) == "http://other:81/x?y=1"
