"""Rows and their text say the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.client.bulk import fields_from_text, fields_to_text, values_from_text, values_to_text, with_values_text
from explorer.client.draft import FormField, RequestDraft, Value
from explorer.openapi.operations import Location

QUERY = Location.QUERY


def row(name: str, text: str | None, *, enabled: bool = True, ask: bool = False) -> Value:
    return Value(location=QUERY, name=name, text=text, enabled=enabled, ask=ask)


def test_that_a_row_is_a_line_as_one_would_type_it() -> None:
    rows = (
        row("limit", "10"),
        row("offset", "20", enabled=False),
        row("q", None),
        row("lang", None, enabled=False),
        row("empty", ""),
        row("path", "C:\\dir\\d+"),
        row("text", " two\nlines"),
        Value(location=Location.HEADER, name="other", text="not here"),
    )
    text = "limit: 10\n# offset: 20\n# q\n## lang\nempty:\npath: C:\\dir\\d+\ntext: \\stwo\\nlines"
    assert values_to_text(rows, QUERY) == text
    assert values_from_text(text, QUERY) == rows[:-1]


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        ("limit:10", [row("limit", "10")]),
        ("  limit :  10  \r", [row("limit", "10")]),
        ("//limit: 10", [row("limit", "10", enabled=False)]),
        ("#limit: 10", [row("limit", "10", enabled=False)]),
        ("limit", [row("limit", "")]),
        ("q: a: b # c // d", [row("q", "a: b # c // d")]),
        ("\n\n#\n", []),
        (": x", [row("", "x")]),
        ("re: \\d+\\.\\w", [row("re", "\\d+\\.\\w")]),
    ],
)
def test_that_a_person_may_type_it_loosely(line: str, rows: list[Value]) -> None:
    assert values_from_text(line, QUERY) == tuple(rows)


def test_that_what_is_asked_for_again_still_is_until_it_is_entered() -> None:
    before = (row("token", None, ask=True),)
    assert values_from_text("# token", QUERY, before) == before
    assert values_from_text("token: x", QUERY, before) == (row("token", "x"),)


def test_that_other_locations_keep_their_places() -> None:
    header = Value(location=Location.HEADER, name="x", text="1")
    cookie = Value(location=Location.COOKIE, name="c", text="2")
    draft = RequestDraft(method="GET", path="/", values=(header, row("a", "1"), cookie, row("b", "2")))
    assert with_values_text(draft, QUERY, "b: 3").values == (header, row("b", "3"), cookie)
    empty = RequestDraft(method="GET", path="/", values=(header,))
    assert with_values_text(empty, QUERY, "b: 3").values == (header, row("b", "3"))


def test_that_a_file_of_a_form_is_written_with_an_at_sign() -> None:
    fields = (
        FormField(name="title", text="Lamp"),
        FormField(name="meta", text="{}", content_type="application/json; charset=utf-8"),
        FormField(name="picture", is_file=True, file="/home/ada/a b.png", content_type="image/png"),
        FormField(name="later", is_file=True, enabled=False),
        FormField(name="windows", is_file=True, file="C:\\new\\report.txt"),
        FormField(name="at", text="@home;type=a"),
        FormField(name="note"),
    )
    text = "\n".join(
        [
            "title: Lamp",
            "meta: {};type=application/json\\; charset=utf-8",
            "picture: @/home/ada/a b.png;type=image/png",
            "# later: @",
            "windows: @C:\\new\\report.txt",
            "at: \\@home\\;type=a",
            "# note",
        ]
    )
    assert fields_to_text(fields) == text
    assert fields_from_text(text) == fields


TEXT = st.text(max_size=12) | st.text(alphabet="\\nrsu0041;@:#/= \t\r\n\u2028\u00a0type=", max_size=12)


@given(st.lists(st.builds(row, TEXT, st.none() | TEXT, enabled=st.booleans())))
def test_that_rows_come_back_from_their_text(rows: list[Value]) -> None:
    rows = [each for each in rows if each.name or each.text is not None]
    text = values_to_text(rows, QUERY)
    assert len(text.splitlines()) == len(rows)
    assert values_from_text(text, QUERY, rows) == tuple(rows)


def _is_windows(path: str | None) -> bool:
    return path is not None and (path[1:3] == ":\\" or path.startswith("\\\\"))


FIELDS = st.builds(
    FormField, name=TEXT, text=TEXT, content_type=TEXT, enabled=st.booleans(), is_file=st.just(False)
) | st.builds(
    FormField,
    name=TEXT,
    file=st.none() | TEXT.filter(lambda path: path != "" and not _is_windows(path)),
    content_type=TEXT,
    enabled=st.booleans(),
    is_file=st.just(True),
)


@given(st.lists(FIELDS))
def test_that_fields_come_back_from_their_text(fields: list[FormField]) -> None:
    text = fields_to_text(fields)
    assert len(text.splitlines()) == len(fields)
    assert fields_from_text(text) == tuple(fields)


@given(st.text() | st.text(alphabet="#/:\\ns;@ \nab"))
def test_that_any_text_can_be_read_and_means_the_same_when_written_anew(text: str) -> None:
    rows = values_from_text(text, QUERY)
    assert values_from_text(values_to_text(rows, QUERY), QUERY) == tuple(
        r for r in rows if r.name or r.text is not None
    )
    fields = fields_from_text(text)
    assert all(field.is_file or field.text is not None or field.name for field in fields)
