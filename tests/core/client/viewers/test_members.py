"""Members of objects and lists, page by page."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.client.viewers.members import Cursor, Kind, Member, page, root
from explorer.client.viewers.rows import LayoutError

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(alphabet='\\"[]{},:é€'),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=40,
)


def members_of(data: bytes, member: Member, limit: int = 250) -> list[Member]:
    found: list[Member] = []
    cursor: Cursor | None = None
    while True:
        part = page(data, member.start, cursor, limit)
        found += part.members
        if part.next is None:
            return found
        cursor = part.next


def value_of(data: bytes, member: Member) -> object:
    if member.kind not in (Kind.OBJECT, Kind.LIST):
        return json.loads(data[member.start : member.end])
    found = members_of(data, member, limit=2)
    assert member.size == len(found)
    if member.kind is Kind.OBJECT:
        return {one.key: value_of(data, one) for one in found}
    return [value_of(data, one) for one in found]


@settings(max_examples=100, deadline=None)
@given(JSON_VALUES, st.sampled_from([None, 1]))
def test_that_all_members_together_are_the_value(value: object, indent: int | None) -> None:
    data = json.dumps(value, ensure_ascii=False, indent=indent).encode("utf-8", "replace")
    assert value_of(data, root(data)) == json.loads(data)


def test_that_numbers_keep_their_spelling_and_repeated_keys_are_both_there() -> None:
    data = b'{"a":1.10,"a":1e400,"big":12345678901234567890123}'
    found = members_of(data, root(data))
    assert [(one.key, one.preview) for one in found] == [
        ("a", "1.10"),
        ("a", "1e400"),
        ("big", "12345678901234567890123"),
    ]


def test_that_values_nested_deeper_than_anybody_reads_are_passed_over() -> None:
    deep = b"[" * 50_000 + b"]" * 50_000
    data = b'{"deep":' + deep + b',"after":1}'
    found = members_of(data, root(data))
    assert [one.key for one in found] == ["deep", "after"]
    assert found[0].end - found[0].start == len(deep)


@pytest.mark.parametrize("data", [b"", b"[1,2", b'{"a" 1}', b"[1 2]", b'{"a":}'])
def test_that_what_is_no_json_is_an_error(data: bytes) -> None:
    with pytest.raises(LayoutError):
        members_of(data, root(data))
