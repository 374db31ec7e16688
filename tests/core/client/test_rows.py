"""The rows of the form, and what a person does with them."""

from dataclasses import replace

from explorer.client import rows
from explorer.client.draft import RequestDraft, Value
from explorer.client.rows import rows_of
from explorer.openapi.operations import Location, Operation, Parameter

QUERY, HEADER, PATH = Location.QUERY, Location.HEADER, Location.PATH


def parameter(location: Location, name: str) -> Parameter:
    return Parameter(name=name, location=location, required=False, schema={}, type_label="str")


OPERATION = Operation(
    method="GET",
    path="/items/{item_id}",
    parameters=(
        parameter(PATH, "item_id"),
        parameter(QUERY, "tag"),
        parameter(QUERY, "q"),
        parameter(HEADER, "x-token"),
    ),
)


def value(location: Location, name: str, text: str | None = None, enabled: bool = True) -> Value:
    return Value(location=location, name=name, text=text, enabled=enabled)


def draft_of(*values: Value) -> RequestDraft:
    return RequestDraft(method="GET", path="/items/{item_id}", values=values)


def told(draft: RequestDraft) -> list[tuple[str, str, str | None]]:
    return [(row.location.value, row.name, row.value.text) for row in rows_of(draft, OPERATION)]


def test_that_rows_of_one_name_stand_together_and_what_is_added_comes_last() -> None:
    draft = draft_of(value(QUERY, "extra", "1"), value(QUERY, "tag", "a"), value(QUERY, "q"), value(QUERY, "tag", "b"))
    assert told(draft) == [
        ("path", "item_id", None),
        ("query", "tag", "a"),
        ("query", "tag", "b"),
        ("query", "q", None),
        ("query", "extra", "1"),
        ("header", "x-token", None),
    ]


def test_that_a_header_belongs_to_its_parameter_whatever_its_case() -> None:
    (row,) = [row for row in rows_of(draft_of(value(HEADER, "X-Token", "t")), OPERATION) if row.location is HEADER]
    assert row.parameter is not None
    assert row.value.text == "t"


def test_that_the_first_edit_of_a_row_adds_what_the_draft_did_not_mention() -> None:
    draft = draft_of()
    row = next(row for row in rows_of(draft, OPERATION) if row.name == "q")
    assert row.index is None
    assert rows.set_text(draft, row, "lamp").values == (value(QUERY, "q", "lamp"),)


def test_that_an_edit_changes_the_row_of_its_place_and_no_other() -> None:
    draft = draft_of(value(QUERY, "tag", "a"), value(QUERY, "tag", "b"))
    second = next(row for row in rows_of(draft, OPERATION) if row.value.text == "b")
    assert [v.text for v in rows.set_text(draft, second, "c").values] == ["a", "c"]
    off = rows.enable(draft, second, False)
    assert off.values[1] == value(QUERY, "tag", "b", enabled=False)
    assert [v.text for v in rows.remove(draft, second).values] == ["a"]


def test_that_one_more_row_of_an_array_comes_behind_and_can_be_moved() -> None:
    draft = draft_of(value(QUERY, "tag", "a"), value(QUERY, "q", "x"))
    first = next(row for row in rows_of(draft, OPERATION) if row.name == "tag")
    more = rows.add_after(draft, first, "b")
    assert [(v.name, v.text) for v in more.values] == [("tag", "a"), ("tag", "b"), ("q", "x")]
    all_rows = rows_of(more, OPERATION)
    moved = rows.move(more, all_rows[1], all_rows, 1)
    assert [(v.name, v.text) for v in moved.values] == [("tag", "b"), ("tag", "a"), ("q", "x")]
    assert rows.move(more, all_rows[1], all_rows, -1) == more


def test_that_what_is_added_can_be_taken_away_and_what_is_declared_stays() -> None:
    draft = rows.add(draft_of(), QUERY, "more")
    removable = {row.name: row.removable for row in rows_of(draft, OPERATION)}
    assert removable == {"item_id": False, "tag": False, "q": False, "more": True, "x-token": False}


def test_that_a_row_whose_name_is_being_typed_stays_where_it_is() -> None:
    draft = draft_of(value(QUERY, "q", "1"), value(QUERY, "q", "2"))
    held = rows_of(draft, OPERATION, free=1)
    assert [row.number for row in held if row.parameter is None and row.location is QUERY] == [0]
    assert [row.index for row in held if row.parameter is not None and row.name == "q"] == [0]


def test_that_a_url_typed_by_hand_gives_way_to_its_own_rows_only() -> None:
    typed = replace(draft_of(), url_override="/elsewhere")
    by_name = {row.name: row for row in rows_of(typed, OPERATION)}
    assert rows.set_text(typed, by_name["x-token"], "t").url_override == "/elsewhere"
    assert rows.set_text(typed, by_name["q"], "t").url_override is None


def test_that_the_template_of_a_request_without_operation_has_rows_too() -> None:
    draft = RequestDraft(method="GET", path="/a/{one}/{two:path}", values=(value(PATH, "two", "x"),))
    assert [(row.name, row.value.text) for row in rows_of(draft, None)] == [("one", None), ("two", "x")]


def test_that_text_replaces_the_rows_of_one_section() -> None:
    draft = replace(draft_of(value(QUERY, "q", "1"), value(HEADER, "x-token", "t")), url_override="/elsewhere")
    changed = rows.set_section_text(draft, QUERY, "q: 2\n# n: 3")
    assert changed.values == (value(QUERY, "q", "2"), value(QUERY, "n", "3", enabled=False), draft.values[1])
    assert changed.url_override is None
